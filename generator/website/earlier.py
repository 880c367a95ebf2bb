"""Files that are named by their content stay for one more build.

A page that a reader, a cache or a proxy still holds asks for the style sheet, the script and the search index of its own
build.  What the site before had made itself is taken over; what it had only taken over is left behind.
"""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import orjson

from generator.website.assets import FOLDER

LIST = f"{FOLDER}/earlier.json"
_BY_CONTENT = re.compile(r"assets/(?:search/.+|(?:.+/)?[^/]+\.[0-9a-f]{8}\.[^/]+)")


def keep_earlier(previous: Path | None, site: Path) -> None:
    """Copy what the previous site made and this one did not, and list it for the next."""
    taken = [name for name in _made_by(previous) if not (site / name).exists()] if previous else []
    for name in taken:
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(f"{previous}/{name}", site / name)
    if taken:
        (site / LIST).write_bytes(orjson.dumps(taken, option=orjson.OPT_APPEND_NEWLINE))


def _made_by(site: Path) -> list[str]:
    listed = site / LIST
    taken_over = set(orjson.loads(listed.read_bytes())) if listed.exists() else set()
    return sorted(set(_by_content(site)) - taken_over)


def _by_content(site: Path) -> Iterator[str]:
    for path in (site / FOLDER).rglob("*"):
        name = path.relative_to(site).as_posix()
        if path.is_file() and _BY_CONTENT.fullmatch(name):
            yield name
