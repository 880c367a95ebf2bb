"""withdrawn.yml: what was published once and is no more leaves an entry, a page and empty files at its addresses."""

from datetime import date
from pathlib import Path

import orjson
import pytest
from made import AS_OF, made_catalog, made_row
from published import csv_rows
from small import write_small

from generator.intake.load import load_agency, load_catalog
from generator.intake.load_withdrawn import covers, name_of
from generator.intake.references import check_references, index_of
from generator.model import AgencyData, Withdrawn
from generator.website.build import build_site, find_configuration
from generator.website.plan import Request

ENTRY = "- {service_id: %s, title: {th: บัตรผู้ค้า, en: Vendor card}, withdrawn_on: 2026-09-30, reason: {th: เลิกใช้, en: No longer used}%s}\n"


def with_entries(root: Path, *entries: str) -> AgencyData:
    """Return the small agency as it is read with these entries."""
    (write_small(root) / "agencies/sample/withdrawn.yml").write_text("".join(entries), encoding="utf-8")
    catalog, _ = load_catalog(root)
    assert catalog is not None
    return load_agency(root, "sample", catalog, AS_OF)


def entry_of(**more: object) -> Withdrawn:
    """Return an entry made by hand."""
    made = {"service_id": "permit", "withdrawn_on": "2026-09-30", "reason": "Merged", **more}
    context = {"first_language": "en", "fiscal_year_starts": made_catalog().settings.fiscal_year_starts}
    return Withdrawn.model_validate(made, context=context)


def test_an_entry_is_read_with_its_day_and_reason(tmp_path: Path) -> None:
    """A good entry has no problem, and is kept by its place in the file."""
    data = with_entries(tmp_path, ENTRY % ("vendor-card", ""))

    assert data.problems == ()
    assert data.withdrawn[0].withdrawn_on == date(2026, 9, 30)
    assert data.withdrawn[0].reason["en"] == "No longer used"


def test_a_wrong_entry_is_left_out_and_holds_back_nothing(tmp_path: Path) -> None:
    """A mistake in one entry costs neither the entries beside it nor the agency."""
    data = with_entries(tmp_path, ENTRY % ("vendor-card", ", why: x"), ENTRY % ("fish-card", ""))

    assert [problem.code for problem in data.problems] == ["key-unknown-none-near"]
    assert list(data.withdrawn) == [1]
    assert data.agency is not None
    assert data.services.keys() == {"permit"}


@pytest.mark.parametrize(
    ("part", "missing"), [('period: "2026-09"', "level_id"), ("channel_id: counter", "period"), ("office_id: north", "period")]
)  # fmt: skip
def test_a_part_is_named_with_its_whole(part: str, missing: str, tmp_path: Path) -> None:
    """Figures are of a level, and those of a channel or an office are of a period."""
    (problem,) = with_entries(tmp_path, ENTRY % ("vendor-card", f", {part}")).problems

    assert (problem.code, problem.facts["field"]) == ("key-missing", missing)


def test_a_part_that_is_named_with_its_whole_is_good(tmp_path: Path) -> None:
    """A level of a service, a period of a level, a channel and an office of a period; today is a day that has come."""
    parts = (
        ", level_id: time",
        ', level_id: time, period: "2026-09"',
        ', level_id: time, period: "2026-09", channel_id: web',
    )
    text = (
        ENTRY % ("vendor-card", part) for part in ("", *parts, ', level_id: time, period: "2026-09", office_id: north')
    )
    data = with_entries(tmp_path, *text, (ENTRY % ("fish-card", "")).replace("2026-09-30", str(AS_OF)))

    assert data.problems == ()
    assert [name_of(entry) for entry in data.withdrawn.values()] == [
        "vendor-card", "vendor-card/time", "vendor-card/time/2026-09", "vendor-card/time/2026-09/web",
        "vendor-card/time/2026-09//north", "fish-card",
    ]  # fmt: skip


def test_a_wrong_entry_is_told_where_it_stands(tmp_path: Path) -> None:
    """A day to come at the day, with the one to write; a second entry of the same name, and a key, at the entry."""
    tomorrow = (ENTRY % ("fish-card", "")).replace("2026-09-30", "2026-11-23")
    same = ENTRY % ("vendor-card", "")
    data = with_entries(
        tmp_path, same, same.replace("No longer used", "Merged"), tomorrow, ENTRY % ("x-card", ", level_id: X")
    )

    assert [(one.code, one.withheld, one.place.route, dict(one.facts)) for one in data.problems] == [
        ("withdrawn-twice", "none", (1,), {"value": "vendor-card"}),
        ("withdrawn-in-future", "none", (2, "withdrawn_on"), {"value": date(2026, 11, 23), "suggestion": AS_OF}),
        ("id-form", "none", (3, "level_id"), {"field": "level_id", "value": "X", "suggestion": "x"}),
    ]
    assert {one.place.file for one in data.problems} == {"agencies/sample/withdrawn.yml"}
    assert list(data.withdrawn) == [0]


def test_what_is_there_is_not_withdrawn(tmp_path: Path) -> None:
    """A service, a level or a row that is still in its file is told at the entry; what is gone from there is not."""
    row = ', level_id: time, period: "2026-%s"'
    parts = (", level_id: time", row % "10", row % "09", ", level_id: wait")
    data = with_entries(tmp_path, ENTRY % ("vendor-card", ""), *(ENTRY % ("permit", part) for part in parts))

    assert [(one.code, one.place.route, one.facts["value"]) for one in data.problems] == [
        ("withdrawn-still-there", (1, "service_id"), "permit/time"),
        ("withdrawn-still-there", (2, "service_id"), "permit/time/2026-10"),
    ]


def test_a_file_of_entries_is_a_list(tmp_path: Path) -> None:
    """A map is told as a whole; a file that cannot be read is told once."""
    (problem,) = with_entries(tmp_path, "service_id: permit\n").problems
    (broken,) = with_entries(tmp_path, "[\n").problems

    assert (problem.code, problem.severity, problem.place.route) == ("file-not-a-list", "error", ())
    assert broken.code == "yaml-unreadable"


def test_what_replaces_it_is_a_service_that_is_there(tmp_path: Path) -> None:
    """A withdrawn service leads to one that is there, or the entry has a problem that holds back nothing."""
    data = with_entries(tmp_path, ENTRY % ("vendor-card", ", replaced_by: sample/permits"))
    (problem,) = check_references([index_of(data)])

    assert (problem.code, problem.withheld, problem.place.route) == ("id-unknown", "none", (0, "replaced_by"))


def test_an_entry_without_a_channel_is_about_all_rows_of_the_period() -> None:
    """What an entry leaves out it says of all; what it names, of that alone."""
    whole, part = (
        entry_of(level_id="time", period="2026-09"),
        entry_of(level_id="time", period="2026-09", office_id="north"),
    )

    assert name_of(part) == "permit/time/2026-09//north"
    assert covers(whole, made_row("2026-09", office_id="north"))
    assert not covers(part, made_row("2026-09"))
    assert not covers(whole, made_row("2026-10"))


def test_a_withdrawn_service_keeps_its_addresses(tmp_path: Path) -> None:
    """Its page says what, when, why and where to go, in both languages; its files say so and hold no figure."""
    data, site = tmp_path / "data", tmp_path / "site"
    with_entries(data, ENTRY % ("vendor-card", ", replaced_by: sample/permit"))
    build_site(Request(data, AS_OF, jobs=1), site, find_configuration())
    thai = (site / "agencies/sample/vendor-card/index.html").read_text(encoding="utf-8")
    english = (site / "en/agencies/sample/vendor-card/index.html").read_text(encoding="utf-8")
    told = orjson.loads((site / "data/agencies/sample/vendor-card.json").read_bytes())

    assert "เหตุผล: เลิกใช้" in thai
    assert "30 ก.ย. 2569" in thai.replace("\u00a0", " ")
    assert "Reason: No longer used" in english
    assert 'href="../../../agencies/sample/permit/"' in english
    assert told["withdrawn"]["withdrawn_on"] == "2026-09-30"
    assert csv_rows(site / "data/agencies/sample/vendor-card.csv") == []


def test_a_withdrawn_service_leads_to_no_draft(tmp_path: Path) -> None:
    """A draft has no page: the entry is published without the link, and its agency is told."""
    data, site = tmp_path / "data", tmp_path / "site"
    with_entries(data, ENTRY % ("vendor-card", ", replaced_by: sample/permit"))
    permit = data / "agencies/sample/services/permit.yml"
    permit.write_text(permit.read_text(encoding="utf-8").replace("status: active", "status: draft"), encoding="utf-8")
    build_site(Request(data, AS_OF, jobs=1), site, find_configuration())
    english = (site / "en/agencies/sample/vendor-card/index.html").read_text(encoding="utf-8")

    assert not (site / "agencies/sample/permit").exists()
    assert "Reason: No longer used" in english
    assert "sample/permit" not in english


def test_a_service_that_is_there_keeps_its_own_page(tmp_path: Path) -> None:
    """An entry that names a service whose file is there is a mistake, and takes no page away."""
    data, site = tmp_path / "data", tmp_path / "site"
    read = with_entries(data, ENTRY % ("permit", ""))
    build_site(Request(data, AS_OF, jobs=1), site, find_configuration())

    assert [problem.code for problem in read.problems] == ["withdrawn-still-there"]
    assert 'id="performance"' in (site / "agencies/sample/permit/index.html").read_text(encoding="utf-8")
