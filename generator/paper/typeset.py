"""JSON into a PDF: A4, tagged for screen readers (PDF/UA-1), with the same bytes for the same data and day.

All that a paper says reaches typst as data and is set as text, so that nothing an agency writes can be markup.
Only Sarabun is used, from files beside this one: what is printed depends on no font of the machine.
"""

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import typst

FONTS = Path(__file__).parent / "fonts"
TEMPLATES = Path(__file__).parent / "templates"
FAMILY, WEIGHTS = "Sarabun", frozenset({400, 600})
# What typst says of a text whose letters the typeface does not have: such a paper cannot be called accessible.
_NO_GLYPH = "could not be displayed with"


@dataclass(frozen=True, slots=True)
class Unable:
    """Why no paper can be made here: a key of a sentence, and what it was."""

    key: Literal["no_typst", "no_fonts"]
    said: str


def unable() -> Unable | None:
    """Return why this machine can make no papers, None where it can.  Nothing is typeset to find out."""
    try:
        import typst
    except ImportError as missing:
        return Unable("no_typst", str(missing))
    found = {font.weight for font in _fonts(typst.Fonts).fonts() if font.family == FAMILY}
    return None if found >= WEIGHTS else Unable("no_fonts", FONTS.name)


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """Return what changes when the same data would be set in another way: the program, the templates, the typeface."""
    try:
        digest = hashlib.sha256(version("typst").encode())
    except PackageNotFoundError:
        digest = hashlib.sha256()
    for path in sorted((*TEMPLATES.iterdir(), *FONTS.iterdir())):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def typeset(template: str, data: bytes, day: date) -> bytes:
    """Return the PDF of a template (manual, poster) filled with JSON; ``day`` is the one that the document says it is of.

    A text whose letters Sarabun does not have is set all the same, with a box for each, in a paper that does not claim
    to be accessible.
    """
    import typst

    try:
        pages = _set(template, data, day, ("ua-1",))
    except typst.TypstError as refused:
        if _NO_GLYPH not in f"{refused.message} {refused.diagnostic}":
            raise
        pages = _set(template, data, day, ())
    return pages[0]


def _set(template: str, data: bytes, day: date, standards: Sequence[Literal["ua-1"]]) -> tuple[bytes, ...]:
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    made = _compiler(os.getpid()).compile(
        TEMPLATES / f"{template}.typ",
        format="pdf",
        sys_inputs={"paper": data.decode()},
        pdf_standards=list(standards),
        timestamp=midnight,
    )
    return (made,) if isinstance(made, bytes) else tuple(made or ())


@lru_cache(maxsize=1)
def _compiler(_process: int) -> "typst.Compiler":
    """Return the compiler of this process.

    typst keeps threads, and threads do not survive a fork: work that is forked off after typesetting would wait for them
    for ever.  So only workers typeset; a process that has its parent's compiler is our mistake, and is told.
    """
    import typst

    global _made_in  # noqa: PLW0603  # it is the one thing that a fork must not take over unseen
    if _made_in not in (None, _process):
        raise RuntimeError("typeset in workers only: this process was forked from one that had typeset already")
    _made_in = _process
    os.environ.setdefault("RAYON_NUM_THREADS", "1")  # there is a worker for each core already
    return typst.Compiler(root=TEMPLATES, font_paths=_fonts(typst.Fonts), ignore_system_fonts=True)


_made_in: int | None = None


def _fonts(made: "type[typst.Fonts]") -> "typst.Fonts":
    return made(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])  # type: ignore[list-item]  # their type variable is not bound
