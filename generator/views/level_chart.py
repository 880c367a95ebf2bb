"""One promise's periods as a chart: points with their words, promises as steps, ticks, and a sentence that sums it up."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup

from generator.claims import figure
from generator.model import Measure, Target
from generator.periods import Grain, Period, last_day
from generator.texts import capital
from generator.views.chart_shape import NARROW, Goal, Point, Series, Tick
from generator.views.charts import HEIGHT, chart, spark
from generator.views.headline import target_short
from generator.views.row_words import RowWords
from generator.views.words import Line, Words

FEWEST_POINTS = 2
ROOM_FOR_A_YEAR = 44  # pixels on a phone
# The months that keep their tick longest as room gets short; the others go first.
MONTH_RANKS = {1: 0, 7: 1, 4: 2, 10: 2}
LAST_RANK = 3


@dataclass(frozen=True, slots=True)
class ChartView:
    """A drawing with its title and the sentence that says what it shows."""

    title: Line
    summary: Line
    svg: Markup
    height: int
    axis: Line
    plain: bool
    provisional: bool
    gaps: bool


def level_chart(words: Words, measure: Measure, grain: Grain, rows: Sequence[RowWords]) -> ChartView | None:
    """Return the chart of some periods, or None where fewer than two have a result: a table says one better."""
    series = level_series(words, measure, grain, rows)
    if series is None:
        return None
    names = {"unit": words.wording.unit_plural(measure), "kept": words.wording.kept(measure)}
    return ChartView(
        title=Line(capital(words.strings("chart.title", grain=words.strings(f"closed.grain.{grain}"), **names))),
        summary=_summary(words, grain, rows),
        svg=chart(series),
        height=HEIGHT,
        axis=words.line("service.axis", n=figure(str(series.lowest), str(series.lowest))),
        plain=any(point.percent is not None and not point.judged for point in series.points),
        provisional=any(point.provisional for point in series.points),
        gaps=any(point.gap for point in series.points),
    )


def level_spark(words: Words, measure: Measure, grain: Grain, rows: Sequence[RowWords]) -> Markup:
    """Return the small drawing of some periods, empty where fewer than two have a result."""
    series = level_series(words, measure, grain, rows)
    return spark(series) if series else Markup()


def level_series(words: Words, measure: Measure, grain: Grain, rows: Sequence[RowWords]) -> Series | None:
    """Return what a chart of these periods shows; a report that is not due yet is not missing, so it is not drawn."""
    shown = list(rows)
    while shown and shown[-1].state == "not_due":
        shown.pop()
    if sum(bool(said.percent) for said in shown) < FEWEST_POINTS:
        return None
    targets: list[Target] = []
    for said in shown:
        if said.row.target is not None and not any(said.row.target is known for known in targets):
            targets.append(said.row.target)
    places = {id(target): place for place, target in enumerate(targets)}
    ticks = _ticks(words, grain, tuple([said.row.period for said in shown]))
    tips = _tips(words, measure)
    points = tuple(
        _point(tips, said, places.get(id(said.row.target), -1), tick) for said, tick in zip(shown, ticks, strict=True)
    )
    return Series(points, tuple(_goal(words, target) for target in targets), _volume_names(words, measure, grain))


def _goal(words: Words, target: Target) -> Goal:
    percent = None if target.share is None else float(target.share * 100)
    since = capital(words.strings("service.since", date=words.wording.date(target.valid_from)))
    return Goal(percent, since, target_short(words, target))


def _volume_names(words: Words, measure: Measure, grain: Grain) -> tuple[str, str, str]:
    facts = {"units": words.wording.unit_plural(measure), "grain": words.strings(f"closed.grain.{grain}")}
    ones, thousands, millions = (
        capital(words.strings(f"service.volume_{scale}", **facts)) for scale in ("ones", "thousands", "millions")
    )
    return ones, thousands, millions


class _Tips(NamedTuple):
    """The words of a point, made once: patterns that take a period's figures."""

    result: str
    other: str
    cases: str
    single: str
    no_report: str
    provisional: str


def _tips(words: Words, measure: Measure) -> _Tips:
    facts = {"on_time": "{kept}", "cases": "{cases}", "kept": words.wording.kept(measure), "percent": "{percent}"}
    return _Tips(
        result=words.strings("service.tip_result", period="{period}", **facts),
        other=words.strings("service.tip", period="{period}", what="{what}"),
        cases=words.strings(f"measure.{measure}.count.other", n="{all}"),
        single=words.wording.units(measure, 1),
        no_report=words.strings("chart.no_report"),
        provisional=words.strings("state.provisional"),
    )


def _point(tips: _Tips, said: RowWords, goal: int, tick: Tick) -> Point:
    row, volume, within = said.row, said.row.volume, said.row.within_target
    provisional = row.observation is not None and row.observation.status == "provisional"
    cases = tips.single if volume == 1 else tips.cases.format(all=said.all)
    if said.percent:
        tip = tips.result.format(period=said.period, kept=said.kept, cases=cases, percent=said.percent)
    else:
        tip = tips.other.format(period=said.period, what=f"{said.badge.word} · {cases}" if volume else said.badge.word)
    return Point(
        percent=within * 100 / volume if within is not None and volume else None,
        volume=volume,
        kept=said.state == "met",
        judged=said.state in ("met", "missed"),
        provisional=provisional,
        gap="" if said.percent or volume == 0 else _gap_word(tips, said),
        goal=goal,
        tip=f"{tip} · {tips.provisional}" if provisional else tip,
        tick=tick,
        code=row.period.code,
    )


def _gap_word(tips: _Tips, said: RowWords) -> str:
    return tips.no_report if said.state == "not_reported" else said.badge.word


@lru_cache(maxsize=256)  # most promises of a site are reported over the same months
def _ticks(words: Words, grain: Grain, periods: tuple[Period, ...]) -> tuple[Tick, ...]:
    """Return each period's tick, the year beneath it, and how early it is left out."""
    if grain in ("year", "fiscal_year"):
        return _year_ticks(words, grain, periods)
    years = _years_at(periods)
    found = []
    for place, period in enumerate(periods):
        year = words.wording.year(period.start.year) if place in years else ""
        code = f"{period.start:%Y-%m}" if year else ""
        found.append(Tick(_months(words, period), year, _rank(period), code))
    return tuple(found)


def _years_at(periods: Sequence[Period]) -> set[int]:
    """A year stands under its first period, and under the chart's first one if there is room before the next."""
    starts = {place for place, period in enumerate(periods) if period.start.month == 1}
    following = min(starts, default=len(periods))
    if following and following * NARROW / len(periods) >= ROOM_FOR_A_YEAR:
        starts.add(0)
    return starts or {0}


def _months(words: Words, period: Period) -> str:
    first = words.strings(f"month_short.{period.start.month}")
    if period.grain == "month":
        return first
    return words.strings("range.closed_up", first=first, last=words.strings(f"month_short.{last_day(period).month}"))


def _rank(period: Period) -> int:
    return MONTH_RANKS.get(period.start.month, LAST_RANK)


def _year_ticks(words: Words, grain: Grain, periods: Sequence[Period]) -> tuple[Tick, ...]:
    """A fiscal year is called after the year in which it ends; the axis says once that it is one."""
    middle = (len(periods) - 1) // 2
    name = capital(words.strings("closed.grain.fiscal_year")) if grain == "fiscal_year" else ""
    found = []
    for place, period in enumerate(periods):
        back = len(periods) - 1 - place
        rank = 0 if back % 4 == 0 else 1 if back % 2 == 0 else 2
        found.append(
            Tick(words.wording.year(last_day(period).year), name if place == middle else "", rank, period.code)
        )
    return tuple(found)


def _summary(words: Words, grain: Grain, rows: Sequence[RowWords]) -> Line:
    """Return the highest and the lowest period, and how many were below the promise."""
    known = [said for said in rows if said.percent]
    best, worst = max(known, key=_share), min(known, key=_share)
    judged = [said for said in known if said.state in ("met", "missed")]
    facts = {
        "span": words.wording.between([said.row.period for said in known]),
        "max": _percent(best),
        "max_period": best.period,
        "min": _percent(worst),
        "min_period": worst.period,
    }
    if not judged:
        return words.line("service.chart_summary", **facts)
    below = sum(said.state == "missed" for said in judged)
    drawn = f"cells:own=1,at={rows[0].row.period.code}..{rows[-1].row.period.code},verdict="
    months = figure(words.wording.count(f"{grain}s", len(judged)), f"{drawn}met+{drawn}missed")
    missed = figure(words.wording.number(below), f"{drawn}missed")
    return words.line("chart.summary", n=missed, months=months, **facts)


def _percent(said: RowWords) -> str:
    code = said.row.period.code
    return figure(said.percent, f"rate@{code}")


def _share(said: RowWords) -> float:
    return (said.row.within_target or 0) / (said.row.volume or 1)
