"""``sw.js``: the worker that keeps pages on a reader's device, so that they open again without a connection.

It is put together from ``worker/`` and a line of its own for each build, which names the few files that the pages for
lost connections need; so it is another one exactly when one of those is.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import orjson

from generator.views.offline import OFFLINE
from generator.website.assets import asset_path
from generator.website.publish import Edition

WORKER = "sw.js"
_SOURCES = Path(__file__).parent / "worker"
_ASSETS = ("clearly.css", "clearly.js", "offline.js", "icon.svg")


def write_worker(site: Path, editions: Sequence[Edition], offline: bool) -> None:
    """Write the worker of a built site, or, where nothing shall be kept, the one that removes an earlier one."""
    source = (_SOURCES / ("keep.js" if offline else "retire.js")).read_bytes()
    (site / WORKER).write_bytes(_facts(site, editions) + source if offline else source)


def _facts(site: Path, editions: Sequence[Edition]) -> bytes:
    """Return the worker's first line: its version, where the site was said to stand, and what it fetches at first."""
    away = {edition.prefix: f"{edition.prefix}{OFFLINE}" for edition in editions}
    files = [*away.values(), *map(asset_path, _ASSETS)]
    version = hashlib.sha256(b"".join((site / name).read_bytes() for name in files)).hexdigest()[:8]
    base = editions[0].shell.facts.base_path
    return b"const SITE = " + orjson.dumps({"version": version, "base": base, "away": away, "files": files}) + b";\n"
