"""What a citizen comes for, on a phone: find a service, and have ten questions answered in two taps each.

A tap is one link that is opened: the result of the search is the first, a link in the page's contents the second.  An
answer counts when its words stand on the screen, not somewhere on the page.  No answer is worked out, so nothing here
needs a script but the search itself; without one a reader goes by letter, which is one tap more.
"""

import csv
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from browser import Log, opened, serving
from playwright.sync_api import Browser, Page, expect
from sites import AS_OF, REPOSITORY, built

from generator.intake.load import load_agency
from generator.intake.load_catalog import load_catalog
from generator.locales import load_strings
from generator.texts import Wording
from generator.views.alphabet import initial, sorted_name
from generator.views.words import Words

pytestmark = pytest.mark.browser

DATA = REPOSITORY / "sla_data"
SCREEN = {"width": 360, "height": 640}
LOST_CARD = ("civil-registration", "id-card-lost")
TYPED = {"th": "บัตร ปชช หาย", "en": "lost ID card"}
PREFIX = {"th": "", "en": "en/"}
# Each question, and the place on the page that its one link leads to; "" where the first screen answers.
QUESTIONS = {
    "cost": "fees",
    "time_promised": "",
    "time_in_truth": "",
    "documents": "documents",
    "hours": "channels",
    "where": "channels",
    "late": "complaints",
    "complain": "complaints",
    "law": "law",
    "reviewed": "about",
    "kept": "",
}


@dataclass(frozen=True)
class Asked:
    """A page to ask, and what must be read on it."""

    page: Page
    answers: Mapping[str, str]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the demonstration's site."""
    return built(tmp_path_factory, "demonstration", DATA)


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """Return where the demonstration is served."""
    with serving(site) as served:
        yield served


def words_of(language: str) -> Words:
    """Return what the pages of a language speak with."""
    strings = load_strings(language)
    return Words(language, strings, Wording(strings, "buddhist", 10), "th", date.fromisoformat(AS_OF))


def service() -> Any:
    """Return the service that is asked about, as the data have it."""
    catalog, problems = load_catalog(DATA)
    assert catalog, problems
    return load_agency(DATA, LOST_CARD[0], catalog, date.fromisoformat(AS_OF)).services[LOST_CARD[1]]


def results(site: Path) -> dict[str, str]:
    """Return what the published table says of the promise that leads: how long, of how many how many kept it, and the verdict."""
    with (site / "data/service_levels.csv").open(encoding="utf-8", newline="") as table:
        return next(row for row in csv.DictReader(table) if (row["agency_id"], row["service_id"]) == LOST_CARD)


def answers(site: Path, language: str) -> dict[str, str]:
    """Return the words that answer each question, from the data and not from the page."""
    words, asked, level = words_of(language), service(), results(site)
    channel, needed = asked.scope.channels[0], asked.requirements
    hours = channel.hours[0]
    return {
        "cost": words.wording.money(needed.fees[0].amount, needed.fees[0].currency),
        "time_promised": words.wording.duration(int(level["target_limit"]), level["target_unit"]),
        "time_in_truth": words.strings(
            "service.in_hundred", n=int(level["within_target"]) * 100 // int(level["volume"])
        ),
        "documents": words.text(needed.documents[1].title).text,
        "hours": words.wording.hours(hours.days, hours.opens, hours.closes, False),
        "where": words.text(channel.address).text,
        "late": words.strings("late.title"),
        "complain": words.text(asked.complaints[0].title).text,
        "law": words.text(asked.legal_basis[0].title).text,
        "reviewed": words.wording.date(asked.review.reviewed_on),
        "kept": words.strings(f"closed.verdict.{level['verdict']}"),
    }


def phone(chromium: Browser, *, script: bool) -> AbstractContextManager[tuple[Page, Log]]:
    """Return a small phone whose pages do not slide to where a link leads, so that what is seen can be measured at once."""
    return opened(chromium, SCREEN["width"], java_script_enabled=script, reduced_motion="reduce")


def seen(page: Page, answer: str) -> bool:
    """Return whether these words stand on the screen, whole."""
    places = page.get_by_text(answer.replace("\u00a0", " "), exact=False).all()
    boxes = [box for box in (place.bounding_box() for place in places if place.is_visible()) if box]
    return any(box["y"] >= 0 and box["y"] + box["height"] <= SCREEN["height"] for box in boxes)


def unanswered(asked: Asked) -> list[str]:
    """Return the questions whose answer is not on the screen after at most one tap on the page of the service."""
    start, missing = asked.page.url, []
    for place in dict.fromkeys(QUESTIONS.values()):
        asked.page.goto("about:blank")
        asked.page.goto(start)
        link = asked.page.locator(f"nav.onpage a[href='#{place}']")
        if link.count():
            link.click()
        missing += [one for one in QUESTIONS if QUESTIONS[one] == place and not seen(asked.page, asked.answers[one])]
    return missing


@pytest.mark.parametrize("language", ["th", "en"])
def test_ten_questions_are_answered_in_two_taps_from_the_search(
    chromium: Browser, site: Path, address: str, language: str
) -> None:
    """Everyday words find the service first; then each question is answered on the screen of a small phone."""
    with phone(chromium, script=True) as (page, log):
        page.set_viewport_size(SCREEN)
        page.goto(f"{address}{PREFIX[language]}")
        page.locator("#q").fill(TYPED[language])
        page.locator("#q").press("Enter")
        result = page.locator("#search-results a").first
        expect(result).to_be_visible()
        result.click()
        expect(page).to_have_url(f"{address}{PREFIX[language]}agencies/{'/'.join(LOST_CARD)}/")

        assert set(QUESTIONS) == set(answers(site, language))
        assert unanswered(Asked(page, answers(site, language))) == []
        assert log.console == []


@pytest.mark.parametrize("language", ["th", "en"])
def test_without_a_script_a_letter_leads_there(chromium: Browser, site: Path, address: str, language: str) -> None:
    """The same form leads to all services by letter: a letter and the name are two taps, each question at most one more."""
    words = words_of(language)
    title = words.text(service().title).text
    with phone(chromium, script=False) as (page, log):
        page.set_viewport_size(SCREEN)
        page.goto(f"{address}{PREFIX[language]}")
        page.locator("#q").fill(TYPED[language])
        page.locator("#q").press("Enter")
        letter = initial(sorted_name(title, words), language)
        page.locator("#search-az nav.initials").get_by_role("link", name=letter, exact=True).click()
        assert seen(page, letter)
        page.get_by_role("link", name=title, exact=True).click()

        assert page.get_by_role("heading", level=1).inner_text() == title
        assert unanswered(Asked(page, answers(site, language))) == []
        assert log.failed == []
