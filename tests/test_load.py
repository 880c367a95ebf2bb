"""What is read of a data folder: records, inheritance, and the smallest wrong unit that is withheld."""

import shutil
from collections.abc import Callable
from pathlib import Path

import broken_data
import pytest
from broken_data import AS_OF, SERVICE

from generator.intake.load import load_agency, load_catalog
from generator.intake.nearest import nearest
from generator.intake.references import check_references, index_of, withhold
from generator.intake.tree import check_id
from generator.model import AgencyData, Catalog, Fee, Inheritance, Tiers
from generator.problems import Place, Problem

SAMPLE = Path(__file__).parent / "sample"
CANADA = Path(__file__).parent.parent.parent / "shared" / "data" / "canada-2017-2020" / "sla_data"
Change = Callable[[str], str]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the good base of the broken data."""
    shutil.copytree(broken_data.BASE, tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture(scope="module")
def sample() -> tuple[Catalog, dict[str, AgencyData]]:
    """The sample site, read once."""
    catalog, _ = load_catalog(SAMPLE)

    assert catalog is not None
    return catalog, {one: load_agency(SAMPLE, one, catalog, AS_OF) for one in catalog.agency_ids}


def write(root: Path, file: str, text: str) -> None:
    """Write a file of the data folder."""
    (root / file).parent.mkdir(parents=True, exist_ok=True)
    (root / file).write_text(text, encoding="utf-8")


def change(root: Path, file: str, old: str, new: str) -> None:
    """Replace a text in a file that must hold it."""
    text = (root / file).read_text(encoding="utf-8")

    assert old in text
    write(root, file, text.replace(old, new))


def load(root: Path) -> AgencyData:
    """Return the base's agency."""
    catalog, _ = load_catalog(root)

    assert catalog is not None
    return load_agency(root, "office", catalog, AS_OF)


def codes(problems: object) -> list[str]:
    """Return the codes of the errors, in the order found."""
    return [problem.code for problem in problems if problem.severity == "error"]  # type: ignore[attr-defined]


def test_the_catalog_and_what_is_shared(sample: tuple[Catalog, dict[str, AgencyData]]) -> None:
    """Settings, lists, calendars and manuals are there by id, and every agency's folder is named."""
    catalog, _ = sample

    assert catalog.first_language == "th"
    assert catalog.settings.small_numbers.suppress_below == 5
    assert set(catalog.topics) == {"vehicles", "family"}
    assert catalog.laws["vehicle-act"].title["en"] == "Vehicle Act B.E. 2522 (1979)"
    assert [day.date.isoformat() for day in catalog.calendars["th-sample"].days] == ["2026-12-10", "2027-01-01"]
    assert set(catalog.manuals) == {"building"}
    assert catalog.agency_ids == ("district", "roads", "transport")


def test_a_service_is_read_whole(sample: tuple[Catalog, dict[str, AgencyData]]) -> None:
    """Money is exact, conditions keep their kinds, and a stated nothing is not an absent key."""
    service = sample[1]["transport"].services["vehicle-tax"]
    requirements = service.requirements
    assert requirements is not None
    fee = requirements.fees[1]  # type: ignore[index]
    assert isinstance(fee, Fee)
    assert isinstance(fee.tiers, Tiers)

    assert requirements.criteria == "none"
    assert [str(rate.rate) for rate in fee.tiers.rates] == ["0.50", "1.50", "4.00"]
    assert fee.if_ == {"vehicle": ("car",)}
    assert fee.adjustments is not None
    assert fee.adjustments[1].is_ is True
    assert service.summary == {"th": "ชำระภาษีทุกปี\n\n- ที่สำนักงาน\n- ทางเว็บไซต์", "en": "Paid every year"}


def test_a_service_is_completed_from_its_manual(sample: tuple[Catalog, dict[str, AgencyData]]) -> None:
    """What it does not write comes from the manual, what it adds stands after, and it is said which is which."""
    district = sample[1]["district"]
    building, demolition = district.services["building"], district.services["demolition"]
    assert building.requirements is not None
    assert demolition.scope is not None
    assert demolition.scope.channels is not None

    assert building.title["en"] == "Building permit"
    assert [document.copies for document in building.requirements.documents] == [1, 2]  # type: ignore[union-attr]
    assert building.requirements.fees == "none"
    assert demolition.title["en"] == "Demolition permit"
    assert [channel.id for channel in demolition.scope.channels] == ["counter", "post"]
    assert demolition.scope.audience == ("citizen", "business")
    assert district.inheritances["building"].added == (("requirements", "documents", 1),)
    assert "title" in district.inheritances["building"].taken
    assert district.inheritances["demolition"].rewritten == ("title",)
    assert district.inheritances["demolition"].added == (("scope", "channels", 1), ("complaints", 1))


def test_a_mistake_of_the_manual_is_told_in_the_manual(root: Path) -> None:
    """What a service inherits wrong stands in the manual's file; the service is withheld without further complaint."""
    write(root, "manuals/central.yml", "title: กลาง\ntype: permit\nlegal_basis: [{}]\n")
    change(root, SERVICE, "status: active", "status: active\ninherits: central")
    _, problems = load_catalog(root)
    data = load(root)

    assert {problem.place.file for problem in problems} == {"manuals/central.yml"}
    assert [(problem.code, problem.place.route) for problem in data.problems] == [("shared-file-broken", ("inherits",))]
    assert [one.service_id for one in data.withheld_services] == ["permit"]
    assert data.observations == ()


def test_a_place_in_an_added_list_is_the_services_own(root: Path) -> None:
    """The third step may be the first that the service adds."""
    step = "{title: ตรวจ%s, duration: {value: 1, unit: %s}}"
    write(root, "manuals/central.yml", f"steps: [{step % (1, 'hour')}, {step % (2, 'hour')}]\n")
    change(
        root, SERVICE, "status: active", f"status: active\ninherits: central\nsteps: {{add: [{step % (3, 'hours')}]}}"
    )
    data = load(root)

    assert [problem.place for problem in data.problems] == [
        Place(SERVICE, ("steps", "add", 0, "duration", "unit")),
    ]


def test_a_rule_across_both_files_is_told_where_its_part_stands(root: Path) -> None:
    """A level of the manual that names a channel which the service left out is told in the manual."""
    level = "{id: other, measure: other, title: อื่น, channels: [desk], targets: [{valid_from: 2026-09-01, share: 1}]}"
    channel = "{id: desk, type: counter, title: โต๊ะ}"
    write(root, "manuals/central.yml", f"scope: {{channels: [{channel}]}}\nservice_levels: [{level}]\n")
    text = (root / SERVICE).read_text(encoding="utf-8").split("service_levels:")[0]
    write(root, SERVICE, text + "inherits: central\n")
    (root / "agencies/office/performance/2026.csv").unlink()
    data = load(root)

    assert [(problem.code, problem.place.file) for problem in data.problems] == [
        ("id-unknown-none-near", "manuals/central.yml"),
    ]


def test_a_services_reporting_is_laid_over_its_agencys(root: Path) -> None:
    """It writes only where it differs."""
    change(root, SERVICE, "status: active", "status: active\nreporting: {due_after_days: 30}")
    reporting = load(root).services["permit"].reporting

    assert reporting is not None
    assert (reporting.frequency, reporting.due_after_days) == ("month", 30)
    assert reporting.first_period is not None
    assert reporting.first_period.code == "2026-09"


@pytest.mark.parametrize(
    ("file", "old", "new", "gone"),
    [
        ("agencies/office/performance/2026.csv", "100,95", "100,195", "row"),
        (SERVICE, "type: permit", "type: permits", "service"),
        ("agencies/office/agency.yml", "kind: department", "kind: departments", "agency"),
    ],
)
def test_the_smallest_wrong_unit_is_withheld(root: Path, file: str, old: str, new: str, gone: str) -> None:
    """A wrong row takes a row, a wrong service its rows too, a wrong agency.yml everything of the agency."""
    change(root, file, old, new)
    data = load(root)

    assert [problem.withheld for problem in data.problems] == [gone]
    assert (data.agency is None) == (gone == "agency")
    assert set(data.services) == ({"permit"} if gone == "row" else set())
    assert [one.service_id for one in data.withheld_services] == ([] if gone == "row" else ["permit"])
    assert len(data.observations) == (1 if gone == "row" else 0)


def test_the_name_of_a_withheld_service_stays(root: Path) -> None:
    """Its page says what is being corrected; a name that holds personal data is not shown there either."""
    change(root, SERVICE, "type: permit", "type: permits")
    named = load(root).withheld_services[0].title
    change(root, SERVICE, "title: ใบอนุญาตตัวอย่าง", "title: โทร 081-234-5678")

    assert named == {"th": "ใบอนุญาตตัวอย่าง"}
    assert load(root).withheld_services[0].title == {}


def test_a_broken_draft_has_no_page(root: Path) -> None:
    """A draft was never published, so there is nothing to keep."""
    change(root, SERVICE, "status: active", "status: draft")
    change(root, SERVICE, "type: permit", "type: permits")
    data = load(root)

    assert data.withheld_services == ()
    assert codes(data.problems) == ["value-unknown"]


def test_nothing_is_built_from_a_broken_catalog(root: Path) -> None:
    """Without catalog.yml nothing can be said of the rest."""
    change(root, "catalog.yml", "currency: THB\n", "")
    catalog, problems = load_catalog(root)

    assert catalog is None
    assert codes(problems) == ["key-missing"]


def test_a_broken_list_withholds_who_uses_it(root: Path) -> None:
    """A service that names no topic is published although the topics cannot be read."""
    write(root, "vocabulary/topics.yml", "- {id: transport}\n")
    other = (root / SERVICE).read_text(encoding="utf-8").replace("id: permit", "id: other")
    write(root, "agencies/office/services/other.yml", other + "topics: [transport]\n")
    data = load(root)

    assert list(data.services) == ["permit"]
    assert codes(data.problems) == ["shared-file-broken"]


def test_without_its_calendar_no_due_date_is_worked_out(root: Path) -> None:
    """A broken default calendar is left out of the settings, rather than worked with."""
    write(root, "calendars/days.yml", "id: days\ntitle: วันหยุด\ndays: [{date: 2026-13-01, title: ไม่มี}]\n")
    change(root, "catalog.yml", "currency: THB", "currency: THB\ncalendar: days")
    catalog, problems = load_catalog(root)

    assert catalog is not None
    assert catalog.settings.calendar is None
    assert codes(problems) == ["date-not-real"]


def test_what_cannot_be_read_is_told_once(root: Path) -> None:
    """An agency, a calendar and a manual that are no YAML each have the reader's problem and no other."""
    for file in ("agencies/office/agency.yml", "calendars/days.yml", "manuals/central.yml"):
        write(root, file, "[\n")
    catalog, problems = load_catalog(root)
    data = load(root)

    assert catalog is not None
    assert catalog.broken == {"calendars/days", "manuals/central"}
    assert [(one.code, one.withheld) for one in problems] == [("yaml-unreadable", "service")] * 2
    assert (data.agency, [(one.code, one.withheld) for one in data.problems]) == (None, [("yaml-unreadable", "agency")])


@pytest.mark.parametrize(
    ("text", "code"), [("[\n", "yaml-unreadable"), ("- title: x\n", "file-not-a-map"), (None, "file-missing")]
)
def test_without_a_catalog_there_is_one_problem(root: Path, text: str | None, code: str) -> None:
    """One that cannot be read, one that is no map, and none at all."""
    (root / "catalog.yml").unlink() if text is None else write(root, "catalog.yml", text)
    catalog, problems = load_catalog(root)

    assert catalog is None
    assert [(one.code, one.severity, one.place) for one in problems] == [(code, "error", Place("catalog.yml"))]


def test_a_shared_file_that_cannot_be_opened_is_broken(root: Path) -> None:
    """A list that is a link, and a calendar whose name cannot be an id, withhold who uses them."""
    write(root, "topics.txt", "- {id: transport, title: ขนส่ง}\n")
    (root / "vocabulary").mkdir(exist_ok=True)
    (root / "vocabulary/topics.yml").symlink_to("../topics.txt")
    write(root, "calendars/con.yml", "id: con\ntitle: ปฏิทิน\n")
    write(root, "calendars/other.yml", "id: days\ntitle: ปฏิทิน\n")
    catalog, problems = load_catalog(root)

    assert catalog is not None
    assert catalog.broken == {"topics", "calendars/con", "calendars/other"}
    assert catalog.calendars == {}
    assert [(one.code, one.withheld, one.place) for one in problems if one.place.file.startswith("calendars")] == [
        ("id-reserved", "service", Place("calendars/con.yml")),
        ("id-differs-from-name", "service", Place("calendars/other.yml", ("id",))),
    ]
    assert problems[-1].facts == {"value": "days", "name": "other"}


def test_a_manual_is_a_service_without_its_own_names(root: Path) -> None:
    """An id and a status are each told at the key; a channel that only its services have is no mistake of the manual."""
    level = "{id: time, measure: other, title: อื่น, channels: [desk], targets: [{valid_from: 2026-09-01, share: 1}]}"
    write(
        root,
        "manuals/central.yml",
        f"service_levels: [{level}]\nsteps: [{{title: ก, duration: {{value: 1, unit: hour}}, if: {{x: true}}}}]\n",
    )
    good = load_catalog(root)
    write(root, "manuals/central.yml", "id: central\nstatus: active\ntitle: กลาง\n")
    named = load_catalog(root)[1]

    assert good[1] == []
    assert good[0] is not None
    assert set(good[0].manuals) == {"central"}
    assert [(one.code, one.place, dict(one.facts)) for one in named] == [
        ("key-not-in-manual", Place("manuals/central.yml", (key,), of_key=True), {"value": key}) for key in ("id", "status")
    ]  # fmt: skip


def test_a_value_of_a_manual_is_told_before_its_texts(root: Path) -> None:
    """Where a manual makes no record nothing is said of its translations or of what it names."""
    change(root, "catalog.yml", "languages: [th]", "languages: [th, en]")
    write(root, "manuals/central.yml", "title: กลาง\ntype: permits\ntopics: [x]\n")
    catalog, problems = load_catalog(root)
    told = [one for one in problems if one.place.file.startswith("manuals")]

    assert catalog is not None
    assert (catalog.manuals, catalog.broken) == ({}, {"manuals/central"})
    assert [(one.code, one.withheld, one.place.route) for one in told] == [("value-unknown", "service", ("type",))]


def test_the_catalog_is_written_in_its_first_language(root: Path) -> None:
    """A title that lacks it is told so, with the language; another may be missing."""
    change(root, "catalog.yml", "title: ชัดเจน", "title: {en: Clearly}")
    catalog, (problem,) = load_catalog(root)

    assert catalog is None
    assert (problem.code, problem.place) == ("text-first-language-missing", Place("catalog.yml", ("title",)))
    assert problem.facts == {"field": "title", "language": "th", "code": "th"}


@pytest.mark.parametrize("language", ["en_US", "X1", "english"])
def test_what_only_begins_as_a_language_is_none(root: Path, language: str) -> None:
    """Its form is told, not that there are no words for it."""
    change(root, "catalog.yml", "languages: [th]", f"languages: [th, {language}]")
    (problem,) = load_catalog(root)[1]

    assert (problem.code, problem.facts) == ("language-form", {"value": language})


def test_every_list_and_calendar_is_read(root: Path) -> None:
    """Each of the four lists under its own name, and a calendar that is called as its file."""
    names = ("topics", "life_events", "documents", "laws")
    for name in names:
        write(root, f"vocabulary/{name}.yml", f"- {{id: {name.replace('_', '-')}, title: ก}}\n")
    write(root, "calendars/days.yml", "id: days\ntitle: ปฏิทิน\n")
    catalog, problems = load_catalog(root)

    assert catalog is not None
    assert problems == []
    assert [list(getattr(catalog, name)) for name in names] == [["topics"], ["life-events"], ["documents"], ["laws"]]
    assert list(catalog.calendars) == ["days"]


def test_a_service_file_whose_name_cannot_be_an_id_has_no_page(root: Path) -> None:
    """Its address could not be written, so nothing of it is kept."""
    write(root, "agencies/office/services/Permit 2.yml", "id: permit-2\ntitle: ก\ntype: permit\nstatus: active\n")
    data = load(root)
    (problem, *_) = data.problems

    assert (problem.code, problem.withheld, problem.place.file) == (
        "id-form", "service", "agencies/office/services/Permit 2.yml",
    )  # fmt: skip
    assert [one.service_id for one in data.withheld_services] == []
    assert list(data.services) == ["permit"]


def test_a_language_without_words_is_told_at_the_language(root: Path) -> None:
    """With those that the site has words for; one that is no code is told by its form alone."""
    change(root, "catalog.yml", "languages: [th]", "languages: [th, ja, X1]")
    catalog, (unknown, wrong) = load_catalog(root)

    assert catalog is None
    assert (unknown.code, unknown.place) == ("language-without-words", Place("catalog.yml", ("languages", 1)))
    assert unknown.facts == {"value": "ja", "language": "ja", "allowed": "en th"}
    assert (wrong.code, wrong.place, wrong.facts) == (
        "language-form", Place("catalog.yml", ("languages", 2)), {"value": "X1"},
    )  # fmt: skip


def test_an_entry_of_a_list_stands_once(root: Path) -> None:
    """The second is told at its id, with the number of the first, and who uses the list is withheld."""
    write(root, "vocabulary/topics.yml", "- {id: b, title: ก}\n- {id: a, title: ข}\n- {id: a, title: ค}\n")
    (problem,) = load_catalog(root)[1]

    assert (problem.code, problem.withheld) == ("id-repeated", "service")
    assert problem.place == Place("vocabulary/topics.yml", (2, "id"))
    assert problem.facts == {"field": "id", "value": "a", "other": 2}


def test_what_lies_beside_the_catalog_is_named_by_itself(root: Path) -> None:
    """Its place is within the data folder, wherever that is."""
    write(root, "notes.txt", "x")
    (problem,) = load_catalog(root)[1]

    assert (problem.code, problem.place) == ("file-unexpected-kind", Place("notes.txt"))


def test_only_a_service_that_is_good_inherits(root: Path) -> None:
    """One without a manual inherits nothing, and of one that is withheld nothing is said."""
    write(root, "manuals/central.yml", "unit: ฝ่าย\n")
    alone = load(root).inheritances
    change(root, SERVICE, "status: active", "status: active\ninherits: central")
    good = load(root).inheritances
    change(root, SERVICE, "type: permit", "type: permits")

    assert alone == load(root).inheritances == {}
    assert good == {"permit": Inheritance("central", taken=("unit",))}


def test_what_a_manual_names_is_looked_up(root: Path) -> None:
    """A topic that is not listed is told in the manual, and withholds who inherits it."""
    write(root, "manuals/central.yml", "topics: [x]\n")
    (problem,) = load_catalog(root)[1]

    assert (problem.code, problem.withheld) == ("id-unknown-none-near", "service")
    assert problem.place == Place("manuals/central.yml", ("topics", 0))
    assert problem.facts == {"field": "topics", "value": "x", "file": "vocabulary/topics.yml"}


def test_stiff_words_of_a_manual_are_told_in_the_manual(root: Path) -> None:
    """Once, and not in each service that inherits it."""
    write(root, "manuals/central.yml", "summary: มิได้ใช้\n")
    change(root, SERVICE, "status: active", "status: active\ninherits: central")
    (problem,) = load_catalog(root)[1]

    assert (problem.code, problem.place) == ("text-stiff", Place("manuals/central.yml", ("summary", "th")))
    assert load(root).problems == ()


def test_what_a_manual_says_is_asked_of_the_manual(root: Path) -> None:
    """A text without its translation, however deep it stands, is told once, in the file where it is written."""
    change(root, "catalog.yml", "languages: [th]", "languages: [th, en]")
    write(root, "manuals/central.yml", "summary: {th: ทำได้ทุกวัน}\ncomplaints: [{type: phone, title: {th: สายด่วน}}]\n")
    change(root, SERVICE, "status: active", "status: active\ninherits: central\nunit: {th: ฝ่าย, en: Unit}")
    told = [one.place for one in load_catalog(root)[1] if one.place.file.startswith("manuals")]
    own = {one.place.route[:1] for one in load(root).problems if one.code == "text-translation-missing"}

    assert told == [Place("manuals/central.yml", ("summary",))]
    assert own == {("title",), ("scope",), ("service_levels",)}


def test_required_sections_are_asked_of_published_services(root: Path) -> None:
    """Each missing part is told by name; drafts and retired services are not asked."""
    change(root, "catalog.yml", "required_sections: []", "required_sections: [requirements, steps, complaints]")
    asked = [problem.facts["field"] for problem in load(root).problems if problem.code == "section-missing"]
    change(root, SERVICE, "status: active", "status: retired")

    assert asked == ["requirements", "steps", "complaints"]
    assert "section-missing" not in codes(load(root).problems)


def test_the_parts_of_a_section_are_asked_where_it_is_one(root: Path) -> None:
    """Of a map each part that is not there is told by name; of what is no map only that."""
    change(root, "catalog.yml", "required_sections: []", "required_sections: [requirements]")
    change(root, SERVICE, "status: active", "status: active\nrequirements: {fees: none}")
    parts = [problem.facts["field"] for problem in load(root).problems if problem.code == "section-missing"]
    change(root, SERVICE, "requirements: {fees: none}", "requirements: wrong")

    assert parts == ["requirements.criteria", "requirements.documents"]
    assert codes(load(root).problems) == ["value-not-a-map"]


@pytest.mark.parametrize(("name", "code"), [("permit.yaml", "file-extension"), ("permit.YML", "file-extension")])
def test_rows_are_not_blamed_for_the_name_of_a_file(root: Path, name: str, code: str) -> None:
    """Where a service's file is called wrongly, its rows name a service that is there; a note beside it is none."""
    (root / SERVICE).rename(root / SERVICE.replace("permit.yml", name))
    data = load(root)
    (root / SERVICE.replace("permit.yml", name)).rename(root / SERVICE.replace("yml", "txt"))

    assert (codes(data.problems), data.observations, data.withheld_services) == ([code], (), ())
    assert codes(load(root).problems) == ["file-unexpected-kind", *["id-unknown-none-near"] * 2]


def test_one_mistake_is_told_once(root: Path) -> None:
    """What the reader refuses is not refused again by the record, and a list of wrong items is not also too short."""
    change(root, SERVICE, "type: permit", "type: yes")
    change(root, SERVICE, "title: เคาน์เตอร์", "title: 2026, hours: [{days: [monday], opens: '9', closes: '10'}]")

    assert codes(load(root).problems) == [
        "value-ambiguous",
        "value-unquoted",
        "value-unknown",
        "time-form",
        "time-form",
    ]


@pytest.mark.parametrize(
    "value",
    [
        *["before: 3", "before: {value: 3}", "before: {value: 3, unit: hours}", "before: {amount: 3, currency: THB}"],
        *["after: {amount: '3.00'}", "after: none"],
    ],
)
def test_a_value_of_several_kinds_has_one_problem(root: Path, value: str) -> None:
    """A gain is a duration, a count or money: which was meant is seen from its keys."""
    change(root, SERVICE, "status: active", f"status: active\nimprovements: [{{{value}}}]")

    assert len(load(root).problems) == 1


@pytest.mark.parametrize(
    ("keys", "key", "allowed"),
    [
        ("improvements: [{before: {value: 3, unit: minute, per: day}}]", "per", "unit value"),
        ("improvements: [{before: {amount: '3.00', currency: THB, per: day}}]", "per", "amount currency"),
        ("steps: [{title: ตรวจ, duration: {value: 5, unit: working_day, per: day}}]", "per", "unit value"),
        ("steps: [{title: ตรวจ, if: {size: {from: 1, per: day}}}]", "per", "from to"),
    ],
)
def test_an_unknown_key_is_told_which_there_are(root: Path, keys: str, key: str, allowed: str) -> None:
    """However deep it stands, the keys of its own map are named, and no others."""
    change(root, SERVICE, "status: active", f"status: active\n{keys}")
    (facts,) = [problem.facts for problem in load(root).problems if problem.code.startswith("key-unknown")]

    assert (facts["value"], facts["allowed"]) == (key, allowed)


def test_a_map_is_no_word(root: Path) -> None:
    """Where one of a few words belongs, a map or a list is told that it is no text."""
    change(root, SERVICE, "type: permit", "type: {th: ใบอนุญาต}")
    written = codes(load(root).problems)
    change(root, SERVICE, "type: {th: ใบอนุญาต}", "type: [permit]")

    assert written == codes(load(root).problems) == ["value-not-text"]


def test_an_unknown_timezone_is_told_one_that_there_is(root: Path) -> None:
    """The nearest, or that of Bangkok where none is near."""
    change(root, "catalog.yml", "Asia/Bangkok", "Asia/Bangkog")
    near = load_catalog(root)[1][0]
    change(root, "catalog.yml", "Asia/Bangkog", "เวลาไทย")
    far = load_catalog(root)[1][0]

    assert (near.code, near.facts) == ("timezone-unknown", {"value": "Asia/Bangkog", "nearest": "Asia/Bangkok"})
    assert (far.code, far.facts) == ("timezone-unknown", {"value": "เวลาไทย", "nearest": "Asia/Bangkok"})


def test_every_use_of_a_shared_list_is_looked_up(root: Path) -> None:
    """Topics, life events, laws, documents and calendars are each looked for in their own list."""
    uses = (
        "topics: [x1]\nlife_events: [x2]\nlegal_basis: [{title: กฎ}, {law: x3}]\n"
        "requirements: {documents: [{title: บัตร}, {document: x4}]}"
    )
    change(root, SERVICE, "status: active", f"status: active\n{uses}")
    change(root, SERVICE, "title: เคาน์เตอร์}", "title: เคาน์เตอร์}, {id: b, type: post, title: ข, calendar: x5}")
    found = {problem.place.route: (problem.facts["field"], problem.facts["file"]) for problem in load(root).problems}

    assert found == {
        ("topics", 0): ("topics", "vocabulary/topics.yml"),
        ("life_events", 0): ("life_events", "vocabulary/life_events.yml"),
        ("legal_basis", 1, "law"): ("laws", "vocabulary/laws.yml"),
        ("requirements", "documents", 1, "document"): ("documents", "vocabulary/documents.yml"),
        ("scope", "channels", 1, "calendar"): ("calendar", "calendars/"),
    }


def test_an_agency_is_called_as_its_folder(root: Path) -> None:
    """Another id in its file withholds it, with both names told at the id."""
    change(root, "agencies/office/agency.yml", "id: office", "id: bureau")
    (problem,) = load(root).problems

    assert (problem.code, problem.severity, problem.withheld) == ("id-differs-from-name", "error", "agency")
    assert problem.facts == {"value": "bureau", "name": "office"}
    assert problem.place == Place("agencies/office/agency.yml", ("id",))


def test_an_office_stands_once(root: Path) -> None:
    """Two offices with one id cannot be told apart, so the agency is withheld, and the second one is named."""
    change(root, "agencies/office/agency.yml", "id: south", "id: north")
    (problem,) = load(root).problems

    assert (problem.code, problem.facts["field"], problem.withheld) == ("id-repeated", "id", "agency")
    assert problem.place == Place("agencies/office/agency.yml", ("offices", 1, "id"))


def test_an_agency_that_is_a_list_is_withheld_with_its_services(root: Path) -> None:
    """Its published services keep a page that says so; a draft never had one."""
    write(root, "agencies/office/agency.yml", "- id: office\n")
    write(root, "agencies/office/services/draft.yml", "id: draft\ntitle: ร่าง\ntype: permit\nstatus: draft\n")
    data = load(root)

    assert (data.agency, codes(data.problems)) == (None, ["file-not-a-map"])
    assert [one.service_id for one in data.withheld_services] == ["permit"]

    change(root, SERVICE, "type: permit", "type: permits")
    assert [(one.service_id, one.title) for one in load(root).withheld_services] == [
        ("permit", {"th": "ใบอนุญาตตัวอย่าง"})
    ]


def test_an_agency_does_not_replace_itself(root: Path) -> None:
    """Who looks for the successor would walk in a circle."""
    change(root, "agencies/office/agency.yml", "kind:", "status: merged\nreplaced_by: office\nkind:")
    data = load(root)
    (problem,) = check_references([index_of(data)])

    assert data.problems == ()
    assert (problem.code, problem.facts["value"], problem.withheld) == ("replaced-by-itself", "office", "agency")
    assert problem.place == Place("agencies/office/agency.yml", ("replaced_by",))


def test_a_condition_asks_a_question_that_is_there(root: Path) -> None:
    """The nearest question is suggested, or none where there is none at all."""
    step = "steps: [{title: ตรวจ, duration: {value: 5, unit: working_day}, if: {sise: true}}]"
    change(root, SERVICE, "status: active", f"status: active\n{step}")
    without = load(root).problems
    change(root, SERVICE, "status: active", "status: active\nquestions: [{id: size, ask: ใหญ่หรือไม่}]")
    (problem,) = load(root).problems

    assert codes(without) == ["id-unknown-none-near"]
    assert (problem.code, problem.facts["nearest"], problem.facts["field"]) == ("id-unknown", "size", "question")
    assert problem.place == Place(SERVICE, ("steps", 0, "if", "sise"))


def test_an_unknown_id_is_told_where_it_should_be_listed(root: Path) -> None:
    """A channel in the service's scope, an answer among its question's choices; each with the nearest, at its place."""
    question = "questions: [{id: kind, ask: ชนิดใด, choices: [{id: car, title: รถยนต์}, {id: boat, title: เรือ}]}]"
    step = "steps: [{title: ตรวจ, duration: {value: 5, unit: working_day}, if: {kind: [boat, caar]}}]"
    change(root, SERVICE, "status: active", f"status: active\n{question}\n{step}")
    change(root, SERVICE, "measure: processing_time", "measure: processing_time\n    channels: [counter, online]")
    found = {problem.place.route: (problem.code, problem.facts) for problem in load(root).problems}

    assert found == {
        ("service_levels", 0, "channels", 1): (
            "id-unknown-none-near",
            {"field": "channels", "value": "online", "file": "scope.channels"},
        ),
        ("steps", 0, "if", "kind", 1): (
            "id-unknown",
            {"field": "kind", "value": "caar", "file": "questions", "nearest": "car"},
        ),
    }


def test_references_to_withheld_services_stand(root: Path) -> None:
    """A service that is being corrected is still there to be named."""
    change(root, SERVICE, "status: active", "status: active\nafter: [office/other]")
    write(root, "agencies/office/services/other.yml", "id: other\n")

    assert check_references([index_of(load(root))]) == []


def test_an_unknown_reference_withholds_the_service(root: Path) -> None:
    """The nearest is suggested, and `withhold` takes the service and its rows out."""
    change(root, SERVICE, "status: active", "status: active\nreplaced_by: offise/permit")
    data = load(root)
    problems = check_references([index_of(data)])
    without = withhold(data, problems)

    assert [(problem.code, problem.facts["nearest"], problem.withheld) for problem in problems] == [
        ("id-unknown", "office", "service")
    ]
    assert without.services == {}
    assert without.observations == ()
    assert [one.service_id for one in without.withheld_services] == ["permit"]


def test_an_unknown_service_of_a_known_agency_withholds_who_names_it(root: Path) -> None:
    """It is looked for in that agency's folder; good data names nothing that is silent."""
    good = index_of(load(root))
    change(root, SERVICE, "status: active", "status: active\nafter: [office/permitt]")
    (problem,) = check_references([index_of(load(root))])

    assert (good.silent, good.published) == (frozenset(), {"permit"})
    assert (problem.code, problem.withheld, problem.place) == ("id-unknown", "service", Place(SERVICE, ("after", 0)))
    assert problem.facts == {
        "field": "after", "value": "permitt", "nearest": "permit", "file": "agencies/office/services/",
    }  # fmt: skip


def test_an_older_row_that_is_withheld_keeps_its_period(root: Path) -> None:
    """Only where the newest revision goes nobody can tell the right figure."""
    file = "agencies/office/performance/2026.csv"
    header = "service_id,level_id,period,volume,within_target,revision"
    write(root, file, f"{header}\npermit,time,2026-10,10,9,0\npermit,time,2026-10,10,8,1\n")
    data = load(root)
    older, newest = (
        withhold(data, [Problem("x", "error", Place(file, (line, "volume")), {}, "row")]) for line in (2, 3)
    )

    assert (older.withheld_keys, [row.revision for row in older.observations]) == (frozenset(), [1])
    assert (newest.withheld_keys, len(newest.observations)) == ({("permit", "time", "2026-10", "", "")}, 1)


def test_the_name_stays_where_the_manual_is_unknown(root: Path) -> None:
    """A service that inherits from nowhere is withheld under its own name, and told where manuals are."""
    change(root, SERVICE, "status: active", "status: active\ninherits: nothing")
    (problem,) = load(root).problems

    assert (problem.code, problem.place) == ("id-unknown-none-near", Place(SERVICE, ("inherits",)))
    assert problem.facts == {"field": "inherits", "value": "nothing", "file": "manuals/"}

    assert [one.title for one in load(root).withheld_services] == [{"th": "ใบอนุญาตตัวอย่าง"}]


def test_a_broken_calendar_is_named_by_its_file(root: Path) -> None:
    """A channel that uses it is told which file must be mended."""
    write(root, "calendars/office.yml", "id: office\ntitle: ปฏิทิน\nweekend: [noday]\n")
    change(root, SERVICE, "title: เคาน์เตอร์}", "title: เคาน์เตอร์, calendar: office}")
    (problem,) = load(root).problems

    assert (problem.code, problem.facts) == ("shared-file-broken", {"value": "office", "file": "calendars/office.yml"})


def test_an_id_has_at_most_64_characters() -> None:
    """One more is refused with one that can be typed."""
    assert list(check_id(Place("x"), "a" * 64, ())) == []
    assert [problem.code for problem in check_id(Place("x"), "a" * 65, ())] == ["id-form"]


def test_the_first_of_equal_names_is_the_nearest() -> None:
    """Names that differ only in case are told in one order."""
    assert nearest("ab", ("Ab", "AB")) == nearest("ab", ("AB", "Ab")) == "AB"


def test_a_withheld_row_withholds_its_period(root: Path) -> None:
    """Where the newest revision is wrong nobody can tell the right figure, so the older one does not return."""
    data = load(root)
    place = Place("agencies/office/performance/2026.csv", (3, "volume"))
    without = withhold(data, [Problem("figure-wrong", "error", place, {}, "row")])

    assert [row.period.code for row in without.observations] == ["2026-09"]
    assert without.withheld_keys == {("permit", "time", "2026-10", "", "")}
    assert [(row.file, row.line) for row in without.withheld_rows] == [(place.file, 3)]


def test_an_agency_whose_folder_cannot_be_an_id_is_left_out(root: Path) -> None:
    """Its address could not be written; the rest is."""
    shutil.copytree(root / "agencies/office", root / "agencies/Office 2")
    catalog, problems = load_catalog(root)

    assert catalog is not None
    assert catalog.agency_ids == ("office",)
    assert [(problem.code, problem.withheld) for problem in problems] == [("id-form", "agency")]


@pytest.mark.skipif(not CANADA.is_dir(), reason="the Canadian data of 2017 to 2020 is not beside the repository")
@pytest.mark.canada
def test_the_canadian_data_is_in_the_format() -> None:
    """Nothing but 14 rows is withheld: 11 in three duplicated keys and 3 with more met than volume."""
    catalog, problems = load_catalog(CANADA)
    assert catalog is not None
    agencies = [load_agency(CANADA, one, catalog, AS_OF) for one in catalog.agency_ids]
    errors = [problem.code for agency in agencies for problem in agency.problems if problem.severity == "error"]

    assert problems == []
    assert sorted(errors) == ["row-duplicate"] * 11 + ["within-target-exceeds-volume"] * 3
    assert sum(len(agency.withheld_rows) for agency in agencies) == 14
    assert sum(len(agency.withheld_services) for agency in agencies) == 0
