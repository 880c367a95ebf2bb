"""Everything of the site that is no prose: agencies side by side, then what stands for all of them together."""

import csv
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.history.chain import ADDRESS, Log, append
from generator.history.made import agencies_gone
from generator.history.previous import read_previous
from generator.paper.typeset import unable
from generator.periods import Period
from generator.report import Resolved, resolve
from generator.views.data import DataFiles
from generator.views.datasets.agency import Publication
from generator.views.datasets.files import csv_text, write
from generator.views.datasets.status import Status, problem_rows, status_json
from generator.views.datasets.whole import join_parts, write_whole
from generator.views.facets import facets_of
from generator.views.search import Entry, synonyms, write_index
from generator.views.search_entries import entries_of_lists, groups_of
from generator.views.summary import AgencyCard, kept_of
from generator.website.assets import write_assets
from generator.website.fragments import load_templates
from generator.website.lists import Gathered, list_pages
from generator.website.plan import Plan
from generator.website.publish import Edition, Published, write_pages
from generator.website.script_words import write_script_words
from generator.website.shares import Press, Share, agency_titles_of, press_agency, titles_of
from generator.website.sitemap import Address, write_sitemap
from generator.workers import each


@dataclass(frozen=True, slots=True)
class Made:
    """What one of the jobs for the whole gives: sizes of files by address, or where an index stands."""

    sizes: dict[str, int] = field(default_factory=dict)
    index: str = ""


FROM_AGENCIES = (
    "performance", "history", "agencies", "services", "service_levels", "targets", "documents", "fees",
)  # fmt: skip


def publish(plan: Plan, editions: Sequence[Edition], site: Path) -> Published:
    """Write everything that is no prose into the site, and say what was written."""
    load_templates()
    write_assets(site)
    for edition in editions:
        write_script_words(edition.strings, edition.wording, site)
    with TemporaryDirectory(prefix="clearly-") as parts:
        words = tuple(edition.strings for edition in editions)
        publication = Publication(plan.prepared.catalog, plan.prepared.as_of, words)
        previous = read_previous(plan.request.previous, plan.prepared.catalog.settings.languages)
        titles = titles_of(plan), agency_titles_of(plan)
        no_papers = unable() if plan.request.papers else None
        # A preview is looked at on a screen, and at once.
        papers = plan.request.papers and no_papers is None and not plan.preview
        commit = plan.commit or ""
        press = Press(plan, publication, tuple(editions), site, Path(parts), *titles, previous, commit, papers)
        shares = list(_shares(press))
        return Published(_publish_whole(press, shares), no_papers)


def _shares(press: Press) -> Iterator[Share]:
    prepared, request = press.plan.prepared, press.plan.request
    ids = prepared.catalog.agency_ids
    for done, share in enumerate(each(partial(press_agency, press), ids, request.jobs), start=1):
        request.step("published", done, len(ids))
        yield share


def _publish_whole(press: Press, shares: Sequence[Share]) -> int:
    """Write what needs all agencies: the national tables, the search indexes, the lists, the sitemap; return how many pages there are."""
    problems = tuple(_problems(press, shares))
    log = _log(press, shares)
    rows = _write_tables(press, shares, problems, log)
    cards = tuple(share.card for share in shares)
    jobs = _whole_jobs(press, shares, cards)
    whole, *indexes = each(lambda name: jobs[name](), tuple(jobs), press.plan.request.jobs)
    sizes = whole.sizes | {address: size for share in shares for address, size in share.sizes.items()}
    gathered = Gathered(cards, problems, DataFiles(sizes, rows), log.logged)
    addresses = [Address(view.path, view.changed) for view in press.editions[0].prose.values() if view.index]
    addresses += [address for share in shares for address in share.addresses]
    for edition, made in zip(press.editions, indexes, strict=True):
        written = list(write_pages(edition, list_pages(press, edition, gathered, made.index), press.site))
        addresses += written if edition is press.editions[0] else ()
    write_sitemap(press.site, press.plan.url, press.plan.siblings, addresses)
    return len(addresses) * len(press.editions)


def _problems(press: Press, shares: Sequence[Share]) -> Iterator[Resolved]:
    """Yield the problems of all files: the shared ones first, then agency by agency."""
    yield from resolve(press.plan.prepared.root, press.plan.prepared.shared, public=True)
    yield from (problem for share in shares for problem in share.problems)


def _log(press: Press, shares: Sequence[Share]) -> Log:
    """Return the revision log with what has changed today; a first site has none to go on with."""
    table, as_of = press.publication.tables["revisions"], press.publication.as_of
    news = [revision for share in shares for revision in share.revisions]
    if press.previous is None:
        return append(Log(), table, (), as_of, "")
    news += agencies_gone(press.previous, press.publication.catalog.agency_ids)
    return append(press.previous.log, table, news, as_of, press.plan.commit or "")


def _write_tables(press: Press, shares: Sequence[Share], problems: Sequence[Resolved], log: Log) -> dict[str, int]:
    """Write the national CSVs, of which most are the agencies' parts, and status.json; return rows by table."""
    prepared, tables = press.plan.prepared, press.publication.tables
    write(press.site / ADDRESS, log.text)
    for name in (*FROM_AGENCIES, "withheld"):
        join_parts(press.site, tables[name], _parts(press, name, sorted(prepared.catalog.agency_ids)))
    found = problem_rows(problems, prepared.catalog.settings.demonstration)
    write(press.site / "data" / "problems.csv", csv_text(tables["problems"], found))
    write(press.site / "status.json", status_json(_status(press, shares, problems, log)))
    counts = {name: sum(share.rows.get(name, 0) for share in shares) for name in FROM_AGENCIES}
    return {**counts, "revisions": len(log.rows), "problems": len(found), "withheld": _rows_in(press, "withheld")}


def _rows_in(press: Press, table: str) -> int:
    with (press.site / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return sum(1 for _ in csv.reader(file)) - 1


def _status(press: Press, shares: Sequence[Share], problems: Sequence[Resolved], log: Log) -> Status:
    counted = Counter(problem.severity for problem in problems)
    prepared = press.plan.prepared
    cards = [share.card for share in shares]
    latest = max(
        (card.summary.latest for card in cards if card.summary and card.summary.latest), default=None, key=_end
    )
    return Status(
        degraded=any(problem.withheld != "none" for problem in problems),
        as_of=prepared.as_of,
        commit=press.plan.commit,
        demonstration=prepared.catalog.settings.demonstration,
        agencies=sum(card.agency is not None for card in cards),
        services=sum(not service.withheld for card in cards for service in card.services),
        rows=sum(share.rows.get("performance", 0) for share in shares),
        withheld_rows=sum(card.withheld_rows for card in cards),
        errors=counted["error"],
        warnings=counted["warning"],
        revisions=len(log.rows),
        revisions_hash=log.head,
        withheld_agencies=prepared.held_back.agencies,
        withheld_services=prepared.held_back.services,
        kept={name: day for card in cards for name, day in kept_of(card)},
        latest_period=latest.code if latest else None,
        data_age_days=(prepared.as_of - latest.end).days + 1 if latest else None,
    )


def _end(period: Period) -> date:
    return period.end


def _parts(press: Press, name: str, ids: Sequence[str]) -> Iterator[str]:
    for agency_id in ids:
        part = press.parts / f"{agency_id}.{name}"
        if part.exists():  # a withheld agency has none
            yield part.read_text(encoding="utf-8")


def _whole_jobs(press: Press, shares: Sequence[Share], cards: Sequence[AgencyCard]) -> dict[str, Callable[[], Made]]:
    """Return what can be made side by side, by its folder: the files of the whole, and each language's index."""
    indexes = {
        f"assets/search/{edition.language}": partial(_write_index, press, edition, shares, cards)
        for edition in press.editions
    }
    return {"data": lambda: Made(sizes=write_whole(press.site, press.publication)), **indexes}


def _write_index(press: Press, edition: Edition, shares: Sequence[Share], cards: Sequence[AgencyCard]) -> Made:
    """Write the search index of one edition, and say where it stands, from the site's root."""
    words = press.words(edition)
    entries = [entry for share in shares for entry in share.entries[edition.language]]
    entries += [
        Entry(view.path, view.title, "", summary=view.description, prose=True) for view in edition.prose.values()
    ]
    entries += entries_of_lists(press.plan.prepared.catalog, words)
    pairs = synonyms(edition.strings("search.synonyms"))
    groups = groups_of(press.plan.prepared.catalog, cards, words)
    facets = facets_of(press.plan.prepared.catalog, cards, words)
    folder = f"assets/search/{edition.language}/"
    return Made(index=f"{folder}{write_index(press.site / folder, entries, groups, pairs, facets)}/")
