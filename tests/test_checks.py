from collections.abc import Iterable
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
from generator.model import Agency, Catalog, Observation, Service
from generator.problems import Place, Problem
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


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_guide_lists_every_stiff_phrase(language: str) -> None:
    """The guide for authors has the very phrases that the check knows, in its order."""
    guide = (REPOSITORY / "content" / language / "for-agencies" / "words.md").read_text(encoding="utf-8")
    rows = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in guide.splitlines() if "|" in line]
    phrases = [(one, other) for one, other in stiff_phrases(language).items() if one != other]

    assert rows[-len(phrases) :] == phrases
