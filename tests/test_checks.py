from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from made import AS_OF, made_agency, made_catalog, made_level, made_row, made_service, made_target
from sites import REPOSITORY

from generator.intake.checks import CHECKS, check_agency
from generator.intake.checks_figures import current
from generator.intake.checks_words import stiff_phrases
from generator.intake.translations import check_shared_texts
from generator.model import Agency, Calendar, Catalog, Observation, Service, Topic
from generator.problems import Place, Problem, Word
from generator.texts import load_strings
from generator.values import Duration

LIMIT = {"value": 5, "unit": "working_day"}
MONTHS = ("2026-06", "2026-07", "2026-08", "2026-09", "2026-10")


def checked(
    *services: Service,
    rows: Iterable[Observation] = (),
    agency: Agency | None = None,
    catalog: Catalog | None = None,
    as_of: date = AS_OF,
) -> list[Problem]:
    """Return what the checks find in one agency."""
    known = {service.id: service for service in services or (made_service(levels=(timed(),)),)}
    found = check_agency(catalog or made_catalog(), agency or made_agency(), known, tuple(rows), as_of)
    return list(found)


def codes(problems: Iterable[Problem]) -> list[str]:
    """Return the codes of problems, sorted."""
    return sorted(problem.code for problem in problems)


def timed(**more: Any) -> dict[str, Any]:
    """Return a level that promises five working days for 90 % of the cases."""
    return made_level("time", (made_target("2025-10-01", limit=LIMIT),), **more)


def with_steps(*steps: tuple[object, str], limit: tuple[object, str] = (5, "working_day"), **more: Any) -> Service:
    """Return a service with a limit and with steps of these lengths."""
    length, unit = limit
    level = made_level("time", (made_target("2025-10-01", limit={"value": length, "unit": unit}),))
    stages = tuple(
        {"title": "Step", "duration": {"value": Decimal(str(value)), "unit": unit}, **more} for value, unit in steps
    )
    return made_service(levels=(level,), steps=stages)


def test_every_check_says_its_rule() -> None:
    """The docstring of a check is the rule that readers find on the page of rules."""
    assert all((check.__doc__ or "").strip().endswith(".") for check in CHECKS)
    assert len({check.__name__ for check in CHECKS}) == len(CHECKS)


def test_good_data_gives_no_warning() -> None:
    """What keeps every rule is passed without a word."""
    rows = [made_row(month, 100 + number, 90) for number, month in enumerate(MONTHS)]

    assert checked(rows=rows) == []


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        (made_level("time"), ["level-without-target"]),
        (made_level("time", (made_target("2025-10-01"),)), ["promise-without-limit"]),
        (made_level("time", (made_target("2025-10-01"),), measure="accuracy"), []),
        (made_level("time", (made_target("2025-10-01", share=None, limit=LIMIT),)), ["promise-without-share"]),
        (made_level("time", (made_target("2020-10-01", "2021-09-30"), *timed()["targets"])), []),
        (made_level("time", (made_target("2020-10-01", "2021-09-30"),)), []),
        (timed(statutory_limit={"value": 3, "unit": "working_day"}), ["promise-beyond-law"]),
        (timed(statutory_limit={"value": 20, "unit": "hour"}), ["promise-beyond-law"]),
        (timed(statutory_limit={"value": 5, "unit": "working_day"}), []),
        (timed(statutory_limit={"value": 3, "unit": "calendar_day"}), []),
        (
            made_level(
                "time",
                (made_target("2025-10-01", limit={"value": 5, "unit": "calendar_day"}),),
                statutory_limit={"value": 3, "unit": "hour"},
            ),
            [],
        ),
    ],
)
def test_a_promise_is_whole(level: dict[str, Any], expected: list[str]) -> None:
    """The newest target is asked for a limit and a share; what has ended is left in peace."""
    assert codes(checked(made_service(levels=(level,)))) == expected


PERMIT = "agencies/office/services/permit.yml"
ENDED = made_target("2020-10-01", "2021-09-30", limit=LIMIT)
SECOND = ("service_levels", 1, "targets", 1)


@pytest.mark.parametrize(
    ("level", "code", "route", "facts"),
    [
        (made_level("late"), "level-without-target", SECOND[:2], {"level": "late"}),
        (
            made_level("late", (ENDED, made_target("2025-10-01", share=None, limit=LIMIT))),
            "promise-without-share",
            (*SECOND, "limit"),
            {"level": "late", "limit": Duration(value=Decimal(5), unit="working_day")},
        ),
        (made_level("late", (ENDED, made_target("2025-10-01"))), "promise-without-limit", SECOND, {"level": "late"}),
        (
            made_level(
                "late",
                (ENDED, made_target("2025-10-01", limit=LIMIT)),
                statutory_limit={"value": 2, "unit": "working_day"},
            ),
            "promise-beyond-law",
            (*SECOND, "limit"),
            {
                "level": "late",
                "limit": Duration(value=Decimal(5), unit="working_day"),
                "law": Duration(value=Decimal(2), unit="working_day"),
            },
        ),
    ],
)
def test_a_warning_about_a_promise_stands_at_its_newest_target(
    level: dict[str, Any], code: str, route: tuple[str | int, ...], facts: dict[str, object]
) -> None:
    """Of the second level the second target, with what the sentence needs, and nothing else."""
    (problem,) = checked(made_service(levels=(timed(), level)))

    assert (problem.code, problem.severity, problem.withheld) == (code, "warning", "none")
    assert problem.place == Place(PERMIT, route)
    assert problem.facts == facts


@pytest.mark.parametrize(("last", "expected"), [("2026-11-21", []), ("2026-11-22", ["promise-without-limit"])])
def test_a_promise_is_asked_about_until_its_last_day(last: str, expected: list[str]) -> None:
    """On that day it still holds; what was promised once cannot be mended."""
    assert codes(checked(made_service(levels=(made_level("time", (made_target("2025-10-01", last),)),)))) == expected


def test_warnings_about_a_manual_stand_where_it_is_mended() -> None:
    """Each names the file, the key and what is there now."""
    hours = {"days": ("mon", "tue"), "opens": "08:30", "closes": "12:00"}
    later = {"days": ("tue",), "opens": "11:00", "closes": "16:30"}
    channels = tuple(
        {"id": name, "type": "counter", "title": name, "hours": listed}
        for name, listed in (("north", (hours,)), ("south", (hours, later)))
    )
    gain = {"before": {"value": 3, "unit": "document"}, "after": {"value": 2, "unit": "step"}}
    service = made_service(
        levels=(timed(), made_level("other", (made_target("2025-10-01", limit=LIMIT),), clock=None)),
        scope={"channels": channels},
        steps=({"title": "Step", "duration": {"value": Decimal(4), "unit": "working_day"}},),
        improvements=({"before": gain["before"]}, gain),
        reporting={"frequency": "month", "first_period": "2026-Q1"},
        review={"reviewed_on": "2025-11-21", "review_due": "2026-11-21"},
    )
    found = {
        problem.code: (problem.place.file, problem.place.route)
        for problem in checked(service, catalog=made_catalog(required_sections=("steps",)))
    }

    assert found == {
        "steps-differ-from-promise": (PERMIT, ("steps",)),
        "clock-not-stated": (PERMIT, ("service_levels", 1)),
        "manual-copy-fee-not-stated": (PERMIT, ("requirements", "manual_copy_fee")),
        "review-overdue": (PERMIT, ("review", "review_due")),
        "hours-overlap": (PERMIT, ("scope", "channels", 1, "hours", 1)),
        "improvement-units-differ": (PERMIT, ("improvements", 1, "after")),
        "first-period-grain": (PERMIT, ("reporting", "first_period")),
    }


def test_warnings_about_a_manual_say_what_is_there() -> None:
    """Each has the facts that its sentence needs, and no others."""
    gain = {"before": {"value": 3, "unit": "document"}, "after": {"amount": "2.00", "currency": "THB"}}
    hours = {"days": ("mon",), "opens": "08:30", "closes": "12:00"}
    service = made_service(
        levels=(timed(),),
        scope={"channels": ({"id": "desk", "type": "counter", "title": "Desk", "hours": (hours, hours)},)},
        improvements=(gain,),
        reporting={"frequency": "half_year", "first_period": "2026-Q1"},
        review={"review_due": "2026-11-21"},
    )
    retired = made_service("old", levels=(timed(),), status="retired")
    found = {
        one.code: dict(one.facts)
        for one in checked(service, retired, catalog=made_catalog(required_sections=("steps",)))
    }

    assert found == {
        "clock-not-stated": {"level": "time", "field": "clock"},
        "manual-copy-fee-not-stated": {"field": "manual_copy_fee"},
        "review-overdue": {"value": date(2026, 11, 21), "as_of": AS_OF},
        "hours-overlap": {"channel": "desk", "field": "hours"},
        "improvement-units-differ": {"before": "document", "after": "THB"},
        "first-period-grain": {"value": "2026-Q1", "expected": Word("closed.frequency.half_year")},
        "retired-without-replacement": {"value": "retired"},
    }


def test_a_retired_service_is_told_at_its_status() -> None:
    """There it is said that it is retired, and there is nothing to point at for what is missing."""
    (problem,) = checked(made_service(levels=(timed(),), status="retired"))

    assert problem.place == Place(PERMIT, ("status",))


def test_only_what_takes_time_has_a_clock() -> None:
    """A manual that states its copy fee in money is not asked again, nor is a level of accuracy for its clock."""
    level = made_level("right", (made_target("2025-10-01"),), measure="accuracy")
    fee = {"manual_copy_fee": {"amount": "1.00", "currency": "THB"}}
    asking = made_catalog(required_sections=("steps",))

    assert checked(made_service(levels=(level,), requirements=fee), catalog=asking) == []
    assert codes(checked(made_service(levels=(level,), requirements={"fees": "none"}), catalog=asking)) == [
        "manual-copy-fee-not-stated"
    ]


def test_the_steps_add_up_to_the_first_processing_time_in_force() -> None:
    """Neither to a waiting time before it, nor to what was promised last year or will be next year."""
    days = [{"value": value, "unit": "working_day"} for value in (9, 7, 5, 3)]
    targets = (
        made_target("2024-10-01", "2025-09-30", limit=days[1]),
        made_target("2025-10-01", "2026-12-31", limit=days[2]),
        made_target("2027-01-01", limit=days[3]),
    )
    levels = (
        made_level("wait", (made_target("2025-10-01", limit=days[0]),), measure="waiting_time"),
        made_level("time", targets),
        made_level("other", (made_target("2025-10-01", limit=days[0]),)),
    )
    step = {"title": "Step", "duration": days[2]}

    assert checked(made_service(levels=levels, steps=(step,))) == []
    assert codes(checked(made_service(levels=levels, steps=({**step, "duration": days[1]},)))) == [
        "steps-differ-from-promise"
    ]


def test_a_sum_of_steps_is_told_at_the_key() -> None:
    """The steps are a list, and no one of them is wrong."""
    (problem,) = checked(with_steps((4, "working_day")))

    assert problem.place == Place(PERMIT, ("steps",), of_key=True)
    assert problem.facts == {
        "sum": Duration(value=Decimal(4), unit="working_day"), "limit": Duration(value=Decimal(5), unit="working_day"),
    }  # fmt: skip


def test_a_warning_about_an_agency_stands_in_its_own_file() -> None:
    """Its first period is of the grain it reports; a service that only repeats it is not told again."""
    agency = made_agency(reporting={"frequency": "month", "due_after_days": 15, "first_period": "FY2026"})
    (problem,) = checked(
        made_service(levels=(timed(),), reporting={"first_period": "FY2026", "frequency": "quarter"}), agency=agency
    )

    assert (problem.code, problem.place) == (
        "first-period-grain",
        Place("agencies/office/agency.yml", ("reporting", "first_period")),
    )
    assert problem.facts["value"] == "FY2026"


@pytest.mark.parametrize("status", ["draft", "retired"])
def test_nothing_is_asked_of_a_service_that_is_not_offered(status: str) -> None:
    """A draft is not finished and a retired service promises nothing."""
    service = made_service(levels=(made_level("time"),), status=status, replaced_by="office/other")

    assert checked(service, catalog=made_catalog(required_sections=("service_levels",))) == []


@pytest.mark.parametrize(
    ("steps", "limit", "total"),
    [
        ([(2, "working_day"), (3, "working_day")], (5, "working_day"), None),
        ([(2, "working_day"), (2, "working_day")], (5, "working_day"), (4, "working_day")),
        ([(5, "working_day"), (7, "hour")], (5, "working_day"), None),
        ([(5, "working_day"), (8, "hour")], (5, "working_day"), ("6.14", "working_day")),
        ([(4, "working_day"), (7, "hour"), (420, "minute")], (5, "working_day"), (6, "working_day")),
        ([(4, "working_day"), (1, "calendar_day")], (5, "working_day"), None),
        ([(5, "calendar_day")], (5, "working_day"), None),
        ([(1, "month")], (30, "calendar_day"), None),
        ([(20, "minute"), (10, "minute")], (30, "minute"), None),
        ([(20, "minute"), (1, "hour")], (30, "minute"), (80, "minute")),
        ([(30, "minute")], (1, "hour"), ("0.5", "hour")),
        ([(1, "working_day")], (30, "minute"), (420, "minute")),
        ([(1, "calendar_day")], (30, "minute"), None),
        ([(30, "minute")], (1, "working_day"), None),
        ([(30, "minute")], (15, "working_day"), (30, "minute")),
        ([(30, "minute")], (1, "month"), (30, "minute")),
        ([(2, "working_hour")], (120, "minute"), None),
        ([(3, "working_hour")], (2, "hour"), (3, "hour")),
        ([(8, "working_hour"), (1, "working_day")], (2, "working_day"), ("2.14", "working_day")),
        ([(30, "minute")], (1, "calendar_day"), None),
    ],
)
def test_steps_add_up_to_the_promise(
    steps: list[tuple[object, str]], limit: tuple[object, str], total: tuple[object, str] | None
) -> None:
    """In the limit's unit; minutes beside days count above one working day; days of two kinds are never converted."""
    problems = checked(with_steps(*steps, limit=limit))
    sums = [problem.facts["sum"] for problem in problems]

    assert codes(problems) == (["steps-differ-from-promise"] if total else [])
    assert [(one.value, one.unit) for one in sums if isinstance(one, Duration)] == (
        [(Decimal(str(total[0])), total[1])] if total else []
    )


@pytest.mark.parametrize("more", [{"by_applicant": True}, {"if": {"company": True}}])
def test_steps_that_are_not_the_offices_are_left_out(more: dict[str, Any]) -> None:
    """What the applicant does, and what only some need, is no part of the promise."""
    assert checked(with_steps((90, "working_day"), **more)) == []


def test_clock_and_copy_fee_are_asked_for_where_sections_are() -> None:
    """A catalog that requires nothing does not ask for these either."""
    service = made_service(levels=(timed(), made_level("right", (made_target("2025-10-01"),), measure="accuracy")))
    stated = made_service(
        levels=(timed(clock={"starts": "application", "stops": "decision"}),),
        requirements={"manual_copy_fee": "none"},
    )
    asking = made_catalog(required_sections=("service_levels",))

    assert checked(service) == []
    assert codes(checked(service, catalog=asking)) == ["clock-not-stated", "manual-copy-fee-not-stated"]
    assert checked(stated, catalog=asking) == []


def test_a_review_is_overdue_on_the_day_after() -> None:
    """The day that was set is still in time."""
    service = made_service(levels=(timed(),), review={"review_due": "2026-11-22"})

    assert checked(service, as_of=date(2026, 11, 22)) == []
    assert codes(checked(service, as_of=date(2026, 11, 23))) == ["review-overdue"]


def test_hours_of_one_day_do_not_overlap() -> None:
    """Morning and afternoon may meet, and other days are other hours."""
    morning = {"days": ("mon", "tue"), "opens": "08:30", "closes": "12:00"}

    def channel(opens: str, *days: str) -> Service:
        hours = (morning, {"days": days, "opens": opens, "closes": "16:30"})
        channels = ({"id": "counter", "type": "counter", "title": "Counter", "hours": hours},)
        return made_service(levels=(timed(),), scope={"channels": channels})

    assert checked(channel("12:00", "mon")) == []
    assert checked(channel("11:00", "wed")) == []
    assert codes(checked(channel("11:00", "tue"))) == ["hours-overlap"]


def test_a_retired_service_leads_on() -> None:
    """Readers who look for it are told where to go."""
    assert codes(checked(made_service(levels=(timed(),), status="retired"))) == ["retired-without-replacement"]


def test_gains_are_compared_in_one_unit() -> None:
    """Sixty minutes before and two visits after say nothing together."""
    improvement = {"dimension": "time", "problem": "Slow", "action": "Online", "status": "done"}
    before = {"value": 60, "unit": "minute"}

    for after, expected in (
        ({"value": 30, "unit": "minute"}, []),
        ({"value": 2, "unit": "visit"}, ["improvement-units-differ"]),
        ({"amount": "20.00", "currency": "THB"}, ["improvement-units-differ"]),
    ):
        service = made_service(levels=(timed(),), improvements=({**improvement, "before": before, "after": after},))
        assert codes(checked(service)) == expected


def test_the_first_period_is_of_the_grain_that_is_reported() -> None:
    """Said of the agency once, and of a service only where it writes its own."""
    reporting = {"frequency": "month", "first_period": "FY2026"}
    own = made_service(levels=(timed(),), reporting={"frequency": "quarter", "first_period": "2026-10"})
    same = made_service(levels=(timed(),), reporting={**reporting, "due_after_days": 20})

    assert codes(checked(agency=made_agency(reporting=reporting))) == ["first-period-grain"]
    assert codes(checked(same, agency=made_agency(reporting=reporting))) == ["first-period-grain"]
    assert codes(checked(own)) == ["first-period-grain"]


def test_another_grain_is_named_once_for_a_level() -> None:
    """At the first row of that grain; a fiscal half-year is what half-yearly reports come in."""
    rows = [made_row("2026-Q1", 1, 1, line=2), made_row("2026-05", 2, 1, line=3), made_row("2026-Q2", 3, 1, line=4)]
    halves = made_agency(reporting={"frequency": "half_year"})
    (problem,) = checked(rows=rows)

    assert (problem.code, problem.place.route) == ("period-grain", (2, "period"))
    assert checked(rows=[made_row("FY2026-H1", 1, 1)], agency=halves) == []


@pytest.mark.parametrize(
    ("volume", "within", "column"),
    [
        (4, 4, "volume"),
        (100, 4, "within_target"),
        (100, 96, "within_target"),
        (5, 5, None),
        (100, 0, None),
        (0, 0, None),
        (None, None, None),
        (None, 50, None),
        (50, None, None),
    ],
)
def test_small_breakdowns_should_be_sent_suppressed(volume: int | None, within: int | None, column: str | None) -> None:
    """From 1 to 4 cases, kept or not kept, in a row by channel or office; a row for all is shown."""
    part = [made_row("2026-10", volume, within, office_id="north")]
    whole = [made_row("2026-10", volume, within)]

    assert [problem.place.route for problem in checked(rows=part)] == ([(2, column)] if column else [])
    assert checked(rows=whole) == []


def test_a_figure_100_times_the_median_of_the_others_is_odd() -> None:
    """With three others at least, in one level and grain; the figure itself is not among the others."""
    usual = [10, 20, 30]

    for volumes, expected in (
        ([*usual, 2000], ["figure-jump"]),
        ([*usual, 1999], []),
        ([10, 20, 2000], []),
        ([0, 0, 0, 2000], []),
        ([*usual, 2000, 2000], []),
    ):
        rows = [made_row(month, volume, 9) for month, volume in zip(MONTHS, volumes, strict=False)]
        assert codes(checked(rows=rows)) == expected


def test_rows_of_each_level_are_compared_with_each_other() -> None:
    """Another level, another service and a row by channel have cases of their own."""
    usual = [made_row(month, 10 + number, 9) for number, month in enumerate(MONTHS)]

    services = [made_service(name, levels=(timed(),)) for name in ("permit", "zoo")]

    for more in ({"level_id": "wait"}, {"service_id": "zoo"}, {"channel_id": "web"}, {"office_id": "north"}):
        other = made_row("2026-10", 5000, 900, **more)
        assert checked(*services, rows=[*usual, other]) == []


def test_a_warning_about_figures_says_what_is_odd() -> None:
    """Each stands at the cell, with the figure found, the period, and what would be usual."""

    def told(*rows: Observation) -> list[tuple[str, tuple[str | int, ...], dict[str, object]]]:
        return [(one.code, one.place.route, dict(one.facts)) for one in checked(rows=rows)]

    def months(*volumes: int, **more: Any) -> list[Observation]:
        named = [f"2026-{number:02}" for number in range(11 - len(volumes), 11)]
        rows = enumerate(zip(named, volumes, strict=True), 2)
        return [made_row(name, volume, volume // 2, line=line, **more) for line, (name, volume) in rows]

    same = months(*[50] * 4)
    jump = months(10, 20, 30, 2000)
    before = months(*[97, 98, 99, 100, 101, 102, 40])
    drop = [*before[:-1], before[-1]._replace(within_target=39)]
    quarter = made_row("2026-Q1", 9, 9, line=3)
    printed = made_row("2026-10", 200, 180, reported_attainment=Decimal("0.1"))
    small = made_row("2026-10", 4, 4, channel_id="web")

    assert told(*same) == [
        ("figure-repeated", (5, "volume"),
         {"field": "volume", "value": 50, "from": same[0].period, "to": same[3].period}),
    ]  # fmt: skip
    assert told(*jump)[0] == (
        "figure-jump", (5, "volume"), {"field": "volume", "period": jump[3].period, "value": 2000, "usual": "20"},
    )  # fmt: skip
    assert told(*drop) == [("figure-drop", (8, "volume"), {"period": drop[-1].period, "value": 40, "usual": "99.5"})]
    assert told(quarter) == [
        ("period-grain", (3, "period"),
         {"value": "2026-Q1", "found": Word("closed.frequency.quarter"), "expected": Word("closed.frequency.month")}),
    ]  # fmt: skip
    assert told(printed) == [
        ("attainment-differs", (2, "reported_attainment"), {"reported": "0.1000", "computed": "0.9000"})
    ]
    assert told(small) == [("breakdown-small", (2, "volume"), {"value": 5})]


def test_a_service_reports_in_its_own_grain() -> None:
    """What is another grain for the agency may be the service's own."""
    own = made_service(levels=(timed(),), reporting={"frequency": "quarter"})

    assert checked(own, rows=[made_row("2026-Q3", 9, 9)]) == []
    assert codes(checked(own, rows=[made_row("2026-10", 9, 9)])) == ["period-grain"]


def test_of_a_small_breakdown_no_share_is_told() -> None:
    """A warning that it differs would tell what is to be hidden; of all rows, and of larger ones, it is told."""
    wrong = {"reported_attainment": Decimal("0.1")}
    small = [made_row("2026-10", 4, 4, **key, **wrong) for key in ({"channel_id": "web"}, {"office_id": "north"}, {})]
    large = made_row("2026-10", 100, 90, channel_id="web", **wrong)

    assert [codes(checked(rows=[row])) for row in small] == [
        ["breakdown-small"], ["breakdown-small"], ["attainment-differs"],
    ]  # fmt: skip
    assert codes(checked(rows=[large])) == ["attainment-differs"]


def test_how_few_are_too_few_is_the_catalogs() -> None:
    """A catalog that hides below ten asks that nine be sent as suppressed."""
    catalog = made_catalog(small_numbers={"suppress_below": 10, "caution_below": 30})
    row = made_row("2026-10", 9, 0, channel_id="web")

    assert [one.facts["value"] for one in checked(rows=[row], catalog=catalog)] == [10]
    assert checked(rows=[row]) == []


@pytest.mark.parametrize(
    "other", [{"service_id": "zoo"}, {"level_id": "wait"}, {"channel_id": "web"}, {"office_id": "north"}]
)
def test_the_newest_is_of_one_key(other: dict[str, Any]) -> None:
    """Rows that differ in any part of the key are each the newest of their own, also a first that was lost."""
    rows = [
        made_row("2026-10", 1, 1),
        made_row("2026-10", 2, 2, revision=1, **other),
        made_row("2026-11", 3, 3, revision=1),
    ]

    assert list(current(rows)) == rows
    assert list(current([])) == []


def test_rows_of_each_grain_are_compared_with_each_other() -> None:
    """A year has more cases than a month, which is no jump."""
    rows = [*(made_row(month, 10 + number, 9) for number, month in enumerate(MONTHS)), made_row("FY2026", 5000, 4500)]

    assert "figure-jump" not in codes(checked(rows=rows))


def test_a_jump_is_found_in_times_too() -> None:
    """A median of 450 days among medians of 4.5 is named with what is usual."""
    rows = [made_row(month, 100 + at, 9, median=Decimal("4.5")) for at, month in enumerate(MONTHS[:4])]
    (problem,) = checked(rows=[*rows, made_row("2026-10", 99, 9, median=Decimal(450), line=6)])

    assert (problem.code, problem.place.route) == ("figure-jump", (6, "median"))
    assert problem.facts["usual"] == "4.5"


@pytest.mark.parametrize(
    ("newest", "expected"),
    [
        ((49, 46, {}), ["figure-drop"]),
        ((50, 47, {}), []),  # half of what is usual
        ((49, 44, {}), []),  # no larger share than before, which is 90 %
        ((49, 46, {"notes": {"th": "ปิดปรับปรุง"}}), []),
        ((0, 0, {}), []),
    ],
)
def test_few_cases_with_a_better_share_are_odd(newest: tuple[int, int, dict[str, object]], expected: list[str]) -> None:
    """Less than half the median of the six periods before, and more of them in time, unless a note says why."""
    months = [f"2026-{month:02}" for month in range(4, 11)]
    before = [made_row(month, 97 + at, 90) for at, month in enumerate(months[:6])]
    volume, within, more = newest
    last = made_row(months[6], volume, within, **more)

    assert codes(checked(rows=[*before, last])) == expected
    assert codes(checked(rows=[*before[1:], last])) == []
    assert codes(checked(rows=[made_row("2026-02", 9, 9), made_row("2026-03", 9, 9), *before, last])) == expected


@pytest.mark.parametrize(
    ("volumes", "expected"),
    [
        ([7, 50, 50, 50, 50], ["figure-repeated"]),
        ([50, 50, 50, 50, 50], ["figure-repeated"]),
        ([50, 50, 50, 7, 50], []),
        ([0, 0, 0, 0, 0], []),
        ([None, None, None, None, None], []),
    ],
)
def test_the_same_volume_four_times_is_odd(volumes: list[int | None], expected: list[str]) -> None:
    """In periods that follow each other, once for the whole run; nothing and not known may repeat."""
    rows = [made_row(month, volume, None) for month, volume in zip(MONTHS, volumes, strict=True)]

    assert codes(checked(rows=rows)) == expected


@pytest.mark.parametrize(
    ("reported", "expected"),
    [("0.905", []), ("0.895", []), ("0.9051", ["attainment-differs"]), ("0.8949", ["attainment-differs"])],
)
def test_what_was_printed_agrees_with_the_counts(reported: str, expected: list[str]) -> None:
    """Half a point either way is rounding; the comparison is exact."""
    row = made_row("2026-10", 200, 180, reported_attainment=Decimal(reported))

    assert codes(checked(rows=[row])) == expected
    assert checked(rows=[row._replace(within_target=None)]) == []
    assert checked(rows=[row._replace(volume=None)]) == checked(rows=[row._replace(volume=0, within_target=0)]) == []


def test_only_the_newest_revision_is_looked_at() -> None:
    """What has been corrected is not complained about."""
    rows = [
        made_row("2026-09", 100, 90, revision=0, reported_attainment=Decimal("0.1")),
        made_row("2026-09", 100, 90, revision=1),
        made_row("2026-10", 110, 90, revision=0),
    ]

    assert list(current(rows)) == rows[1:]
    assert checked(rows=rows) == []


def test_missing_translations_are_said_once_for_a_record_without_any() -> None:
    """A text that is missing among others is named by itself; a central manual's are its own file's affair."""
    catalog = made_catalog(languages=("en", "th"))
    none = made_service(levels=(timed(),), title={"en": "Permit"})
    some = made_service("other", levels=(timed(),), title={"en": "Permit", "th": "ใบอนุญาต"})
    agency = made_agency(title={"en": "Office", "th": "สำนักงาน"})
    found = [(problem.code, problem.place.route) for problem in checked(none, some, agency=agency, catalog=catalog)]

    assert found == [
        ("record-untranslated", ("title",)),
        ("text-translation-missing", ("service_levels", 0, "title")),
    ]


def test_one_missing_text_is_no_record_without_any() -> None:
    """Of an agency that has but its title, the title is named."""
    catalog = made_catalog(languages=("en", "th"))
    service = made_service(title={"en": "x", "th": "x"}, levels=(timed(title={"en": "x", "th": "x"}),))
    found = checked(service, agency=made_agency(title={"en": "Office"}), catalog=catalog)

    assert [(one.code, one.place.route) for one in found] == [("text-translation-missing", ("title",))]


def test_each_language_is_looked_through() -> None:
    """A record without one language is told so once, and still asked for the next."""
    catalog = made_catalog(languages=("en", "th", "ja"))
    offices = ({"id": "north", "title": {"en": "North"}},)
    agency = made_agency(title={"en": "Office", "ja": "役所"}, offices=offices)
    found = [
        (problem.code, problem.facts["language"], problem.place.route)
        for problem in checked(agency=agency, catalog=catalog)
        if problem.place.file.endswith("agency.yml")
    ]

    assert found == [
        ("record-untranslated", "th", ("title",)),
        ("text-translation-missing", "ja", ("offices", 0, "title")),
    ]


def test_shared_texts_are_looked_through_too() -> None:
    """A title of catalog.yml in one language of two is named at its key."""
    catalog = made_catalog(languages=("en", "th"), title={"en": "Clearly", "th": "ชัดเจน"})

    assert [problem.place.route for problem in check_shared_texts(catalog)] == [
        ("publisher", "title"),
        ("licence", "title"),
    ]
    assert list(check_shared_texts(made_catalog())) == []


def test_a_shared_text_is_told_in_its_own_file() -> None:
    """A calendar's title in the calendar, an entry's in its list, by its place there."""
    context = {"first_language": "en", "fiscal_year_starts": 10}
    topics = {
        name: Topic.model_validate({"id": name, "title": title}, context=context)
        for name, title in (("a", {"en": "A", "th": "ก"}), ("b", {"en": "B"}))
    }
    calendar = Calendar.model_validate({"id": "days", "title": {"en": "Days"}}, context=context)
    both = {"en": "x", "th": "x"}
    settings = made_catalog(
        languages=("en", "th"), title=both, publisher={"title": both}, licence={"id": "CC0", "title": both}
    )
    found = check_shared_texts(replace(settings, topics=topics, life_events=topics, calendars={"days": calendar}))

    assert [(one.code, one.place, dict(one.facts)) for one in found] == [
        ("text-translation-missing", place, {"language": "th", "code": "th", "first_language": "en"})
        for place in (
            Place("calendars/days.yml", ("title",)),
            Place("vocabulary/topics.yml", (1, "title")),
            Place("vocabulary/life_events.yml", (1, "title")),
        )
    ]


def test_answers_and_other_names_are_no_texts() -> None:
    """What an ``if`` waits for and what a service is called besides have languages, or none, of their own."""
    step = {"title": {"en": "Step", "th": "ขั้น"}, "duration": LIMIT, "if": {"abroad": True}}
    made = made_service(
        levels=(timed(title={"en": "Time", "th": "เวลา"}),), title={"en": "Permit", "th": "ใบ"}, steps=(step,),
        also_called={"en": ("Pass",)}, questions=({"id": "abroad", "ask": {"en": "Abroad?", "th": "นอก?"}},),
        requirements={"criteria": ({"en": "First", "th": "หนึ่ง"}, {"en": "Second"})},
    )  # fmt: skip
    agency = made_agency(title={"en": "Office", "th": "สำนักงาน"})
    found = [
        one for one in checked(made, agency=agency, catalog=made_catalog(languages=("en", "th"))) if "trans" in one.code
    ]

    assert [one.place.route for one in found] == [("requirements", "criteria", 1)]


def test_every_fact_is_there_for_both_languages() -> None:
    """Every sentence of a check can be filled with the facts that it gives."""
    service = made_service(levels=(made_level("time"),), review={"review_due": "2020-01-01"})
    rows = [made_row(month, 50, 5, reported_attainment=Decimal(1)) for month in MONTHS]

    for problem in checked(service, rows=rows, catalog=made_catalog(required_sections=("scope",))):
        for language in ("th", "en"):
            strings = load_strings(language)
            assert strings(f"problem.{problem.code}", **problem.facts)
            assert strings(f"problem.{problem.code}.hint", **problem.facts)


def stiff(text: str, language: str = "th") -> list[tuple[object, object]]:
    """Return the phrases that are found stiff in a summary, each with what to write."""
    summary = {"en": "Short", language: text}
    found = checked(made_service(summary=summary), catalog=made_catalog(languages=("en", "th")))
    return [(one.facts["value"], one.facts["plain"]) for one in found if one.code == "text-stiff"]


def test_stiff_phrases_are_named_once_each_with_a_plain_one() -> None:
    """A phrase that only offices use is named once in a text, however often it stands there, in either language."""
    assert stiff("ในกรณีที่บัตรหาย หรือในกรณีที่บัตรชำรุด มิได้ใช้") == [("ในกรณีที่", "ถ้า"), ("มิได้", "ไม่ได้")]
    assert stiff("Come prior to noon, and PRIOR TO Monday.", "en") == [("prior to", "before")]


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_stiff_phrase_is_found_whole(language: str) -> None:
    """Also where a shorter phrase is its beginning, and each with its own plain one."""
    phrases = [(one, plain) for one, plain in stiff_phrases(language).items() if one != plain]

    assert len(phrases) > 10
    assert [stiff(one, language) for one, _ in phrases] == [[pair] for pair in phrases]
    assert stiff_phrases("ja") == {}


def test_words_that_only_look_stiff_are_left_alone() -> None:
    """A working day, an office and a part of another word are not taken for phrases of offices."""
    assert stiff("ยื่นภายใน 15 วันทำการตรวจสอบเอกสารที่ที่ทำการส่งเสริม") == []
    assert stiff("วันทำการแรกให้ทำการตรวจสอบ") == [("ทำการตรวจสอบ", "ตรวจสอบ")]
    assert stiff("The priority of a commencements clause", "en") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ก" * 80, []),
        ("ก" * 81, [("text-without-space", 81)]),
        ("กิ้" * 80, []),  # what stands above a letter takes no room
        ("https://example.go.th/" + "a" * 80, []),
        ("word " * 40 + "\n" + "word " * 40, []),
        ("word " * 40 + "end. " + "word " * 10, [("text-sentence-long", 41)]),
        ("word " * 41, [("text-sentence-long", 41)]),
    ],
)
def test_what_cannot_be_taken_in_at_once_is_told(text: str, found: list[tuple[str, int]]) -> None:
    """A stretch of more than 80 letters, and a sentence of more than 40 words, are told with how long they are."""
    problems = checked(made_service(summary={"en": text.strip()}))
    told = [
        (one.code, one.facts["count"]) for one in problems if one.code in ("text-without-space", "text-sentence-long")
    ]

    assert told == found


def test_a_warning_about_words_stands_at_the_language() -> None:
    """Of the agency and of each service that is offered, at the text in its language, with what the sentence needs."""
    catalog = made_catalog(languages=("en", "th"))
    both = {"en": "Prior to noon", "th": "มิได้ใช้"}
    agency = made_agency(parent={"en": "a" * 81, "th": "ก"})
    draft = made_service("draft", status="draft", summary=both)
    steps = ({"title": {"en": "Short", "th": "สั้น"}, "duration": LIMIT}, {"title": both, "duration": LIMIT})
    found = [
        one
        for one in checked(made_service(steps=steps), draft, agency=agency, catalog=catalog)
        if one.code[:5] == "text-"
    ]
    plain = [(one.code, one.place, dict(one.facts)) for one in found if one.code != "text-translation-missing"]

    assert plain == [
        ("text-without-space", Place("agencies/office/agency.yml", ("parent", "en")), {"count": 81, "most": 80}),
        ("text-stiff", Place(PERMIT, ("steps", 1, "title", "en")), {"value": "prior to", "plain": "before"}),
        ("text-stiff", Place(PERMIT, ("steps", 1, "title", "th")), {"value": "มิได้", "plain": "ไม่ได้"}),
    ]
    assert {one.severity for one in found} == {"warning"}


@pytest.mark.parametrize("end", [". ", "! ", "? ", "; ", ": ", "… ", "\n"])
def test_a_sentence_ends_in_seven_ways(end: str) -> None:
    """Two of thirty words are no long one; without a space behind it, or with a comma, no sign ends a sentence."""
    words = " ".join(["word"] * 30)

    def long(text: str) -> list[Problem]:
        return [one for one in checked(made_service(summary={"en": text})) if one.code == "text-sentence-long"]

    assert long(f"{words}{end}{words}") == []
    assert [one.facts for one in long(f"{words}, {words}")] == [{"count": 60, "most": 40}]
    assert [one.facts for one in long(f"{words} a.b {words}")] == [{"count": 61, "most": 40}]


def test_marks_of_thai_take_no_room() -> None:
    """Vowels and tones above and below their letter, and no other signs, are left out of what is counted."""
    marks = [chr(code) for code in (0x0E31, *range(0x0E34, 0x0E3B), *range(0x0E47, 0x0E4F))]
    letters = [chr(code) for code in (0x0E30, 0x0E32, 0x0E33, 0x0E40, 0x0E46)]

    for sign in (*marks, *letters):
        found = [
            one
            for one in checked(made_service(summary={"en": "ก" * 60 + sign * 30}))
            if one.code == "text-without-space"
        ]
        assert [one.facts["count"] for one in found] == ([] if sign in marks else [90])


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_guide_lists_every_stiff_phrase(language: str) -> None:
    """The guide for authors has the very phrases that the check knows, in its order."""
    guide = (REPOSITORY / "content" / language / "for-agencies" / "words.md").read_text(encoding="utf-8")
    rows = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in guide.splitlines() if "|" in line]
    phrases = [(one, other) for one, other in stiff_phrases(language).items() if one != other]

    assert rows[-len(phrases) :] == phrases
