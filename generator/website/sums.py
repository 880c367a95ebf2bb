"""``SHA256SUMS``: the sum of every file of a site, so that anyone can check a copy, and we what was published.

``sha256sum --check SHA256SUMS`` reads it.  It is written last, in one pass over what the workers have just written.
"""

import hashlib
import os
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from generator.views.data import SUMS
from generator.workers import each

_AT_ONCE = 500  # files that a worker is given: few enough that none waits for another in the end


def write_sums(site: Path, jobs: int | None = None) -> None:
    """Write the sums of all files below a site, in the order of their names, without its own."""
    names = sorted(name for name in _names(site) if name != SUMS)
    parts = [names[start : start + _AT_ONCE] for start in range(0, len(names), _AT_ONCE)]
    (site / SUMS).write_text("".join(each(partial(_lines, site), parts, jobs)), encoding="utf-8")


def _names(site: Path) -> Iterator[str]:
    for folder, _, files in os.walk(site):
        below = Path(folder).relative_to(site)
        yield from ((below / file).as_posix() for file in files)


def _lines(site: Path, names: Sequence[str]) -> str:
    return "".join(f"{hashlib.sha256((site / name).read_bytes()).hexdigest()}  {name}\n" for name in names)
