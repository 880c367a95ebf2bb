"""A whole site as one archive, for an office without a connection: unpacked, it opens by a double click on ``index.html``.

Opened from a folder a browser shows a list of files where a link ends at a folder, and fetches nothing for a script.  So
links lead to ``index.html``, and the pieces of the search index stand in a script for each language.  What needs modules
(questions, due dates, fees, filters) is not there; the page says so, and reads as it does without a script.
"""

import hashlib
import json
import re
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from markupsafe import escape

from generator.locales import load_strings
from generator.views.data import SUMS

# What only makes sense where a site is served, or is true of the files as they are served.
LEFT_OUT = re.compile(
    r"(?:.+/)?(?:404|offline)\.html|sw\.js|SHA256SUMS|robots\.txt|sitemap.*\.xml|assets/search/.+|assets/earlier\.json"
)
_LINK = re.compile(r'\b(href|action)="(?![a-z]+:|/|#)([^"?#]*/)([?#][^"]*)?"')
_INDEX = re.compile(r'data-index="[./]*(assets/search/[^"]+/)"')
_SEARCH = re.compile(r'<script src="([./]*assets/)search\.[^"]+" defer></script>')
_COPY = re.compile(r'(<aside class="notice kept"[^>]*?) hidden><p>.*?(<span>.*?</span>).*?</p></aside>', re.DOTALL)
_LANGUAGE = re.compile(r'<html[^>]* lang="([^"]+)"')
# What a browser would ask for from a folder, and refuse.
_REFUSED = re.compile(r' data-worker="[^"]*"|<link rel="preload"[^>]*>|<script type="module"[^>]*></script>')
_RECORDS = re.compile(r"d\d+\.json")
# Answers what search.js asks for, without asking anybody.
_SCRIPT = """window.clearlyPacked = %s;
window.fetch = (address) => {
  const packed = window.clearlyPacked[address.split("/").pop()];
  if (!packed) return Promise.reject(new Error(address));
  return Promise.resolve(new Response(Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0))));
};
"""
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # of the format: no clock may change a byte
_FILE = 0o100644 << 16


class Packed(NamedTuple):
    """How many files an archive holds, and how many bytes it has."""

    files: int
    size: int


def pack(site: Path, file: Path) -> Packed:
    """Write the archive of a built site, the same bytes for the same site; it is in place when it is whole."""
    unfinished = file.with_name(f".{file.name}.new")
    with ZipFile(unfinished, "w", ZIP_DEFLATED, compresslevel=9) as archive:
        sums = "".join(_put(archive, name, content) for name, content in _contents(site))
        _put(archive, SUMS, sums.encode())
        files = len(archive.namelist())
    unfinished.replace(file)
    return Packed(files, file.stat().st_size)


def _put(archive: ZipFile, name: str, content: bytes) -> str:
    """Put a file into the archive; return its line for the list of sums."""
    about = ZipInfo(name, _FIRST_DAY)
    about.compress_type, about.external_attr, about.create_system = ZIP_DEFLATED, _FILE, 3
    archive.writestr(about, content)
    return f"{hashlib.sha256(content).hexdigest()}  {name}\n"


def _contents(site: Path) -> Iterator[tuple[str, bytes]]:
    """Yield every file by its name in the archive, in the order of their names; the scripts of search come last."""
    indexes: dict[str, str] = {}
    for name in sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()):
        if LEFT_OUT.fullmatch(name):
            continue
        content = (site / name).read_bytes()
        if name.endswith(".html"):
            page = content.decode()
            if found := _INDEX.search(page):
                indexes.setdefault(found[1], _language(page))
            content = packed_page(page).encode()
        yield name, content
    for folder, language in sorted(indexes.items()):
        yield f"assets/packed-{language}.js", _index_script(site / folder).encode()


def packed_page(page: str) -> str:
    """Return a page as it works from a folder: its links lead to pages, and it says that it is a copy, and what it lacks."""
    language = _language(page)
    page = _LINK.sub(r'\1="\2index.html\3"', _REFUSED.sub("", page))
    page = _SEARCH.sub(rf'<script src="\1packed-{language}.js" defer></script>\g<0>', page)
    said = escape(load_strings(language)("pack.copy"))
    return _COPY.sub(lambda found: f"{found[1]}><p>{said} {found[2]}</p></aside>", page)


def _language(page: str) -> str:
    found = _LANGUAGE.search(page)
    assert found, "every page says its language"
    return found[1]


def _index_script(folder: Path) -> str:
    """Return the pieces of one language's index as a script, by their names."""
    pieces = {path.name: b64encode(_piece(path)).decode() for path in sorted(folder.iterdir())}
    return _SCRIPT % json.dumps(pieces, sort_keys=True, separators=(",", ":"))


def _piece(path: Path) -> bytes:
    """Return a piece of an index; a record's address, its second part, leads to a page."""
    if not _RECORDS.fullmatch(path.name):
        return path.read_bytes()
    records = json.loads(path.read_bytes())
    for record in records:
        record[1] = re.sub(r"(^|/)(?=$|#)", r"\1index.html", record[1], count=1)
    return json.dumps(records, ensure_ascii=False, separators=(",", ":")).encode()
