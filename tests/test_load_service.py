"""One service file as a record, or why it is withheld: its title, its manual, its sections, its reporting."""

from pathlib import Path
from typing import Any

import pytest
from made import made_catalog

from generator.intake.load_service import LoadedService, load_service
from generator.model import Catalog
from generator.problems import Place

FILE = "agencies/office/services/permit.yml"
REQUIRED = "id: permit\ntitle: Permit\ntype: permit\nstatus: active\n"
REPORTING: Any = {"frequency": "month", "due_after_days": 15}


def loaded(root: Path, text: str, catalog: Catalog | None = None, reporting: Any = None) -> LoadedService:
    """Return what is read of a service file with this text."""
    (root / FILE).parent.mkdir(parents=True, exist_ok=True)
    (root / FILE).write_text(text, encoding="utf-8")
    return load_service(root, FILE, catalog or made_catalog(), reporting)


def told(of: LoadedService) -> list[tuple[str, str, Place, dict[str, object]]]:
    """Return what is told: code, what is withheld, where, and the facts."""
    assert all(problem.severity == "error" for problem in of.problems)
    return [(one.code, one.withheld, one.place, dict(one.facts)) for one in of.problems]


def with_manuals(broken: frozenset[str] = frozenset(), **manuals: Any) -> Catalog:
    """Return a catalog with these central manuals."""
    plain = made_catalog()
    return Catalog(plain.settings, manuals=manuals, broken=broken)


def test_a_good_file_is_a_service(tmp_path: Path) -> None:
    """With its title by language, without a problem, and with nothing inherited."""
    one = loaded(tmp_path, REQUIRED)

    assert one.service is not None
    assert (one.service.id, one.service.reporting) == ("permit", None)
    assert (one.title, one.problems, one.page, one.inheritance) == ({"en": "Permit"}, (), True, None)


@pytest.mark.parametrize(
    ("text", "code"), [("- a\n", "file-not-a-map"), ("[\n", "yaml-unreadable"), ("", "file-empty")]
)
def test_what_is_no_map_is_told_once(tmp_path: Path, text: str, code: str) -> None:
    """Its page stays, without a title."""
    one = loaded(tmp_path, text)

    assert (one.service, one.title, one.page) == (None, {}, True)
    assert [(found[0], found[1]) for found in told(one)] == [(code, "service")]


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Permit", {"en": "Permit"}),
        ("{en: Permit, th: ใบอนุญาต}", {"en": "Permit", "th": "ใบอนุญาต"}),
        ("{th: ใบอนุญาต, en: ' ', ja: 5}", {"th": "ใบอนุญาต"}),
        ("{en: Call 081 234 5678}", {}),
        ("5", {}),
        ("[Permit]", {}),
    ],
)
def test_of_a_withheld_service_its_title_is_kept_as_far_as_it_is_one(
    tmp_path: Path, title: str, shown: dict[str, str]
) -> None:
    """Words by language; no number, nothing empty, and nothing that no text may hold."""
    one = loaded(tmp_path, f"id: permit\ntitle: {title}\ntype: permits\nstatus: active\n")

    assert (one.service, one.title) == (None, shown)


def test_a_draft_has_no_page(tmp_path: Path) -> None:
    """Good or wrong, with a manual that is there or not."""
    draft = REQUIRED.replace("active", "draft")

    assert not loaded(tmp_path, draft).page
    assert not loaded(tmp_path, draft.replace("type: permit", "type: x")).page
    assert not loaded(tmp_path, f"{draft}inherits: nothing\n").page
    assert loaded(tmp_path, f"{REQUIRED}inherits: nothing\n").page


def test_what_is_inherited_completes_the_service(tmp_path: Path) -> None:
    """Its title may be the manual's; whatever the manual lacks is asked of the service."""
    catalog = with_manuals(central={"title": "Central", "type": "permit"})
    own = "id: permit\nstatus: active\ninherits: central\n"
    one = loaded(tmp_path, own, catalog)
    without = loaded(tmp_path, own, with_manuals(central={"title": "Central"}))

    assert one.service is not None
    assert (one.title, one.problems) == ({"en": "Central"}, ())
    assert one.inheritance is not None
    assert (one.inheritance.manual_id, one.inheritance.taken) == ("central", ("title", "type"))
    assert (without.service, without.title) == (None, {"en": "Central"})
    assert told(without) == [("key-missing", "service", Place(FILE, ("type",)), {"field": "type"})]


@pytest.mark.parametrize(
    ("manual", "code", "facts"),
    [
        ("centrel", "id-unknown", {"field": "inherits", "value": "centrel", "file": "manuals/", "nearest": "central"}),
        ("other", "shared-file-broken", {"value": "other", "file": "manuals/other.yml"}),
    ],
)
def test_a_manual_that_cannot_be_used_withholds_the_service(
    tmp_path: Path, manual: str, code: str, facts: dict[str, object]
) -> None:
    """It is told where the manual is named, once, and nothing else of the service is looked at."""
    catalog = with_manuals(frozenset({"manuals/other"}), central={"type": "permit"})
    one = loaded(tmp_path, f"{REQUIRED}inherits: {manual}\n".replace("type: permit", "type: x"), catalog)

    assert told(one) == [(code, "service", Place(FILE, ("inherits",)), facts)]
    assert (one.service, one.title, one.inheritance) == (None, {"en": "Permit"}, None)


def test_an_id_is_the_name_of_its_file(tmp_path: Path) -> None:
    """Another is told with the name; what is no text is told by its own rule alone."""
    one = loaded(tmp_path, REQUIRED.replace("id: permit", "id: licence"))

    assert told(one) == [
        ("id-differs-from-name", "service", Place(FILE, ("id",)), {"value": "licence", "name": "permit"})
    ]
    assert [found[0] for found in told(loaded(tmp_path, REQUIRED.replace("id: permit", "id: 5")))] == ["value-unquoted"]


@pytest.mark.parametrize("status", ["active", "suspended", "draft", "retired"])
def test_required_sections_and_their_parts_are_asked_for(tmp_path: Path, status: str) -> None:
    """Of what the public can ask for; each part that a section asks for is told by both names."""
    every = ("scope", "requirements", "service_levels", "steps", "complaints")
    text = REQUIRED.replace("active", status)
    parts = "scope: {audience: [citizen]}\nrequirements: {fees: none}\n"
    missing = told(loaded(tmp_path, text, made_catalog(required_sections=every)))
    within = told(loaded(tmp_path, text + parts, made_catalog(required_sections=every[:2])))
    asked = status in ("active", "suspended")

    assert missing == [("section-missing", "service", Place(FILE, (one,)), {"field": one}) for one in every if asked]
    assert within == [
        ("section-missing", "service", Place(FILE, (section, part)), {"field": f"{section}.{part}"})
        for section, part in (("scope", "channels"), ("requirements", "criteria"), ("requirements", "documents"))
        if asked
    ]
    assert told(loaded(tmp_path, text, made_catalog())) == []


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ("reporting: {due_after_days: 30}\n", ("month", 30)),
        ("reporting: {frequency: quarter}\n", ("quarter", 15)),
        ("reporting: {frequency: year, due_after_days: 5}\n", ("year", 5)),
        ("", None),
    ],
)
def test_a_service_writes_of_its_reporting_what_differs(tmp_path: Path, own: str, expected: Any) -> None:
    """The rest is its agency's; where it writes nothing it has none of its own."""
    service = loaded(tmp_path, REQUIRED + own, reporting=REPORTING).service

    assert service is not None
    assert expected == (service.reporting and (service.reporting.frequency, service.reporting.due_after_days))


def test_a_service_is_looked_through_by_every_rule(tmp_path: Path) -> None:
    """What it names of the shared lists, what its rules find, and each value that is quoted is masked and cut."""
    uses = "topics: [x]\nlegal_basis: [{section: '1'}]\n"
    level = "service_levels: [{id: time, measure: other, title: T, channels: [%s], targets: [{valid_from: 2026-01-01, share: 1}]}]\n"
    one = loaded(tmp_path, REQUIRED + uses + level % "web")

    assert told(one) == [
        ("law-unnamed", "service", Place(FILE, ("legal_basis", 0)), {"field": "legal_basis"}),
        (
            "id-unknown-none-near", "service", Place(FILE, ("service_levels", 0, "channels", 0)),
            {"field": "channels", "value": "web", "file": "scope.channels"},
        ),
        (
            "id-unknown-none-near", "service", Place(FILE, ("topics", 0)),
            {"field": "topics", "value": "x", "file": "vocabulary/topics.yml"},
        ),
    ]  # fmt: skip
    assert one.title == {"en": "Permit"}


def test_dates_and_periods_are_read_with_the_catalogs_fiscal_year(tmp_path: Path) -> None:
    """A fiscal year begins where the catalog says, and a bare text is in its first language."""
    catalog = made_catalog(languages=("th",), fiscal_year_starts=4, title="ก", publisher={"title": "ก"})
    service = loaded(tmp_path, REQUIRED + "reporting: {frequency: year, first_period: FY2026}\n", catalog).service

    assert service is not None
    assert service.reporting is not None
    assert service.reporting.first_period is not None
    assert service.reporting.first_period.start.isoformat() == "2025-04-01"
    assert service.title == {"th": "Permit"}
