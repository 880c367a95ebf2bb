"""What is withheld stays visible as it was published last, with its day, and nothing else of the site is touched."""

import csv
import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from small import AGENCY, CATALOG, FILES, SERVICE

from generator.verify import verify
from generator.website.build import build_site, find_configuration
from generator.website.plan import Request

FIRST, SECOND, THIRD = date(2026, 11, 22), date(2026, 12, 20), date(2027, 1, 20)
COLUMNS = "service_id,level_id,period,channel_id,volume,within_target,median,revision,reported_on,note_th\n"
ROWS = COLUMNS + (
    "permit,time,2026-09,,120,118,3.5,0,2026-10-10,\n"
    "permit,time,2026-10,,120,100,4,0,2026-11-10,\n"
    "permit,time,2026-10,,120,111,4,1,2026-11-12,=แก้ไข\n"
    "permit,time,2026-10,counter,30,28,,0,,\n"
)
WORDS = """\
legal_basis: [{law: act}]
scope: {channels: [{id: counter, type: counter, title: {th: เคาน์เตอร์}, calendar: office}]}
requirements: {documents: [{document: card}]}
topics: [home]
"""
LISTS = {
    "vocabulary/topics.yml": "- {id: home, title: {th: บ้าน, en: Home}}\n",
    "vocabulary/laws.yml": "- {id: act, title: {th: พระราชบัญญัติ, en: Act}}\n",
    "vocabulary/documents.yml": "- {id: card, title: {th: บัตรประชาชน, en: Identity card}}\n",
    "calendars/office.yml": "id: office\ntitle: {th: ปฏิทิน, en: Calendar}\nweekend: [sat, sun]\n",
}
KEPT_TH = "หน้านี้แสดงข้อมูลที่เผยแพร่ล่าสุดเมื่อ"
KEPT_EN = "this page shows what was last published on"


def write(data: Path, files: dict[str, str]) -> None:
    """Write files of the data folder."""
    for name, text in files.items():
        (data / name).parent.mkdir(parents=True, exist_ok=True)
        (data / name).write_text(text, encoding="utf-8")


def build(data: Path, site: Path, as_of: date, previous: Path | None = None) -> None:
    """Build the site of a day."""
    build_site(Request(data, as_of, jobs=1, previous=previous), site, find_configuration())


def read(path: Path) -> Any:
    """Return a JSON file's content."""
    return json.loads(path.read_bytes())


def rows_of(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def text(path: Path) -> str:
    """Return a page."""
    return (path / "index.html").read_text(encoding="utf-8").replace("\u00a0", " ")


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the data and the site of a day on which all was well: two agencies, one service each."""
    folder = tmp_path_factory.mktemp("first")
    own = {"agencies/sample/services/permit.yml": SERVICE + WORDS, "agencies/sample/performance/2026.csv": ROWS}
    other = {name.replace("sample", "other"): words.replace("id: sample", "id: other") for name, words in FILES.items()}
    write(folder / "data", {**FILES, **other, **LISTS, **own, "catalog.yml": CATALOG})
    build(folder / "data", folder / "site", FIRST)
    return folder


@pytest.fixture
def data(first: Path, tmp_path: Path) -> Path:
    """The data of that day, to be spoilt."""
    return Path(shutil.copytree(first / "data", tmp_path / "data"))


def test_a_withheld_service_keeps_its_last_good_page(first: Path, data: Path, tmp_path: Path) -> None:
    """Its manual and its figures stay at their address, and both languages say of which day they are."""
    write(data, {"agencies/sample/services/permit.yml": SERVICE + "steps: [\n"})
    build(data, tmp_path / "site", SECOND, first / "site")
    thai, english = (text(tmp_path / "site" / at / "agencies/sample/permit") for at in ("", "en"))

    assert KEPT_TH in thai
    assert "22 พ.ย. 2569" in thai.split(KEPT_TH)[1][:200]
    assert KEPT_EN in english
    assert "22 Nov 2026" in english.split(KEPT_EN)[1][:200]
    for page in (thai, english):
        assert "111" in page
    assert "Act" in english
    assert "Identity card" in english


def test_every_page_that_lists_a_kept_service_says_so(first: Path, data: Path, tmp_path: Path) -> None:
    """The agency's page, the list of services, and data quality name it, and count it as held back."""
    write(data, {"agencies/sample/services/permit.yml": SERVICE + "steps: [\n"})
    build(data, tmp_path / "site", SECOND, first / "site")
    for at in ("agencies/sample", "services", "data-quality"):
        assert "22 พ.ย. 2569" in text(tmp_path / "site" / at), at
    quality = text(tmp_path / "site/en/data-quality")

    assert "Still shown as last published" in quality
    assert "1 service" in quality.split("Services held back")[1][:80]


@pytest.mark.parametrize("broken", ["agency.yml", "services/permit.yml"])
def test_a_kept_site_can_be_verified_and_revises_nothing(first: Path, data: Path, tmp_path: Path, broken: str) -> None:
    """Every figure of a site with a kept service, or agency, follows from its data, and no figure was revised."""
    write(data, {f"agencies/sample/{broken}": "[\n"})
    build(data, tmp_path / "site", SECOND, first / "site")

    assert list(verify(tmp_path / "site")) == []
    assert rows_of(tmp_path / "site/data/revisions.csv") == []


def test_kept_data_are_what_was_published(first: Path, data: Path, tmp_path: Path) -> None:
    """Every row, every revision and every text is as it was, marked with its day; the other agency is untouched."""
    write(data, {"agencies/sample/services/permit.yml": SERVICE + "steps: [\n"})
    build(data, tmp_path / "site", FIRST, first / "site")
    before, after = first / "site/data", tmp_path / "site/data"
    kept = read(after / "agencies/sample/permit.json")

    assert kept.pop("kept_from") == "2026-11-22"
    assert kept == read(before / "agencies/sample/permit.json")
    for name in ("performance.csv", "history.csv", "service_levels.csv", "agencies/other/permit.json"):
        assert (after / name).read_bytes() == (before / name).read_bytes(), name
    assert [row["kept_from"] for row in rows_of(after / "services.csv")] == ["", "2026-11-22"]


def test_a_kept_service_is_not_counted_as_fresh(first: Path, data: Path, tmp_path: Path) -> None:
    """Reports that fell due since are held back, not missing: they are owed, and nobody can say that they came."""
    write(data, {"agencies/sample/services/permit.yml": SERVICE + "steps: [\n"})
    build(data, tmp_path / "site", SECOND, first / "site")
    sample = next(one for one in rows_of(tmp_path / "site/data/service_levels.csv") if one["agency_id"] == "sample")
    page = text(tmp_path / "site/en/agencies/sample/permit")

    assert (sample["reports_received"], sample["reports_due"]) == ("2", "12")
    assert "Held back" in page


def test_a_kept_service_stays_with_its_first_day(first: Path, data: Path, tmp_path: Path) -> None:
    """Kept again and again, it still says when it was good; once corrected it is of today again."""
    good = (data / "agencies/sample/services/permit.yml").read_text(encoding="utf-8")
    write(data, {"agencies/sample/services/permit.yml": SERVICE + "steps: [\n"})
    site = tmp_path / "site"
    build(data, site, SECOND, first / "site")
    build(data, site, THIRD)
    assert read(site / "data/agencies/sample/permit.json")["kept_from"] == "2026-11-22"

    write(data, {"agencies/sample/services/permit.yml": good})
    build(data, site, THIRD)
    assert "kept_from" not in read(site / "data/agencies/sample/permit.json")
    assert KEPT_TH not in text(site / "agencies/sample/permit")


def test_a_withheld_agency_is_kept_whole(first: Path, data: Path, tmp_path: Path) -> None:
    """Its page, its services and its rows stay as they were, with the day on each."""
    write(data, {"agencies/sample/agency.yml": AGENCY + "kind: department\n"})
    build(data, tmp_path / "site", FIRST, first / "site")
    site = tmp_path / "site"

    assert KEPT_TH in text(site / "agencies/sample")
    assert KEPT_EN in text(site / "en/agencies/sample/permit")
    assert (site / "data/performance.csv").read_bytes() == (first / "site/data/performance.csv").read_bytes()
    assert [row["kept_from"] for row in rows_of(site / "data/agencies.csv")] == ["", "2026-11-22"]
    assert read(site / "data/agencies/sample.json")["kept_from"] == "2026-11-22"


@pytest.mark.parametrize("gone", ["vocabulary/laws.yml", "vocabulary/documents.yml", "calendars/office.yml"])
@pytest.mark.parametrize("how", ["broken", "removed"])
def test_shared_lists_are_kept_with_what_uses_them(
    first: Path, data: Path, tmp_path: Path, gone: str, how: str
) -> None:
    """A service that a broken list withholds still names its laws, documents and closed days in words."""
    (data / gone).unlink() if how == "removed" else write(data, {gone: "[\n"})
    build(data, tmp_path / "site", SECOND, first / "site")
    page = text(tmp_path / "site/en/agencies/sample/permit")

    assert KEPT_EN in page
    assert "Identity card" in page
    assert ">Act" in page


def test_what_is_withdrawn_is_not_kept(first: Path, data: Path, tmp_path: Path) -> None:
    """A figure that withdrawn.yml takes back does not return with the service that is kept."""
    entry = "- {service_id: permit, level_id: time, period: 2026-10, withdrawn_on: 2026-12-01, reason: {th: ผิด}}\n"
    write(data, {"agencies/sample/services/permit.yml": SERVICE + "steps: [\n", "agencies/sample/withdrawn.yml": entry})
    build(data, tmp_path / "site", SECOND, first / "site")

    assert [row["period"] for row in rows_of(tmp_path / "site/data/agencies/sample/permit.csv")] == ["2026-09"]


def test_nothing_is_kept_of_what_was_never_published(data: Path, tmp_path: Path) -> None:
    """Without a previous site a withheld service's page says that it is being corrected, and so does its data."""
    write(data, {"agencies/sample/services/permit.yml": SERVICE + "steps: [\n"})
    build(data, tmp_path / "site", SECOND)
    page = text(tmp_path / "site/agencies/sample/permit")

    assert KEPT_TH not in page
    assert "อยู่ระหว่างการแก้ไข" in page
    assert read(tmp_path / "site/data/agencies/sample/permit.json")["withheld"] is True


@pytest.mark.parametrize("spoilt", [b"", b"{", b"[]", b'{"as_of": "2026-11-22", "service": {"id": 3}}'])
def test_what_no_longer_makes_a_record_is_not_kept(first: Path, data: Path, tmp_path: Path, spoilt: bytes) -> None:
    """A published file of another form is no reason to fail: the page says that it is being corrected."""
    previous = shutil.copytree(first / "site", tmp_path / "previous")
    (previous / "data/agencies/sample/permit.json").write_bytes(spoilt)
    write(data, {"agencies/sample/services/permit.yml": SERVICE + "steps: [\n"})
    build(data, tmp_path / "site", SECOND, previous)

    assert "อยู่ระหว่างการแก้ไข" in text(tmp_path / "site/agencies/sample/permit")


def test_a_service_that_another_names_is_there_while_its_agency_is_withheld(
    first: Path, data: Path, tmp_path: Path
) -> None:
    """One agency's broken file withholds nothing of an agency whose service must be done after one of its own."""
    write(data, {"agencies/other/services/permit.yml": SERVICE + "after: [sample/permit]\n"})
    write(data, {"agencies/sample/agency.yml": "[\n"})
    build(data, tmp_path / "site", SECOND)

    assert "other" in {row["agency_id"] for row in rows_of(tmp_path / "site/data/services.csv")}


def test_a_service_that_vanishes_stays_as_it_was(first: Path, data: Path, tmp_path: Path) -> None:
    """Without its file and without an entry in withdrawn.yml a service keeps its last good page, and that alone is told."""
    (data / "agencies/sample/services/permit.yml").unlink()
    site = tmp_path / "site"
    build(data, site, SECOND, first / "site")
    build(data, site, THIRD)
    (problem,) = [row for row in rows_of(site / "data/problems.csv") if row["severity"] == "error"]

    assert (problem["code"], problem["agency_id"], problem["withheld"]) == ("past-removed", "sample", "service")
    assert "22 Nov 2026" in text(site / "en/agencies/sample/permit").split(KEPT_EN)[1][:200]
    assert "permit" in text(site / "en/data-quality")
    assert (site / "data/performance.csv").read_bytes() == (first / "site/data/performance.csv").read_bytes()
    assert rows_of(site / "data/revisions.csv") == []
    assert read(site / "status.json")["withheld_services"] == ["sample/permit"]
    assert list(verify(site)) == []


def test_an_agency_that_vanishes_stays_as_it_was(first: Path, data: Path, tmp_path: Path) -> None:
    """Without its folder an agency keeps its last good pages and data, and its problem is published."""
    shutil.rmtree(data / "agencies/sample")
    site = tmp_path / "site"
    build(data, site, SECOND, first / "site")
    (problem,) = [row for row in rows_of(site / "data/problems.csv") if row["severity"] == "error"]

    assert (problem["code"], problem["agency_id"], problem["withheld"]) == ("past-agency-removed", "sample", "agency")
    assert KEPT_EN in text(site / "en/agencies/sample/permit")
    assert KEPT_TH in text(site / "agencies/sample")
    assert (site / "data/performance.csv").read_bytes() == (first / "site/data/performance.csv").read_bytes()
    assert rows_of(site / "data/revisions.csv") == []
    assert list(verify(site)) == []


def test_what_is_withdrawn_with_a_reason_is_not_kept(first: Path, data: Path, tmp_path: Path) -> None:
    """An entry in withdrawn.yml takes the manual and the figures away, on that night or on a later one, and the log says why."""
    (data / "agencies/sample/services/permit.yml").unlink()
    (data / "agencies/sample/performance/2026.csv").unlink()
    site = tmp_path / "site"
    build(data, site, SECOND, first / "site")
    entry = "- {service_id: permit, title: {th: ใบ}, withdrawn_on: 2026-12-01, reason: {th: เลิกใช้}}\n"
    write(data, {"agencies/sample/withdrawn.yml": entry})
    build(data, site, THIRD)
    (removed,) = rows_of(site / "data/revisions.csv")

    assert (removed["change"], removed["service_id"], removed["reason_th"]) == ("removed", "permit", "เลิกใช้")
    assert KEPT_TH not in text(site / "agencies/sample/permit")
    assert rows_of(site / "data/agencies/sample/permit.csv") == []


def test_of_another_site_nothing_vanishes(first: Path, data: Path, tmp_path: Path) -> None:
    """Where the data are of a site at another address, what stood in the folder before is not missed."""
    shutil.rmtree(data / "agencies/sample")
    write(data, {"catalog.yml": CATALOG.replace("https://clearly.example.go.th/sla/", "https://other.example.go.th/")})
    build(data, tmp_path / "site", SECOND, first / "site")

    assert [row["code"] for row in rows_of(tmp_path / "site/data/problems.csv") if row["severity"] == "error"] == []
    assert not (tmp_path / "site/agencies/sample").exists()
