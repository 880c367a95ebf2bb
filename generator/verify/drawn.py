"""What a chart, a small drawing and a bar must hold: numbers, and positions of marks."""

from decimal import Decimal
from itertools import groupby

from generator.verify.level import COUNTED, Seen, Span, share_of
from generator.verify.printed import number
from generator.verify.published import Site

NICE = (1, 2, 4, 6, 8, 10)
OFTEN = 4  # a word may stand twice, for a phone and a desk, or be left out where there is no room


def _percent(one: Seen) -> float:
    return one.count("within_target") * 100 / one.count("volume")


def shown(rows: list[Seen]) -> list[Seen]:
    """Return the periods that are drawn: none where fewer than two have a result, and none that is only not due."""
    while rows and rows[-1].verdict == "not_due":
        rows = rows[:-1]
    return rows if sum(one.verdict in COUNTED for one in rows) > 1 else []


def _lowest(rows: list[Seen]) -> int:
    shares = [share_of(one.target) for one in rows if one.target]
    goals = [100.0 if share is None else float(share * 100) for share in shares]
    return 0 if min([*goals, *(_percent(one) for one in rows if one.verdict in COUNTED)]) < 60 else 60


def _runs(rows: list[Seen]) -> list[list[int]]:
    """Return the unbroken stretches of the line: a missing period ends one, and so does another promise."""
    found: list[list[int]] = []
    for place, one in enumerate(rows):
        if one.verdict in COUNTED:
            before = rows[place - 1] if place else None
            if before is None or before.verdict not in COUNTED or before.target is not one.target:
                found.append([])
            found[-1].append(place)
    return found


def bar(found: Span) -> list[str]:
    """Return the width of a result's bar, the place of the promise, and its number."""
    goals = [] if found.share is None else [number(found.share * 100)]
    return [f"7 {found.kept * 100 / found.volume:.2f}%", *(f"{one}% 1 3" for one in goals), *goals]


def spark(rows: list[Seen]) -> list[str]:
    """Return the lines of a small drawing, and its last point."""
    rows = shown(rows)
    if not rows:
        return []
    low, across = _lowest(rows), 124 / max(len(rows) - 1, 1)
    points = {
        place: (f"{4 + place * across:.1f}", f"{36 - 4 - (_percent(one) - low) / (100 - low) * 28:.1f}")
        for place, one in enumerate(rows)
        if one.verdict in COUNTED
    }
    lines = (" ".join(",".join(points[place]) for place in run) for run in _runs(rows) if len(run) > 1)
    return [*lines, " ".join(points[max(points)])]


def goal(target: dict[str, str]) -> list[str]:
    """Return the numbers of a target in a table or a chart."""
    limit, share = target.get("target_limit"), share_of(target)
    return [*([number(limit)] if limit else []), *([] if share is None else [number(share * 100)])]


def chart(site: Site, rows: list[Seen]) -> list[str]:
    """Return what a chart and the sentence that sums it up must hold."""
    drawn = shown(rows)
    if not drawn:
        return []
    low = _lowest(drawn)
    top = _top(max(one.count("volume") for one in drawn))
    scale = 1_000_000 if top >= 1_000_000 else 1000 if top >= 1000 else 1
    axes = [*map(str, range(low, 101, 10 if low else 20)), *(f"{one / scale:g}" for one in (0, top // 2, top))]
    return [
        *_summary(site, rows),
        str(low),
        "0",
        *axes,
        *_points(site, drawn, low),
        *_lines(drawn, low, top),
        *_goals(drawn, low),
    ]


def _top(most: int) -> int:
    tops = (step * int("1" + "0" * power) for power in range(14) for step in NICE)
    return next(top for top in tops if top >= most and top % 2 == 0)


def _down(value: float, low: int) -> float:
    return 238 - (value - low) / (100 - low) * 180


def _summary(site: Site, rows: list[Seen]) -> list[str]:
    known = [one for one in rows if one.verdict in COUNTED]
    found = site.years(known[0].period.start, known[-1].period.end - 1)
    for one in (max(known, key=_percent), min(known, key=_percent)):
        found += [one.percent, *site.short(one.period)]
    judged = [one.verdict == "missed" for one in known if one.verdict != "no_target"]
    return [*found, number(sum(judged)), number(len(judged))] if judged else found


def _points(site: Site, rows: list[Seen], low: int) -> list[str]:
    """Return each period's words and its mark, and the year that may stand under it."""
    found = []
    for place, one in enumerate(rows):
        across = f"{10.0 + 90.0 * (place + 0.5) / len(rows):.2f}%"
        month = one.period.end - 1 if one.period.grain.endswith("12") else one.period.start
        found += [f"x={across} {year}" for year in site.years(month)] * OFTEN + site.short(one.period)
        if one.verdict in COUNTED:
            found += [f"{across} {_down(_percent(one), low):.1f}", *one.counts, one.percent]
        elif one.count("volume"):
            found.append(number(one.count("volume")))
    return found


def _lines(rows: list[Seen], low: int, top: int) -> list[str]:
    """Return the paths of the line and of the bars."""
    count = len(rows)
    found = [
        "M" + " ".join(f"{(at + 0.5) / count * 1000:.1f},{_down(_percent(rows[at]), low) - 58:.1f}" for at in run)
        for run in _runs(rows)
    ]
    wide = min(1000 / count * 0.62, 12.0 * 1000 / 90.0)
    bars = "".join(
        f"M{(at + 0.5) / count * 1000 - wide / 2:.1f} 80v-{one.count('volume') / top * 80:.1f}h{wide:.1f}V80z"
        for at, one in enumerate(rows)
        if one.count("volume")
    )
    return [*found, *([bars] if bars else [])]


def _goals(rows: list[Seen], low: int) -> list[str]:
    """Return the line of each promise, its words, and where they may stand."""
    found, place = [], 0
    for _, group in groupby(rows, key=lambda one: id(one.target)):
        size, target = len(list(group)), rows[place].target
        for where in (f"{10.0 + 90.0 * place / len(rows):.2f}%", "100%"):
            found += [f"x={where} {one}" for one in goal(target)] * OFTEN
        if target.get("target_share"):
            found += [f"{_down(float(Decimal(target['target_share']) * 100), low):.1f}", *goal(target)]
        place += size
    return found
