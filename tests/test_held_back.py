"""How much may be withheld: one agency of fifty harms nobody else, more than a fifth stops the build."""

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from small import FILES, SERVICE, write_small

from generator import cli
from generator.intake.held_back import HeldBack
from generator.views.datasets.status import Status
from generator.website.build import build_site, find_configuration
from generator.website.plan import Request

AS_OF = "2026-11-22"
BROKEN = SERVICE + "steps: [\n"


def write_agencies(root: Path, count: int) -> Path:
    """Write the data of as many agencies, each with one service and one row."""
    write_small(root)
    for number in range(1, count):
        for name, text in FILES.items():
            if name.startswith("agencies/"):
                path = root / name.replace("sample", f"a{number:02}")
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text.replace("id: sample", f"id: a{number:02}"), encoding="utf-8")
    return root


def run(data: Path, site: Path, *more: str | Path) -> Result:
    """Build on the command line."""
    arguments = ["build", "--data", data, "--site", site, "--as-of", AS_OF, *more]
    return CliRunner().invoke(cli.main, [str(argument) for argument in arguments], catch_exceptions=False)


def status_of(site: Path) -> Any:
    """Return status.json."""
    return json.loads((site / "status.json").read_bytes())


def files(site: Path) -> dict[str, bytes]:
    """Return every file of a site."""
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("withheld", "silent", "known", "too_much"),
    [(0, 0, 0, False), (1, 0, 1, False), (1, 0, 3, False), (2, 0, 10, False), (2, 0, 9, True), (1, 1, 9, True),
     (0, 2, 4, True), (20, 0, 100, False), (20, 1, 100, True)],
)  # fmt: skip
def test_more_than_a_fifth_is_too_much(withheld: int, silent: int, known: int, too_much: bool) -> None:
    """More than 20 % of the services, and more than one; services without a row left count like those without a manual."""
    held = HeldBack((), tuple(map(str, range(withheld))), tuple(map(str, range(silent))), known)

    assert held.too_much is too_much


@pytest.mark.parametrize("fault", ["service", "agency", "rows", "file"])
def test_too_much_publishes_nothing(tmp_path: Path, fault: str) -> None:
    """Two of five services withheld: exit 1, counts and what to do in both languages, the old site as it was."""
    data, site = write_agencies(tmp_path / "data", 5), tmp_path / "site"
    assert run(data, site).exit_code == 0
    before = files(site)
    for agency in ("a01", "a02"):
        _spoil(data / "agencies" / agency, fault)
    told = tmp_path / "told.json"
    result = run(data, site, "--status", told)
    status = json.loads(told.read_bytes())

    assert result.exit_code == 1
    assert "2 จาก 5 บริการ" in result.stderr
    assert "2 of 5 services" in result.stderr
    assert "then build again" in result.stderr
    assert (status["published"], status["reason"]) == (False, "too_much_withheld")
    assert status["withheld_services"] == ["a01/permit", "a02/permit"]
    assert files(site) == before


def _spoil(agency: Path, fault: str) -> None:
    rows = agency / "performance/2026.csv"
    if fault == "service":
        (agency / "services/permit.yml").write_text(BROKEN, encoding="utf-8")
    elif fault == "agency":
        (agency / "agency.yml").write_text("[\n", encoding="utf-8")
    elif fault == "rows":
        rows.write_text(rows.read_text(encoding="utf-8").replace("120,111", "120,211"), encoding="utf-8")
    else:
        rows.write_bytes("service_id,level_id,period,volume,within_target,note_th\nไทย".encode("cp874"))


def test_one_service_alone_is_never_too_much(tmp_path: Path) -> None:
    """One of three is a third, and yet one mistake: the other two are published, and machines are told of the one."""
    data, site = write_agencies(tmp_path / "data", 3), tmp_path / "site"
    _spoil(data / "agencies/a01", "service")
    result = run(data, site, "--status", tmp_path / "told.json")
    status = status_of(site)

    assert result.exit_code == 0
    assert (status["published"], status["degraded"]) == (True, True)
    assert (status["withheld_agencies"], status["withheld_services"]) == ([], ["a01/permit"])
    assert status["kept"] == {}
    assert (tmp_path / "told.json").read_bytes() == (site / "status.json").read_bytes()


def test_a_sound_build_is_not_degraded(tmp_path: Path) -> None:
    """Without errors nothing is withheld, and the age of the newest figures is that of the last day they tell of."""
    site = tmp_path / "site"
    run(write_small(tmp_path / "data"), site)
    status = status_of(site)

    assert (status["published"], status["degraded"], status["withheld_services"]) == (True, False, [])
    assert (status["latest_period"], status["data_age_days"]) == ("2026-10", 22)
    assert {"as_of", "commit", "agencies", "services", "rows", "withheld_rows", "errors", "warnings"} <= status.keys()
    assert status.keys() == Status.__dataclass_fields__.keys()


def test_one_broken_agency_of_fifty_touches_no_other(tmp_path: Path) -> None:
    """The data files and pages of the other 49 are the same bytes as without the fault; the one says of which day it is."""
    data, control, site = write_agencies(tmp_path / "data", 50), tmp_path / "control", tmp_path / "site"
    build_site(Request(data, date.fromisoformat(AS_OF)), control, find_configuration())
    shutil.copytree(control, site)
    _spoil(data / "agencies/a07", "agency")
    result = run(data, site)
    before, after = files(control), files(site)
    theirs = [name for name in before if "agencies/" in name and "/a07" not in name and name.count("/") >= 2]

    assert result.exit_code == 0
    assert [name for name in theirs if "agencies/index" not in name and after.get(name) != before[name]] == []
    assert len([name for name in theirs if "data/" in name]) == 49 * 5
    assert before.keys() <= after.keys()
    assert "หน้านี้แสดงข้อมูลที่เผยแพร่ล่าสุดเมื่อ" in after["agencies/a07/index.html"].decode()
    status = status_of(site)
    assert (status["degraded"], status["withheld_agencies"]) == (True, ["a07"])
    assert status["kept"] == {"a07": AS_OF, "a07/permit": AS_OF}
    assert CliRunner().invoke(cli.main, ["check", str(data), "--as-of", AS_OF]).exit_code == 1
