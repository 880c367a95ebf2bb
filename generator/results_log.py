"""What the revision log says of a change to what was published.  Values only."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Literal, NamedTuple, get_args

Change = Literal[
    "corrected",  # a row with a higher revision
    "changed",  # a row that was written over
    "deleted",
    "redated",  # the same figures under another period
    "target_loosened",
    "target_tightened",
    "target_changed",  # promised where nothing was, or in a unit that cannot be compared
    "definition_changed",  # what a level measures, or how its time is counted
    "removed",
    "returned",
    "id_used_again",
    "status_put_back",
]
CHANGES: tuple[Change, ...] = get_args(Change)


class Revision(NamedTuple):
    """One change to what was published: of a value (``field``) of a row, a promise, a level, a service or an agency.

    Empty ids are of all.  ``period`` is a period's code or, of a promise, the days that have passed: "2026-01-01/2026-03-31".
    ``reason`` is by language, empty where none was given.
    """

    change: Change
    agency_id: str
    service_id: str = ""
    level_id: str = ""
    period: str = ""
    channel_id: str = ""
    office_id: str = ""
    revision: str = ""
    field: str = ""
    old_value: str = ""
    new_value: str = ""
    demonstration: bool = False
    reason: Mapping[str, str] = MappingProxyType({})


class Logged(NamedTuple):
    """A change, and the day of the site that showed it first."""

    as_of: date
    revision: Revision
