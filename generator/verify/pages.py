"""What the pages of an agency and of the whole must hold, each number after the place where it stands."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from generator.verify.drawn import spark
from generator.verify.level import COUNTED, Level
from generator.verify.printed import number, part_of
from generator.verify.published import Problems, Row, Site
from generator.verify.service import mark
from generator.verify.sums import Sums, by_year, grid, kept, news, ratio, together, year_words

MOST_SPARKS, MOST_FINDINGS, EXAMPLES, MOST_ERRORS = 120, 40, 2, 100
GROUPS = {"topics": "topics", "life-events": "life_events", "channels": "channel_types", "types": "type"}

Told = list[str] | None  # the numbers of a page's description; None where it has none of ours
Expected = tuple[str, list[str], Told]  # the page's address, what it must hold, and its description


def of_agency(site: Site, agency: Row, levels: list[Level], found: Sums, problems: Problems) -> Iterator[str]:
    """Yield what an agency's page must hold, but for its number of services."""
    reports = part_of(found.reported, found.due)
    if levels:
        yield from (f"kept {one}" for one in (*kept(site, found), *reports, *by_year(site, levels)))
    yield from (token for level in levels for token in _line(site, level, found, len(levels) <= MOST_SPARKS))
    cells = grid(site, agency, levels)
    yield from (f"coverage {one}" for one in (*cells, *(reports if cells else [])))
    yield from news(site, found.news)
    errors, codes = problems.errors[agency["agency_id"]], Counter(problems.warnings[agency["agency_id"]])
    total = errors + codes.total()
    hidden = total - min(MOST_FINDINGS, errors + sum(min(EXAMPLES, one) for one in codes.values()))
    counts = [number(errors), number(codes.total())] if total else []
    yield from (f"problems {one}" for one in (*counts, *([number(hidden)] if hidden else [])))


def agency_told(site: Site, found: Sums) -> list[str]:
    """Return the numbers of the description of an agency's page."""
    year = year_words(site, found.years)
    if not found.reported:
        return year
    met, missed = found.verdicts["met"], found.verdicts["missed"]
    return [*year, *map(number, (met, met + missed, found.reported, found.due))]


def _line(site: Site, level: Level, found: Sums, drawn: bool) -> list[str]:
    """Return a promise in the list of an agency's services."""
    told, periods = [*level.promised(), mark(level.state)], level.span.periods
    if level.state in COUNTED:
        told += level.span.counts + level.rate() + (spark(level.span.rows) if drawn else [])
        ends = {(year[0].start, year[-1].end) for year in found.years}
        if (periods[0].start, periods[-1].end) not in ends:
            one = len(periods) == 1
            told += site.said(periods[0]) if one else site.years(periods[0].start, periods[-1].end - 1)
    return [f"{level.path}#{level.id} {one}" for one in told]


class Whole(NamedTuple):
    """All agencies with their sums, how many services each has, and how many more have a page and no row."""

    agencies: list[tuple[str, Sums]]
    services: Counter[str]
    absent: Counter[str]
    groups: Counter[str]
    done: Counter[tuple[str, str]]
    problems: Problems
    tables: dict[str, tuple[int, int]]


def whole_of(site: Site, agencies: list[tuple[str, Sums]], problems: Problems) -> Whole:
    """Return what the pages of the whole are made of."""
    services, groups, done = Counter[str](), Counter[str](), Counter[tuple[str, str]]()
    known = set()
    for row in site.table("services"):
        services[row["agency_id"]] += 1
        known.add((row["agency_id"], row["service_id"]))
        done.update((row["agency_id"], language) for language in row["languages"].split(";"))
        named = ((kind, one) for kind, column in GROUPS.items() for one in row[column].split(";") if one)
        groups.update(f"services/{kind}/{one.replace('_', '-')}/" for kind, one in named)
    absent = Counter(
        {name: len({one for one in some if (name, one) not in known}) for name, some in problems.services.items()}
    )
    return Whole(agencies, services, absent, groups, done, problems, site.tables())


def of_whole(site: Site, whole: Whole) -> Iterator[Expected]:
    """Yield the pages of the whole in the language that is spoken."""
    found = together([one for _, one in whole.agencies])
    total = number(whole.services.total() + whole.absent.total())
    count = number(len({name for name, _ in whole.agencies} | whole.problems.agencies))
    yield _home(site, whole, found, total, count)
    year = year_words(site, found.years)
    yield "agencies/", [f" {one}" for one in (count, *year)] + list(_agencies(whole)), [count, *year]
    groups = [f"{path} {number(value)}" for path, value in whole.groups.items()]
    own = {name: whole.services[name] + whole.absent[name] for name, _ in whole.agencies}
    groups += [f"agencies/{name}/ {number(value)}" for name, value in own.items() if value]
    yield "services/", [f" {total}", f" {count}", f"services/a-z/ {total}", *groups], [total, count]
    for path, value in {"services/a-z/": total, **{path: number(one) for path, one in whole.groups.items()}}.items():
        for page in sorted((site.root / site.edition / path).rglob("index.html")):
            address = page.parent.relative_to(site.root / site.edition).as_posix()
            yield f"{address}/", [f" {value}"], [value]
    yield "search/", [f"a-z {total}"], [total]
    yield "data/", list(_data(site, whole, found)), None
    yield "data/revisions/", [f"data/revisions.csv {number(whole.tables['revisions'][0])}"], None
    yield "data-quality/", list(_quality(site, whole, found)), None


def _home(site: Site, whole: Whole, found: Sums, total: str, count: str) -> Expected:
    met, basis = ratio(found.verdicts), [number(whole.services.total()), number(len(whole.agencies))]
    reports = [number(found.reported), number(found.due)] if found.due else []
    tallied = whole.tables["service_levels"][0] > 0
    page = [f"kept {one}" for one in (*kept(site, found), *basis, *reports) if tallied]
    page += [*(news(site, found.news) if found.news else ["news 12"]), f"services/ {total}", f"agencies/ {count}"]
    return "", page, [basis[1], *met, *year_words(site, found.years)] if met else []


def _agencies(whole: Whole) -> Iterator[str]:
    for name, found in whole.agencies:
        own = number(whole.services[name] + whole.absent[name])
        told = (own, *ratio(found.verdicts), *part_of(found.reported, found.due))
        yield from (f"agencies/{name}/ {one}" for one in told)


def _data(site: Site, whole: Whole, found: Sums) -> Iterator[str]:
    levels, rows = whole.tables["service_levels"][0], whole.tables["performance"][0]
    yield from (f"all {number(one)}" for one in (len(whole.agencies), whole.services.total(), levels, rows))
    yield from (f"sets {number(one)}" for pair in whole.tables.values() for one in pair)
    yield "sets 8"  # of UTF-8
    yield from (f"settings {site.small[name]}" for name in ("caution_below", "suppress_below"))
    yield from (f"{found.busiest[1]} {one}" for one in found.busiest[2])


def _quality(site: Site, whole: Whole, found: Sums) -> Iterator[str]:
    problems, further = whole.problems, site.languages[1:]
    codes = Counter(code for some in problems.warnings.values() for code in some)
    rows = sum(map(len, problems.rows.values()))
    totals = [
        rows,
        sum(map(len, problems.services.values())),
        len(problems.agencies),
        problems.errors.total(),
        codes.total(),
    ]
    for language in further if whole.services.total() else ():
        totals += [sum(one for (_, own), one in whole.done.items() if own == language), whole.services.total()]
    yield from (f"totals {one}" for one in (*map(number, totals), *part_of(found.reported, found.due)))
    for code, value in codes.items():
        agencies = sum(code in some for name, some in problems.warnings.items() if name)
        yield from (f"for-agencies/rules/#{code} {number(one)}" for one in (value, agencies))
    if problems.errors.total() > MOST_ERRORS:
        yield f"more {number(problems.errors.total() - MOST_ERRORS)}"
    for name, sums in whole.agencies:
        held = [number(one) for one in (len(problems.services[name]), len(problems.rows[name])) if one]
        own = [
            one
            for language in further
            if whole.services[name]
            for one in (whole.done[name, language], whole.services[name])
        ]
        told = [*held, number(len(problems.warnings[name])), *part_of(sums.reported, sums.due), *map(number, own)]
        yield from (f"agencies/{name}/ {one}" for one in told)


def in_tables(levels: list[Level]) -> dict[str, str]:
    """Return the sums of promises as the tables of agencies and services have them."""
    current = [one for one in levels if one.current]
    verdicts = Counter(one.span.verdict for one in current)
    kinds = ("met", "missed", "no_target", "no_cases", "not_reported")
    reports = {
        "reports_received": sum(one.span.reported for one in current),
        "reports_due": sum(one.span.due for one in current),
    }
    return {name: str(one) for name, one in ({f"promises_{kind}": verdicts[kind] for kind in kinds} | reports).items()}
