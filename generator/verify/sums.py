"""Many promises together: how many were kept, how many reports came, sums of time, and what is new."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import groupby, pairwise
from typing import NamedTuple

from generator.verify.level import COUNTED, SILENT, Level, Seen, Span, share_of, span, term
from generator.verify.printed import number, numbers, part_of, rate
from generator.verify.published import Period, Row, Site, day, grain_of, move
from generator.verify.service import lead_of, mark

KINDS = ("met", "missed", "not_reported", "no_target", "no_cases", "suppressed", "not_applicable")
WORST = ("silent", "suppressed", "no_cases", "not_applicable", "reported")
MOST_DOTS, GAP, MANY, NEWS, YEARS = 40, 0.6, 60, 8, 5
MONTHS_SHOWN = 13


class Change(NamedTuple):
    """A change of a promise, or of figures of a period; what comes first sorts it."""

    age: int
    path: str
    level: str
    period: tuple[Period, ...]
    told: tuple[str, ...]


class Sums(NamedTuple):
    """What is known of many promises; ``busiest`` is the service with the most cases, and its counts."""

    verdicts: Counter[str]
    before: Counter[str]
    reported: int
    due: int
    timed: dict[str, list[Span]]
    years: set[tuple[Period, ...]]
    news: list[Change]
    busiest: tuple[int, str, list[str]]


def sums_of(site: Site, agency: Row, levels: list[Level]) -> Sums:
    """Return the sums of an agency."""
    current, timed = [one for one in levels if one.current], defaultdict(list)
    for one in current:
        found = span((row for row in one.span.rows if row.verdict != "no_target"), site.as_of)
        if one.measure == "processing_time" and found.volume:
            timed[one.grain].append(found)
    leads = [lead_of(list(some)) for _, some in groupby(levels, key=lambda one: one.path)]
    busy = [one for one in leads if one.state in ("met", "missed") and not one.small]
    busy = [one for one in busy if one.known.service["status"] == "active"]
    return Sums(
        verdicts=Counter(one.span.verdict for one in current),
        before=Counter(one.previous.verdict for one in current if one.previous),
        reported=sum(one.span.reported for one in current),
        due=sum(one.span.due for one in current),
        timed=timed,
        years={tuple(site.last_year(grain_of(agency), int(agency["due_after_days"])))},
        news=sorted(change for one in levels for change in _changes(site, one))[:12],
        busiest=max(((one.span.volume, one.path, one.span.counts) for one in busy), default=(0, "", [])),
    )


def together(parts: list[Sums]) -> Sums:
    """Return the sums of sums."""
    timed: dict[str, list[Span]] = defaultdict(list)
    for grain, spans in ((grain, spans) for one in parts for grain, spans in one.timed.items()):
        timed[grain] += spans
    return Sums(
        verdicts=sum((one.verdicts for one in parts), Counter()),
        before=sum((one.before for one in parts), Counter()),
        reported=sum(one.reported for one in parts),
        due=sum(one.due for one in parts),
        timed=timed,
        years={year for one in parts for year in one.years},
        news=sorted(change for one in parts for change in one.news),
        busiest=max((one.busiest for one in parts), default=(0, "", [])),
    )


def ratio(verdicts: Counter[str]) -> list[str]:
    """Return the numbers of "2 of 3 promises"."""
    judged = verdicts["met"] + verdicts["missed"]
    return [number(verdicts["met"]), number(judged)] if judged else []


def year_words(site: Site, years: set[tuple[Period, ...]]) -> list[str]:
    """Return the numbers of the last 12 months: by name where all have the same."""
    if len({(year[0].start, year[-1].end) for year in years}) != 1:
        return ["12"]
    longest = sorted(years, key=len)[-1]
    return site.spoken(list(longest), ever=True)


def kept(site: Site, found: Sums) -> list[str]:
    """Return what a page must hold of promises kept, but for the reports."""
    verdicts = found.verdicts
    silent = verdicts.total() - verdicts["met"] - verdicts["missed"]
    parts = [kind for kind in KINDS if verdicts[kind] or kind in ("met", "missed")]
    told = [*ratio(verdicts), *year_words(site, found.years), *(number(verdicts[kind]) for kind in parts)]
    told += [mark(kind) for kind in parts] + ([number(silent)] if 0 < silent < verdicts.total() else [])
    told += [mark(one) for one in verdicts.elements()] if verdicts.total() <= MOST_DOTS else _strip(verdicts)
    if found.timed:
        told += _time(site, max((found.timed[grain] for grain in sorted(found.timed)), key=_volume))
    before = ratio(found.before)
    return told + (["12", *before] if before else [])


def _volume(spans: list[Span]) -> int:
    return sum(one.volume for one in spans)


def _time(site: Site, spans: list[Span]) -> list[str]:
    shares: set[Fraction | None] = {one.share for one in spans}
    total, volume = sum(one.kept for one in spans), _volume(spans)
    periods = sorted({period for one in spans for period in one.periods})
    result = rate(total, volume, shares.pop() if len(shares) == 1 else None)
    return [*result, number(total), number(volume), *site.spoken(periods, ever=True)]


def _strip(verdicts: Counter[str]) -> list[str]:
    shown = [kind for kind in KINDS if verdicts[kind]]
    found, x = [], 0.0
    for kind in shown:
        width = verdicts[kind] / verdicts.total() * (100 - GAP * (len(shown) - 1))
        found.append(f"{x:.2f}% 1 {width:.2f}%")
        x += width + GAP
    return found


def by_year(site: Site, levels: list[Level]) -> list[str]:
    """Return the numbers of each fiscal year that has ended, the newest few."""
    told: dict[Period, list[Span]] = defaultdict(list)
    for level in levels:
        rows: dict[Period, list[Seen]] = defaultdict(list)
        for one in level.rows:
            year = one.period if one.period.grain == "12" else site.around(one.period.start, "FY12")
            if one.period.end <= year.end:
                rows[year].append(one)
        for year, some in rows.items():
            found = span((one for one in some if _told(site, one)), site.as_of)
            if found.due and day(year.end) <= site.as_of:
                told[year].append(found)
    return [token for year in sorted(told, reverse=True)[:YEARS] for token in _year(site, year, told[year])]


def _told(site: Site, one: Seen) -> bool:
    return one.verdict not in SILENT or (one.due is not None and one.due <= site.as_of)


def _year(site: Site, year: Period, spans: list[Span]) -> list[str]:
    met = ratio(Counter(one.verdict for one in spans))
    reports = part_of(sum(one.reported for one in spans), sum(one.due for one in spans))
    return [*site.short(year), *met, *reports] if met else []


def grid(site: Site, agency: Row, levels: list[Level]) -> list[str]:
    """Return the cells of the grid of reports; of many promises one row for each service."""
    last = site.last_ended(grain_of(agency))
    months = [move(last, step) for step in range(1 - MONTHS_SHOWN, 1)]
    rows: dict[str, list[list[str]]] = defaultdict(list)
    for level in levels:
        cells = [_worst([_cell(one) for one in level.rows if _meet(one.period, month)]) for month in months]
        rows[level.path if len(levels) > MANY else level.path + level.id].append(cells)
    merged = (_worst(list(states)) for some in rows.values() for states in zip(*some, strict=True))
    return [kind for kind in merged if kind != "none"]


def _meet(one: Period, other: Period) -> bool:
    return one.start < other.end and other.start < one.end


def _worst(states: list[str]) -> str:
    return next((kind for kind in WORST if kind in states), "none")


def _cell(seen: Seen) -> str:
    return "reported" if seen.verdict in COUNTED else mark(seen.verdict)


def news(site: Site, changes: list[Change]) -> Iterator[str]:
    """Yield the numbers of the newest changes, after the pages that they lead to."""
    for one in changes[:NEWS]:
        period = [token for period in one.period for token in site.said(period)]
        yield from (f"{one.path} {token}" for token in (*period, *one.told))


def _changes(site: Site, level: Level) -> Iterator[Change]:
    """Yield the changes of the last year."""
    earliest = str(site.as_of - timedelta(366))
    for when, code, told in (*_of_targets(level.targets), *_of_figures(level.history)):
        if earliest < when <= str(site.as_of):
            period = (site.period(code),) if code else ()
            yield Change(-date.fromisoformat(when).toordinal(), level.path, level.id, period, tuple(told))


def _of_targets(targets: list[Row]) -> Iterator[tuple[str, str, list[str]]]:
    if not targets:
        return
    yield targets[0]["target_valid_from"], "", term(targets[0])
    for old, new in pairwise(targets):
        if _promise(old) != _promise(new):
            yield new["target_valid_from"], "", _moved(old, new)
    if targets[-1]["target_valid_to"]:
        yield str(date.fromisoformat(targets[-1]["target_valid_to"]) + timedelta(1)), "", []


def _of_figures(history: list[Row]) -> Iterator[tuple[str, str, list[str]]]:
    for code, some in groupby(history, key=lambda row: row["period"]):
        old, new = list(some)[-2:]
        pairs = [(one["within_target"], one["volume"]) for one in (old, new)]
        known = pairs[0] != pairs[1] and "" not in (*pairs[0], *pairs[1])
        if new["reported_on"]:
            yield new["reported_on"], code, numbers(*pairs[0], *pairs[1]) if known else []


def _promise(target: Row) -> tuple[Decimal, str, Fraction | None]:
    return Decimal(target["target_limit"] or 0), target["target_unit"], share_of(target)


def _moved(old: Row, new: Row) -> list[str]:
    """Return what a change says: both terms where one of them comes or goes, else each that moved."""
    if any(bool(old[name]) != bool(new[name]) for name in ("target_limit", "target_share")):
        return term(old) + term(new)
    limits = _promise(old)[:2] != _promise(new)[:2]
    shares = share_of(old) != share_of(new)
    names = {"target_limit": limits, "target_share": shares}
    return [token for name, moves in names.items() if moves for one in (old, new) for token in _only(one, name)]


def _only(target: Row, name: str) -> list[str]:
    return term({"target_limit": "", "target_share": "", name: target[name]})
