"""The papers of a service: its manual and its poster as PDFs beside its page, made only where something changed.

The version of a paper is the sum of its words, and its day is the first on which they were published.  Both stand in a
small list for each agency, so that the next build takes an unchanged paper as it is: the same bytes, of the same day.
"""

import hashlib
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import orjson

from generator.paper.typeset import fingerprint, typeset
from generator.views.about import papers_of, version_words
from generator.views.page import PageView
from generator.views.paper import Sheet, Subject, manual_sheet, poster_sheet
from generator.views.words import Words
from generator.website.printcode import print_code

LISTS = "assets/papers"  # a file for each agency
LETTERS = 8  # of a version: enough to tell a manual's versions apart, few enough to be read out
# Where the typesetter puts a page's number and their count: signs that no text holds (data contract, section 1).
_NUMBERS = {"page": "\x02", "pages": "\x03"}

# What is known of the papers of a page, by its address from the site's root: "version", "since" and "key".
Made = dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where one agency's papers are put, and where those of the last site are taken from.  ``made`` is what is known now."""

    site: Path
    previous: Path | None
    known: Mapping[str, Mapping[str, str]]
    made: Made = field(default_factory=Made)


def open_shelf(site: Path, previous: Path | None, agency_id: str) -> Shelf:
    """Return an agency's shelf, with what the site before this one knew of its papers."""
    listed = previous / LISTS / f"{agency_id}.json" if previous else None
    return Shelf(site, previous, orjson.loads(listed.read_bytes()) if listed and listed.exists() else {})


def close_shelf(shelf: Shelf, agency_id: str) -> None:
    """Write what the next build needs to know."""
    if shelf.made:
        target = shelf.site / LISTS / f"{agency_id}.json"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(orjson.dumps(shelf.made, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS))


def with_papers(shelf: Shelf, prefix: str, view: PageView, words: Words, of: Subject) -> PageView:
    """Put a service's papers on the shelf, and return its page with the links to them."""
    page = f"{prefix}{view.path}"
    sheets = {f"{page}{sheet.kind}.pdf": sheet for sheet in (manual_sheet(words, of), poster_sheet(words, of))}
    facts = _facts(sheets, shelf.known.get(page, {}), words.as_of)
    version, since = facts["version"], date.fromisoformat(facts["since"])
    same = shelf.known.get(page) == facts
    for path, sheet in sheets.items():
        if not (same and _taken(shelf, path)):
            _write(shelf.site / path, typeset(sheet.kind, _data(words, sheet, version, since), since))
    shelf.made[page] = facts
    sizes = {path: (shelf.site / path).stat().st_size for path in sheets}
    return replace(view, content=replace(view.content, papers=papers_of(words, sizes, version, since)))


def _facts(sheets: Mapping[str, Sheet], known: Mapping[str, str], today: date) -> dict[str, str]:
    """Return the version, the day since which it stands, and the sum of all that decides the bytes."""
    digest = hashlib.sha256(b"".join(map(_encoded, sheets.values()))).hexdigest()
    version = digest[:LETTERS]
    since = known["since"] if known.get("version") == version else today.isoformat()
    key = hashlib.sha256(f"{fingerprint()} {digest} {since}".encode()).hexdigest()
    return {"version": version, "since": since, "key": key}


def _taken(shelf: Shelf, path: str) -> bool:
    """Take a paper as it was; False where the last site lacks it after all."""
    if shelf.previous is None or not (shelf.previous / path).exists():
        return False
    (shelf.site / path).parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(shelf.previous / path, shelf.site / path)
    return True


def _write(target: Path, paper: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(paper)


def _data(words: Words, sheet: Sheet, version: str, since: date) -> bytes:
    """Return a sheet with all that is only of this version of it."""
    address = f"{sheet.address}#v-{version}" if sheet.address else ""
    return _encoded(
        {
            "sheet": sheet,
            "version": version_words(words, version, since),
            "scan": words.strings("paper.scan"),
            "page": words.strings("paper.page", **_NUMBERS),
            "whole": words.strings("paper.whole"),
            "day": {"year": since.year, "month": since.month, "day": since.day},
            "code": _code(words, address) if address else None,
        }
    )


def _code(words: Words, address: str) -> dict[str, str]:
    size, path = print_code(address)
    return {"size": size, "path": path, "alt": words.strings("paper.code", url=address)}


def _encoded(value: object) -> bytes:
    return orjson.dumps(value, default=_named)


def _named(value: object) -> object:
    """A named tuple is a record like any other, and not a list."""
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return value._asdict()
    raise TypeError(f"nothing of a paper is a {type(value).__name__}")
