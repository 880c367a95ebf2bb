"""The public list of problems tells no figure by channel or office; the report of `check` does."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from published import csv_rows, files_of, texts_in
from sites import build
from small import write_small

from generator.cli import main

SERVICE = "agencies/sample/services/permit.yml"
AGENCY = "agencies/sample/agency.yml"
# Each row by channel or office breaks a rule about its figures; nothing else in the site has these figures.
ROWS = """\
service_id,level_id,period,channel_id,office_id,volume,within_target,backlog,backlog_overdue,complaints,reported_attainment,note_th
permit,time,2026-10,,,120,111,,,,,
permit,time,2026-10,web,,77071,77072,,,,,
permit,time,2026-10,,north,"77,073",5,,,,,
permit,time,2026-09,,north,๗๗๐๗๔,5,,,,,"สอง
บรรทัด"
permit,time,2026-08,web,,600,500,77075,77076,,,
permit,time,2026-07,,,80000,72900,,,,,
permit,time,2026-07,web,,77077,70000,,,,0.123456,
permit,time,2026-07,fax,,3,3,,,,,
permit,time,2026-06,web,,3,3,,,,,
permit,time,2026-05,web,,3,3,,,,,
permit,time,2026-04,,,77078,77079,,,,,
permit,time,2026-03,web,,77080,7708,"1
"""
TOLD = ("77071", "77072", "77,073", "77073", "77074", "๗๗๐๗๔", "77075", "77076", "77077", "0.1234", "0.1235", "77080")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """An agency with a channel, an office, and rows that go wrong."""
    root = write_small(tmp_path / "data")
    channel = (
        "scope: {channels: [{id: web, type: online, title: {th: เว็บ}}, {id: fax, type: fax, title: {th: โทรสาร}}]}\n"
    )
    for name, more in ((SERVICE, channel), (AGENCY, "offices: [{id: north, title: {th: เหนือ, en: North}}]\n")):
        (root / name).write_text((root / name).read_text(encoding="utf-8") + more, encoding="utf-8")
    (root / "agencies/sample/performance/2026.csv").write_text(ROWS, encoding="utf-8")
    return root


def test_the_site_tells_no_figure_of_a_part(data: Path, tmp_path: Path) -> None:
    """No file of the site has a figure that only a wrong row by channel or office had; one of all is told."""
    site = tmp_path / "site"
    build(data, site)
    telling = [
        (path.relative_to(site).as_posix(), figure)
        for path in files_of(site)
        if path.suffix in (".html", ".csv", ".json", ".xlsx", ".parquet", ".zip", ".xml")
        for text in texts_in(path)
        for figure in TOLD
        if figure in text
    ]
    rows = csv_rows(site / "data/problems.csv")

    assert telling == []
    assert {"•••"} == {row["value"] for row in rows if row["code"] in ("number-comma", "number-thai-digits")}
    assert any("77079" in row["message_en"] for row in rows)


def test_small_rows_are_told_once_for_each_file(data: Path, tmp_path: Path) -> None:
    """The line of a small row would tell it from the row that is hidden to protect it."""
    build(data, tmp_path / "site")
    found = [row for row in csv_rows(tmp_path / "site/data/problems.csv") if row["code"] == "breakdown-small"]

    assert [(row["file"], row["line"], row["column"]) for row in found] == [
        ("agencies/sample/performance/2026.csv", "1", "1")
    ]


def test_the_check_tells_all(data: Path) -> None:
    """Who corrects a row needs to read what stands in it, and where."""
    said = CliRunner().invoke(main, ["check", str(data), "--as-of", "2026-11-22", "--format", "json"]).output

    assert "77072" in said
    assert "77073" in said
    assert said.count("breakdown-small") == 3
