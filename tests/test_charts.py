"""Charts: what is drawn is what was reported, at every width, and the same as in the table."""

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from golden import assert_golden
from hypothesis import given, settings
from hypothesis import strategies as st
from made import AS_OF, made_agency, made_catalog, made_data, made_level, made_row, made_service, made_target
from test_headline import limit, words_in

from generator.results import LevelResult
from generator.stats import measure_agency
from generator.views.chart_shape import LEFT, NARROW, WIDE, Goal, Point, Series, Tick, nice_top, runs, width_of
from generator.views.charts import bullet, chart, spark
from generator.views.level_chart import level_chart, level_series
from generator.views.results_table import results_table
from generator.views.row_words import RowWords, row_words
from generator.views.words import Line, Words

MONTHS = [f"{year}-{month:02}" for year in (2024, 2025, 2026) for month in range(1, 13)][:34]


def point(percent: float | None, goal: int = 0, gap: str = "", **more: Any) -> Point:
    """Return one period as a chart takes it."""
    volume = 100 if percent is not None else more.pop("volume", None)
    values = {
        "percent": percent, "volume": volume, "kept": True, "judged": True, "provisional": False, "gap": gap,
        "goal": goal, "tip": "tip", "tick": Tick("Jan", "", 0), **more,
    }  # fmt: skip
    return Point(**values)


def series(points: Sequence[Point], shares: Sequence[float | None] = (90.0,)) -> Series:
    """Return a series with one promise for each share."""
    goals = tuple(Goal(share, "Since 1 Oct 2025", f"{place} minutes") for place, share in enumerate(shares))
    return Series(tuple(points), goals, ("Cases per month", "Thousand cases per month", "Million cases per month"))


def segments(svg: str) -> int:
    """Return how many paths the line is made of."""
    line = re.search(r'<svg class="line".*?</svg>', svg, re.DOTALL)
    assert line
    return line[0].count("<path")


def bars(svg: str) -> int:
    """Return how many bars of volumes there are."""
    drawn = re.search(r'<svg class="bars".*?</svg>', svg, re.DOTALL)
    assert drawn
    return drawn[0].count("M")


def level_of(
    rows: Sequence[Any], targets: Sequence[Any], frequency: str = "month", first: str = "2024-01"
) -> LevelResult:
    """Return the measured level that these rows and targets make."""
    agency = made_agency(reporting={"frequency": frequency, "due_after_days": 15, "first_period": first})
    data = made_data(rows, [made_service(levels=[made_level(targets=targets)])], agency)
    return measure_agency(made_catalog(), data, AS_OF).services["permit"].levels[0]


def said_of(words: Words, level: LevelResult) -> list[RowWords]:
    """Return the newest periods in words."""
    return row_words(words, level.rows[-36:])


MARKS = st.lists(st.tuples(st.sampled_from(["result", "missing", "none"]), st.booleans()), min_size=1, max_size=40)


@given(MARKS)
@settings(max_examples=200, deadline=None)
def test_segments_are_gaps_and_changes_plus_one(marks: list[tuple[str, bool]]) -> None:
    """The line is broken at each gap and at each new promise inside it, and nowhere else."""
    points, goal = [], 0
    for kind, changes in marks:
        goal += changes
        percent = 80.0 if kind == "result" else None
        points.append(point(percent, goal, "No report" if kind == "missing" else "", volume=0))
    drawn = series(points, [90.0] * (goal + 1))
    known = [place for place, one in enumerate(points) if one.percent is not None]
    breaks = sum(after != before + 1 or points[after].goal != points[before].goal for before, after in pairwise(known))

    assert segments(chart(drawn)) == len(runs(drawn)) == (breaks + 1 if known else 0)


def test_a_missing_month_breaks_the_line_and_says_so() -> None:
    """One missing month makes two segments and one band with its word."""
    svg = chart(series([point(91.0), point(92.0), point(None, gap="No report"), point(93.0)]))

    assert segments(svg) == 2
    assert svg.count('class="gap"') == 1
    assert ">No report</text>" in svg


def test_neighbouring_gaps_share_a_band_and_other_reasons_do_not() -> None:
    """Two missing months are one band; a suppressed one beside them is another."""
    gaps = [point(None, gap="No report"), point(None, gap="No report"), point(None, gap="Figure not shown")]
    svg = chart(series([point(91.0), *gaps, point(92.0)]))

    assert svg.count('class="gap"') == 2


def test_no_cases_is_a_ring_and_not_a_gap() -> None:
    """A month without cases was reported: no band, no bar, a ring on the zero line, and the line is not joined across it."""
    svg = chart(series([point(91.0), point(None, volume=0), point(92.0)]))

    assert 'class="gap"' not in svg
    assert svg.count('class="none"') == 1
    assert bars(svg) == 2
    assert segments(svg) == 2


def test_the_target_line_has_as_many_steps_as_targets() -> None:
    """Each promise with a share is one step; one without a share is named, not drawn."""
    points = [point(91.0, goal) for goal in (0, 0, 1, 1, 1, 2, 2)]
    svg = chart(series(points, [85.0, None, 90.0]))

    assert svg.count('class="target"') == 2
    assert svg.count('class="break"') == 2


@pytest.mark.parametrize(("percent", "lowest"), [(60.0, 60), (59.9, 0), (100.0, 60)])
def test_the_axis_starts_at_sixty_or_at_zero(percent: float, lowest: int) -> None:
    """Nothing is drawn below the axis: it starts at 0 as soon as one result is under 60."""
    assert series([point(percent)]).lowest == lowest


def test_verdicts_have_different_shapes() -> None:
    """Kept is a disc, below a diamond, not compared a ring; provisional is hollow."""
    points = [
        point(95.0),
        point(80.0, kept=False),
        point(90.0, judged=False, kept=False),
        point(96.0, provisional=True),
        point(81.0, kept=False, provisional=True),
    ]
    svg = chart(series(points))

    assert [svg.count(f'class="{kind}"') for kind in ("kept", "below", "plain", "kept prov", "below prov")] == [1] * 5


def test_every_period_and_promise_has_a_title() -> None:
    """What is drawn is also said, for those who hover."""
    svg = chart(series([point(91.0), point(92.0), point(None, gap="No report")]))

    assert svg.count("<title") == 3 + 1  # the periods, the target


def test_words_are_escaped_and_nothing_is_styled() -> None:
    """Words from outside cannot become markup, and the content security policy has no style to refuse."""
    points = [point(91.0, tip="<script>alert(1)</script>"), point(None, gap="<b>&")]
    svg = chart(series(points))

    assert "<script" not in svg
    assert "<b>" not in svg
    assert "style=" not in svg


def test_one_point_is_a_chart() -> None:
    """A single period has its mark, its bar and its tick."""
    svg = chart(series([point(91.0)]))

    assert svg.count('class="kept"') == bars(svg) == segments(svg) == 1


@pytest.mark.parametrize(
    ("most", "top"), [(0, 2), (1, 2), (3, 4), (5, 6), (9, 10), (11, 20), (55, 60), (4210, 6000), (99_999, 100_000)]
)
def test_the_axis_of_volumes_is_even_and_short(most: int, top: int) -> None:
    """The axis ends at a number whose half is a whole number too."""
    assert nice_top(most) == top


def test_spark_shows_nothing_for_nothing() -> None:
    """Without a result there is no small drawing, and a gap breaks it as it breaks the chart."""
    broken = [point(91.0), point(92.0), point(None, gap="x"), point(93.0), point(94.0)]

    assert spark(series([point(None, gap="No report")])) == ""
    assert spark(series(broken)).count("<polyline") == 2


def test_bullet_marks_the_promise() -> None:
    """The bar ends at the result, the tick stands at the promise, and without a promise there is none."""
    assert 'width="90.85%"' in bullet("90.85", "90", True, "Promise 90%")
    assert 'x="90%"' in bullet("90.85", "90", True, "Promise 90%")
    assert "goal" not in bullet("90.85", "", True, "")


def rows_with_everything() -> list[Any]:
    """Return 34 months with two gaps, a month without cases and provisional figures."""
    rows = [
        made_row(code, 200 + place, 170 + place, median=Decimal(12), p90=Decimal(28))
        for place, code in enumerate(MONTHS)
        if place not in (10, 11, 25)
    ]
    rows[-1] = made_row(MONTHS[-1], 250, 240, status="provisional")
    rows[5] = made_row(MONTHS[5], 0, 0)
    return [*rows, made_row(MONTHS[25], status="suppressed")]


TARGETS = [
    made_target("2024-01-01", "2025-09-30", limit=limit(60, "minute"), share="0.85"),
    made_target("2025-10-01", limit=limit(30, "minute")),
]


@pytest.mark.parametrize("language", ["th", "en"])
def test_numbers_in_the_drawing_are_those_of_the_table(language: str) -> None:
    """Every result that a point says stands in the table's row of that period, and none is missing."""
    words = words_in(language)
    level = level_of(rows_with_everything(), TARGETS)
    said = said_of(words, level)
    drawn = level_chart(words, "processing_time", "month", said)
    table = results_table(words, "processing_time", said, Line(""))
    assert drawn is not None
    told = {
        tip.partition(":")[0]: tip
        for tip in re.findall(r'height="1"><title[^>]*>(.*?)</title>', drawn.svg)
        if "(" in tip
    }
    shown = {row.period: row.cells for row in table.rows if row.cells[0]}

    assert told.keys() == shown.keys()
    for period, (percent, kept, total, *_) in shown.items():
        assert f"({percent})" in told[period]
        assert re.findall(r"[\d,]+", told[period].partition(": ")[2])[:2] == [kept, total]


def test_the_whole_chart_of_a_level(request: pytest.FixtureRequest) -> None:
    """A changed promise, two gaps of other reasons, a month without cases and provisional figures, as one drawing."""
    drawn = level_chart(
        words_in("th"), "processing_time", "month", said_of(words_in("th"), level_of(rows_with_everything(), TARGETS))
    )
    assert drawn is not None

    assert segments(drawn.svg) == 5
    assert drawn.svg.count('class="target"') == 2
    assert_golden("chart.svg", drawn.svg + "\n", request)


def test_a_report_that_is_not_due_is_not_drawn() -> None:
    """The newest month, which may still come in time, is no gap in the chart."""
    target = made_target("2026-06-01", limit=limit(30, "minute"))
    agency = made_agency(reporting={"frequency": "month", "due_after_days": 40, "first_period": "2026-06"})
    rows = [made_row(f"2026-{month:02}", 100, 95) for month in range(6, 10)]
    data = made_data(rows, [made_service(levels=[made_level(targets=[target])])], agency)
    level = measure_agency(made_catalog(), data, AS_OF).services["permit"].levels[0]

    drawn = level_series(words_in("en"), "processing_time", "month", said_of(words_in("en"), level))

    assert drawn is not None
    assert len(level.rows) == 5
    assert len(drawn.points) == 4


def boxes(svg: str, y: str, narrow: bool) -> list[tuple[float, float]]:
    """Return from where to where each word of one line reaches, in pixels of the panel, on a phone or on a desk."""
    width, hidden = (NARROW, "wide") if narrow else (WIDE, "narrow")
    found = []
    for kind, x, rest, words in re.findall(
        rf'<text class="([^"]*)" x="([\d.]+)%"([^>]*) y="{y}"[^>]*>([^<]*)</text>', svg
    ):
        if hidden in kind.split():
            continue
        long = width_of(words) * 0.9  # the estimate is generous, so that real letters never touch
        at = (float(x) - LEFT) / (100 - LEFT) * width
        whole = f"{rest} {svg[svg.index(words) - 60 : svg.index(words)]}"
        left = at - long if "end" in whole else at - long / 2 if "middle" in whole else at
        found.append((left, left + long))
    return sorted(found)


PERIODS = {
    "month": [f"{year}-{month:02}" for year in range(2021, 2027) for month in range(1, 13)],
    "quarter": [f"{year}-Q{quarter}" for year in range(2018, 2027) for quarter in range(1, 5)],
    "half_year": [f"{year}-H{half}" for year in range(2015, 2027) for half in (1, 2)],
    "year": [str(year) for year in range(2010, 2026)],
    "fiscal_year": [f"FY{year}" for year in range(2010, 2027)],
}
LAST = {"month": "2026-10", "quarter": "2026-Q3", "half_year": "2026-H1", "year": "2025", "fiscal_year": "FY2026"}


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("frequency", list(PERIODS))
@pytest.mark.parametrize("count", [1, 2, 3, 5, 12, 13, 24, 36])
def test_ticks_never_touch(frequency: str, count: int, language: str) -> None:
    """At 360 px and on a desk, the words under the axis stand apart, whatever is reported and for however long."""
    codes = PERIODS[frequency]
    codes = codes[: codes.index(LAST[frequency]) + 1][-count:]
    rows = [made_row(code, 100, 95) for code in codes]
    level = level_of(rows, [made_target("2010-01-01", limit=limit(30, "minute"))], frequency, codes[0])
    drawn = level_series(words_in(language), "processing_time", level.grain, said_of(words_in(language), level))
    if drawn is None:
        assert len(codes) == 1
        return
    svg = chart(drawn)

    for narrow in (True, False):
        for line in ("400", "418"):
            for (_, end), (start, _) in pairwise(boxes(svg, line, narrow)):
                assert end <= start


@pytest.mark.parametrize("changes", [1, 2, 3, 5])
def test_names_of_promises_never_touch(changes: int) -> None:
    """However often a promise changed, the names that are shown stand apart; the newest is always shown."""
    points = [point(91.0, place * changes // 36) for place in range(36)]
    svg = chart(series(points, [90.0] * changes))

    for narrow in (True, False):
        shown = boxes(svg, "36", narrow)
        assert shown
        for (_, end), (start, _) in pairwise(shown):
            assert end <= start
    assert f"{changes - 1} minutes</text>" in svg
