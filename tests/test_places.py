"""Where a service is asked for: offices by province, and beside each place what it kept of a promise."""

from collections.abc import Iterable
from typing import Any

from made import AS_OF, CONTEXT, made_agency, made_catalog, made_data, made_level, made_row, made_service, made_target
from test_headline import words_in

from generator.model import Observation, Office
from generator.results import LevelResult
from generator.stats import measure_agency
from generator.views.offices import FEW, offices_of, reporting_offices
from generator.views.page import Link
from generator.views.parts import results_of

EN, TH = words_in("en"), words_in("th")
MONTHS = ("2026-09", "2026-10")


def office(office_id: str, th: str = "", en: str = "", **more: Any) -> Office:
    """Return an office of a province; of none where none is named."""
    province = {"province": {"th": th, "en": en}} if th else {}
    return Office.model_validate({"id": office_id, "title": f"Office {office_id}", **province, **more}, context=CONTEXT)


def levels_of(rows: Iterable[Observation], *levels: str) -> tuple[LevelResult, ...]:
    """Return the results of the service `permit` with these promises, each of 90 %."""
    made = [
        made_level(level, targets=(made_target("2025-10-01"),), title=level.title()) for level in levels or ("time",)
    ]
    data = made_data(rows, [made_service(levels=made)], made_agency(offices=({"id": "a", "title": "A"},)))
    return measure_agency(made_catalog(), data, AS_OF).services["permit"].levels


def test_a_place_has_both_counts_the_span_and_the_verdict_of_its_own() -> None:
    """The sum over the months due, with the percentage cut off, whatever all places together did."""
    parts = [made_row(month, 100, 81, office_id="a") for month in MONTHS]
    rows = [*(made_row(month, 1000, 950) for month in MONTHS), *parts]
    found = results_of(EN, levels_of(rows), "office")["a"]

    assert (
        found.counts.replace("\u00a0", " ")
        == "162 of 200 cases done in time (81.0%) · Last 12 months (Nov 2025 to Oct 2026)"
    )
    assert (found.badge.kind, found.caution, found.at, found.anchor) == ("missed", "", "//a", "level-time-by-office")
    assert found.of == "time/"
    assert found.claims.split()[:3] == ["within_target", "volume", "rate"]


def test_of_few_cases_there_are_counts_and_a_caution_and_no_percentage() -> None:
    """Eleven of twelve are said as such."""
    rows = [made_row("2026-10", 500, 480), made_row("2026-10", 12, 12, channel_id="counter")]
    found = results_of(EN, levels_of(rows), "channel")["counter"]

    assert found.counts.startswith("12 of 12\u00a0cases done in time · ")
    assert "%" not in found.counts
    assert found.caution == "Small numbers, take care"


def test_what_is_withheld_says_so_and_nothing_else() -> None:
    """An office with three late cases has no figure beside its name, nor one that could give it away."""
    rows = [made_row("2026-10", 500, 480), made_row("2026-10", 40, 37, office_id="a")]
    found = results_of(EN, levels_of(rows), "office")["a"]

    assert (found.badge.kind, found.counts, found.claims) == ("suppressed", "", "")


def test_the_first_promise_with_a_figure_stands_beside_a_place() -> None:
    """The one that leads the page comes first, unless it has nothing to show of this place."""
    rows = [made_row("2026-10", 500, 480, level_id=level) for level in ("time", "visit")]
    of_visit = made_row("2026-10", 50, 45, level_id="visit", channel_id="counter")
    of_time = made_row("2026-10", 40, 37, channel_id="counter")

    for parts, expected in (([of_visit, of_time], "Visit"), ([of_time], "Time"), ([of_visit], "Visit")):
        assert (
            results_of(EN, levels_of([*rows, *parts], "time", "visit"), "channel")["counter"].promise.text == expected
        )


def test_offices_stand_by_province_in_the_readers_alphabet() -> None:
    """Thai sorts a leading vowel after its consonant; those without a province come last, under words that say so."""
    offices = [
        office("x"),
        office("s", "สงขลา", "Songkhla"),
        office("c", "เชียงใหม่", "Chiang Mai"),
        office("k", "กระบี่", "Krabi"),
    ]
    thai, english = (offices_of(words, offices, {}) for words in (TH, EN))
    assert thai
    assert english
    assert [one.title.text for one in thai.provinces] == ["กระบี่", "เชียงใหม่", "สงขลา", "ไม่ได้ระบุจังหวัด"]
    assert [one.title.text for one in english.provinces] == ["Chiang Mai", "Krabi", "Songkhla", "No province stated"]
    assert {one.name for one in thai.provinces} == {one.name for one in english.provinces}


def test_a_reader_is_asked_for_a_province_only_where_there_are_many() -> None:
    """More offices than a few, in more than one province."""
    many = [office(str(n), "กระบี่", "Krabi") for n in range(FEW)]
    elsewhere, here = office("y", "สงขลา", "Songkhla"), office("z", "กระบี่", "Krabi")
    shown = [
        offices_of(EN, offices, {}) for offices in (many, [*many[1:], elsewhere], [*many, here], [*many, elsewhere])
    ]

    assert [one.chooser for one in shown] == [False, False, False, True]


def test_a_services_page_lists_the_offices_that_report_on_it() -> None:
    """The data does not say that the others offer it; the way to all of them is there, where there are any."""
    rows = [made_row("2026-10", 500, 480), made_row("2026-10", 100, 90, office_id="a")]
    results = results_of(EN, levels_of(rows), "office")
    agency = made_agency(offices=({"id": "a", "title": "A"}, {"id": "b", "title": "B"}))
    found = reporting_offices(EN, agency, results)

    assert [[line.title.text for line in one.offices] for one in found.provinces] == [["A"]]
    assert found.more == Link("All offices of this agency", "agencies/office/#offices")
    assert reporting_offices(EN, made_agency(), {}).more is None


def test_offices_that_state_no_province_have_no_heading() -> None:
    """What nobody stated is not said of each."""
    found = offices_of(EN, [office("x"), office("y")], {})

    assert [(one.name, one.title.text, len(one.offices)) for one in found.provinces] == [("", "", 2)]
