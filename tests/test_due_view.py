"""When mine will be done, before a script runs: the rule in words, the example, the data, the letter, the words to fetch."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from made import AS_OF, CONTEXT, made_agency, made_catalog, made_data, made_level, made_service, made_target

from generator.model import Calendar, Catalog, Law, Service
from generator.stats import measure_agency
from generator.texts import Wording, load_strings
from generator.views.due import DueView, due_view
from generator.views.letter import letter_of, manual_cited
from generator.views.words import Words
from generator.website.script_words import script_words_path, write_script_words

SPEAKING = ("due-answer.js", "open.js", "case/words.js")  # the scripts that have words to say
WHEN = ("today", "tomorrow", "later")
ASSETS = Path(__file__).resolve().parents[1] / "generator" / "website" / "assets"
ACT = "licensing-facilitation-act-2558"
CLOCK = {"starts": "complete_application", "stops": "decision", "pauses": ("waiting_for_applicant",)}


def words() -> Words:
    """Return English words of the day the tests speak for."""
    strings = load_strings("en")
    return Words("en", strings, Wording(strings, "gregorian", 10), "en", AS_OF)


def catalog_with(calendars: dict[str, tuple[str, ...]], **more: Any) -> Catalog:
    """Return a catalog with calendars, each with its closed weekdays."""
    days = ({"date": "2026-12-07", "title": "National Day"}, {"date": "2027-12-31", "title": "New Year's Eve"})
    made = {
        name: Calendar.model_validate(
            {"id": name, "title": name.upper(), "weekend": weekend, "days": days}, context=CONTEXT
        )
        for name, weekend in calendars.items()
    }
    law = Law.model_validate({"id": ACT, "title": "Facilitation Act"}, context=CONTEXT)
    return replace(made_catalog(**more), calendars=made, laws={ACT: law})


STATE = catalog_with({"state": ("sat", "sun")}, calendar="state")


def timed(level_id: str = "time", value: int = 15, unit: str = "working_day", **more: Any) -> dict[str, Any]:
    """Return a level that promises a time."""
    target = made_target("2025-10-01", limit={"value": value, "unit": unit})
    return made_level(level_id, [target], **{"clock": CLOCK, **more})


def viewed(catalog: Catalog, levels: list[dict[str, Any]], **more: Any) -> DueView | None:
    """Return how a service's promises are counted."""
    service = made_service(levels=levels, **more)
    return due_view(words(), catalog, service, results(catalog, service))


def results(catalog: Catalog, service: Service) -> Any:
    """Return a service's levels, measured."""
    return measure_agency(catalog, made_data([], [service]), AS_OF).services[service.id].levels


def test_a_promise_is_counted_in_words() -> None:
    """The rule names the start, the weekend and the calendar; the example is a real one, from the day of the data."""
    view = viewed(STATE, [timed()])

    assert view
    (option,) = view.options
    assert (option.limit.replace("\u00a0", " "), option.rule) == (
        "15 working days",
        "counted from the day after the application is complete, without Saturday, Sunday, and the closed days of the calendar “STATE”",
    )
    assert option.pauses == "Time while the agency waits for the applicant does not count, so the due date may move"
    assert view.example.replace("\u00a0", " ") == (
        "For example: Complete on Monday 23 Nov 2026: expect the result by Tuesday 15 Dec 2026"
    )
    assert view.data["options"] == [
        {
            "level": "level-time",
            "calendar": "state",
            "starts": "complete_application",
            "paused": False,
            "targets": [{"from": "2025-10-01", "value": "15", "unit": "working_day"}],
        }
    ]


@pytest.mark.parametrize(
    ("limit", "pauses", "rule"),
    [
        ((30, "minute"), (), "done on the same visit"),
        ((5, "calendar_day"), (), "closed days included"),
        ((5, "calendar_day"), ("closed_days",), "without Saturday, Sunday"),
        ((3, "month"), (), "up to the day before that same date in the last month"),
        ((3, "month"), ("closed_days",), "extended by one open day for each closed day"),
    ],
)
def test_each_way_of_counting_has_its_rule(limit: tuple[int, str], pauses: tuple[str, ...], rule: str) -> None:
    """Visits, every day, open days and months, with closed days or without, are told apart."""
    clock = {"starts": "application", **({"pauses": pauses} if pauses else {})}
    view = viewed(STATE, [timed("time", *limit, clock=clock)])

    assert view
    assert rule in view.options[0].rule


def test_a_clock_that_nobody_states_gives_no_due_date() -> None:
    """A promise without a start of its time is told so and left out of the form; the letter is about one that has it."""
    view = viewed(
        STATE, [made_level("first", [made_target("2025-10-01", limit={"value": 9, "unit": "hour"})]), timed("second")]
    )

    assert view
    assert view.options[0].rule.startswith("the agency does not state when the time starts")
    assert [option["level"] for option in view.data["options"]] == ["level-second"]
    assert view.first.level == "level-second"


def test_without_a_calendar_nothing_is_worked_out() -> None:
    """Where no calendar is known the rule stands in words, without form, example or data."""
    view = viewed(catalog_with({}), [timed()])

    assert view
    assert "the days on which the office is closed" in view.options[0].rule
    assert (view.data, view.example) == ({}, "")


def test_channels_with_other_calendars_are_other_choices() -> None:
    """A promise that is kept at two places with two calendars is two choices, told apart by the places."""
    channels = (
        {"id": "a", "type": "counter", "title": "City hall", "calendar": "city"},
        {"id": "b", "type": "online", "title": "Website"},
    )
    catalog = catalog_with({"state": ("sat", "sun"), "city": ("sun",)}, calendar="state")
    view = viewed(catalog, [timed()], scope={"channels": channels})

    assert view
    assert [("".join(part.text for part in one.title), one.calendar) for one in view.options] == [
        ("Time · City hall", "city"),
        ("Time · Website", "state"),
    ]


def test_many_promises_are_folded() -> None:
    """Six rules are listed; seven are folded away, and all can be chosen."""
    six, seven = (viewed(STATE, [timed(f"n{number}") for number in range(many)]) for many in (6, 7))

    assert six
    assert seven
    assert (six.folded, seven.folded) == (False, True)
    assert len(seven.data["options"]) == 7  # type: ignore[arg-type]


def test_what_promises_no_time_has_no_due_date() -> None:
    """A share alone, a waiting time, and a service that is no longer offered have no part on due dates."""
    assert viewed(STATE, [made_level(targets=[made_target("2025-10-01")])]) is None
    assert viewed(STATE, [timed(measure="waiting_time")]) is None
    assert viewed(STATE, [timed()], status="retired") is None


def test_the_act_binds_where_it_is_named() -> None:
    """Written reasons are dated only where the service's legal basis names the Act; the answer to a complaint always."""
    complaints = ({"type": "phone", "title": "Hotline", "answer_within": {"value": 15, "unit": "working_day"}},)
    named = viewed(STATE, [timed()], legal_basis=({"law": ACT},), complaints=complaints)
    other = viewed(STATE, [timed()], legal_basis=({"law": "another-act"},))

    assert named
    assert other
    assert (named.data["act"], named.data["answer"]) == (True, {"value": "15", "unit": "working_day"})
    assert (other.data["act"], "answer" in other.data) == (False, False)


def test_the_letter_cites_the_version_of_the_manual() -> None:
    """Address, day of review, day of the data and commit stand in the letter; what is not known is said or left out."""
    reviewed = made_service(levels=[timed()], review={"reviewed_on": "2026-08-01"})
    catalog = catalog_with({"state": ("sat", "sun")}, calendar="state", url="https://example.go.th/sla/")
    full = manual_cited(words(), catalog, "agencies/office/permit/", reviewed, "0123456789abcdef")
    bare = manual_cited(words(), STATE, "agencies/office/permit/", made_service(), "")

    assert full.replace("\u00a0", " ") == (
        "Manual: https://example.go.th/sla/agencies/office/permit/ · reviewed on 1 Aug 2026 · data as of 22 Nov 2026"
        " · version 0123456789"
    )
    assert "date of review not stated" in bare
    assert "version" not in bare


def test_the_letter_has_its_blanks() -> None:
    """Dots stand where the reader writes; the promise and its count stand in words, the law where it binds."""
    view = viewed(STATE, [timed()])
    assert view
    letter = letter_of(
        words(), made_agency(), made_service(levels=[timed()]), view.first, ("Facilitation Act", view.example)
    )
    parts = [part for line in (*letter.head, *letter.body, *letter.end) for part in line]
    text = "".join(part.text for part in parts)

    assert {part.blank for part in parts if part.blank and not part.text.strip(".")} == {
        "place", "today", "name", "number", "filed", "due", "signature", "phone",
    }  # fmt: skip
    assert view.first.rule in text
    assert "Under Facilitation Act, an agency" in text


@pytest.mark.parametrize("language", ["th", "en"])
def test_scripts_find_every_word_they_say(language: str, tmp_path: Path) -> None:
    """Every key that a script says stands in the language's file, and the file is named by its content."""
    strings = load_strings(language)
    wording = Wording(strings, "buddhist", 10)
    write_script_words(strings, wording, tmp_path)
    told = json.loads((tmp_path / script_words_path(strings, wording)).read_bytes())
    code = "".join((ASSETS / name).read_text(encoding="utf-8") for name in SPEAKING)
    said = set(re.findall(r'say\((?:[^()"]*\? )?"([a-z_.]+)"', code)) | set(re.findall(r' : "(due\.[a-z_]+)"', code))
    said |= set(re.findall(r'"(open\.[a-z_]+)"', code)) | {
        f"open.{on}{when}" for on in ("", "holiday_") for when in WHEN
    }
    said |= {f"due.from.{start}" for start in ("application", "complete_application", "payment", "appointment")}

    assert len(said) > 20
    assert sorted(said - told.keys()) == ["open.holiday_today"]  # who is closed for a day does not open on it
    assert told["years_ahead"] == (543 if language == "th" else 0)
    assert not any(key.startswith(("due.rule", "due.ask")) for key in told)
    assert {key for key in told if key.startswith("open.")} <= said


def test_words_of_another_era_have_another_name() -> None:
    """Two catalogs with other eras fetch other words: a cache can never mix their years."""
    strings = load_strings("th")
    paths = {script_words_path(strings, Wording(strings, era, 10)) for era in ("buddhist", "gregorian")}

    assert len(paths) == 2
