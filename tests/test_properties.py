"""What holds of every figure, whatever the counts."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from made import AS_OF, made_catalog, made_data, made_level, made_row, made_service, made_target

from generator.figures import percent_digits
from generator.model import Observation
from generator.results import AgencyResult, SpanResult, Verdict
from generator.stats import attainment, measure_agency, measure_country, summary_of, verdict
from generator.stats.spans import rolled_up

CATALOG = made_catalog()
MONTHS = [f"2025-{month:02}" for month in (10, 11, 12)] + [f"2026-{month:02}" for month in range(1, 11)]
USUAL = 100
EXAMPLES = USUAL // 2 if settings.default.max_examples == USUAL else settings.default.max_examples  # 1,000 at night
CAUTION_BELOW = CATALOG.settings.small_numbers.caution_below

shares = st.decimals(min_value="0.000001", max_value=1, places=6)


@st.composite
def counts(draw: st.DrawFn, least: int = 0) -> tuple[int, int]:
    """Cases, and those of them in time."""
    volume = draw(st.integers(least, 10**12 - 1) | st.integers(least, 30))
    return volume, draw(st.integers(0, volume))


@st.composite
def months(draw: st.DrawFn, level_id: str = "time") -> list[Observation]:
    """Rows of some months of one level: counts, zeros, gaps and every status."""
    rows = []
    for code in draw(st.lists(st.sampled_from(MONTHS), unique=True)):
        status = draw(st.sampled_from(["final", "final", "final", "provisional", "not_reported", "suppressed"]))
        volume, within = draw(counts()) if status in ("final", "provisional") else (None, None)
        rows.append(made_row(code, volume, within, status=status, level_id=level_id))
    return rows


@st.composite
def levels(draw: st.DrawFn) -> tuple[list[dict[str, Any]], list[Observation]]:
    """Up to four levels with their own shares, and their rows."""
    names = [f"l-{index}" for index in range(draw(st.integers(1, 4)))]
    made = [made_level(name, [made_target("2025-10-01", share=str(draw(shares)))]) for name in names]
    return made, [row for name in names for row in draw(months(name))]


def measured(rows: Sequence[Observation], made: Sequence[dict[str, Any]], as_of: date = AS_OF) -> AgencyResult:
    """Return the result of an agency with one service that has these levels and rows."""
    return measure_agency(CATALOG, made_data(rows, [made_service(levels=made)]), as_of)


@given(counts(least=1))
def test_attainment_stays_within_none_and_all(cases: tuple[int, int]) -> None:
    """No result is below 0 or above 1."""
    found = attainment(*cases)

    assert found is not None
    assert 0 <= found <= 1


@given(counts(least=1), shares)
def test_the_verdict_is_the_exact_comparison(cases: tuple[int, int], share: Decimal) -> None:
    """Met is at least the share, as exact fractions have it."""
    volume, within = cases

    expected: Verdict = "met" if Fraction(within, volume) >= Fraction(share) else "missed"
    assert verdict("final", volume, within, share) == expected


@given(counts(least=1), shares)
def test_one_more_case_in_time_never_lowers(cases: tuple[int, int], share: Decimal) -> None:
    """A further case that kept the promise raises the result or leaves it, and never turns met into missed."""
    volume, within = cases
    before, after = attainment(volume, within), attainment(volume + 1, within + 1)

    assert before is not None
    assert after is not None
    assert after >= before
    assert (verdict("final", volume, within, share), verdict("final", volume + 1, within + 1, share)) != (
        "met",
        "missed",
    )


@settings(max_examples=EXAMPLES)
@given(months(), shares, st.data())
def test_one_more_case_in_time_never_lowers_the_sum(
    rows: list[Observation], share: Decimal, data: st.DataObject
) -> None:
    """Wherever it is added: the headline, the tally and the sum over levels are no worse."""
    with_cases = [row for row in rows if row.volume is not None]
    made = [made_level(targets=[made_target("2025-10-01", share=str(share))])]
    if not with_cases:
        return
    one = data.draw(st.sampled_from(with_cases))
    assert one.volume is not None
    assert one.within_target is not None
    more = one._replace(volume=one.volume + 1, within_target=one.within_target + 1)
    before = measured(rows, made)
    after = measured([more if row is one else row for row in rows], made)
    old, new = before.levels[0].headline, after.levels[0].headline

    assert new.within_target * old.volume >= old.within_target * new.volume
    assert (old.verdict, new.verdict) != ("met", "missed")
    assert after.tally.met >= before.tally.met
    assert all(
        b.span.within_target >= a.span.within_target for a, b in zip(before.rollups, after.rollups, strict=False)
    )


@given(counts(least=1), shares | st.none())
def test_ten_times_the_cases_print_the_same(cases: tuple[int, int], share: Decimal | None) -> None:
    """Verdict and printed percentage are those of the ratio: counts ten times as large change neither."""
    volume, within = cases

    assert percent_digits(within * 10, volume * 10, share) == percent_digits(within, volume, share)
    assert verdict("final", volume * 10, within * 10, share) == verdict("final", volume, within, share)


@settings(max_examples=EXAMPLES)
@given(levels())
def test_ten_times_the_cases_keep_every_verdict(made: tuple[list[dict[str, Any]], list[Observation]]) -> None:
    """Over spans and levels too: tallies stay, and every sum is ten times what it was."""
    tenfold = [
        row._replace(volume=row.volume * 10, within_target=(row.within_target or 0) * 10)
        if row.volume is not None
        else row
        for row in made[1]
    ]
    before, after = measured(made[1], made[0]), measured(tenfold, made[0])

    assert after.tally == before.tally
    assert [(one.span.volume, one.span.within_target) for one in after.rollups] == [
        (one.span.volume * 10, one.span.within_target * 10) for one in before.rollups
    ]


@settings(max_examples=EXAMPLES)
@given(levels())
def test_a_rollup_lies_between_its_parts(made: tuple[list[dict[str, Any]], list[Observation]]) -> None:
    """The sum over levels is no better than the best of them, and no worse than the worst."""
    result = measured(made[1], made[0])
    parts = [Fraction(one.headline.within_target, one.headline.volume) for one in result.levels if one.headline.volume]

    for rollup in result.rollups:
        assert min(parts) <= Fraction(rollup.span.within_target, rollup.span.volume) <= max(parts)
        assert rollup.levels == len(parts)
    assert bool(result.rollups) == bool(parts)


@settings(max_examples=EXAMPLES)
@given(levels(), st.data())
def test_rolling_up_rollups_is_rolling_up_all(
    made: tuple[list[dict[str, Any]], list[Observation]], data: st.DataObject
) -> None:
    """However levels are grouped on the way, the sum is the same."""
    spans = [one.headline for one in measured(made[1], made[0]).levels if one.headline.volume]
    cut = data.draw(st.integers(0, len(spans)))
    groups = [part for part in (spans[:cut], spans[cut:]) if part]

    if spans:
        assert rolled_up([rolled_up(part, CAUTION_BELOW) for part in groups], CAUTION_BELOW) == rolled_up(
            spans, CAUTION_BELOW
        )


@settings(max_examples=EXAMPLES)
@given(levels())
def test_services_and_agencies_add_up_alike(made: tuple[list[dict[str, Any]], list[Observation]]) -> None:
    """Levels in one service, and each in a service of its own, have one tally and the same sums; so has the country."""
    together = measured(made[1], made[0])
    services = [made_service(f"s-{level['id']}", [level]) for level in made[0]]
    rows = [made_row_of(row, f"s-{row.level_id}") for row in made[1]]
    apart = measure_agency(CATALOG, made_data(rows, services), AS_OF)
    country = measure_country([summary_of(apart)], CAUTION_BELOW)

    assert apart.tally == together.tally == country.tally
    assert apart.rollups == together.rollups == country.rollups


def made_row_of(row: Observation, service_id: str) -> Observation:
    """Return the same row of another service."""
    return made_row(
        row.period.code, row.volume, row.within_target, status=row.status, level_id=row.level_id, service_id=service_id
    )


@settings(max_examples=EXAMPLES)
@given(levels(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(made: tuple[list[dict[str, Any]], list[Observation]], chance: Any) -> None:
    """Shuffled rows give the same result."""
    shuffled = list(made[1])
    chance.shuffle(shuffled)

    assert measured(shuffled, made[0]) == measured(made[1], made[0])


@settings(max_examples=EXAMPLES)
@given(months(), shares, shares)
def test_a_future_promise_changes_no_past_verdict(rows: list[Observation], now: Decimal, later: Decimal) -> None:
    """A promise from 2027 leaves every verdict of 2026 as it is."""
    old = [made_target("2025-10-01", "2026-12-31", str(now))]
    before = measured(rows, [made_level(targets=old)]).levels[0]
    after = measured(rows, [made_level(targets=[*old, made_target("2027-01-01", share=str(later))])]).levels[0]

    assert [row.verdict for row in before.rows] == [row.verdict for row in after.rows]
    assert before.headline == after.headline
    assert before.next_target is None
    assert after.next_target is not None


@settings(max_examples=EXAMPLES)
@given(months(), shares, st.sampled_from(MONTHS))
def test_coverage_never_exceeds_what_is_due(rows: list[Observation], share: Decimal, as_of: str) -> None:
    """On no day are more reports counted than are due, nor does a later day know fewer of the same row."""
    day = date.fromisoformat(f"{as_of}-20")
    past = [row for row in rows if row.period.end <= day]
    headline: SpanResult = (
        measured(past, [made_level(targets=[made_target("2025-10-01", share=str(share))])], day).levels[0].headline
    )

    assert 0 <= headline.reported <= headline.due <= 12
    assert headline.within_target <= headline.volume
    assert headline.needed <= headline.volume


@given(st.integers(0, 40), st.integers(0, 40), st.sampled_from(["channel_id", "office_id"]))
def test_no_small_breakdown_is_left_in_a_result(volume: int, late: int, part: str) -> None:
    """A row by channel or office shows its counts, or 1 to 4 of anything never appear."""
    within = max(volume - late, 0)
    row = made_row("2026-10", volume, within, **{part: "counter"})
    level = measured([row], [made_level(targets=[made_target("2025-10-01")])]).levels[0]
    shown = level.breakdown_rows[0][3]
    small = any(0 < count < 5 for count in (volume, within, volume - within))

    assert (shown.volume is None) == small
    assert level.breakdowns[0].withheld == small
    assert level.breakdowns[0].span.volume == (0 if small else volume)
