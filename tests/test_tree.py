"""What may lie where in the data folder: what is listed, what is refused, and what to do instead."""

import os
from pathlib import Path

import pytest

from generator.intake.tree import CSV_NAME, FOLDER, RESERVED, YAML_NAME, Folder, check_id, list_folder
from generator.problems import Place

SERVICES, PERFORMANCE = "agencies/office/services", "agencies/office/performance"
HOME = {"csv": "agencies/<agency_id>/performance/", "yml": "agencies/<agency_id>/services/"}


def listed(root: Path, *names: str, folder: str = SERVICES) -> Folder:
    """Return what is found in a folder of files with these names; one that ends with a slash is a folder."""
    for name in names:
        path = root / folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.mkdir() if name.endswith("/") else path.write_bytes(b"")
    return list_folder(root, folder, CSV_NAME if folder == PERFORMANCE else YAML_NAME, None)


def test_what_belongs_is_listed_in_order(tmp_path: Path) -> None:
    """Files and folders apart, sorted by name; a folder that is not there is empty."""
    listed(tmp_path, "b.yml", "a.yml", "c/", "d/")

    assert list_folder(tmp_path, SERVICES, YAML_NAME, FOLDER) == Folder(("a.yml", "b.yml"), ("c", "d"))
    assert list_folder(tmp_path, "nowhere", YAML_NAME, FOLDER) == Folder()


@pytest.mark.parametrize(
    ("folder", "name", "code", "facts"),
    [
        (SERVICES, ".hidden.yml", "file-hidden", {}),
        (SERVICES, "old/", "folder-unexpected", {}),
        (SERVICES, "permit.yaml", "file-extension", {"suggestion": "permit.yml"}),
        (SERVICES, "permit.v2.YML", "file-extension", {"suggestion": "permit.v2.yml"}),
        (SERVICES, "rows.csv", "file-unexpected", {"suggestion": HOME["csv"]}),
        (SERVICES, "rows.CSV", "file-unexpected", {"suggestion": HOME["csv"]}),
        (SERVICES, "notes.txt", "file-unexpected-kind", {}),
        (PERFORMANCE, "permit.yml", "file-unexpected", {"suggestion": HOME["yml"]}),
        (PERFORMANCE, "2026.CSV", "file-name", {"suggestion": "2026.csv"}),
        (PERFORMANCE, "ผล 2026 (ใหม่).csv", "file-name", {"suggestion": "2026.csv"}),
        (PERFORMANCE, "results of 2026.csv", "file-name", {"suggestion": "results-of-2026.csv"}),
        (PERFORMANCE, "ผล.csv", "file-name", {"suggestion": "results.csv"}),
    ],
)
def test_what_does_not_belong_is_told_what_to_do(
    tmp_path: Path, folder: str, name: str, code: str, facts: dict[str, str]
) -> None:
    """By name or by kind; with the name that it should have, or the folder it probably belongs to."""
    found = listed(tmp_path, name, folder=folder)
    (problem,) = found.problems
    file = f"{folder}/{name.rstrip('/')}"

    assert (problem.code, problem.severity, problem.place) == (code, "error", Place(file))
    assert dict(problem.facts) == {"file": file, **facts}
    assert (found.files, found.folders, found.refused) == ((), (), (name.rstrip("/"),))


def test_what_is_no_file_is_never_opened(tmp_path: Path) -> None:
    """A link leads elsewhere, and a pipe never ends: both are refused by what they are, not by what is in them."""
    listed(tmp_path, "permit.yml")
    folder = tmp_path / SERVICES
    (folder / "link.yml").symlink_to("permit.yml")
    (folder / "linked").symlink_to(tmp_path, target_is_directory=True)
    os.mkfifo(folder / "pipe.yml")
    (tmp_path / "other").symlink_to(folder, target_is_directory=True)
    found = list_folder(tmp_path, SERVICES, YAML_NAME, FOLDER)

    assert (found.files, found.folders) == (("permit.yml",), ())
    assert [(one.code, one.facts["file"]) for one in found.problems] == [
        ("file-symlink", f"{SERVICES}/link.yml"),
        ("file-symlink", f"{SERVICES}/linked"),
        ("file-unexpected-kind", f"{SERVICES}/pipe.yml"),
    ]
    assert list_folder(tmp_path, "other", YAML_NAME, None) == Folder()


def test_names_that_are_one_on_some_computers_are_told(tmp_path: Path) -> None:
    """They differ in case, or in how a letter is put together; each later one is told the first."""
    found = listed(tmp_path, "Permit.yml", "PERMIT.yml", "permit.yml", "caf\u00e9.yml", "cafe\u0301.yml", "other.yml")

    assert [(one.code, one.place.file, one.facts["other"]) for one in found.problems] == [
        ("file-name-twin", f"{SERVICES}/Permit.yml", f"{SERVICES}/PERMIT.yml"),
        ("file-name-twin", f"{SERVICES}/caf\u00e9.yml", f"{SERVICES}/cafe\u0301.yml"),
        ("file-name-twin", f"{SERVICES}/permit.yml", f"{SERVICES}/PERMIT.yml"),
    ]
    assert len(found.files) == 6
    assert list_folder(tmp_path, "", None, FOLDER).folders == ("agencies",)


def test_a_file_at_the_top_is_named_without_a_folder(tmp_path: Path) -> None:
    """Nothing stands before its name."""
    (tmp_path / "notes.txt").write_bytes(b"")

    assert [one.place.file for one in list_folder(tmp_path, "", YAML_NAME, FOLDER).problems] == ["notes.txt"]


@pytest.mark.parametrize(
    ("value", "code", "suggestion"),
    [
        ("vehicle-tax", None, ""),
        ("a" * 64, None, ""),
        ("a" * 65, "id-form", "a" * 64),
        ("Vehicle Tax", "id-form", "vehicle-tax"),
        ("vehicle tax", "id-form", "vehicle-tax"),
        ("vehicle-", "id-form", "vehicle"),
        ("ภาษี", "id-form", "vehicle-tax"),
        ("index", "id-reserved", "index-service"),
        ("zh-tw", "id-reserved", "zh-tw-service"),
        ("zh", None, ""),
    ],
)
def test_an_id_has_its_form_and_is_no_name_that_addresses_need(value: str, code: str | None, suggestion: str) -> None:
    """What can be typed instead is told; the languages of the catalog are addresses too."""
    found = list(check_id(Place("x"), value, ("th", "zh-TW")))

    assert [(one.code, one.severity, one.facts["suggestion"]) for one in found] == (
        [(code, "error", suggestion)] if code else []
    )


def test_every_name_that_an_address_needs_is_kept_free() -> None:
    """Folders of the site, the page of what is not found, and what Windows takes for a device."""
    of_the_site = {"index", "assets", "search", "data", "api", "en", "th", "sitemap", "404"}
    devices = {"con", "prn", "aux", "nul"} | {f"{port}{at}" for port in ("com", "lpt") for at in "123456789"}

    assert of_the_site | devices == RESERVED
