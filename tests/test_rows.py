from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from made import AS_OF, made_agency, made_catalog, made_level, made_service, made_target

from generator.intake.rows import RowsRead, read_rows_of
from generator.model import Service
from generator.problems import Place, Position

HEADER = "service_id,level_id,period,channel_id,office_id,volume,within_target,revision"
LIMIT = {"value": 30, "unit": "minute"}
CHANNELS = {"channels": ({"id": "counter", "type": "counter", "title": "Counter"},)}
LEVELS = (
    made_level("time", (made_target("2025-10-01", limit=LIMIT),)),
    made_level("wait", (made_target("2025-10-01"),), measure="waiting_time"),
)


def read(
    root: Path,
    *rows: str,
    header: str = HEADER,
    files: Mapping[str, str | bytes] | None = None,
    service: Service | None = None,
    withheld: frozenset[str] = frozenset(),
    **settings: Any,
) -> RowsRead:
    """Return what is read of an agency's performance folder."""
    folder = root / "agencies" / "office" / "performance"
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (files or {"2026.csv": "\n".join((header, *rows, ""))}).items():
        (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    agency = made_agency(offices=({"id": "north", "title": "North"},))
    service = service or made_service(levels=LEVELS, scope=CHANNELS)
    return read_rows_of(root, "office", agency, {service.id: service}, withheld, made_catalog(**settings), AS_OF)


def found(result: RowsRead) -> list[tuple[str, tuple[str | int, ...]]]:
    """Return the codes and places of the problems, in order of the file."""
    return sorted((problem.code, problem.place.route) for problem in result.problems)


def kept(result: RowsRead) -> list[tuple[str, int | None, int]]:
    """Return period, volume and revision of the good rows."""
    return [(row.period.code, row.volume, row.revision) for row in result.observations]


def test_a_row_becomes_an_observation(tmp_path: Path) -> None:
    """Each cell arrives under its name; an empty one is not known, and 0 is none."""
    header = (
        "note_en,office_id,channel_id,p90,median,period,level_id,service_id,within_target,volume,received,backlog,"
        "backlog_overdue,excluded,delay_notices_due,delay_notices_sent,complaints,status,revision,reported_on,"
        "reported_attainment"
    )
    cells = '"Closed, a day",north,counter,45,12.5,2026-10,time,permit,0,100,,7,2,1,3,3,4,provisional,,2026-11-02,0.00'
    result = read(tmp_path, cells, header=header)
    (row,) = result.observations

    assert [problem.code for problem in result.problems] == ["all-row-missing"]
    assert (row.volume, row.within_target, row.received, row.backlog, row.backlog_overdue) == (100, 0, None, 7, 2)
    assert (str(row.median), str(row.p90), str(row.reported_attainment)) == ("12.5", "45", "0.00")
    assert (row.excluded, row.delay_notices_due, row.delay_notices_sent, row.complaints) == (1, 3, 3, 4)
    assert (row.status, row.revision, str(row.reported_on)) == ("provisional", 0, "2026-11-02")
    assert row.notes == {"en": "Closed, a day"}
    assert (row.file, row.line) == ("agencies/office/performance/2026.csv", 2)


def test_rows_are_sorted_and_files_joined(tmp_path: Path) -> None:
    """Neither the order of rows nor the files they stand in change what is read."""
    lines = [f"permit,time,2026-{month:02},,,{month},1,0" for month in range(1, 11)]
    one = read(tmp_path / "one", *lines)
    files = {
        "b.csv": "\n".join((HEADER, *lines[:4])),
        "a.csv": "\n".join((HEADER, *reversed(lines[4:]))).replace("\n", "\r\n"),
    }
    other = read(tmp_path / "two", files=files)

    assert kept(one) == kept(other) == [(f"2026-{month:02}", month, 0) for month in range(1, 11)]


def test_a_wrong_cell_withholds_its_row_and_its_period(tmp_path: Path) -> None:
    """The other rows are published; the period is known to be withheld, not missing."""
    result = read(tmp_path, 'permit,time,2026-09,,,"1,234",1,0', "permit,time,2026-10,,,5,5,0")

    assert found(result) == [("number-comma", (2, "volume"))]
    assert kept(result) == [("2026-10", 5, 0)]
    assert [(row.period, row.line) for row in result.withheld_rows] == [("2026-09", 2)]
    assert result.withheld_keys == {("permit", "time", "2026-09", "", "")}


def test_every_problem_of_a_row_is_said_at_once(tmp_path: Path) -> None:
    """Nobody sends a file three times to learn of three mistakes."""
    result = read(tmp_path, "permot,time,2026-1O,,,๕,x,+1")

    assert [code for code, _ in found(result)] == [
        "cell-not-a-number", "id-unknown", "number-sign", "number-thai-digits", "period-unreadable",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "code", "column", "facts"),
    [
        ("permot,time,2026-10,,,1,1,0", "id-unknown", "service_id", {"nearest": "permit"}),
        ("permit,allday,2026-10,,,1,1,0", "id-unknown-none-near", "level_id", {"value": "allday"}),
        ("permit,tine,2026-10,counter,,1,1,0", "id-unknown", "level_id", {"nearest": "time"}),
        ("xyz,time,2026-10,,,1,1,0", "id-unknown-none-near", "service_id", {"file": "agencies/office/services/"}),
        ("permit,tine,2026-10,,,1,1,0", "id-unknown", "level_id", {"nearest": "time"}),
        ("permit,time,2026-10,counted,,1,1,0", "id-unknown", "channel_id", {"nearest": "counter"}),
        ("permit,time,2026-10,,nord,1,1,0", "id-unknown", "office_id", {"file": "agencies/office/agency.yml"}),
        (" permit,time,2026-10,,,1,1,0", "cell-spaces", "service_id", {"suggestion": "permit"}),
        ("per\u200bmit,time,2026-10,,,1,1,0", "text-hidden-character", "service_id", {"column": 4}),
        (",time,2026-10,,,1,1,0", "cell-required", "service_id", {}),
        ("permit,time,,,,1,1,0", "cell-required", "period", {}),
        ("รวม,,,,,1,1,0", "row-total", "service_id", {}),
        ("permit,Total,2026-10,,,1,1,0", "row-total", "level_id", {}),
        ("permit,time,2026-10,all,,1,1,0", "row-total", "channel_id", {}),
        ("permit,time,2026-11,,,1,1,0", "period-future", "period", {"as_of": AS_OF}),
        ("permit,time,2026-10,,,0812345678,1,0", "personal-contact", "volume", {}),
        ("permit,time,2026-10,,,1,2,0", "within-target-exceeds-volume", "within_target", {"volume": 1}),
        ("permit,time,2026-10,,,1,1,1", "revision-gap", "revision", {"suggestion": 0}),
    ],
)
def test_a_row_that_cannot_be_published(
    tmp_path: Path, row: str, code: str, column: str, facts: dict[str, Any]
) -> None:
    """One mistake gives one problem, at its cell, with what helps to mend it."""
    result = read(tmp_path, row)
    (problem,) = result.problems

    assert (problem.code, problem.place.route, problem.withheld) == (code, (2, column), "row")
    assert facts.items() <= problem.facts.items()
    assert kept(result) == []
    assert len(result.withheld_rows) == 1


@pytest.mark.parametrize(
    ("names", "cells", "code", "column"),
    [
        ("median,p90", "5,4", "median-exceeds-p90", "median"),
        ("backlog,backlog_overdue", "5,6", "backlog-overdue-exceeds-backlog", "backlog_overdue"),
        ("status", "suppressed", "status-with-counts", "volume"),
        ("status", "not_reported", "status-with-counts", "volume"),
        ("status", "not_applicable", "status-with-counts", "volume"),
        ("status", "finel", "status-unknown", "status"),
        ("reported_on", "2569-11-01", "year-buddhist", "reported_on"),
        ("reported_attainment", "95", "share-above-one", "reported_attainment"),
        ("note_en", "x" * 501, "note-too-long", "note_en"),
        ("note_en", "a\tb", "text-hidden-character", "note_en"),
        ("note_de", "call 081-234-5678", "personal-contact", "note_de"),
    ],
)
def test_optional_columns_have_rules_too(tmp_path: Path, names: str, cells: str, code: str, column: str) -> None:
    """Each is an error at its cell."""
    result = read(tmp_path, f"permit,time,2026-10,,,9,8,0,{cells}", header=f"{HEADER},{names}")

    assert found(result) == [(code, (2, column))]
    assert kept(result) == []


def test_more_notices_than_were_due_are_odd(tmp_path: Path) -> None:
    """The row is published with a warning at the notices that were sent."""
    header = f"{HEADER},delay_notices_due,delay_notices_sent"
    (problem,) = (result := read(tmp_path, "permit,time,2026-10,,,9,8,0,5,6", header=header)).problems

    assert (problem.code, problem.severity, problem.place.route) == (
        "delay-notices-exceed-due",
        "warning",
        (2, "delay_notices_sent"),
    )
    assert problem.facts == {"delay_notices_due": 5, "delay_notices_sent": 6}
    assert kept(result) == [("2026-10", 9, 0)]
    assert read(tmp_path, "permit,time,2026-10,,,9,8,0,5,5", header=header).problems == ()


def test_a_file_that_is_too_large_is_not_looked_into(tmp_path: Path) -> None:
    """Of a table that cannot be read the periods are withheld; of one that is not opened nothing is known."""
    row = b"permit,time,2026-10,,,9,8,0\n"
    result = read(tmp_path, files={"a.csv": HEADER.encode() + b"\n" + row + b"x" * 5_242_880})

    assert [problem.code for problem in result.problems] == ["file-too-large"]
    assert (result.withheld_rows, result.withheld_keys) == ((), frozenset())


def test_a_report_is_not_made_after_today(tmp_path: Path) -> None:
    """The row is published with a warning at the day; today's report is good."""
    row = "permit,time,2026-10,,,9,8,0"
    (problem,) = (result := read(tmp_path, f"{row},2026-11-23", header=f"{HEADER},reported_on")).problems

    assert (problem.code, problem.severity, problem.place.route) == (
        "reported-on-future",
        "warning",
        (2, "reported_on"),
    )
    assert problem.facts == {"value": date(2026, 11, 23), "as_of": AS_OF}
    assert kept(result) == [("2026-10", 9, 0)]
    assert read(tmp_path, f"{row},2026-11-22", header=f"{HEADER},reported_on").problems == ()


@pytest.mark.parametrize("channel", ["counter", "web"])
def test_a_channel_that_its_level_does_not_cover_is_odd(tmp_path: Path, channel: str) -> None:
    """The row is published with a warning that names the channel and the level; a level of all channels has none."""
    both = {"channels": tuple({"id": one, "type": "online", "title": one} for one in ("counter", "web"))}
    level = made_level("time", (made_target("2025-10-01", limit=LIMIT),), channels=("counter",))
    rows = ("permit,time,2026-10,,,9,8,0", f"permit,time,2026-10,{channel},,9,8,0")
    result = read(tmp_path, *rows, service=made_service(levels=(level,), scope=both))
    everywhere = read(tmp_path, *rows, service=made_service(levels=LEVELS, scope=both))

    assert [(one.code, one.severity, one.place.route, dict(one.facts)) for one in result.problems] == (
        [] if channel == "counter"
        else [("channel-outside-level", "warning", (3, "channel_id"), {"value": "web", "level": "time"})]
    )  # fmt: skip
    assert everywhere.problems == ()
    assert len(result.observations) == 2


@pytest.mark.parametrize(
    "key",
    [
        "permit,time,2026-10,desk,",
        "permit,time,2026-10,,south",
        "permit,wait-2,2026-10,,",
        "permits,time,2026-10,,",
        "permit,time,2026-11,,",
        "permit,time,2026-1x,,",
    ],
)
def test_a_row_that_names_nothing_known_withholds_no_period(tmp_path: Path, key: str) -> None:
    """It may be about anything; what it is not about is published as it was."""
    result = read(tmp_path, f"{key},9,8,0", "permit,time,2026-09,,,9,8,0")

    assert result.withheld_keys == frozenset()
    assert kept(result) == [("2026-09", 9, 0)]
    assert [row.line for row in result.withheld_rows] == [2]


def test_times_need_a_limit_in_force(tmp_path: Path) -> None:
    """Their unit is the limit's, on the first day of the period."""
    result = read(
        tmp_path,
        "permit,wait,2026-10,,,9,8,0,5",
        "permit,time,2025-09,,,9,8,0,5",
        "permit,time,2025-10,,,9,8,0,5",
        header=f"{HEADER},median",
    )

    assert found(result) == [
        ("time-without-limit-in-force", (2, "median")),
        ("time-without-limit-in-force", (3, "median")),
    ]
    assert kept(result) == [("2025-10", 9, 0)]


def test_counts_may_stand_where_a_row_is_provisional_and_be_empty_where_it_is_not_reported(tmp_path: Path) -> None:
    """A row without counts is a report too."""
    result = read(
        tmp_path,
        "permit,time,2026-09,,,9,8,0,provisional",
        "permit,time,2026-10,,,,,0,not_reported",
        header=f"{HEADER},status",
    )

    assert found(result) == []
    assert [row.status for row in result.observations] == ["provisional", "not_reported"]


@pytest.mark.parametrize("status", ["final", "provisional"])
def test_a_row_with_counts_is_final_or_provisional(tmp_path: Path, status: str) -> None:
    """Both are taken as they are written."""
    result = read(tmp_path, f"permit,time,2026-10,,,9,8,0,{status}", header=f"{HEADER},status")

    assert result.problems == ()
    assert [row.status for row in result.observations] == [status]


def test_of_a_column_that_stands_twice_nothing_is_certain(tmp_path: Path) -> None:
    """Which of two periods is meant nobody knows, so none is withheld."""
    header = "service_id,level_id,period,period,volume,within_target"
    result = read(tmp_path, "permit,time,2026-09,2026-10,9,8", header=header)

    assert [(one.code, one.place.route, one.position, dict(one.facts)) for one in result.problems] == [
        ("header-repeated", (1, "period"), Position(1, 28), {"field": "period"})
    ]
    assert result.withheld_keys == frozenset()
    assert [(row.service_id, row.period) for row in result.withheld_rows] == [("permit", "")]


def test_a_period_with_its_row_of_all_hides_no_other(tmp_path: Path) -> None:
    """The next one, which has only a row by channel, is told."""
    rows = ("permit,time,2026-09,,,9,8,0", "permit,time,2026-09,counter,,9,8,0", "permit,time,2026-10,counter,,9,8,0")
    (problem,) = read(tmp_path, *rows).problems

    assert (problem.code, problem.place.route) == ("all-row-missing", (4, "period"))
    assert problem.facts["period"] == read(tmp_path, *rows).observations[-1].period


def test_fifty_unknown_columns_are_enough(tmp_path: Path) -> None:
    """A header of nothing else is told enough by these."""
    names = ",".join(f"x{number}" for number in range(60))
    result = read(tmp_path, "permit,time,2026-10,9,8", header=f"{REQUIRED},{names}")

    assert [one.place.route[1] for one in result.problems] == [f"x{number}" for number in range(50)]


def test_a_wrong_breakdown_does_not_ask_for_a_row_of_all(tmp_path: Path) -> None:
    """Its own mistake has been told, and it may not be a breakdown at all."""
    result = read(tmp_path, "permit,time,2026-10,counter,,9,x,0")

    assert [code for code, _ in found(result)] == ["cell-not-a-number"]
    assert result.withheld_keys == {("permit", "time", "2026-10", "counter", "")}


def test_twice_the_same_row_withholds_both(tmp_path: Path) -> None:
    """Identical or not, and also across files: each names the other."""
    row = "permit,time,2026-10,,,9,8,0"
    result = read(tmp_path, files={"a.csv": f"{HEADER}\n{row}\n", "b.csv": f"{HEADER}\n\n{row}\n"})

    assert [(problem.place.file[-5:], problem.facts["other_place"]) for problem in result.problems] == [
        ("a.csv", result.problems[1].place),
        ("b.csv", result.problems[0].place),
    ]
    assert kept(result) == []
    assert result.withheld_keys == {("permit", "time", "2026-10", "", "")}
    assert [row.line for row in result.withheld_rows] == [2, 3]


def test_a_revision_that_cannot_be_read_is_no_number(tmp_path: Path) -> None:
    """Beside it, two equal rows are told the next revision that is free."""
    rows = [f"permit,time,2026-10,,,9,{within},{revision}" for within, revision in ((8, 0), (7, 0), (6, "x"))]
    problems = [problem for problem in read(tmp_path, *rows).problems if problem.code == "row-duplicate"]

    assert [problem.facts["suggestion"] for problem in problems] == [1, 1]


def test_revisions_are_kept_and_the_newest_stands_last(tmp_path: Path) -> None:
    """An empty revision is the first."""
    result = read(tmp_path, "permit,time,2026-10,,,9,8,1", "permit,time,2026-10,,,7,7,", "permit,time,2026-10,,,9,9,2")

    assert found(result) == []
    assert kept(result) == [("2026-10", 7, 0), ("2026-10", 9, 1), ("2026-10", 9, 2)]


@pytest.mark.parametrize(
    ("rows", "codes", "left"),
    [
        (("9,8,0", "9,x,1"), ["cell-not-a-number"], [0]),
        (("9,8,0", "9,8,x"), ["cell-not-a-number"], [0]),
        (("9,8,0", "9,8,2"), ["revision-gap"], [0]),
        (("9,8,0", "9,8,1", "9,7,1"), ["row-duplicate", "row-duplicate"], [0]),
    ],
)
def test_a_wrong_newest_revision_withholds_the_period(
    tmp_path: Path, rows: tuple[str, ...], codes: list[str], left: list[int]
) -> None:
    """The older row stays as history, and never returns as the figure."""
    result = read(tmp_path, *(f"permit,time,2026-10,,,{row}" for row in rows))

    assert [code for code, _ in found(result)] == codes
    assert [row.revision for row in result.observations] == left
    assert result.withheld_keys == {("permit", "time", "2026-10", "", "")}


def test_a_wrong_older_revision_withholds_itself_only(tmp_path: Path) -> None:
    """What it said has been corrected since."""
    result = read(tmp_path, "permit,time,2026-10,,,9,x,0", "permit,time,2026-10,,,9,8,1")

    assert kept(result) == [("2026-10", 9, 1)]
    assert result.withheld_keys == frozenset()


def test_complaints_stand_on_one_level(tmp_path: Path) -> None:
    """On the rows of two levels nobody knows which is right; on a breakdown of the same level they may stand again."""
    rows = ("permit,time,2026-10,,,9,8,0,4", "permit,time,2026-10,,north,9,8,0,4", "permit,wait,2026-10,,,9,8,0,{}")
    good = read(tmp_path / "good", *(row.format("") for row in rows), header=f"{HEADER},complaints")
    bad = read(tmp_path / "bad", *(row.format(0) for row in rows), header=f"{HEADER},complaints")

    assert found(good) == []
    assert {code for code, _ in found(bad)} == {"complaints-twice"}
    assert [(one.place.route, one.withheld, dict(one.facts)) for one in bad.problems][::2] == [
        (
            (line, "complaints"), "row",
            {"value": value, "other_place": Place("agencies/office/performance/2026.csv", (other, "complaints"))},
        )
        for line, value, other in ((2, 4, 4), (4, 0, 2))
    ]  # fmt: skip
    assert kept(bad) == []


def test_a_row_of_another_length_is_lost_with_its_period(tmp_path: Path) -> None:
    """Its key stands before the mistake, so an older row of that key does not return."""
    result = read(tmp_path, "permit,time,2026-10,,,9,8,0", "permit,time,2026-10,,,1,234,8,1", ",,,,,,,")

    assert [code for code, _ in found(result)] == ["row-empty", "row-length"]
    assert kept(result) == [("2026-10", 9, 0)]
    assert result.withheld_keys == {("permit", "time", "2026-10", "", "")}


@pytest.mark.parametrize(
    ("header", "codes"),
    [
        ("service_id,level_id,period,volume,within_tagret", ["header-unknown"]),
        ("service_id,level_id,period,volume,Within_target", ["header-unknown"]),
        ("service_id,level_id,period,volume,volume", ["header-missing", "header-repeated"]),
        ("service_id,level_id,period,volume,", ["header-empty", "header-missing"]),
        ("service_id,level_id,period,volume,xyz", ["header-missing", "header-unknown-none-near"]),
        ("service_id,level_id,period,volume,note_Thai", ["header-missing", "header-unknown"]),
    ],
)
def test_a_wrong_header_withholds_the_file(tmp_path: Path, header: str, codes: list[str]) -> None:
    """Its rows are withheld by name, and so are the periods that they would have corrected."""
    files = {
        "a.csv": f"{header}\npermit,time,2026-10,9,8\n",
        "b.csv": "service_id,level_id,period,volume,within_target\npermit,time,2026-10,7,7\npermit,time,2026-09,5,5\n",
    }
    result = read(tmp_path, files=files)

    assert [code for code, _ in found(result)] == codes
    assert {(problem.withheld, problem.place.file) for problem in result.problems} == {
        ("file", "agencies/office/performance/a.csv")
    }
    assert result.withheld_keys == {("permit", "time", "2026-10", "", "")}
    assert [(row.file[-5:], row.line) for row in result.withheld_rows] == [("a.csv", 2)]


REQUIRED = "service_id,level_id,period,volume,within_target"


@pytest.mark.parametrize(
    ("wrong", "near"),
    [
        ("note_th!", "note_th"),
        ("note-th", "note_th"),
        ("note-en", "note_en"),
        ("statuss", "status"),
        ("backlogs", "backlog"),
    ],
)
def test_the_nearest_column_is_named(tmp_path: Path, wrong: str, near: str) -> None:
    """Also of notes, whose columns are as many as there are languages."""
    (problem,) = read(tmp_path, "permit,time,2026-10,9,8,", header=f"{REQUIRED},{wrong}").problems

    assert (problem.code, problem.place.route) == ("header-unknown", (1, wrong))
    assert problem.facts == {"value": wrong, "nearest": near}


@pytest.mark.parametrize(
    ("before", "line"), [("results of 2026", 2), ("results,,,,\n\nby month,,,,", 4), ("x\n" * 9 + "x", 11)]
)
def test_a_header_below_other_lines_is_pointed_at(tmp_path: Path, before: str, line: int) -> None:
    """Where the first line has none of the columns and one of the ten rows after it has all, that is the header."""
    text = f"{before}\n{REQUIRED}\npermit,time,2026-10,9,8\n"
    (problem,) = read(tmp_path, files={"a.csv": text}).problems

    assert (problem.code, problem.facts, problem.place.route) == ("header-not-first", {"line": line}, (1,))
    assert problem.withheld == "file"


@pytest.mark.parametrize("text", ["x,y\n1,2\n", "x\n" * 11 + REQUIRED + "\n", f"period\n{REQUIRED}\n"])
def test_no_header_is_looked_for_further_down(tmp_path: Path, text: str) -> None:
    """Where there is none, or one after more rows, or the first line has a column, the missing ones are named."""
    found_codes = {code for code, _ in found(read(tmp_path, files={"a.csv": text}))}

    assert "header-missing" in found_codes
    assert "header-not-first" not in found_codes


@pytest.mark.parametrize("encoding", ["cp874", "utf-16"])
def test_another_encoding_withholds_the_file(tmp_path: Path, encoding: str) -> None:
    """Nothing in it is guessed but which periods it is about, which are withheld."""
    text = f"{HEADER},note_en\npermit,time,2026-10,,,9,8,0,หมายเหตุ\n"
    result = read(tmp_path, files={"a.csv": text.encode(encoding)})

    assert [code for code, _ in found(result)] == ["encoding-not-utf8"]
    assert kept(result) == []
    assert result.withheld_keys == {("permit", "time", "2026-10", "", "")}
    assert [row.line for row in result.withheld_rows] == [2]


def test_a_row_whose_quotes_are_wrong_is_lost_alone(tmp_path: Path) -> None:
    """The rows beside it are published, and its period, as far as its cells can be told, is withheld."""
    result = read(
        tmp_path, "permit,time,2026-08,,,9,8,0", 'permit,time,2026-09,,,9,"8,0', "permit,time,2026-10,,,9,8,0"
    )
    (problem,) = result.problems

    assert (problem.code, problem.withheld, problem.place.route) == ("quote-open", "row", (3,))
    assert kept(result) == [("2026-08", 9, 0), ("2026-10", 9, 0)]
    assert result.withheld_keys == {("permit", "time", "2026-09", "", "")}


def test_a_service_may_promise_nothing(tmp_path: Path) -> None:
    """A row of it names a level that it has not, and withholds no period."""
    none = made_service(scope=CHANNELS).model_copy(update={"service_levels": None})
    result = read(tmp_path, "permit,time,2026-10,,,9,8,0", service=none)

    assert [(one.code, one.place.route) for one in result.problems] == [("id-unknown-none-near", (2, "level_id"))]
    assert (result.observations, result.withheld_keys) == ((), frozenset())


@pytest.mark.parametrize("key", ["counter,", ",north", "counter,north"])
def test_any_breakdown_needs_a_row_for_all(tmp_path: Path, key: str) -> None:
    """By channel, by office or by both."""
    (problem,) = read(tmp_path, f"permit,time,2026-10,{key},9,8,0").problems

    assert (problem.code, problem.severity, problem.place.route) == ("all-row-missing", "warning", (2, "period"))


def test_rows_of_a_withheld_service_are_left_out_without_a_word(tmp_path: Path) -> None:
    """Its file has been complained about already."""
    result = read(
        tmp_path,
        "renewal,x,y,,,z,8,0",
        "renewal,x",
        "permit,time,2026-10,,,9,8,0",
        withheld=frozenset({"renewal"}),
    )

    assert found(result) == []
    assert kept(result) == [("2026-10", 9, 0)]
    assert result.withheld_rows == ()


def test_breakdowns_need_a_row_for_all(tmp_path: Path) -> None:
    """Said once for a period; a row for all that is wrong is said to be wrong, not missing."""
    result = read(
        tmp_path,
        "permit,time,2026-09,counter,,9,8,0",
        "permit,time,2026-09,,north,9,8,0",
        "permit,time,2026-10,counter,,9,8,0",
        "permit,time,2026-10,,,x,8,0",
    )

    assert found(result) == [("all-row-missing", (2, "period")), ("cell-not-a-number", (5, "volume"))]


def test_what_is_no_table_of_ours_is_not_opened(tmp_path: Path) -> None:
    """Links, folders and other names are left to whoever looks through the tree."""
    folder = tmp_path / "agencies" / "office" / "performance"
    (folder / "folder.csv").mkdir(parents=True)
    (tmp_path / "secret.csv").write_text(f"{HEADER}\npermit,time,2026-10,,,9,8,0\n")
    (folder / "link.csv").symlink_to(tmp_path / "secret.csv")
    result = read(tmp_path, files={"ผล.csv": f"{HEADER}\npermit,time,2026-10,,,9,8,0\n"})

    assert (result.observations, result.problems) == ((), ())


def test_a_folder_without_rows_has_none(tmp_path: Path) -> None:
    """A header alone is a table; no file at all is no mistake."""
    assert read(tmp_path, files={"a.csv": HEADER}) == RowsRead((), (), frozenset(), ())


def test_a_note_has_at_most_500_characters(tmp_path: Path) -> None:
    """So many are taken; a row without one, or with spaces alone, has none."""
    rows = [f"permit,time,2026-{month:02},,,9,8,0,{note}" for month, note in ((8, "x" * 500), (9, ""), (10, " "))]
    result = read(tmp_path, *rows, header=f"{HEADER},note_en")
    (problem,) = read(tmp_path / "long", rows[0] + "x", header=f"{HEADER},note_en").problems

    assert result.problems == ()
    assert [row.notes for row in result.observations] == [{"en": "x" * 500}, {}, {}]
    assert read(tmp_path / "none", "permit,time,2026-10,,,9,8,0").observations[0].notes == {}
    assert problem.facts == {"field": "note_en", "found": 501, "most": 500}


def test_a_note_that_looks_like_a_formula_is_published_with_a_warning(tmp_path: Path) -> None:
    """Any first character that a spreadsheet takes for one, full width too."""
    rows = (f"permit,time,2026-{month:02},,,9,8,0,{first}1+1" for month, first in enumerate("=+-@\uff1d\uff20", 1))
    result = read(tmp_path, *rows, header=f"{HEADER},note_en")

    assert {code for code, _ in found(result)} == {"cell-formula"}
    assert [dict(one.facts) for one in result.problems][:2] == [
        {"field": "note_en", "first": first, "value": f"{first}1+1"} for first in "=+"
    ]
    assert len(result.observations) == len(result.problems) == 6


@pytest.mark.parametrize(
    ("more", "contact"),
    [
        ({"email": "data@example.go.th", "url": "https://example.go.th/"}, "data@example.go.th"),
        ({"url": "https://example.go.th/"}, "https://example.go.th/"),
        ({}, "Centre"),
    ],
)
def test_who_is_told_of_personal_data_is_the_publisher(tmp_path: Path, more: dict[str, str], contact: str) -> None:
    """By the mailbox, else the page, else the name."""
    row = "permit,time,2026-10,,,9,8,0,1101700203450"
    result = read(tmp_path, row, header=f"{HEADER},note_en", publisher={"title": "Centre", **more})

    assert [(problem.code, problem.facts["contact"]) for problem in result.problems] == [
        ("personal-citizen-id", contact)
    ]


def test_notes_may_have_lines(tmp_path: Path) -> None:
    """A note in quotes goes over lines, and the next row knows its own."""
    result = read(
        tmp_path,
        'permit,time,2026-09,,,9,8,0,"one\n\ntwo"',
        "permit,time,2026-10,,,9,x,0,",
        header=f"{HEADER},note_en",
    )

    assert result.observations[0].notes == {"en": "one\n\ntwo"}
    assert found(result) == [("cell-not-a-number", (5, "within_target"))]
