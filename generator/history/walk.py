"""The same log from git alone: every commit that changed the data is a site that was published."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from generator.history.chain import Log, append, gone_of
from generator.history.compare import carried, compare, remembered
from generator.history.editions import Edition, together
from generator.history.git import Commit, commits, export
from generator.history.made import edition_made, held_of
from generator.pipeline import Prepared, measured, prepare
from generator.results_log import Revision
from generator.views.datasets.agency import agency_tables
from generator.views.datasets.columns import tables_by_name

Editions = dict[str, Edition]  # what is known of each agency


def log_from_git(data: Path, since: str | None = None) -> Log:
    """Return the log of a repository's history, from a commit on or from its beginning.

    GitError where history is cut off.  A commit whose catalog cannot be read published nothing.
    """
    log, known = Log(), None
    for commit in commits(data, since):
        with TemporaryDirectory(prefix="clearly-") as folder:
            root = export(data, commit.id, Path(folder))
            with prepare(root, partial(_day, commit)) as prepared:
                if isinstance(prepared, Prepared):
                    log, known = _next(log, known, prepared, commit)
    return log


def _day(commit: Commit, timezone: str) -> date:
    return commit.moment.astimezone(ZoneInfo(timezone)).date()


def _next(log: Log, known: Editions | None, prepared: Prepared, commit: Commit) -> tuple[Log, Editions]:
    """Return the log and what is known after one more state; the first is a beginning and changes nothing."""
    table = tables_by_name(prepared.catalog.settings.languages)["revisions"]
    gone = gone_of(log.logged)
    before = {agency_id: replace(edition, gone=gone.get(agency_id, {})) for agency_id, edition in (known or {}).items()}
    for agency_id in gone.keys() - before.keys():
        before[agency_id] = Edition(prepared.as_of, gone=gone[agency_id])
    now, revisions = {}, []
    for agency_id in prepared.catalog.agency_ids:
        now[agency_id], found = _agency(prepared, agency_id, before.get(agency_id))
        revisions += found
    revisions += _removed(before, now)
    return append(log, table, revisions if known is not None else (), prepared.as_of, commit.id), now


def _agency(prepared: Prepared, agency_id: str, old: Edition | None) -> tuple[Edition, list[Revision]]:
    data, result = measured(prepared, agency_id)
    tables = agency_tables(prepared.catalog, data, result) if result else None
    new = edition_made(prepared.catalog, data, tables, prepared.as_of)
    old = old or Edition(prepared.as_of)
    kept = carried(old, new, held_of(data))
    revisions = compare(agency_id, old, together(new, kept), data.withdrawn.values())
    return together(new, remembered(kept)), revisions


def _removed(before: Editions, now: Editions) -> Iterator[Revision]:
    for agency_id in sorted(before.keys() - now.keys()):
        old = before[agency_id]
        yield from compare(agency_id, old, Edition(old.as_of), ())
