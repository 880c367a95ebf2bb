"""Data folders with one mistake each: the base, the files of ``broken/<code>/`` over it, and what no file can say."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

from generator.history.gate import check_between
from generator.intake.load import load_agency, load_catalog
from generator.intake.references import check_references, index_of
from generator.pipeline import Prepared, prepare
from generator.problems import Problem
from generator.report import as_text, resolve

BROKEN: Final = Path(__file__).parent / "broken"
BASE: Final = BROKEN / "_base"
EXPECTED: Final = "expected.txt"
AS_OF: Final = date(2026, 11, 22)
SERVICE: Final = "agencies/office/services/permit.yml"


def _missing_agency(root: Path) -> None:
    (root / "agencies/office/agency.yml").unlink()


def _link(root: Path) -> None:
    (root / "agencies/office/services/renewal.yml").symlink_to("permit.yml")


def _large(root: Path) -> None:
    text = (root / SERVICE).read_text(encoding="utf-8")
    (root / SERVICE).write_text(text + "# ขยายไฟล์\n" * 12_000, encoding="utf-8")


def _twin(root: Path) -> None:
    # A file system that does not tell case apart could not hold these two in a checkout.
    table = (root / "agencies/office/performance/2026.csv").read_bytes()
    (root / "agencies/office/performance/A.csv").write_bytes(table.replace(b"2026-", b"2025-"))
    (root / "agencies/office/performance/a.csv").write_bytes(table.replace(b"2026-", b"2024-"))


def _no_service(root: Path) -> None:
    (root / SERVICE).unlink()
    (root / "agencies/office/performance/2026.csv").unlink()


def _no_agency(root: Path) -> None:
    shutil.rmtree(root / "agencies/office")


def _renewal_withdrawn(root: Path) -> None:
    entry = "- {service_id: renewal, title: ต่ออายุใบอนุญาต, withdrawn_on: 2026-11-01, reason: ยกเลิกแล้ว}\n"
    (root / "agencies/office/withdrawn.yml").write_text(entry, encoding="utf-8")


# What was published is the base; what is done to it before the data of a code is compared with it.
PUBLISHED: Final[dict[str, Callable[[Path], None]]] = {
    "past-id-used-again": _renewal_withdrawn,
}
# What is done to the data folder of a code beside laying its files over the base.
MADE: Final[dict[str, Callable[[Path], None]]] = {
    "file-missing": _missing_agency,
    "file-name-twin": _twin,
    "file-symlink": _link,
    "file-too-large": _large,
    "past-removed": _no_service,
    "past-agency-removed": _no_agency,
}


def codes() -> list[str]:
    """Return the codes that have a folder, sorted."""
    return sorted(path.name for path in BROKEN.iterdir() if path.is_dir() and not path.name.startswith("_"))


def make(code: str, root: Path) -> Path:
    """Write the data folder of a code below ``root`` and return it."""
    data = root / "data"
    shutil.copytree(BASE, data)
    folder = BROKEN / code
    shutil.copytree(folder, data, dirs_exist_ok=True, symlinks=True, ignore=shutil.ignore_patterns(EXPECTED))
    if code in MADE:
        MADE[code](data)
    if code.startswith("past-"):
        shutil.copytree(BASE, root / "published")
        PUBLISHED.get(code, lambda _: None)(root / "published")
    return data


def problems_of(root: Path) -> list[Problem]:
    """Return every problem of a data folder, as ``check`` finds them."""
    catalog, problems = load_catalog(root)
    if catalog is None:
        return problems
    agencies = [load_agency(root, agency_id, catalog, AS_OF) for agency_id in catalog.agency_ids]
    found = [problem for agency in agencies for problem in agency.problems]
    references = check_references(index_of(agency) for agency in agencies)
    return [*problems, *found, *references, *_changes(root)]


def _changes(root: Path) -> tuple[Problem, ...]:
    """Return what ``check --against`` finds beside, where a data folder has one that was published."""
    published = root.parent / "published"
    if not published.is_dir():
        return ()
    with prepare(root, lambda _: AS_OF, jobs=1) as now, prepare(published, lambda _: AS_OF, jobs=1) as before:
        assert isinstance(now, Prepared)
        assert isinstance(before, Prepared)
        return check_between(now, before)


def report_of(root: Path) -> str:
    """Return the whole report of a data folder as text."""
    files = sum(1 for path in root.rglob("*") if path.is_file())
    return as_text(root, resolve(root, problems_of(root)), files=files, whole=True)
