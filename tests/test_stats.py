"""What the tables of tests/spec do not say: how levels, agencies and the country are put together."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from made import (
    AS_OF,
    FISCAL_YEAR_STARTS,
    made_agency,
    made_catalog,
    made_data,
    made_level,
    made_row,
    made_service,
    made_target,
    made_withdrawn,
)

from generator.model import AgencyData, WithheldService, in_force
from generator.periods import Period, read_period
from generator.results import AgencyResult, LevelResult, PeriodResult
from generator.stats import (
    current_rows,
    measure_agency,
    measure_country,
    reporting_of,
    revised_rows,
    summary_of,
    verdict_of,
    withdrawn_services,
)

CATALOG = made_catalog()
LAST_YEAR = [f"2025-{month}" for month in (11, 12)] + [f"2026-{month:02}" for month in range(1, 11)]


def measured(data: AgencyData, as_of: date = AS_OF) -> AgencyResult:
    """Return the result of an agency."""
    return measure_agency(CATALOG, data, as_of)


def the_level(data: AgencyData, as_of: date = AS_OF) -> LevelResult:
    """Return the result of an agency's first level."""
    return measured(data, as_of).levels[0]


def period(code: str) -> Period:
    """Return the period that a code names."""
    found = read_period(code, FISCAL_YEAR_STARTS)
    assert found is not None
    return found


def codes(periods: tuple[Period, ...]) -> list[str]:
    """Return the codes of periods."""
    return [one.code for one in periods]


# ---- one row ----


def test_a_target_holds_on_its_last_day() -> None:
    """`valid_to` belongs to the target, the day after does not."""
    levels = made_service(levels=[made_level(targets=[made_target("2025-10-01", "2026-09-30")])]).service_levels or ()

    assert in_force(levels[0].targets, date(2026, 9, 30)) is not None
    assert in_force(levels[0].targets, date(2026, 10, 1)) is None


def test_a_row_is_judged_by_the_target_given() -> None:
    """The same row is met under one share and missed under another."""
    levels = made_service(levels=[made_level(targets=[made_target("2025-10-01", share="0.93")])]).service_levels or ()
    target = in_force(levels[0].targets, date(2026, 10, 1))

    assert verdict_of(made_row("2026-10", 100, 93), target) == "met"
    assert verdict_of(made_row("2026-10", 100, 92), target) == "missed"
    assert verdict_of(made_row("2026-10", 100, 92), None) == "no_target"


def test_attainment_is_exact() -> None:
    """A third is a third."""
    row = the_level(made_data([made_row("2026-10", 3, 1)])).rows[-1]

    assert row.attainment == Fraction(1, 3)


# ---- one level ----


def test_missing_periods_are_generated() -> None:
    """Between the first period owed and the last that ended, every month has a row."""
    level = the_level(made_data([made_row("2026-02", 10, 9)]))

    assert codes(tuple(row.period for row in level.rows)) == ["2025-10", *LAST_YEAR]
    assert [row.period.code for row in level.rows if row.observation] == ["2026-02"]
    assert level.missing == tuple(period(code) for code in LAST_YEAR if code != "2026-02")
    assert (level.headline.reported, level.headline.due) == (1, 12)


def test_a_level_that_never_reported_says_so() -> None:
    """No row at all is `never_reported`; a withheld row is not."""
    nothing = the_level(made_data([]))
    withheld = the_level(made_data([], withheld=[("permit", "time", "2026-10", "", "")]))

    assert nothing.never_reported
    assert nothing.latest is None
    assert not withheld.never_reported


def test_a_withheld_period_never_shows_the_older_row() -> None:
    """A wrong highest revision withholds the period, its breakdown and its history apart."""
    rows = [made_row("2026-10", 10, 9), made_row("2026-10", 8, 8, channel_id="counter")]
    level = the_level(made_data(rows, withheld=[("permit", "time", "2026-10", "", "")]))
    row = level.rows[-1]

    assert row.withheld
    assert (row.observation, row.volume, row.earlier, row.coverage) == (None, None, (), "withheld")
    assert level.headline.reported == 0
    assert [part.volume for *_, part in level.breakdown_rows] == [8]


@pytest.mark.parametrize(
    ("kept_from", "withheld"), [("2026-10-14", ["2026-09", "2026-10"]), ("2026-10-15", ["2026-10"])]
)
def test_what_fell_due_after_a_service_was_good_is_withheld_not_missing(kept_from: str, withheld: list[str]) -> None:
    """Of a service that is kept from a day, reports due later may have been sent; those due by then are missing."""
    data = replace(made_data([made_row("2026-07", 10, 9)]), kept={"permit": date.fromisoformat(kept_from)})
    level = the_level(data)
    coverage = {row.period.code: row.coverage for row in level.rows}

    assert [code for code, state in coverage.items() if state == "withheld"] == withheld
    assert (coverage["2026-07"], coverage["2026-08"]) == ("reported", "not_reported")
    assert not {period(code) for code in withheld} & {*level.missing}


def test_withdrawn_services_are_those_taken_away_whole() -> None:
    """Only an entry for a whole service that is not there, nor withheld, names a page of its own; in the order of ids."""
    entries = [
        made_withdrawn("zoo"),
        made_withdrawn("permit"),
        made_withdrawn("hidden"),
        made_withdrawn("ark"),
        made_withdrawn("boat", level_id="time"),
    ]
    data = replace(
        made_data([]), withdrawn=dict(enumerate(entries)), withheld_services=(WithheldService("hidden", {}),)
    )

    assert [entry.service_id for entry in withdrawn_services(data, measured(data))] == ["ark", "zoo"]


def test_breakdown_rows_alone_are_no_report() -> None:
    """Rows by channel without a row of all leave the period not reported."""
    level = the_level(made_data([made_row("2026-10", 30, 20, channel_id="counter")]))

    assert level.rows[-1].coverage == "not_reported"
    assert period("2026-10") in level.missing


def test_quarters_have_a_headline_of_four() -> None:
    """The last 12 months of quarterly reports are four quarters."""
    agency = made_agency(reporting={"frequency": "quarter", "due_after_days": 30, "first_period": "2025-Q1"})
    service = made_service(levels=[made_level(targets=[made_target("2025-01-01")])])
    rows = [made_row(code, 100, 95) for code in ("2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3")]
    level = the_level(made_data(rows, [service], agency))

    assert level.grain == "quarter"
    assert codes(level.headline.periods) == ["2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3"]
    assert level.headline.verdict == "met"
    assert level.previous is not None
    assert codes(level.previous.periods) == ["2025-Q1", "2025-Q2", "2025-Q3"]


@pytest.mark.parametrize(
    ("first_period", "grain", "headline"),
    [
        ("2024-H1", "half_year", ["2025-H2", "2026-H1"]),
        ("FY2024-H1", "fiscal_half_year", ["FY2026-H1", "FY2026-H2"]),
        ("FY2024", "fiscal_half_year", ["FY2026-H1", "FY2026-H2"]),
        ("2024", "half_year", ["2025-H2", "2026-H1"]),
    ],
)
def test_halves_are_of_the_year_of_the_first_period(first_period: str, grain: str, headline: list[str]) -> None:
    """Half-years are of the calendar or of the fiscal year, as `first_period` is."""
    agency = made_agency(reporting={"frequency": "half_year", "due_after_days": 30, "first_period": first_period})
    service = made_service(levels=[made_level(targets=[made_target("2020-01-01")])])
    level = the_level(made_data([], [service], agency))

    assert level.grain == grain
    assert codes(level.headline.periods) == headline


def test_a_year_is_the_latest_due() -> None:
    """With 365 days to report, the fiscal year that ended in September is not due in November."""
    agency = made_agency(reporting={"frequency": "fiscal_year", "due_after_days": 365, "first_period": "FY2024"})
    service = made_service(levels=[made_level(targets=[made_target("2020-01-01")])])
    level = the_level(made_data([], [service], agency))

    assert codes(level.headline.periods) == ["FY2025"]
    assert [row.coverage for row in level.rows] == ["not_reported", "not_reported", "not_due"]


def test_other_grains_stand_apart() -> None:
    """A yearly row beside monthly ones is shown, and in no sum."""
    rows = [made_row("2026-10", 10, 9), made_row("FY2026", 1000, 0)]
    level = the_level(made_data(rows))

    assert [row.period.code for row in level.other_rows] == ["FY2026"]
    assert level.other_rows[0].due is None
    assert level.headline.volume == 10
    assert [year.span.volume for year in level.by_year] == [10, 0]


def test_a_level_with_rows_of_another_grain_only_has_that_grain() -> None:
    """A monthly agency whose one level comes by quarter has a headline of quarters."""
    level = the_level(made_data([made_row("2026-Q2", 10, 9), made_row("2026-Q3", 10, 9), made_row("FY2026", 40, 36)]))

    assert level.grain == "quarter"
    assert level.headline.volume == 20


def test_one_row_of_the_grain_that_is_owed_is_enough() -> None:
    """However many of another there are, these stand beside."""
    rows = [made_row(code, 10, 9) for code in ("2026-10", "2026-Q1", "2026-Q2", "2026-Q3")]
    level = the_level(made_data(rows))

    assert (level.grain, len(level.other_rows)) == ("month", 3)


def test_the_next_promise_is_the_first_that_begins_later() -> None:
    """Neither one of the past nor the one after it."""
    past, now = made_target("2024-10-01", "2025-09-30", "0.7"), made_target("2025-10-01", "2026-12-31", "0.8")
    later = [made_target("2027-01-01", "2027-12-31", "0.85"), made_target("2028-01-01", share="0.95")]
    announced, last = (
        the_level(made_data([], [made_service(levels=[made_level(targets=[past, now, *more])])]))
        for more in (later, ())
    )

    assert announced.current_target is not None
    assert announced.next_target is not None
    assert (announced.current_target.share, announced.next_target.share) == (Decimal("0.8"), Decimal("0.85"))
    assert last.next_target is None


@pytest.mark.parametrize(
    ("code", "grain"),
    [
        ("2026-Q3", "quarter"),
        ("2026-H1", "half_year"),
        ("FY2026-H1", "fiscal_half_year"),
        ("2025", "year"),
        ("FY2026", "fiscal_year"),
    ],
)
def test_rows_of_any_grain_give_their_level_its_own(code: str, grain: str) -> None:
    """Of whatever grain all rows of a level are, that is the one it owes."""
    assert the_level(made_data([made_row(code, 10, 9)])).grain == grain


def test_rows_of_another_grain_stand_among_the_others() -> None:
    """The data sets have all rows of a level by the beginning of their periods, of whatever grain."""
    rows = [made_row("2026-10", 1, 1), made_row("2026-09", 2, 2), made_row("FY2026", 30, 27)]

    assert [one.row.period.code for one in current_rows(measured(made_data(rows)))] == sorted(
        ["2026-09", "2026-10", "FY2026"], key=period
    )


def test_a_service_reports_by_its_own_terms() -> None:
    """What a service's `reporting` leaves out is its agency's."""
    service = made_service(reporting={"frequency": "quarter"})
    reporting = reporting_of(made_agency(), service)

    assert (reporting.frequency, reporting.due_after_days) == ("quarter", 15)
    assert reporting.first_period == period("2025-10")


def test_a_promise_that_has_ended_is_shown_and_not_counted() -> None:
    """Its headline is of its own last 12 months; tallies and sums leave it out."""
    targets = [made_target("2024-01-01", "2024-12-31")]
    agency = made_agency(reporting={"frequency": "month", "due_after_days": 15, "first_period": "2024-01"})
    data = made_data([made_row("2024-12", 10, 9)], [made_service(levels=[made_level(targets=targets)])], agency)
    result = measured(data)
    level = result.levels[0]

    assert not level.current
    assert codes(level.headline.periods)[0] == "2024-01"
    assert level.headline.verdict == "met"
    assert (result.tally.met, result.tally.due, result.rollups) == (0, 0, ())
    assert [year.year.code for year in result.by_year] == ["FY2025", "FY2024"]


def test_a_promise_that_ended_within_the_year_is_still_counted() -> None:
    """Its headline is of the last 12 months, of which the first were its own."""
    service = made_service(levels=[made_level(targets=[made_target("2025-10-01", "2026-03-31")])])
    level = the_level(made_data([made_row("2026-03", 10, 9)], [service]))

    assert level.current
    assert codes(level.headline.periods) == ["2025-11", "2025-12", "2026-01", "2026-02", "2026-03"]


def test_a_report_is_due_on_its_day() -> None:
    """On the fifteenth day it counts as due, and is missing; the day before it is neither."""
    agency = made_agency(reporting={"frequency": "month", "due_after_days": 15, "first_period": "2026-10"})
    before, there = (the_level(made_data([], agency=agency), date(2026, 11, day)) for day in (14, 15))

    assert (before.headline.due, [row.coverage for row in before.rows], before.missing) == (0, ["not_due"], ())
    assert (there.headline.due, [row.coverage for row in there.rows]) == (1, ["not_reported"])
    assert codes(there.missing) == ["2026-10"]


def test_a_level_without_anything_due_has_an_empty_headline() -> None:
    """A promise that begins in the future owes nothing and is announced."""
    level = the_level(made_data([], [made_service(levels=[made_level(targets=[made_target("2027-01-01")])])]))

    assert level.headline.periods == ()
    assert level.headline.due == 0
    assert not level.current
    assert level.current_target is None
    assert level.next_target is not None


def test_the_share_of_a_span_is_named_only_where_it_is_one() -> None:
    """A promise that changed within the span leaves it without one share, and says that it changed."""
    targets = [made_target("2025-10-01", "2026-08-31", "0.8"), made_target("2026-09-01", share="0.9")]
    rows = [made_row("2026-08", 100, 85), made_row("2026-09", 100, 91)]
    span = the_level(made_data(rows, [made_service(levels=[made_level(targets=targets)])])).headline
    one = the_level(made_data(rows)).headline

    assert (span.share, span.changed, span.needed) == (None, True, Fraction(170))
    assert span.target is not None
    assert span.target.share == Decimal("0.9")
    assert (one.share, one.changed) == (Decimal("0.9"), False)


def test_the_newest_row_that_has_a_figure_is_named() -> None:
    """Median, P90 and open cases each come from their own newest row; they are never added up."""
    rows = [
        made_row("2026-07", 10, 9, median=Decimal(3), p90=Decimal(8)),
        made_row("2026-08", 10, 9, median=Decimal(4)),
        made_row("2026-09", 10, 9, backlog=0),
        made_row("2026-10", 10, 9),
    ]
    level = the_level(made_data(rows))
    newest = [level.with_median, level.with_p90, level.with_backlog, level.latest]

    assert [row and row.period.code for row in newest] == ["2026-08", "2026-07", "2026-09", "2026-10"]


def test_provisional_figures_are_said_to_be() -> None:
    """One provisional row makes the span provisional."""
    rows = [made_row("2026-09", 10, 9), made_row("2026-10", 10, 9, status="provisional")]
    level = the_level(made_data(rows))

    assert level.headline.provisional
    assert [row.provisional for row in level.rows[-2:]] == [False, True]


def test_hidden_rows_are_named_among_the_states() -> None:
    """A span of suppressed rows has no verdict of its own, but says what its rows are."""
    span = the_level(made_data([made_row("2026-10", status="suppressed")])).headline

    assert (span.verdict, span.reported) == ("not_reported", 1)
    assert span.states == ("not_reported", "suppressed")


def test_a_fiscal_year_holds_its_own_months() -> None:
    """October begins a fiscal year; newest years come first."""
    rows = [made_row("2026-09", 10, 9), made_row("2026-10", 100, 50)]
    level = the_level(made_data(rows))

    assert [(one.year.code, one.span.volume) for one in level.by_year] == [("FY2027", 100), ("FY2026", 10)]


# ---- breakdowns ----


def test_a_breakdown_sums_its_rows_over_the_headline() -> None:
    """Rows by channel within the last 12 months are added; rows by channel and office stand alone."""
    rows = [
        *(made_row(code, 100, 80) for code in ("2026-09", "2026-10")),
        *(made_row(code, 60, 50, channel_id="counter") for code in ("2026-09", "2026-10", "2024-01")),
        made_row("2026-10", 40, 30, office_id="bkk-1"),
        made_row("2026-10", 20, 10, channel_id="counter", office_id="bkk-1"),
    ]
    level = the_level(made_data(rows))

    assert [(one.kind, one.id, one.span.volume) for one in level.breakdowns] == [
        ("channel", "counter", 120),
        ("office", "bkk-1", 40),
    ]
    assert [(kind, row.volume) for kind, _, _, row in level.breakdown_rows if kind == "both"] == [("both", 20)]
    assert [(one.span.reported, one.span.due) for one in level.breakdowns] == [(2, 12), (1, 12)]


def test_rows_of_a_breakdown_stand_by_kind_then_name_then_time() -> None:
    """Whatever the order they were sent in; those by both come first, then by channel, then by office."""
    parts = [
        ("2026-08", "", "a"),
        ("2026-10", "web", ""),
        ("2026-09", "web", ""),
        ("2026-10", "app", ""),
        ("2026-10", "web", "a"),
        ("2026-09", "web", "b"),
    ]
    rows = [made_row(code, 50, 40, channel_id=channel, office_id=office) for code, channel, office in parts]

    found = the_level(made_data(rows)).breakdown_rows

    assert [(kind, channel, office, row.period.code) for kind, channel, office, row in found] == [
        ("both", "web", "a", "2026-10"),
        ("both", "web", "b", "2026-09"),
        ("channel", "app", "", "2026-10"),
        ("channel", "web", "", "2026-09"),
        ("channel", "web", "", "2026-10"),
        ("office", "", "a", "2026-08"),
    ]  # fmt: skip


def test_a_withheld_row_of_a_part_is_said_to_be_withheld() -> None:
    """Not to be missing: it was sent, and is wrong."""
    data = made_data([made_row("2026-10", 100, 90)], withheld=[("permit", "time", "2026-10", "web", "")])
    ((kind, channel, office, row),) = the_level(data).breakdown_rows

    assert (kind, channel, office) == ("channel", "web", "")
    assert (row.withheld, row.coverage, row.volume) == (True, "withheld", None)


def test_a_small_row_hides_its_figures_and_the_sum() -> None:
    """No figure of a small breakdown is left anywhere in the result, nor in the rows to publish."""
    rows = [
        made_row("2026-09", 60, 50, channel_id="counter"),
        made_row("2026-10", 60, 57, channel_id="counter", received=57, median=Decimal(57), notes={"en": "57"}),
    ]
    data = made_data([*rows, made_row("2026-10", 100, 80)])
    level = the_level(data)
    hidden = level.breakdown_rows[1][3]
    published = [one.row for one in current_rows(measured(data))]

    assert level.breakdowns[0].withheld
    assert (level.breakdowns[0].span.volume, level.breakdowns[0].span.verdict) == (0, "suppressed")
    assert (level.breakdowns[0].span.small, level.breakdowns[0].span.states) == (False, ("suppressed",))
    assert (level.breakdowns[0].span.within_target, level.breakdowns[0].span.needed) == (0, 0)
    assert "57" not in repr(hidden)
    assert (hidden.verdict, hidden.coverage) == ("suppressed", "suppressed")
    assert [row.volume for row in published] == [60, 100, None]
    assert "57" not in repr(published[2])


@pytest.mark.parametrize("small_first", [True, False])
def test_a_row_small_once_is_hidden_in_every_revision(small_first: bool) -> None:
    """An older row of all, less the parts of today, would tell the small one: so history hides all or nothing."""
    small, large = (57, 50) if small_first else (50, 57)
    rows = [
        made_row("2026-10", 60, small, channel_id="counter"),
        made_row("2026-10", 60, large, channel_id="counter", revision=1),
    ]
    data = made_data(rows)

    assert [one.row.volume for one in revised_rows(measured(data))] == [None, None]
    assert the_level(data).breakdown_rows[0][3].earlier[0].volume is None


# ---- rows to publish ----


def test_current_rows_are_the_newest_in_the_order_of_the_key() -> None:
    """One row for each key, services by id, periods by time; drafts and withheld keys have none."""
    services = [made_service("b"), made_service("a"), made_service("draft", status="draft")]
    rows = [
        made_row("2026-10", 1, 1, service_id="b"),
        made_row("2026-09", 5, 5, service_id="b"),
        made_row("2026-09", 9, 9, service_id="b", revision=1),
        made_row("2026-10", 2, 2, service_id="a"),
        made_row("2026-10", 3, 3, service_id="draft"),
        made_row("2026-08", 4, 4, service_id="a"),
    ]
    data = made_data(rows, services, withheld=[("a", "time", "2026-08", "", "")])
    current = [one.row for one in current_rows(measured(data))]
    revised = [one.row for one in revised_rows(measured(data))]

    assert [(row.service_id, row.period.code, row.volume) for row in current] == [
        ("a", "2026-10", 2),
        ("b", "2026-09", 9),
        ("b", "2026-10", 1),
    ]
    assert [(row.revision, row.volume) for row in revised] == [(0, 5), (1, 9)]
    assert sorted(measured(data).services) == ["a", "b"]


def test_rows_of_levels_stand_in_the_order_of_their_ids() -> None:
    """Not in the order of the manual, so that moving a level there changes no data set."""
    levels = [made_level(name, [made_target("2025-10-01")]) for name in ("wait", "time")]
    rows = [made_row("2026-10", 9, 9, level_id=name) for name in ("wait", "time")]
    data = made_data(rows, [made_service(levels=levels)])

    assert [one.row.level_id for one in current_rows(measured(data))] == ["time", "wait"]


def test_all_that_is_said_of_a_month_without_a_row() -> None:
    """It has the promise of its first day, the day it was due, whether the promise changed in it, and no figure."""
    targets = [made_target("2025-10-01", "2026-10-14"), made_target("2026-10-15", share="0.8")]
    service = made_service(levels=[made_level(targets=targets)])
    withheld = [("permit", "time", "2026-10", "", "")]
    missing, held = (the_level(made_data([], [service], withheld=keys)).rows[-1] for keys in ((), withheld))

    assert missing == PeriodResult(
        period=period("2026-10"),
        observation=None,
        target=(service.service_levels or ())[0].targets[0],  # type: ignore[index]
        volume=None,
        within_target=None,
        verdict="not_reported",
        coverage="not_reported",
        due=date(2026, 11, 15),
        target_changed_inside=True,
        withheld=False,
    )
    assert held == missing._replace(coverage="withheld", withheld=True)


# ---- agencies and the country ----


def test_an_agency_that_is_kept_says_from_which_day() -> None:
    """The day goes with its result; an agency of today has none."""
    data = made_data([])

    assert measured(data).kept_from is None
    assert measured(replace(data, kept_from=date(2026, 10, 1))).kept_from == date(2026, 10, 1)


def test_an_agency_counts_promises_not_cases() -> None:
    """Each level counts once, whatever its cases; those without a verdict are counted apart."""
    services = [made_service(name) for name in ("a", "b", "c", "d")]
    rows = [
        made_row("2026-10", 1000, 999, service_id="a"),
        made_row("2026-10", 20, 1, service_id="b"),
        made_row("2026-10", 0, 0, service_id="c"),
    ]
    tally = measured(made_data(rows, services)).tally

    assert (tally.met, tally.missed, tally.no_cases, tally.not_reported) == (1, 1, 1, 1)
    assert (tally.judged, tally.unjudged) == (2, 2)
    assert (tally.reported, tally.due) == (3, 48)


def test_the_year_before_is_told_apart() -> None:
    """The tally of the 12 months before has its own verdicts; None where nothing was due."""
    agency = made_agency(reporting={"frequency": "month", "due_after_days": 15, "first_period": "2024-11"})
    service = made_service(levels=[made_level(targets=[made_target("2024-10-01")])])
    rows = [made_row("2025-10", 10, 1), made_row("2026-10", 10, 10)]
    result = measured(made_data(rows, [service], agency))

    assert result.previous is not None
    assert (result.tally.met, result.previous.missed) == (1, 1)
    assert measured(made_data([made_row("2026-10", 1, 1)], agency=made_agency(
        reporting={"frequency": "month", "first_period": "2026-01"}
    ))).previous is None  # fmt: skip


def test_the_coverage_grid_has_a_cell_for_each_month() -> None:
    """Thirteen months of the agency; a quarterly service shows the quarter around each month."""
    monthly, quarterly = made_service("a"), made_service("b", reporting={"frequency": "quarter"})
    rows = [
        made_row("2026-10", 10, 9, service_id="a"),
        made_row("2026-09", 0, 0, service_id="a"),
        made_row("2026-Q3", 10, 9, service_id="b"),
    ]
    result = measured(made_data(rows, [monthly, quarterly]))
    cells = {key.service_id: row for key, row in result.coverage}

    assert codes(result.months) == ["2025-10", *LAST_YEAR]
    assert cells["a"][-3:] == ("not_reported", "no_cases", "reported")
    assert cells["b"][-5:] == ("not_reported", "reported", "reported", "reported", "none")
    assert codes(result.span) == LAST_YEAR


def test_a_quarterly_agency_shows_the_worst_of_the_months() -> None:
    """Where a level reports more often than its agency, a missing month is not hidden by the others."""
    agency = made_agency(reporting={"frequency": "quarter", "due_after_days": 15, "first_period": "2026-Q3"})
    service = made_service(reporting={"frequency": "month"})
    rows = [made_row(code, 10, 9) for code in ("2026-07", "2026-09")]
    result = measured(made_data(rows, [service], agency))

    assert result.coverage[0][1][-1] == "not_reported"


def test_one_provisional_figure_makes_a_sum_provisional() -> None:
    """Of two levels one is final, and their sum is not."""
    services = [made_service("a"), made_service("b")]
    rows = [
        made_row("2026-10", 10, 9, service_id="a"),
        made_row("2026-10", 10, 9, service_id="b", status="provisional"),
    ]
    final = [row._replace(status="final") for row in rows]

    assert [one.span.provisional for one in measured(made_data(rows, services)).rollups] == [True]
    assert [one.span.provisional for one in measured(made_data(final, services)).rollups] == [False]


def test_every_row_that_can_be_published_is_counted() -> None:
    """Of any grain, and those of parts too; a month without a row and a withheld part are none."""
    rows = [made_row("2026-10", 100, 90), made_row("FY2026", 900, 800)]
    parts = [made_row("2026-10", 50, 45, channel_id=name) for name in ("app", "web")]
    data = made_data([*rows, *parts], withheld=[("permit", "time", "2026-09", "web", "")])

    assert measured(data).row_count == summary_of(measured(data)).rows == 4


def test_the_country_adds_up_its_agencies() -> None:
    """Counts, tallies and sums of the country are those of its agencies, whatever their order."""
    one = measured(made_data([made_row("2026-10", 10, 9)]))
    yearly = made_agency(id="second", reporting={"frequency": "fiscal_year", "due_after_days": 15})
    two = measured(made_data([made_row("FY2026", 100, 50)], agency=yearly))
    summaries = [summary_of(one), summary_of(two)]
    country = measure_country(summaries, 20)

    assert (country.agencies, country.services, country.levels, country.rows) == (2, 2, 2, 2)
    assert (country.tally.met, country.tally.missed) == (1, 1)
    assert [(one.grain, one.span.volume, one.levels) for one in country.rollups] == [
        ("fiscal_year", 100, 1),
        ("month", 10, 1),
    ]
    assert len(country.spans) == 2
    assert country == measure_country(summaries[::-1], 20)


def test_the_sum_of_few_cases_is_small() -> None:
    """Below twenty cases a sum is to be read with caution, from twenty on it is not; none at all is not small."""
    small = [measured(made_data([made_row("2026-10", volume, 0)])) for volume in (1, 19, 20)]

    assert [result.rollups[0].span.small for result in small] == [True, True, False]
    assert [result.levels[0].headline.small for result in small] == [True, True, False]
    assert [result.rollups[0].span.within_target for result in small] == [0, 0, 0]
    assert not the_level(made_data([made_row("2026-10", 0, 0)])).headline.small


def test_the_newest_period_of_an_agency_is_the_one_that_ended_last() -> None:
    """A fiscal year that ended in September is newer than August."""
    services = [made_service("a"), made_service("b", reporting={"frequency": "fiscal_year"})]
    rows = [made_row("2026-08", 10, 9, service_id="a"), made_row("FY2026", 10, 9, service_id="b")]

    assert summary_of(measured(made_data(rows, services))).latest == period("FY2026")


def test_an_agency_that_reported_nothing_has_no_newest_period() -> None:
    """It is summed all the same."""
    assert summary_of(measured(made_data([]))).latest is None


def test_sums_stand_by_measure_and_grain() -> None:
    """Whatever the order of the services."""
    measures = ("waiting_time", "processing_time", "accuracy")
    services = [
        made_service(f"s-{at}", [{**made_level(targets=[made_target("2025-10-01")]), "measure": measure}])
        for at, measure in enumerate(measures)
    ]
    rows = [made_row("2026-10", 10, 9, service_id=service.id) for service in services]

    assert [one.measure for one in measured(made_data(rows, services)).rollups] == sorted(measures)
    assert [one.measure for one in measured(made_data(rows[:1], services)).rollups] == ["waiting_time"]
    waits = made_service(
        "both",
        [
            {**made_level(one, [made_target("2025-10-01")]), "measure": one.replace("-", "_")}
            for one in ("waiting-time", "accuracy")
        ],
    )
    own = [made_row("2026-10", 10, 9, service_id="both", level_id=one) for one in ("waiting-time", "accuracy")]
    assert [one.measure for one in measured(made_data(own, [waits])).services["both"].rollups] == [
        "accuracy",
        "waiting_time",
    ]


def test_a_year_is_tallied_when_it_is_over() -> None:
    """The fiscal year that has just begun is no year to compare with."""
    rows = [made_row("2026-09", 10, 9), made_row("2026-10", 10, 9)]

    early = [made_row("2025-05", 10, 9)]  # before anything was owed

    assert [year.year.code for year in measured(made_data(rows)).by_year] == ["FY2026"]
    assert [year.year.code for year in measured(made_data(early)).by_year] == ["FY2026"]


def test_a_month_of_the_grid_is_not_blamed_for_the_next() -> None:
    """A missing last month leaves the months before as they were reported."""
    result = measured(made_data([made_row(code, 10, 9) for code in ("2025-10", *LAST_YEAR[:-1])]))

    assert result.coverage[0][1] == (*["reported"] * 12, "not_reported")


def test_a_report_that_came_early_counts_in_its_year() -> None:
    """It is due on the 15th; a year has it from the day it came, and no missing one before it is due."""
    agency = made_agency(reporting={"frequency": "month", "due_after_days": 15, "first_period": "2026-10"})
    early, none = (
        the_level(made_data(rows, agency=agency), date(2026, 11, 10)) for rows in ([made_row("2026-10", 10, 9)], [])
    )

    assert [(year.year.code, year.span.volume, year.span.due) for year in early.by_year] == [("FY2027", 10, 0)]
    assert none.by_year == ()


def test_only_another_promise_within_the_period_is_a_change() -> None:
    """A target renewed in October as it was, and changed in December, leaves October unchanged."""
    targets = [
        made_target("2025-10-01", "2026-10-14"),
        made_target("2026-10-15", "2026-11-30"),
        made_target("2026-12-01", share="0.8"),
    ]
    rows = [made_row("2026-10", 10, 9)]
    renewed = the_level(made_data(rows, [made_service(levels=[made_level(targets=targets)])]))
    changed = [made_target("2025-10-01", "2026-10-14"), made_target("2026-10-15", share="0.8")]
    other = the_level(made_data(rows, [made_service(levels=[made_level(targets=changed)])]))

    assert not renewed.rows[-1].target_changed_inside
    assert other.rows[-1].target_changed_inside


def test_a_promise_that_ends_within_a_period_changes_it() -> None:
    """The day after its last has no promise; one that is renewed as it was changes no sum."""
    rows = [made_row("2026-09", 10, 9), made_row("2026-10", 10, 9)]

    def level(*targets: dict[str, Any]) -> LevelResult:
        return the_level(made_data(rows, [made_service(levels=[made_level(targets=targets)])]))

    ended = level(made_target("2025-10-01", "2026-10-14"))
    whole = level(made_target("2025-10-01", "2026-10-31"))
    renewed = level(made_target("2025-10-01", "2026-09-30"), made_target("2026-10-01"))

    assert [one.rows[-1].target_changed_inside for one in (ended, whole, renewed)] == [True, False, False]
    assert [one.headline.changed for one in (ended, whole, renewed)] == [True, False, False]
    assert (renewed.headline.share, renewed.headline.volume) == (Decimal("0.9"), 20)

    twice = level(
        made_target("2025-10-01", "2026-09-30", "0.8"),
        made_target("2026-10-01", "2026-10-14"),
        made_target("2026-10-15"),
    )
    assert not twice.rows[-1].target_changed_inside  # what changed before the period is no change in it


def test_a_row_without_a_share_is_in_no_sum() -> None:
    """A level whose promise got its share within the year adds only the months that have it."""
    limit = {"value": 5, "unit": "working_day"}
    targets = [made_target("2025-10-01", "2026-08-31", None, limit=limit), made_target("2026-09-01", limit=limit)]
    rows = [made_row("2026-08", 100, 10), made_row("2026-09", 30, 29), made_row("2026-10", 0, 0)]
    result = measured(made_data(rows, [made_service(levels=[made_level(targets=targets)])]))

    assert result.tally.no_target == 1
    assert [(one.span.within_target, one.span.volume, one.span.verdict) for one in result.rollups] == [(29, 30, "met")]


def test_only_the_headline_is_summed_where_a_share_was_not_always_in_force() -> None:
    """A month with a share that lies before the last twelve is in no sum of today."""
    limit = {"value": 5, "unit": "working_day"}
    targets = [
        made_target("2025-10-01", "2025-10-31"),
        made_target("2025-11-01", "2026-08-31", None, limit=limit),
        made_target("2026-09-01"),
    ]
    rows = [made_row("2025-10", 50, 50), made_row("2026-08", 100, 10), made_row("2026-09", 30, 29)]
    result = measured(made_data(rows, [made_service(levels=[made_level(targets=targets)])]))

    assert [(one.span.within_target, one.span.volume) for one in result.rollups] == [(29, 30)]
    assert codes(result.rollups[0].span.periods) == [code for code in LAST_YEAR if code != "2026-08"]


def test_an_agency_that_is_no_more_owes_nothing() -> None:
    """A merged agency's missing months are not missing; what it reported is shown."""
    agency = made_agency(status="merged", replaced_by="other")
    level = the_level(made_data([made_row("2026-03", 10, 9)], agency=agency))

    assert codes(tuple(row.period for row in level.rows)) == ["2026-03"]
    assert (level.headline.reported, level.headline.due) == (1, 1)


@pytest.mark.parametrize("status", ["suspended", "retired"])
def test_a_service_that_is_not_offered_owes_nothing(status: str) -> None:
    """What it reported is shown and judged; the months after are not missing."""
    level = the_level(made_data([made_row("2026-03", 10, 9)], [made_service(status=status)]))

    assert codes(tuple(row.period for row in level.rows)) == ["2026-03"]
    assert (level.headline.verdict, level.missing) == ("met", ())


def test_a_very_long_wait_is_never_due() -> None:
    """A wait beyond the calendar's end breaks nothing: no report is due."""
    agency = made_agency(reporting={"frequency": "month", "due_after_days": 10**9, "first_period": "2025-10"})
    level = the_level(made_data([], agency=agency))

    assert level.headline.due == 0
    assert {row.coverage for row in level.rows} == {"not_due"}


def test_measuring_changes_nothing_that_it_was_given() -> None:
    """The same data gives the same result twice."""
    data = made_data([made_row("2026-10", 60, 57, channel_id="counter"), made_row("2026-10", 60, 57)])
    before = replace(data)

    assert measured(data) == measured(data)
    assert data == before
