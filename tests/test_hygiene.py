import random

import pytest

from generator.intake.hygiene import check_text, shown
from generator.problems import Place, Word

SEED = 20260101
NOTE = Place("agencies/a/performance/b.csv", (2, "note_th"))
SUMMARY = Place("agencies/a/services/b.yml", ("summary", "th"))


def codes(value: object, place: Place = SUMMARY) -> list[str]:
    """Return the codes of what is wrong with a value."""
    return [problem.code for problem in check_text(place, value)]


def citizen_id(first: str) -> str:
    """Return twelve digits with the thirteenth that makes them a citizen id."""
    total = sum(int(digit) * weight for digit, weight in zip(first, range(13, 1, -1), strict=True))
    return first + str((11 - total % 11) % 10)


@pytest.mark.parametrize(
    "character",
    ["\t", "\x00", "\x7f", "\x85", "\u202e", "\u200f", "\u2066", "\u2028", "\u2029", "\ufeff", "\ue000", "\U000e0041"],
)
def test_characters_that_nobody_sees_are_refused(character: str) -> None:
    """The report names the character and where in the text it stands."""
    (problem,) = check_text(SUMMARY, f"ก่อน{character}หลัง")

    assert (problem.code, problem.severity) == ("text-hidden-character", "error")
    assert problem.facts["column"] == 5
    assert str(problem.facts["name"]).startswith(f"U+{ord(character):04X}")


def test_a_lone_surrogate_is_refused() -> None:
    """It can be typed as an escape, and would stop every writer of files."""
    assert codes("x\ud800") == ["text-hidden-character"]
    assert shown("x\ud800") == "x\\ud800"


@pytest.mark.parametrize(
    "text", ["คำ\u200bต่อ\u200bคำ", "co\u00adoperate", "👨\u200d👩\u200d👧", "บรรทัด\n\n- รายการ", "นํ้า เเละ"]
)
def test_what_writers_need_is_kept(text: str) -> None:
    """Zero-width spaces, joiners, soft hyphens, lines, emoji, decomposed SARA AM and double SARA E are text."""
    assert codes(text) == []


def test_zero_width_characters_are_refused_in_ids_and_addresses() -> None:
    """Nobody sees why such an id is not found."""
    assert codes({"email": "a\u200b@example.go.th", "title": "ก\u200bข"}, Place("f.yml")) == ["text-hidden-character"]


def test_a_note_is_a_text_and_any_other_cell_is_a_code() -> None:
    """Of a table only notes may hold what writers need."""
    cell = Place("agencies/a/performance/b.csv", (2, "service_id"))

    assert codes("คำ\u200bต่อ", NOTE) == []
    assert codes("a\u200bb", cell) == ["text-hidden-character"]


@pytest.mark.parametrize("character", ["\u200b", "\u200c", "\u200d", "\u2060", "\u00ad"])
def test_each_character_without_a_width_is_told_by_its_name(character: str) -> None:
    """In a code; nobody sees it there."""
    (problem,) = check_text(Place("f.yml"), {"id": f"ab{character}c"})

    assert (problem.facts["field"], problem.facts["column"]) == ("id", 3)
    assert str(problem.facts["name"]).startswith(f"U+{ord(character):04X} ")


@pytest.mark.parametrize(
    ("text", "code", "facts"),
    [
        ("1101700203450", "personal-citizen-id", {"contact": Word("report.contact")}),
        ("0812345678", "personal-contact", {}),
        ("a@example.go.th", "text-email", {}),
        ("02-123-4567", "text-phone", {}),
    ],
)
def test_whose_data_it_is_is_never_told(text: str, code: str, facts: dict[str, object]) -> None:
    """The problem names the field; wherever the text stands in a map, a list, or both."""
    for value, route in (
        ({"summary": text}, ("summary",)),
        ({"summary": {"th": text}}, ("summary", "th")),
        ({"a": {"summary": {"th": text}}}, ("a", "summary", "th")),
        ({"criteria": ("x", {"th": text})}, ("criteria", 1, "th")),
    ):
        (problem,) = check_text(Place("f.yml"), value)
        field = "criteria" if route[0] == "criteria" else "summary.th" if route[-1] == "th" else "summary"
        assert (problem.code, problem.place) == (code, Place("f.yml", route))
        assert problem.facts == {"field": "th" if field == "criteria" else field, **facts}


def test_every_number_of_a_text_is_masked() -> None:
    """The second as well as the first, and what stands between them is left."""
    assert shown("081-234-5678 หรือ 089-876-5432") == "••• หรือ •••"
    assert shown("a@gmail.com, 1101700203450") == "•••, •••"


@pytest.mark.parametrize(("first", "is_a_persons"), [("9", False), ("8", True), ("1", True), ("0", False)])
def test_persons_numbers_begin_with_one_to_eight(first: str, is_a_persons: bool) -> None:
    """Others belong to companies and offices."""
    assert codes(citizen_id(first + "10170020345")) == (["personal-citizen-id"] if is_a_persons else [])


@pytest.mark.parametrize("key", ["id", "url", "email", "phone", "law", "document", "calendar", "question", "inherits"])
def test_nobody_sees_what_keeps_a_name_from_being_found(key: str) -> None:
    """In each key whose value is looked up or dialled."""
    assert codes({key: "a\u200bb"}, Place("f.yml")) == ["text-hidden-character"]
    assert codes({"note": "a\u200bb"}, Place("f.yml")) == []


@pytest.mark.parametrize("key", ["url", "source", "repository", "same_as"])
def test_an_address_is_looked_at_under_each_of_its_keys(key: str) -> None:
    """It is safe, of letters that it shows, and no numbers in it are anybody's."""
    assert codes({key: "http://example.go.th"}, Place("f.yml")) == ["url-not-https"]
    assert codes({key: "https://xn--80ak6aa92e.com"}, Place("f.yml")) == ["url-look-alike"]
    assert codes({key: "https://example.go.th/a@example.go.th/02-123-4567"}, Place("f.yml")) == []


@pytest.mark.parametrize(
    ("route", "field"),
    [
        (("questions", 0, "ask"), "ask"),
        (("questions", 0, "ask", "th"), "ask.th"),
        (("title", "zh-Hant"), "title.zh-Hant"),
        (("th",), "th"),
        (("scope", "channels", 1), "channels"),
        (("scope", "Note"), "Note"),
        (("scope", "note"), "note"),
        ((), ""),
    ],
)
def test_a_text_by_language_is_named_with_its_key(route: tuple[str | int, ...], field: str) -> None:
    """A key of three letters in a list is no language."""
    (problem,) = check_text(Place("f.yml", route), "a\tb")

    assert problem.facts == {"field": field, "name": "U+0009 TAB", "column": 2}


def test_at_most_three_marks_stand_on_a_letter() -> None:
    """Three are accepted, a fourth is not."""
    assert codes("ก่่่ข") == []
    assert codes("ก่่่่ข") == ["text-marks-stacked"]
    assert codes("a\u0301\u0302\u0303\u0304") == ["text-marks-stacked"]
    assert [one.facts for one in check_text(SUMMARY, "ขก่่่่่ข")] == [{"field": "summary.th", "column": 3, "found": 5}]


def test_a_text_has_at_most_10000_characters() -> None:
    """The limit is for one text, however many there are in a file."""
    (problem,) = check_text(SUMMARY, "ข" * 10_001)

    assert codes(("ก" * 10_000, "ข" * 10_000)) == []
    assert [one.place.route[-1] for one in check_text(SUMMARY, ("ก", "ข" * 10_001))] == [1]
    assert (problem.code, problem.place) == ("text-too-long", SUMMARY)
    assert problem.facts == {"field": "summary.th", "found": 10_001, "most": 10_000}


SPELLINGS = ("{0}", "{0[0]}-{1}-{2}-{3}-{4}", "{0[0]} {1} {2} {3} {4}", "thai", "spaced", "in words")


def spelled(digits: str, spelling: str) -> str:
    """Return thirteen digits as people write them."""
    if spelling == "thai":
        return "".join("๐๑๒๓๔๕๖๗๘๙"[int(digit)] for digit in digits)
    if spelling == "spaced":
        return " ".join(digits)
    if spelling == "in words":
        return f"เลขที่{digits}ของนาย"
    return spelling.format(digits, digits[1:5], digits[5:10], digits[10:12], digits[12])


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_citizen_ids_are_found_however_they_are_written(spelling: str) -> None:
    """All of 300 numbers are found in each spelling; the same with another check digit are not."""
    randomly = random.Random(SEED)
    for _ in range(300):
        number = citizen_id(str(randomly.randint(1, 8)) + "".join(str(randomly.randint(0, 9)) for _ in range(11)))
        wrong = number[:12] + str((int(number[12]) + 1) % 10)

        assert "personal-citizen-id" in codes(spelled(number, spelling))
        assert "personal-citizen-id" not in codes(spelled(wrong, spelling))
        assert number not in shown(spelled(number, spelling))


def test_numbers_of_companies_and_of_pages_are_no_persons() -> None:
    """A tax number of a company or agency begins with 0; addresses of pages hold long numbers of their own."""
    assert codes(citizen_id("099400016550")) == []
    assert codes({"url": f"https://example.go.th/?id={citizen_id('127620234216')}"}, Place("f.yml")) == []
    assert codes(citizen_id("010008900000")) == ["personal-citizen-id"]


@pytest.mark.parametrize(
    "text",
    [
        "0812345678", "081-234-5678", "081 234 5678", "08-1234-5678", "(081) 234-5678", "๐๘๑๒๓๔๕๖๗๘", "+66812345678",
        "+66 81 234 5678", "+66 (0)81 234 5678", "โทร.0612345678", "โทร 098.765.4321", "somchai@gmail.com",
        "Somchai.J@Hotmail.co.th", "a@yahoo.com", "b\uff20gmail.com", "c (at) outlook.com", "d@icloud.com",
    ],
)  # fmt: skip
def test_mobile_numbers_and_free_mail_are_personal(text: str) -> None:
    """They are errors in any spelling, and no report repeats them."""
    assert codes(f"ติดต่อ {text} ได้ทุกวัน") == ["personal-contact"]
    assert text not in shown(f"ติดต่อ {text} ได้ทุกวัน")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ติดต่อ service@example.go.th", "text-email"),
        ("โทร 02-123-4567", "text-phone"),
        ("โทร 0 2123 4567 ต่อ 12", "text-phone"),
        ("+1 613 555 0199", "text-phone"),
    ],
)
def test_an_office_s_address_in_a_text_is_a_warning(text: str, code: str) -> None:
    """It can be published, but belongs where readers look for it."""
    (problem,) = check_text(SUMMARY, text)

    assert (problem.code, problem.severity) == (code, "warning")


def test_contacts_stand_where_they_belong() -> None:
    """In ``email`` and ``phone`` nothing of this is asked."""
    assert codes({"email": "office@gmail.com", "phone": "081-234-5678"}, Place("f.yml")) == []


@pytest.mark.parametrize(
    "text",
    [
        "ที่ มท 0808.2/ว 1234 ลงวันที่ 5 มกราคม 2566", "บัญชีเลขที่ 068-0-12345-6", "2025-10-01 2026-09-30",
        "พ.ร.บ. 2522 มาตรา 29", "0.85 0.90 0.95 1.00", "ISBN 978-616-12345-6-7", "1584", "ราคา 1,234,567.89 บาท",
        "เลขหนังสือ กค 0409.4/ว 103", "08.30–16.30 น.",
    ],
)  # fmt: skip
def test_numbers_of_documents_are_nobody_s(text: str) -> None:
    """Official texts are full of numbers; these give no alarm."""
    assert codes(text) == []


def test_a_tree_is_walked_to_each_text() -> None:
    """A problem names the route to the text, through maps and lists, and the field with its language."""
    tree = {"scope": {"channels": ({"title": {"th": "ก", "en": "a\tb"}},)}}
    (problem,) = check_text(Place("f.yml"), tree)

    assert problem.place == Place("f.yml", ("scope", "channels", 0, "title", "en"))
    assert problem.facts["field"] == "title.en"


@pytest.mark.parametrize(
    ("address", "stands_for"),
    [
        ("https://xn--80ak6aa92e.com/x", "аррӏе.com"),  # all Cyrillic
        ("https://www.dlt_1.xn--g-1tb.th", "www.dlt_1.gо.th"),  # a Cyrillic o
        ("service@xn--dlt-hhd.go.th", "dltѕ.go.th"),
        ("https://XN--80AK6AA92E.com", "аррӏе.com"),
        ("https://xn--0.go.th", "?.go.th"),
        (f"https://xn--{'กа'.encode('punycode').decode()}.go.th", "กа.go.th"),  # a Thai letter, then a Cyrillic one
    ],
)
def test_a_host_of_foreign_letters_is_told_with_what_it_stands_for(address: str, stands_for: str) -> None:
    """A part of a host that stands for other letters than ASCII or Thai is a warning that shows them."""
    key = "email" if "@" in address else "url"
    (found,) = check_text(Place("f.yml"), {key: address})

    assert (found.code, found.severity) == ("url-look-alike", "warning")
    assert found.facts["host"] == stands_for


def test_a_host_of_thai_letters_is_none_of_another() -> None:
    """A host of Thai or ASCII letters is not told, nor what only looks like one in a path or in a text."""
    thai = "https://xn--22cka7di6hqc3j.xn--o3cw4h/permit"
    assert codes({"url": thai, "same_as": ("https://go.th/xn--80ak6aa92e", "https://a-n--b.th")}, Place("f.yml")) == []
    assert codes({"summary": "https://xn--80ak6aa92e.com"}, Place("f.yml")) == []


def test_an_unsafe_address_is_a_warning() -> None:
    """Only where an address of a page is due; in a text it is a word."""
    assert codes({"url": "http://example.go.th", "same_as": ("http://a.th",)}, Place("f.yml")) == ["url-not-https"] * 2
    assert codes({"summary": "http:// ไม่ปลอดภัย"}, Place("f.yml")) == []


def test_a_value_is_quoted_short_and_on_one_line() -> None:
    """At most forty characters of it, hidden ones escaped."""
    assert shown("ก" * 50) == "ก" * 39 + "…"
    assert shown("a\nb\t") == "a b\\u0009"
    assert shown(12) == "12"


def test_a_cell_of_a_table_is_text_too() -> None:
    """Notes are looked through like any text."""
    assert codes("โทร 0812345678", NOTE) == ["personal-contact"]
