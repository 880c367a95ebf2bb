"""The files that every page uses: style sheet, script, fonts and pictures.

Pages name the style sheet and the scripts by their content, so that a page never meets those of another build.
A module names those that it imports in the same way.
"""

import hashlib
import posixpath
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

ASSETS = Path(__file__).parent / "assets"
FOLDER = "assets"
# Fonts and pictures keep their names: the style sheet and other sites point at them, and they hardly ever change.
NAMED_BY_CONTENT = (".css", ".js")
_IMPORT = re.compile(r'(?:(?<= from ")|(?<=import\("))\./[^"]+(?=")')


def asset_path(name: str) -> str:
    """Return where an asset stands, from the site's root; an unknown name is a KeyError."""
    return asset_paths()[name]


@lru_cache(maxsize=1)
def asset_paths() -> Mapping[str, str]:
    """Return the published path of each asset by its name in this package."""
    return {name: f"{FOLDER}/{_published(name)}" for name in sorted(_names())}


def write_assets(site: Path) -> None:
    """Write every asset into the site."""
    for name, path in asset_paths().items():
        target = site / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(_content(name))


def _names() -> Iterator[str]:
    return (path.relative_to(ASSETS).as_posix() for path in ASSETS.rglob("*") if path.is_file())


def _published(name: str) -> str:
    path = Path(name)
    if path.suffix not in NAMED_BY_CONTENT:
        return name
    digest = hashlib.sha256(_content(name)).hexdigest()[:8]
    return path.with_suffix(f".{digest}{path.suffix}").as_posix()


def _content(name: str) -> bytes:
    """Return what is published of an asset: a script points at the published names of the modules that it imports.

    Its comments and indentation stay here: readers pay for them, and whoever reads a script finds it in the repository.
    """
    content = (ASSETS / name).read_bytes()
    if not name.endswith(".js"):
        return content
    lines = (line.strip() for line in content.decode().splitlines())
    bare = "".join(f"{line}\n" for line in lines if line and not line.startswith("//"))
    folder = posixpath.dirname(name)

    def published(found: re.Match[str]) -> str:
        imported = _published(posixpath.normpath(posixpath.join(folder, found[0])))
        return f"./{posixpath.relpath(imported, folder or '.')}"

    return _IMPORT.sub(published, bare).encode()
