"""What pages made of manuals say (life events, documents) follows from the tables, as SQL finds it by itself."""

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from made import AS_OF, CONTEXT, made_agency, made_catalog, made_data, made_level, made_service, made_target
from test_journey import Net, nets
from test_pages import words_of

from generator.case.journey import Charge, Need, Paper
from generator.model import Catalog, Service, SharedDocument, Topic
from generator.stats import measure_agency
from generator.verify import verify
from generator.views.datasets.agency import Publication, agency_tables
from generator.views.datasets.files import write
from generator.views.datasets.shared import catalog_json
from generator.views.datasets.whole import join_parts
from generator.views.documents import document_pages
from generator.views.journeys import journey_pages
from generator.views.page import PageView
from generator.views.summary import card_of
from generator.website.fragments import PageWords, render_body

EXAMPLES = 20 if settings.default.max_examples == 100 else settings.default.max_examples // 5
QUESTIONS = ({"id": "a", "ask": "Is it so?"}, {"id": "n", "ask": "How many?", "unit": "of them", "from": 1, "to": 9})
TIERS = {"question": "n", "rates": ({"rate": "1.50"},)}
TARGET = made_target("2025-10-01")
DIGIT = re.compile(r"\d(?![^<]*>)")
TYPED = re.compile(r'<data value="[^"]*\*[^"]*">.*?</data>|&#\d+;', re.DOTALL)

# ---- a site of such pages and their tables alone ----


def catalog() -> Catalog:
    """One life event, and a shared list of two papers."""
    event = Topic.model_validate({"id": "move", "title": "Moving"}, context=CONTEXT)
    documents = [{"id": "plan", "title": "Plan", "held_by_state": True}, {"id": "photo", "title": "Photograph"}]
    listed = {one["id"]: SharedDocument.model_validate(one, context=CONTEXT) for one in documents}
    return replace(made_catalog(), life_events={"move": event}, documents=listed)


def write_site(site: Path, services: Iterable[tuple[str, Service]]) -> None:
    """Write the tables of services ("agency", service) and their pages of life events and documents, in English."""
    known, cards = catalog(), []
    publication = Publication(known, AS_OF, ())
    parts: dict[str, list[str]] = {name: [] for name in publication.tables}
    for agency_id, of_agency in groupby(sorted(services, key=lambda one: (one[0], one[1].id)), key=lambda one: one[0]):
        data = made_data([], [service for _, service in of_agency], made_agency(id=agency_id))
        result = measure_agency(known, data, AS_OF)
        for name, part in agency_tables(known, data, result).parts.items():
            parts[name].append(part)
        cards.append(card_of(known, data, result, AS_OF))
    for name, found in parts.items():
        join_parts(site, publication.tables[name], found)
    write(site / "data/catalog.json", catalog_json(publication))
    words = words_of("en", "en")
    for view in (*journey_pages(known, cards, words), *document_pages(known, cards, words)):
        write(site / view.path / "index.html", page_of(view))


def page_of(view: PageView) -> str:
    """Return the part of a page that is verified."""
    words = words_of("en", "en")
    return f'<html lang="en"><main>{render_body(view, PageWords("en", words.strings, words.wording, "", ""))}</main>'


def service_of(need: Need) -> tuple[str, Service]:
    """Return the service that asks and promises this."""
    agency_id, _, service_id = need.name.partition("/")
    limit = {"limit": {"value": need.time.value, "unit": need.time.unit}} if need.time else {}
    more: dict[str, Any] = {"after": need.after, "life_events": need.events, "inherits": need.manual}
    asked = {"documents": _listed(map(_document, need.papers or ())) if need.papers is not None else None}
    asked["fees"] = _listed(map(_fee, need.fees or ())) if need.fees is not None else None
    known = {name: value for name, value in asked.items() if value is not None}
    wanted = {name: value for name, value in {**more, "requirements": known}.items() if value}
    return agency_id, made_service(
        service_id, [made_level(targets=[{**TARGET, **limit}])], questions=QUESTIONS, **wanted
    )


def _listed(lines: Iterable[dict[str, Any]]) -> object:
    return tuple(lines) or "none"


def _document(paper: Paper) -> dict[str, Any]:
    numbers = {"originals": paper.originals, "copies": paper.copies}
    some = {"if": paper.if_} if paper.if_ else {}
    return {"title": paper.key, **{name: value for name, value in numbers.items() if value is not None}, **some}


def _fee(fee: Charge) -> dict[str, Any]:
    amount = {"tiers": TIERS} if fee.amount is None else {"amount": f"{fee.amount:f}"}
    return {"title": "Fee", "currency": fee.currency, **amount, **({"if": fee.if_} if fee.if_ else {})}


@settings(max_examples=EXAMPLES)
@given(nets())
def test_any_net_of_services_is_worked_out_again(net: Net) -> None:
    """Steps, papers, the longest ways, fees and offices: two programs that share nothing find the same in every net."""
    with TemporaryDirectory() as folder:
        write_site(Path(folder), map(service_of, net.values()))

        assert list(verify(Path(folder))) == []


# ---- one site that has every kind of number, and what becomes of it when something is another one ----


def town(agency_id: str, service_id: str, days: Any, after: tuple[str, ...] = (), **more: Any) -> tuple[str, Service]:
    """Return a service of the life event that promises a number of working days."""
    limit = {"limit": {"value": Decimal(str(days)), "unit": more.pop("unit", "working_day")}}
    levels = [made_level(targets=[{**TARGET, **limit}])]
    known = {"life_events": ("move",), "questions": QUESTIONS, **({"after": after} if after else {}), **more}
    return agency_id, made_service(service_id, levels, **known)


def fee(amount: str, **more: Any) -> dict[str, Any]:
    """Return a fee."""
    return {"title": "Fee", "amount": amount, "currency": "THB", **more}


def services() -> Iterator[tuple[str, Service]]:
    """Ten towns that share a manual, what comes before and after, months beside days, fees of every kind."""
    plan = {"document": "plan", "originals": 2, "copies": 3}
    photo = {"document": "photo", "copies": 1}
    own = {"document": "photo", "copies": 4, "if": {"n": {"from": 2, "to": 7}}}
    yield town(
        "land", "survey", 3, requirements={"documents": (plan, own), "fees": (fee("20.25"), fee("5", per="page"))}
    )
    yield town(
        "land",
        "deed",
        2,
        ("land/survey",),
        unit="month",
        requirements={"documents": (plan, photo, own), "fees": "none"},
    )
    for at in range(10):
        asked = {"documents": (plan, photo), "fees": (fee("10.50"), fee("7", when="at night"))}
        yield town(f"town-{at}", "house", 9, ("land/survey",), inherits="house", requirements=asked)
    for at in range(2):
        differing = {"documents": "none", "fees": (fee(str(30 + at)),)}
        yield town(f"town-{at}", "water", 1, inherits="water", requirements=differing, unit="hour")
    taxed = {
        "documents": (photo, {"title": "A letter", "copies": 2}),
        "fees": ({"title": "Tax", "currency": "THB", "tiers": TIERS}, fee("900", currency="USD")),
    }
    yield town("roads", "road", 90, requirements=taxed, unit="minute", scope={"channels": ONLINE})
    yield "town-0", made_service("bin", life_events=("move",))
    yield town("town-0", "old", 4, requirements={"documents": (plan,), "fees": (fee("1"),)}, status="retired")


ONLINE = ({"id": "site", "type": "online", "title": "Site"},)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return that site."""
    write_site(tmp_path, services())
    return tmp_path


def test_every_number_of_every_kind_follows(site: Path) -> None:
    """The site has each kind of number once at least, and nothing differs."""
    told = (site / "life-events/move/index.html").read_text("utf-8")
    kinds = ("lengths.month:", "lengths.working_day:", "paid.amount:added", "opens:+steps:paid=differing", "steps:paid=unstated",
             "papers.originals:", "papers.copies:", "documents.copies:", "fees.amount:number", "offices:remote", "papers:held",
             "agency_id~8", "~8", "steps:papers=0", "steps:timed=1", "steps.time:", "steps:;agencies")  # fmt: skip

    assert [kind for kind in kinds if kind not in told] == []
    assert list(verify(site)) == []


def test_any_digit_of_any_page_is_found(site: Path) -> None:
    """Whichever digit is another one, of those that nobody typed, its page is named."""
    chance = random.Random(20261123)
    for page in sorted(site.rglob("index.html")):
        html = page.read_text("utf-8")
        free = [found.span() for found in TYPED.finditer(html)]
        digits = [one.start() for one in DIGIT.finditer(html) if not any(a <= one.start() < b for a, b in free)]
        for at in chance.sample(digits, min(len(digits), 12)):
            other = chance.choice([digit for digit in "0123456789" if digit != html[at]])
            page.write_text(f"{html[:at]}{other}{html[at + 1 :]}", "utf-8")

            assert {one[0] for one in verify(site)} == {page.parent.relative_to(site).as_posix()}, html[
                at - 90 : at + 9
            ]
        page.write_text(html, "utf-8")


@pytest.mark.parametrize(
    ("times", "told"),
    [
        ([(1, "hour"), (90, "minute")], ["lengths.hour:number=1 lengths.minute:number=1"]),
        ([(2, "working_day"), (15, "working_hour")], ["lengths.working_day:number=1", "lengths.working_hour:number=2"]),
        ([(2, "working_day"), (14, "working_hour")], ["lengths.working_day:number=1"]),
        ([(1, "month"), (30, "calendar_day")], ["lengths.month:number=1", "lengths.calendar_day:number=2"]),
        ([(0.5, "working_day"), (3, "working_hour")], ["lengths.working_day:number=1"]),
    ],
)  # fmt: skip
def test_times_are_compared_as_units_allow(tmp_path: Path, times: list[tuple[Any, str]], told: list[str]) -> None:
    """Minutes become hours where steps follow; seven working hours are no longer than a day; days and months stay apart."""
    chained = {unit for _, unit in times} <= {"hour", "minute"}
    after = [("land/step-0",) if chained and at else () for at in range(len(times))]
    steps = [town("land", f"step-{at}", value, after[at], unit=unit) for at, (value, unit) in enumerate(times)]
    write_site(tmp_path, steps)
    page = (tmp_path / "life-events/move/index.html").read_text("utf-8")

    assert re.findall(r'<p><b><data value="(lengths[^"]*)"', page) == told
    assert list(verify(tmp_path)) == []


CHANGES = [
    ("documents", "plan,plan", "plan,map"), ("documents", "plan,plan", ",plan"), ("documents", ",true,2,3,", ",false,2,3,"),
    ("documents", ",true,2,3,", ",true,4,3,"), ("documents", ",true,2,3,", ",true,2,4,"), ("documents", "n=2..7", ""),
    ("fees", ",20.25,", ",20.26,"), ("fees", ",5,THB", ",5,USD"), ("fees", ",at night,", ",,"), ("fees", "false,true,", "false,false,"),
    ("fees", ",900,", ",901,"), ("fees", "town-1,water,1,Fee,31", "town-1,water,1,Fee,30"),
    ("services", ",land/survey,", ",,"), ("services", ",move,", ",,"), ("services", ",house,,move", ",,,move"),
    ("services", ",online,", ",counter,"), ("services", ",retired,", ",active,"), ("targets", ",9,working_day", ",8,working_day"),
    ("targets", ",9,working_day", ",9,calendar_day"), ("service_levels", "processing_time,,", "processing_time,,a=true"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "old", "new"), CHANGES)
def test_another_cell_is_found(site: Path, table: str, old: str, new: str) -> None:
    """A table that says another number, another paper, other conditions or another order than the pages is found."""
    path = site / f"data/{table}.csv"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")

    assert list(verify(site)) != []
