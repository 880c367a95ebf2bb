"""New agencies and services: what the templates give is right as it stands, and right when all of it is filled in."""

import re
import shutil
from pathlib import Path

import pytest
from made import AS_OF

from generator.pipeline import Prepared, prepare
from generator.scaffold import Made, _modeline, new_agency, new_service

REPOSITORY = Path(__file__).parent.parent
# A line of the template that is not used yet: a key, or something below one.
UNUSED = re.compile(r"^# (?=[a-z_]+:|  )", re.MULTILINE)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the demonstration data."""
    folder = tmp_path / "sla_data"
    shutil.copytree(REPOSITORY / "sla_data", folder)
    return folder


@pytest.fixture
def english(tmp_path: Path) -> Path:
    """A data folder whose first language is English."""
    folder = tmp_path / "english"
    shutil.copytree(REPOSITORY / "tests/broken/_base", folder)
    catalog = (folder / "catalog.yml").read_text(encoding="utf-8")
    (folder / "catalog.yml").write_text(
        re.sub(r"languages: .*", "languages: [en]", catalog).replace("th:", "en:"), encoding="utf-8"
    )
    shutil.rmtree(folder / "agencies")
    (folder / "agencies").mkdir()
    return folder


def errors(root: Path, *files: Path) -> list[str]:
    """Return the errors of a data folder; of these files only, where some are given."""
    names = {file.relative_to(root).as_posix() for file in files}
    with prepare(root, lambda _timezone: AS_OF) as read:
        found = [problem for problem in read.problems if problem.severity == "error"]
        return [
            f"{one.place.file}: {one.code} {dict(one.facts)}" for one in found if not names or one.place.file in names
        ]


def statuses(root: Path, agency_id: str) -> dict[str, str]:
    """Return the status of each good service of an agency."""
    with prepare(root, lambda _timezone: AS_OF) as read:
        assert isinstance(read, Prepared)
        return {service.id: service.status for service in read.agency(agency_id).services.values()}


def use_all(path: Path) -> None:
    """Remove the # before every line that is not used yet, and publish."""
    text = UNUSED.sub("", path.read_text(encoding="utf-8"))
    path.write_text(text.replace("status: draft", "status: active"), encoding="utf-8")


def test_a_new_agency_and_a_new_service_are_right_as_they_stand(data: Path) -> None:
    """Both are accepted without an error, and the service is a draft."""
    agency = new_agency(data, "land-office", "สำนักงานที่ดิน")
    service = new_service(data, "land-office", "title-deed-copy", "ขอสำเนาโฉนดที่ดิน")

    assert [made.refused for made in (agency, service)] == ["", ""]
    assert agency.files == (data / "agencies/land-office/agency.yml",)
    assert service.files == (data / "agencies/land-office/services/title-deed-copy.yml",)
    assert errors(data) == []
    assert statuses(data, "land-office") == {"title-deed-copy": "draft"}


def test_with_everything_filled_in_the_service_is_active(data: Path) -> None:
    """Whoever removes every # has a valid service with all sections, and steps that add up to its promise."""
    new_agency(data, "land-office", None)
    new_service(data, "land-office", "title-deed-copy", None)
    use_all(data / "agencies/land-office/agency.yml")
    path = data / "agencies/land-office/services/title-deed-copy.yml"
    use_all(path)
    with prepare(data, lambda _timezone: AS_OF) as read:
        told = [problem.code for problem in read.problems if problem.place.file.startswith("agencies/land-office/")]

    assert "\n# scope" not in path.read_text(encoding="utf-8")
    assert "\nscope:" in path.read_text(encoding="utf-8")
    assert set(told) == {"text-translation-missing"}, "a title was given in Thai only"
    assert statuses(data, "land-office") == {"title-deed-copy": "active"}


def test_titles_are_in_the_catalog_s_first_language(english: Path) -> None:
    """A catalog in English gets English titles, and its templates are right too."""
    new_agency(english, "roads", 'Roads: the "main" office \\ {currency} #1')
    new_service(english, "roads", "permit", None)
    use_all(english / "agencies/roads/services/permit.yml")
    with prepare(english, lambda _timezone: AS_OF) as read:
        assert isinstance(read, Prepared)
        agency = read.agency("roads").agency

    assert errors(english) == []
    assert agency is not None
    assert agency.title == {"en": 'Roads: the "main" office \\ {currency} #1'}


def test_no_title_is_the_id(data: Path) -> None:
    """Without a title the id stands there, so that the file is valid until somebody writes a better one."""
    new_agency(data, "land-office", None)

    assert '  th: "land-office"\n' in (data / "agencies/land-office/agency.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize("agency_id", ["1584", "1e3", "0123", "no", "true", "null"])
def test_an_id_that_yaml_would_read_otherwise_stands_in_quotes(data: Path, agency_id: str) -> None:
    """Digits alone, and words that are values, are still ids."""
    made = new_agency(data, agency_id, None)

    assert f'\nid: "{agency_id}"\n' in "\n" + made.files[0].read_text(encoding="utf-8")
    assert errors(data, *made.files) == []


def test_the_schema_is_named_where_the_program_is_beside_the_data(data: Path) -> None:
    """The first line leads an editor to the schema; where the schema is elsewhere there is no such line."""
    inside = REPOSITORY / "sla_data/agencies/never/agency.yml"
    assert _modeline(inside, "agency.yml") == "# yaml-language-server: $schema=../../../generator/schemas/agency.json\n"
    assert "yaml-language-server" not in new_agency(data, "land-office", None).files[0].read_text(encoding="utf-8")


def refused(made: Made) -> tuple[str, dict[str, object]]:
    """Return why nothing was made."""
    assert made.files == ()
    return made.refused, dict(made.facts)


def test_what_cannot_be_an_id_is_refused(data: Path) -> None:
    """Capitals, spaces, Thai letters, paths, long names and names that the site needs; each with one that can be typed."""
    before = sorted(data.rglob("*"))

    assert refused(new_agency(data, "Land Office", None)) == (
        "new_bad_id", {"value": "Land Office", "suggestion": "land-office"},
    )  # fmt: skip
    assert refused(new_agency(data, "../evil", None))[0] == "new_bad_id"
    assert refused(new_agency(data, "ที่ดิน", None))[0] == "new_bad_id"
    assert refused(new_agency(data, "a" * 65, None))[0] == "new_bad_id"
    assert refused(new_agency(data, "con", None)) == ("new_id_reserved", {"value": "con", "suggestion": "con-service"})
    assert refused(new_agency(data, "en", None))[0] == "new_id_reserved"
    assert refused(new_service(data, "lands", "Land Value", None))[0] == "new_bad_id"
    assert refused(new_service(data, "lands", "index", None))[0] == "new_id_reserved"
    assert sorted(data.rglob("*")) == before


def test_nothing_is_overwritten(data: Path) -> None:
    """A file that is there stays as it is."""
    path = data / "agencies/land-transport/services/annual-vehicle-tax.yml"
    before = path.read_bytes()

    assert refused(new_service(data, "land-transport", "annual-vehicle-tax", None)) == ("new_exists", {"file": path})
    assert refused(new_agency(data, "land-transport", None))[0] == "new_exists"
    assert path.read_bytes() == before


def test_a_service_needs_its_agency(data: Path) -> None:
    """An unknown agency is answered with the nearest, or with how to start one."""
    assert refused(new_service(data, "land-transprt", "permit", None)) == (
        "agency_unknown_near", {"agency": "land-transprt", "nearest": "land-transport"},
    )  # fmt: skip
    assert refused(new_service(data, "zoo", "permit", None)) == ("new_no_agency", {"agency": "zoo"})


def test_a_folder_without_a_catalog_is_refused(tmp_path: Path) -> None:
    """Without a catalog nobody knows the first language."""
    assert refused(new_agency(tmp_path, "zoo", None)) == ("new_no_catalog", {"folder": tmp_path})
    assert refused(new_service(tmp_path, "zoo", "permit", None)) == ("new_no_catalog", {"folder": tmp_path})
