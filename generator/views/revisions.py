"""The revision log as pages show it: what was published and has changed since, newest first."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import NamedTuple

from generator.claims import figure
from generator.model import Catalog
from generator.periods import read_period
from generator.results_log import Logged, Revision
from generator.texts import Text, capital
from generator.views.page import Link, PageView
from generator.views.words import Line, Mixed, Said, Words

MOST = 100
PATH = "data/revisions/"


class ValueChange(NamedTuple):
    """One value that has changed; an empty one is none."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class RevisionItem:
    """One change: when it was first shown, of what, which values, and why.  ``part`` names the level, channel and office."""

    iso: str
    day: Line
    agency: Said
    service: Link
    part: str
    what: Line
    values: tuple[ValueChange, ...]
    reason: Mixed


@dataclass(frozen=True, slots=True)
class RevisionsView:
    """The page of the revision log."""

    count: Line
    shown: Line
    items: tuple[RevisionItem, ...]


@dataclass(frozen=True, slots=True)
class Titles:
    """What services (by "agency/service") and agencies are called, and in which month fiscal years begin."""

    services: Mapping[str, Text]
    agencies: Mapping[str, Text]
    fiscal_year_starts: int


def revisions_page(catalog: Catalog, logged: Sequence[Logged], titles: Titles, words: Words) -> PageView:
    """Return the page that shows the newest changes; the file holds all of them."""
    items = tuple(revision_items(logged, MOST, titles, words))
    shown = words.line("revisions.newest", n=words.wording.number(len(items))) if len(items) == MOST else Line("")
    return PageView(
        path=PATH,
        template="revisions.html",
        title=words.strings("dataset.revisions"),
        description=words.strings("revisions.lead"),
        content=RevisionsView(Line(figure(words.wording.count("rows", len(logged)), "revisions:")), shown, items),
        section="data",
        crumbs=(Link(words.strings("nav.home"), ""), Link(words.strings("nav.data"), "data/")),
        demonstration=catalog.settings.demonstration,
    )


def revision_items(logged: Sequence[Logged], most: int, titles: Titles, words: Words) -> Iterator[RevisionItem]:
    """Yield the newest changes, newest first; the values of one row stand together."""
    together = [list(found) for _, found in groupby(logged, key=lambda one: (one.as_of, *one.revision[:8]))]
    newest = reversed(together[-most:])
    yield from (_item(found[0].as_of, [one.revision for one in found], titles, words) for found in newest)


def _item(as_of: date, revisions: Sequence[Revision], titles: Titles, words: Words) -> RevisionItem:
    first = revisions[0]
    gone = first.change == "removed" and not first.level_id
    parts = (first.service_id if gone else "", first.level_id, first.channel_id, first.office_id)
    reason = next((one.reason for one in revisions if one.reason), None)
    return RevisionItem(
        iso=as_of.isoformat(),
        day=Line(words.wording.date(as_of)),
        agency=words.text(titles.agencies.get(first.agency_id) or {words.first: first.agency_id}),
        service=_service(first, titles, words),
        part=" / ".join(filter(None, parts)),
        what=Line(" · ".join(filter(None, (_change(first, words), _when(first, titles, words))))),
        values=() if gone else tuple(ValueChange(one.field, one.old_value, one.new_value) for one in revisions),
        reason=words.mixed("revision.reason", reason=words.text(reason))
        if reason
        else (Said(words.line("revisions.no_reason")),),
    )


def _service(revision: Revision, titles: Titles, words: Words) -> Link:
    """Return the link to what has changed; its words alone where its page is not known."""
    address = f"{revision.agency_id}/{revision.service_id}".rstrip("/")
    title = titles.services.get(address) if revision.service_id else titles.agencies.get(address)
    if title is not None:
        said = words.text(title)
        return Link(said.text, f"agencies/{address}/", said.language)
    if revision.change == "removed":  # its title is the value that it had, in the catalog's first language
        return Link(revision.old_value or address, "", "" if words.first == words.language else words.first)
    return Link(address, "")


def _change(revision: Revision, words: Words) -> str:
    return capital(words.strings(f"closed.change.{revision.change}"))


def _when(revision: Revision, titles: Titles, words: Words) -> str:
    first, _, last = revision.period.partition("/")
    if last:
        days = {name: words.wording.date(date.fromisoformat(day)) for name, day in (("first", first), ("last", last))}
        return words.strings("revisions.days", **days)
    period = read_period(first, titles.fiscal_year_starts) if first else None
    return words.wording.period(period) if period else ""
