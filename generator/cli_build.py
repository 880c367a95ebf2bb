"""Why a build published nothing: what is said of it to people, and to programs as the file that ``--status`` names.

The reasons are the keys of the sentences, ``cli.<reason>``.
"""

from collections import Counter
from pathlib import Path

import orjson

from generator.history.chain import LogError
from generator.website.build import BusyError, DiskError
from generator.website.plan import RefusedError, TooMuchError
from generator.workers import LostError

Failure = RefusedError | BusyError | DiskError | LogError | LostError


def why(failure: Failure, site: Path) -> tuple[str, dict[str, object]]:
    """Return the reason and its facts."""
    if isinstance(failure, TooMuchError):
        return "too_much_withheld", {"withheld": failure.held_back.count, "services": failure.held_back.known}
    if isinstance(failure, BusyError):
        return "busy", {"site": site}
    if isinstance(failure, DiskError):
        return "disk", {"site": site.parent, "reason": str(failure)}
    if isinstance(failure, LogError):
        return failure.key, dict(failure.facts)
    if isinstance(failure, LostError):
        return "worker_lost", {"item": failure.item, "reason": failure.lost.said}
    return "nothing_published", {}


def unpublished_json(failure: Failure, site: Path) -> bytes:
    """Return what ``status.json`` would say, had there been a site to hold it: that there is none, why, and what is wrong."""
    held = failure.held_back if isinstance(failure, TooMuchError) else None
    counted = Counter(problem.severity for problem in failure.problems) if isinstance(failure, RefusedError) else {}
    told = {
        "published": False,
        "reason": why(failure, site)[0],
        "degraded": True,
        "errors": counted.get("error", 0),
        "warnings": counted.get("warning", 0),
        "withheld_agencies": held.agencies if held else [],
        "withheld_services": [*held.services, *held.silent] if held else [],
    }
    return orjson.dumps(told, option=orjson.OPT_APPEND_NEWLINE)
