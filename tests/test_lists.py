"""Lists of the whole site: nothing is lost between pages, order is that of a dictionary, and names find what they should."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from made import AS_OF, made_agency, made_catalog, made_data, made_level, made_row, made_service, made_target

from generator.locales import load_strings, placeholders
from generator.model import Catalog, Topic
from generator.results import Rollup, Tally
from generator.stats import measure_agency
from generator.texts import Wording
from generator.views.changes import Change, changes_of
from generator.views.groups import GROUP_KINDS, groups_on
from generator.views.listing import PER_PAGE, listings, named, whole_letters
from generator.views.news import news_of
from generator.views.rules import GROUPS, WARNINGS, codes_of, group_of, severity_of
from generator.views.search_entries import entries_of, groups_of
from generator.views.summary import AgencyCard, ServiceCard, card_of
from generator.views.tally import tally_view, time_lines
from generator.views.translated import languages_of
from generator.views.words import Said, Words

BROKEN = Path(__file__).parent / "broken"
TH_EN = ("th", "en")


def words_of(language: str) -> Words:
    """Return what the views speak with; English is the catalog's first language."""
    strings = load_strings(language)
    return Words(language, strings, Wording(strings, "buddhist", 10), "en", AS_OF)


def a_card(catalog: Catalog | None = None, agency: Mapping[str, Any] | None = None, **service: Any) -> AgencyCard:
    """Return the card of an agency with one service that reported one month."""
    catalog = catalog or made_catalog(languages=("en", "th"))
    data = made_data([made_row("2026-09", 100, 91)], [made_service(**service)], made_agency(**agency or {}))
    return card_of(catalog, data, measure_agency(catalog, data, AS_OF), AS_OF)


def many(titles: Sequence[str]) -> list[ServiceCard]:
    """Return services of these names, of one agency."""
    card = a_card().services[0]
    return [replace(card, id=f"s{number}", title={"en": title, "th": title}) for number, title in enumerate(titles)]


def test_no_service_is_lost_between_the_pages_of_a_list() -> None:
    """Every service stands on one page, pages are full but not over full, and their guide words differ."""
    services = many([f"Service {number:05}" for number in range(3 * PER_PAGE + 1)])

    pages = list(listings(services, {"office": Said("Office")}, words_of("en"), ("services/a-z/", "services:")))

    rows = [[row.service.path for letter in page.letters for row in letter.rows] for _, page in pages]
    assert sorted(path for page in rows for path in page) == sorted(service.path for service in services)
    assert all(len(page) <= PER_PAGE for page in rows)
    assert [path for path, _ in pages] == [f"services/a-z/{at}" for at in ("", "2/", "3/", "4/")]
    guides = [one.link.text for one in pages[0][1].pages]
    assert len(set(guides)) == len(guides)
    assert [one.current for one in pages[2][1].pages] == [False, False, True, False]


def test_a_short_list_has_no_other_pages() -> None:
    """One page needs no way to others."""
    [(path, page)] = listings(
        many(["A", "B"]), {"office": Said("Office")}, words_of("en"), ("services/topics/x/", "services:topics=x")
    )

    assert path == "services/topics/x/"
    assert page.pages == ()
    assert [letter.letter.text for letter in page.letters] == ["A", "B"]


def test_thai_names_are_sorted_as_a_dictionary_does_after_the_syllable_that_all_have() -> None:
    """A vowel before its consonant counts after it, and การ is passed over unless it is part of another syllable."""
    titles = ["การโอนรถ", "การแจ้งเกิด", "การ์ดสมาชิก", "การขอบัตร", "ชำระภาษี", "การจดทะเบียน"]

    ordered = [title.text for _, title, _ in named(many(titles), words_of("th"))]

    assert ordered == ["การ์ดสมาชิก", "การขอบัตร", "การจดทะเบียน", "การแจ้งเกิด", "ชำระภาษี", "การโอนรถ"]


def test_every_letter_leads_to_its_first_service() -> None:
    """The links name each letter once, in order, and lead to the page where it begins, which has it."""
    titles = [f"{letter}{number:03}" for letter in "AbCd" for number in range(PER_PAGE // 2 + 1)]

    pages = list(listings(many(titles), {"office": Said("Office")}, words_of("en"), ("services/a-z/", "services:")))

    links = pages[0][1].initials
    begun = {letter.id: path for path, page in reversed(pages) for letter in page.letters}
    assert [link.text for link in links] == ["A", "B", "C", "D"]
    assert [link.path for link in links] == [f"{begun[f'letter-{one}']}#letter-{one}" for one in "abcd"]
    assert len({page.initials for _, page in pages}) == 1


def test_a_list_that_is_read_at_a_glance_has_no_letters_to_choose() -> None:
    """Links to letters stand only above a list that is longer than they are."""
    [(_, page)] = listings(many(["A", "B"]), {"office": Said("Office")}, words_of("en"), ("services/a-z/", "services:"))

    assert page.initials == ()


def test_guide_words_are_not_cut_within_a_thai_syllable() -> None:
    """A mark stays on its letter and a leading vowel keeps its consonant."""
    assert whole_letters("การขึ้น", 4) == "การขึ้"
    assert whole_letters("โอนรถ", 1) == "โอ"
    assert whole_letters("Tax", 1) == "T"


def test_groups_have_only_services_that_name_them() -> None:
    """A topic that nothing names has no page; channels and types stand in the order of the contract."""
    topics = {name: Topic(id=name, title={"en": name}) for name in ("cars", "homes")}
    catalog = replace(made_catalog(languages=("en", "th")), topics=topics)
    scope = {
        "channels": (
            {"id": "web", "type": "online", "title": "Web"},
            {"id": "desk", "type": "counter", "title": "Desk"},
        )
    }
    card = a_card(catalog, topics=("cars",), scope=scope)
    found = {kind: [group.id for group in groups_on(catalog, [card], words_of("en"), kind)] for kind in GROUP_KINDS}

    assert found == {"topics": ["cars"], "life_events": [], "channels": ["counter", "online"], "types": ["permit"]}


def test_search_finds_a_service_by_its_agency_channel_and_everyday_names() -> None:
    """An entry holds its names in the reader's language; groups hold the agency's short names, never the other way."""
    catalog = made_catalog(languages=("en", "th"))
    title = {"en": "Food and Drug Administration", "th": "สำนักงานคณะกรรมการอาหารและยา"}
    scope = {"channels": ({"id": "web", "type": "online", "title": "Web"},)}
    card = a_card(catalog, {"title": title}, also_called={"th": ("ขึ้นทะเบียนยา",)}, scope=scope)

    [entry] = entries_of(card, words_of("th"))
    groups = {group.id: group.names for group in groups_of(catalog, [card], words_of("th"))}

    assert entry.names == ("ขึ้นทะเบียนยา",)
    assert entry.groups == ("agency:office", "channel:online")
    assert "อย" in groups["agency:office"]
    assert "ออนไลน์" in groups["channel:online"]
    assert not any("คณะกรรมการอาหาร" in name for name in entry.names)


@pytest.mark.parametrize("language", TH_EN)
def test_every_kind_of_channel_has_everyday_words(language: str) -> None:
    """A kind of channel without words to type would be found by its official name only."""
    patterns = load_strings(language).patterns
    kinds = {key.split(".")[-1] for key in patterns if key.startswith("closed.channel_type.")}

    assert {key.split(".")[-1] for key in patterns if key.startswith("search.channel_words.")} == kinds


def test_a_service_is_translated_when_every_text_of_it_is() -> None:
    """One text without Thai is enough; everyday names owe no translation."""
    texts = {"en": "Permit", "th": "ใบอนุญาต"}
    level = made_level(title=texts, targets=(made_target("2025-10-01"),))
    whole = made_service(title=texts, levels=(level,), also_called={"en": ("pass",)})
    part = made_service(title=texts, levels=(level,), summary={"en": "Who needs it"})

    assert languages_of(whole, ("en", "th")) == ("en", "th")
    assert languages_of(part, ("en", "th")) == ("en",)


def changes(*targets: dict[str, Any], rows: Sequence[Any] = ()) -> list[Change]:
    """Return the changes of one promise with these targets."""
    catalog = made_catalog()
    data = made_data(rows, [made_service(levels=(made_level(targets=targets),))])
    return sorted(changes_of(measure_agency(catalog, data, AS_OF), AS_OF), key=lambda one: one.day)


def limited(value: int, unit: str) -> dict[str, Any]:
    """Return a limit as a file has it."""
    return {"limit": {"value": value, "unit": unit}}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (limited(60, "minute"), limited(30, "minute"), "Promises to be faster: from 60 minutes to 30 minutes"),
        (limited(2, "hour"), limited(150, "minute"), "Promises to be slower: from 2 hours to 150 minutes"),
        (limited(1, "working_day"), limited(1, "calendar_day"), "Promise changed: from 1 working day to 1 day"),
        (
            {"share": "0.8"},
            {"share": "0.9"},
            "Promises a larger share: from at least 80 in 100 cases to at least 90 in 100 cases",
        ),
    ],
)
def test_a_changed_promise_is_told_by_its_direction(old: dict[str, Any], new: dict[str, Any], told: str) -> None:
    """Faster and slower are said only of times that can be compared."""
    targets = (made_target("2025-10-01", "2026-08-31", **old), made_target("2026-09-01", **new))

    [change] = [one for one in changes(*targets) if one.kind == "changed"]
    [item] = news_of(words_of("en"), [change])

    assert [line.line.replace("\u00a0", " ") for line in item.told] == [told]
    assert item.iso == "2026-09-01"


def test_what_is_old_or_still_to_come_is_no_news() -> None:
    """A change of more than a year ago and one that is only announced are left out."""
    targets = (
        made_target("2024-01-01", "2025-09-30"),
        made_target("2025-10-01", "2026-12-31", share="0.8"),
        made_target("2027-01-01", share="0.7"),
    )

    assert changes(*targets) == []


def test_a_correction_is_told_with_both_pairs_of_counts() -> None:
    """The old counts stay readable beside the new ones; without a day of report nothing can be dated."""
    rows = [
        made_row("2026-09", 120, 105),
        made_row("2026-09", 120, 103, revision=1, reported_on=date(2026, 11, 20), line=3),
        made_row("2026-08", 90, 80, line=4),
        made_row("2026-08", 90, 81, revision=1, line=5),
    ]

    revised = [one for one in changes(made_target("2024-01-01"), rows=rows) if one.kind == "revised"]

    [item] = news_of(words_of("en"), revised)
    assert item.told[0].line.replace("\u00a0", " ") == "Figures for Sep 2026 revised: from 105 of 120 to 103 of 120"


def test_a_strip_is_as_wide_as_the_page() -> None:
    """The parts and the gaps between them fill 100 per cent; what nobody has takes no room."""
    tally = Tally(met=60, missed=20, no_target=10, reported=80, due=90)

    shown = tally_view(words_of("en"), tally, [], ())

    last = shown.strip[-1]
    assert [part.kind for part in shown.strip] == ["met", "missed", "no_target"]
    assert float(last.x) + float(last.width) == pytest.approx(100, abs=0.02)
    assert shown.dots == ()
    assert shown.figure.replace("\u00a0", " ") == "60 of 80 promises"


def test_sums_of_different_grains_are_never_added() -> None:
    """Where agencies report months and years, the larger sum is told, and which reports it is of."""
    card = a_card()
    assert card.summary
    [monthly] = card.summary.rollups
    yearly = replace(monthly, grain="year", span=replace(monthly.span, volume=10, within_target=9))
    told = [time_lines(words_of("en"), rollups, "nation.time") for rollups in ([monthly], [monthly, yearly])]

    assert isinstance(monthly, Rollup)
    assert all(len(lines) == 1 for lines in told)
    assert "91 of 100" in told[1][0].replace("\u00a0", " ")
    assert "monthly reports only" in told[1][0]
    assert "only ·" not in told[0][0]


def test_warnings_are_those_that_reports_call_so() -> None:
    """The page of rules gives each code the severity that its report gives it."""
    said = {}
    for path in sorted(BROKEN.glob("*/expected.txt")):
        for severity, code in re.findall(r" (error|warning)  \[([a-z0-9-]+)\]", path.read_text(encoding="utf-8")):
            said[code] = severity

    assert said
    assert {code: severity_of(code) for code in said} == said
    assert set(codes_of(words_of("en"))) >= WARNINGS


@pytest.mark.parametrize("language", TH_EN)
def test_what_differs_from_case_to_case_has_a_name(language: str) -> None:
    """A rule shows [value found] and no word of the program; the names of columns stand for themselves."""
    patterns = load_strings(language).patterns
    facts = {name for key, pattern in patterns.items() if key.startswith("problem.") for name in placeholders(pattern)}
    columns = {key.removeprefix("data.") for key in patterns if key.startswith("data.")}

    assert sorted(name for name in facts - columns if f"rules.fact.{name}" not in patterns) == []


def test_every_rule_belongs_to_a_group() -> None:
    """The last group takes what no other does, and each group has rules."""
    groups = {group_of(code) for code in codes_of(words_of("en"))}

    assert groups == {name for name, _ in GROUPS}
