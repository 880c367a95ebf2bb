"""Every figure of a built site, worked out again from the data that the site publishes, and from nothing else.

A second implementation on purpose, of the standard library alone, which imports no other part of the generator: figures
come from ``data/*.csv``, the catalog's settings from ``data/catalog.json``, the day from ``status.json``.  Each place of
a page must hold exactly the numbers, marks and positions that the data gives it; digits that nobody accounts for are a
difference too, and ``reading.FREE`` names what is no figure.  One agency at a time, so that memory stays bounded.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from generator.verify.level import COUNTED, SILENT, Known, Level
from generator.verify.pages import agency_told, in_tables, of_agency, of_whole, whole_of
from generator.verify.printed import number
from generator.verify.published import Problems, Row, Site, Turn
from generator.verify.reading import DESCRIPTION, FIGURE, Reader, figures, typed_pattern
from generator.verify.service import lead_of, mark, of_service, typed_by
from generator.verify.sums import Sums, sums_of, year_words

TABLES = ("services", "service_levels", "targets", "performance", "history")
TARGET = ("target_valid_from", "target_valid_to", "target_share", "target_limit", "target_unit")
CELLS = ("reported", "no_cases", "suppressed", "not_applicable", *SILENT)


class Difference(NamedTuple):
    """A figure that the data does not give: the page or table, the place and the figure, how often found and expected."""

    page: str
    figure: str
    found: int
    expected: int


def verify(root: Path) -> Iterator[Difference]:
    """Yield every difference between the pages of a site and its data."""
    site = Site(root)
    problems, turns = Problems(site), {name: Turn(site.table(name)) for name in TABLES}
    agencies: list[tuple[str, Sums]] = []
    for agency in site.table("agencies"):
        tables = {name: turn.of(agency["agency_id"]) for name, turn in turns.items()}
        levels = list(_levels(site, agency, tables, problems))
        found = sums_of(site, agency, levels)
        agencies.append((agency["agency_id"], found))
        yield from _in_tables(agency, tables, levels)
        for _ in site.editions():
            yield from _agency(site, agency, tables, levels, (found, problems))
    yield from (Difference(f"data/{name}.csv", one.ahead[0], 1, 0) for name, one in turns.items() if one.ahead)
    whole = whole_of(site, agencies, problems)
    typed = list(
        chain.from_iterable(map(typed_by, chain(*map(site.table, ("agencies", "services", "service_levels")))))
    )
    pattern = typed_pattern(site.typed, typed)
    for _ in site.editions():
        for path, expected, told in of_whole(site, whole):
            yield from _differences(site, path, Reader(pattern, linked=True), expected, told)


def _levels(site: Site, agency: Row, tables: dict[str, list[Row]], problems: Problems) -> Iterator[Level]:
    services = {row["service_id"]: row for row in tables["services"]}
    parts: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for name in ("targets", "performance", "history"):
        for row in tables[name]:
            parts[name, row["service_id"], row["level_id"]].append(row)
    for row in tables["service_levels"]:
        key, service = (row["service_id"], row["level_id"]), services[row["service_id"]]
        touched = agency["agency_id"] in problems.touched
        held = site.held(service["page"], row["level_id"]) if touched else set()
        active = agency["status"] == service["status"] == "active"
        targets, rows, history = (parts[name, *key] for name in ("targets", "performance", "history"))
        yield Level(site, Known(row, service, active, targets, rows, history, held))


def _agency(
    site: Site, agency: Row, tables: dict[str, list[Row]], levels: list[Level], known: tuple[Sums, Problems]
) -> Iterator[Difference]:
    """Yield the differences on the pages of one agency in the language that is spoken."""
    found, problems = known
    path = f"agencies/{agency['agency_id']}/"
    services = {row["service_id"]: row for row in tables["services"]}
    held = problems.services[agency["agency_id"]] - services.keys()
    page = list(of_agency(site, agency, levels, found, problems))
    count = len(services) + len(held)
    page += [f"services {one}" for one in (number(count), *year_words(site, found.years)) if count]
    rows = chain([agency], *tables.values())
    typed = typed_pattern(site.typed, chain.from_iterable(map(typed_by, rows)))
    title = agency.get(f"title_{site.language}") or agency[f"title_{site.languages[0]}"]
    description = [*FIGURE.findall(title), *agency_told(site, found)]
    yield from _differences(site, path, Reader(typed, linked=True), page, description)
    by_service: dict[str, list[Row]] = defaultdict(list)
    for row in chain(*tables.values()):
        by_service[row["service_id"]].append(row)
    of_page: dict[str, list[Level]] = defaultdict(list)
    for level in levels:
        of_page[level.path].append(level)
    for service in services.values():
        own = chain([agency], by_service[service["service_id"]])
        typed = typed_pattern(site.typed, chain.from_iterable(map(typed_by, own)))
        some = of_page[service["page"]]
        expected, told = (list(of_service(site, some)), lead_of(some).sentence()) if some else ([], None)
        yield from _differences(site, service["page"], Reader(typed, linked=False), expected, told)


def _differences(
    site: Site, path: str, reader: Reader, expected: Iterable[str], told: list[str] | None
) -> Iterator[Difference]:
    """Yield where a page does not hold what it must; a word of a drawing may be left out where there is no room."""
    page = f"{site.edition}{path}"
    html = (site.root / page / "index.html").read_text("utf-8")
    found, wanted = reader.read(html), Counter(expected)
    for kind in CELLS:
        drawn = found[f"coverage {kind}"]
        wanted.update([f"coverage {number(drawn - 1)}", f"coverage {mark(kind)}"] if drawn else [])
    for kind in SILENT:
        for one in [one for one in found if one.endswith(f" {kind}")]:
            found[one.removesuffix(kind) + mark(kind)] += found.pop(one)
    if told is not None:
        for description in DESCRIPTION.findall(html):
            found.update(f"description {one}" for one in figures(description, reader.typed))
            wanted.update(f"description {one}" for one in told)
    for one in sorted(found.keys() | wanted.keys()):
        if found[one] > wanted[one] or (found[one] < wanted[one] and " x=" not in one):
            yield Difference(page, one, found[one], wanted[one])


def _in_tables(agency: Row, tables: dict[str, list[Row]], levels: list[Level]) -> Iterator[Difference]:
    """Yield the sums and verdicts in the tables that the counts do not give."""
    yield from _cells("agencies", agency, in_tables(levels))
    for row in tables["services"]:
        yield from _cells("services", row, in_tables([one for one in levels if one.path == row["page"]]))
    for one in levels:
        known = one.span.volume > 0
        sums = {"volume": one.span.volume, "within_target": one.span.kept}
        reports = {"reports_received": str(one.span.reported), "reports_due": str(one.span.due)}
        told = {name: str(value) if known else "" for name, value in sums.items()}
        told |= reports | {"verdict": one.span.verdict} | {name: one.now.get(name, "") for name in TARGET}
        yield from _cells("service_levels", one.known.level, told)
        parts = (seen for kind in ("channel", "office") for some in one.parts(kind).values() for seen in some)
        for seen in (*one.rows, *one.others, *parts):
            if seen.row:
                counted = seen.verdict in COUNTED
                exact = Fraction(seen.count("within_target"), seen.count("volume")) if counted else None
                cut = "" if exact is None else f"{int(exact)}.{int(exact * 1000000) % 1000000:06}"
                target = {name: seen.target.get(name, "") for name in TARGET[2:]}
                yield from _cells("performance", seen.row, {"attainment": cut, "verdict": seen.verdict} | target)


def _cells(table: str, row: Row, expected: dict[str, str]) -> Iterator[Difference]:
    key = " ".join(row[name] for name in ("agency_id", "service_id", "level_id", "period") if row.get(name))
    for name, value in expected.items():
        if row[name] != value:
            yield Difference(f"data/{table}.csv", f"{key} {name} {row[name]}", 1, 0)
