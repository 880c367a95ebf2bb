"""The filters of the templates: what they add is theirs, and everything that they are given is escaped."""

from datetime import date

import pytest
from markupsafe import Markup

from generator.texts import Wording, load_strings
from generator.views.page import Link
from generator.views.places import Phone, phone_of
from generator.views.results_table import Row, Table
from generator.views.states import Badge
from generator.views.words import Block, Line, Prose, Said, Words
from generator.website.marked import FILTERS, badge, between, figures, item, link, phone, prose, said, segments

EVIL = '<b onload="x">&'
SAFE = "&lt;b onload=&#34;x&#34;&gt;&amp;"
MET = Badge("met", "m-met", EVIL)


def paragraph(text: str, language: str = "") -> Prose:
    """Return an agency's text of one paragraph."""
    return Prose((Block("paragraph", (text,)),), language)


@pytest.mark.parametrize(
    "made",
    [
        said(EVIL),
        said(Line(EVIL)),
        said(Said(EVIL)),
        said(Said(EVIL, "en")),
        said((Said(Line(EVIL)), Said(EVIL, "en"))),
        prose(paragraph(EVIL), EVIL),
        item(Prose((Block("list", (EVIL, EVIL)),))),
        item(paragraph(EVIL, "en")),
        segments(Line(f"{EVIL} · {EVIL}")),
        badge(MET),
        link(Link(EVIL, f"agencies/{EVIL}/"), "../"),
        link(Link(EVIL, ""), "../"),
        phone(Phone(EVIL, EVIL)),
        phone(Phone(EVIL, "")),
        figures(Table(Line(""), (), (Row(EVIL, True, EVIL, MET, EVIL, (EVIL, EVIL), EVIL, True),))),
        between([EVIL, EVIL], "<br>"),
    ],
)
def test_everything_is_escaped(made: Markup) -> None:
    """No text that is printed becomes an element or an attribute."""
    assert isinstance(made, Markup)
    assert "<b onload" not in made
    assert SAFE in made


@pytest.mark.parametrize(
    ("typed", "dialled"),
    [
        ("1584", "1584"),
        ("0 2000 0200 ต่อ 3", "020000200"),
        ("+66 (2) 000-0200", "+6620000200"),
        ("*21*020000200#", ""),
        ("1584#*21*1", "1584"),
        ("๑๕๘๔", ""),
        ("+", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_a_telephone_dials_digits_alone(typed: str, dialled: str) -> None:
    """What is dialled is the first number, without the signs that set a telephone up."""
    assert phone_of(typed) == Phone(typed, dialled)


def test_no_text_forges_the_place_of_another() -> None:
    """A text that is spelt as the name of another, or as the mark that held its place, is said as it was typed."""
    words = Words("th", load_strings("th"), Wording(load_strings("th")), "th", date(2026, 11, 22))
    own = "\u2060unit_name\u2060 {unit_name} unit_name"
    before, office, after = words.mixed("late.2", unit_name=Said("Office", "en"), phone=own)

    assert office == Said("Office", "en")
    assert f"{before.text}…{after.text}" == words.line("late.2", unit_name="…", phone=own)


def test_a_figure_stays_with_its_unit() -> None:
    """The interface's no-break spaces become elements that Thai browsers keep on one line; a plain string has none."""
    assert said(Line("ภายใน 15\u00a0วัน ทำการ")) == 'ภายใน <span class="n">15\u00a0วัน</span> ทำการ'
    assert said("15\u00a0วัน") == "15\u00a0วัน"


def test_another_language_is_marked() -> None:
    """A text in another language than the page's says which, and keeps its spaces to itself."""
    assert said(Said("15\u00a0days", "en")) == '<span lang="en">15\u00a0days</span>'
    assert said((Said(Line("คือ ")), Said("it", "en"))) == 'คือ <span lang="en">it</span>'


@pytest.mark.parametrize(
    ("path", "address"),
    [("agencies/a/", "../../agencies/a/"), ("#fees", "#fees"), ("https://example.go.th/", "https://example.go.th/")],
)
def test_links_lead_from_the_page(path: str, address: str) -> None:
    """A path starts at the edition's root; a place on the page and a whole address stay as they are."""
    assert link(Link("there", path), "../../") == f'<a href="{address}">there</a>'


def test_a_row_is_one_promise_under_its_columns() -> None:
    """A row names its period as the data does, and has its state and a cell for each figure; one that is not in the data says what its numbers are."""
    row = Row("2026-10", "", "ต.ค. 2569", Badge("met", "m-met", "ทำได้"), "15 วัน", ("91.2%", "912"), "ชั่วคราว", False)

    noted = Table(Line(""), (), (row, row._replace(code="FY2026", claims="at target_limit@2026-01-01", first=True)))
    bare = Table(Line(""), (), (row._replace(note=""),))

    assert figures(bare).endswith("<td>91.2%</td><td>912</td></tr>")
    assert figures(noted).split("\n") == [
        '<tr data-at="2026-10"><th scope="row">ต.ค. 2569</th>'
        '<td><span class="verdict met"><svg class="mark met" aria-hidden="true">'
        '<use href="#m-met"/></svg>ทำได้</span></td>'
        "<td>15 วัน</td><td>91.2%</td><td>912</td><td>ชั่วคราว</td></tr>",
        '<tr class="first" data-at="FY2026" data-figures="at target_limit@2026-01-01"><th scope="row">ต.ค. 2569</th>'
        '<td><span class="verdict met"><svg class="mark met" aria-hidden="true">'
        '<use href="#m-met"/></svg>ทำได้</span></td>'
        "<td>15 วัน</td><td>91.2%</td><td>912</td><td>ชั่วคราว</td></tr>",
    ]


def test_templates_find_every_filter() -> None:
    """The names that templates use are those of the functions."""
    assert {name: made.__name__ for name, made in FILTERS.items()} == {name: name for name in FILTERS}
