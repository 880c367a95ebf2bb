"""What the page of a service must hold, each number after the place where it stands."""

from collections import Counter
from collections.abc import Iterator

from generator.verify.drawn import bar, chart, goal, spark
from generator.verify.level import COUNTED, SILENT, Level, Seen, share_of, span
from generator.verify.printed import at_least, number, numbers, own_percent, percent
from generator.verify.published import Row, Site

IN_FULL, FEW, CONTENTS = 3, 12, 3  # promises with a chart; shown with a year; without a list of contents
COUNTS = (
    "volume", "within_target", "received", "backlog", "backlog_overdue", "excluded", "complaints", "delay_notices_due",
    "delay_notices_sent", "median", "p90",
)  # fmt: skip


def mark(state: str) -> str:
    """Return the mark of a state; those without a report are one, since the tables do not tell them apart."""
    return "silent" if state in SILENT else state


def lead_of(levels: list[Level]) -> Level:
    """Return the promise that leads a service: the first processing time, else the first."""
    return next((one for one in levels if one.measure == "processing_time"), levels[0])


def of_service(site: Site, levels: list[Level]) -> Iterator[str]:
    """Yield what a service's page must hold."""
    lead = lead_of(levels)
    yield from (f"promise {one}" for one in _top(site, lead, [one for one in levels if one is not lead]))
    limit = numbers(lead.promise.get("target_limit"))
    yield from (f"facts {one}" for one in (*limit, *(lead.times() or [[]])[0]) if limit)
    if len(levels) > CONTENTS:
        yield from (f"performance {mark(one.state)}" for one in levels)
    for place, level in enumerate(levels):
        full = place < IN_FULL
        most = 36 if full else 12 if len(levels) <= FEW else 4
        rows = level.rows[-most:]
        drawn = chart(site, rows) if full else spark(rows)
        yield from (f"{level.id} {one}" for one in (*_said(site, level, rows), *_tables(site, level, most), *drawn))


def _top(site: Site, lead: Level, rest: list[Level]) -> list[str]:
    found, known = lead.span, lead.state in COUNTED
    told = [mark(lead.state), *lead.promised(), *site.spoken(found.periods), *lead.covered()]
    told += at_least(share_of(lead.promise)) if lead.promise.get("target_limit") else []
    told += (found.counts if lead.small else lead.rate()) + bar(found) if known else lead.sentence()
    told += found.counts if found.volume else []
    if len(rest) == 1:
        return [*told, *rest[0].promised(), mark(rest[0].state)]
    states = Counter(one.state for one in rest)
    return [*told, *([number(len(rest))] if rest else []), *map(number, states.values()), *map(mark, states)]


def _said(site: Site, level: Level, rows: list[Seen]) -> Iterator[str]:
    """Yield what sentences say of a promise."""
    found = level.span
    yield from (mark(level.state), *level.sentence(), *level.terms(), *level.beside(), *level.revised(rows))
    if found.due:
        yield from (*site.spoken(found.periods), *level.covered())
    for one in found.rows:
        if one.verdict == "not_reported" and found.reported:
            yield from site.short(one.period)
    for one in rows:
        if any(cell for name, cell in one.row.items() if name.startswith("note_")):
            yield from site.short(one.period)


def _tables(site: Site, level: Level, most: int) -> Iterator[str]:
    rows = level.rows[-most:]
    for one in (*rows, *level.others[-most:]):
        yield from (f"{site.code(one.period)} {told}" for told in _cells(site, one))
    if len(level.rows) > most:
        yield from (number(most), number(len(level.rows)))
    if len(rows) == 1:
        yield from site.said(rows[0].period)
    elif rows:
        yield from (*site.short(rows[-1].period), *site.short(rows[0].period))
    for kind in ("channel", "office"):
        parts = level.parts(kind)
        yield from site.spoken(level.span.periods) if parts else ()
        for name, some in parts.items():
            yield from (f"{name} {told}" for told in _part(site, some))


def _cells(site: Site, one: Seen) -> Iterator[str]:
    """Yield the cells of a row, after the names of their columns; those without a name after nothing."""
    row = one.row
    revision = [number(row["revision"])] if row and row["revision"] != "0" else []
    yield mark(one.verdict)
    yield from (f" {told}" for told in (*site.short(one.period), *goal(one.target), *revision))
    if row.get("volume"):
        yield from (f"{name} {told}" for name in COUNTS for told in numbers(row[name]))
        if row["reported_attainment"]:
            yield f"reported_attainment {own_percent(row['reported_attainment'])}"
    if one.verdict in COUNTED:
        yield f"attainment {one.percent}"


def _part(site: Site, rows: list[Seen]) -> Iterator[str]:
    """Yield the cells of a channel or an office; where a row of it is not shown, no sum is."""
    found = span(rows, site.as_of)
    if any(one.verdict == "suppressed" for one in rows):
        yield "suppressed"
        return
    if not 0 < found.volume < site.small["caution_below"]:
        yield mark(found.verdict)
    if found.volume:
        yield from (f" {told}" for told in (*found.counts, percent(found.kept, found.volume, found.share)))


def typed_by(row: Row) -> Iterator[str]:
    """Yield the cells of a row that somebody wrote."""
    names = ("title_", "abbreviation_", "also_called_", "parent_", "summary_", "responsible_unit_", "note_", "reason_")
    yield from (cell for name, cell in row.items() if cell and name.startswith(names))
