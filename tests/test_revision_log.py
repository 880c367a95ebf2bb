"""The log of what was published and has changed: its chain, what it must not say, and the same log from git."""

import csv
import hashlib
import io
import json
import os
import subprocess
from datetime import date
from pathlib import Path

import pytest
from histories import publish, worlds, write_world
from small import write_small

from generator.history.chain import ADDRESS, Log, LogError, append, hash_of, read_log
from generator.history.compare import Held, carried, compare, remembered
from generator.history.editions import AGENCY, Edition, Promise, RowKey, together
from generator.history.gate import check_against, check_between
from generator.history.git import GitError
from generator.history.promises import differences, spans_of
from generator.history.walk import log_from_git
from generator.pipeline import Prepared, prepare
from generator.problems import Problem
from generator.results_log import Revision
from generator.views.datasets.columns import tables_by_name
from generator.website.build import build_site, find_configuration
from generator.website.plan import Request

TABLE = tables_by_name(("th", "en"))["revisions"]
DAY = date(2026, 11, 22)
KEY = RowKey("permit", "time", "2026-09", "", "north", "0")
WHOLE = KEY._replace(channel_id="", office_id="")
NEWS = [
    Revision("changed", "office", *KEY, "volume", "120", "118"),
    Revision("removed", "office", "copy", field="title", old_value="=สำเนา", reason={"th": "รวมแล้ว", "en": "Merged"}),
]


@pytest.fixture
def log() -> Log:
    """A log of two rows, written on two days."""
    first = append(Log(), TABLE, NEWS[:1], date(2026, 11, 21), "abc")
    return append(first, TABLE, NEWS[1:], DAY, "def")


def written(log: Log, folder: Path) -> Path:
    """Return the file of a log."""
    path = folder / "revisions.csv"
    path.write_text(log.text, encoding="utf-8", newline="")
    return path


# ---- the chain ----


def test_anyone_can_work_out_every_hash(log: Log) -> None:
    """The rule that /methods/ prints, in six lines without this program, gives the hashes of the file."""
    previous = ""
    for row in csv.DictReader(io.StringIO(log.text, newline="")):
        said = row.pop("hash")
        cells = {name: value for name, value in row.items() if value}
        whole = json.dumps(cells, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

        assert row["previous"] == previous
        assert said == hashlib.sha256(whole.encode()).hexdigest()
        previous = said
    assert previous == log.head


def test_a_log_is_read_as_it_was_written_and_only_added_to(log: Log, tmp_path: Path) -> None:
    """Reading gives back the changes, and more of them leave every earlier byte as it was."""
    read = read_log(written(log, tmp_path), 2, log.head)
    longer = append(read, TABLE, NEWS, DAY, "")

    assert [one.revision for one in read.logged] == NEWS
    assert longer.text.startswith(log.text)
    assert append(read, TABLE, (), DAY, "").text == log.text


@pytest.mark.parametrize(
    ("spoilt", "key"),
    [
        (lambda text: text.replace("118", "119"), "log_broken"),
        (lambda text: "".join(text.splitlines(keepends=True)[:1] + text.splitlines(keepends=True)[2:]), "log_broken"),
        (lambda text: "".join(text.splitlines(keepends=True)[:2]), "log_short"),
        (lambda _text: None, "log_missing"),
    ],
)
def test_a_spoilt_log_is_refused(spoilt: object, key: str, log: Log, tmp_path: Path) -> None:
    """A row that was changed, a row taken from the middle or from the end, and a log that is gone are noticed."""
    path = written(log, tmp_path)
    text = spoilt(log.text)  # type: ignore[operator]
    path.unlink() if text is None else path.write_text(text, encoding="utf-8", newline="")

    with pytest.raises(LogError) as refused:
        read_log(path, 2, log.head)
    assert refused.value.key == key


def test_a_row_that_follows_from_no_other_is_refused(log: Log, tmp_path: Path) -> None:
    """A row put in with a hash of its own breaks the chain, for it is bound to no row before it."""
    alone = append(Log(), TABLE, NEWS, DAY, "").rows[1] | {"previous": ""}
    forged = {**alone, "hash": hash_of(alone)}
    lines = [*log.text.splitlines(keepends=True)[:2], ",".join(forged.values()) + "\n"]

    with pytest.raises(LogError) as refused:
        read_log(written(Log("".join(lines)), tmp_path), 2, forged["hash"])
    assert refused.value.key == "log_broken"


def test_another_language_gets_its_column_and_breaks_no_hash(log: Log, tmp_path: Path) -> None:
    """A catalog that speaks one more language adds a column to the log, and the chain holds."""
    longer = append(
        read_log(written(log, tmp_path), 2, log.head), tables_by_name(("th", "en", "lo"))["revisions"], NEWS, DAY, ""
    )
    read = read_log(written(longer, tmp_path), 4, longer.head)

    assert "reason_lo" in read.header
    assert read.rows[0]["hash"] == log.rows[0]["hash"]


# ---- what it says, and what it must not say ----


def edition(rows: dict[RowKey, dict[str, str]], hidden: frozenset[RowKey] = frozenset()) -> Edition:
    """Return an agency with one service and one level."""
    places = {AGENCY: {"status": "active"}, ("permit", ""): {"title": "Permit"}, ("permit", "time"): {"title": "Time"}}
    return Edition(DAY, places, {}, rows, hidden=hidden)


SHOWN = {"volume": "8", "within_target": "7", "status": "final"}
WITHHELD = {"status": "suppressed"}


def test_a_row_that_we_withhold_now_is_not_told() -> None:
    """A figure that is too small today, or stands beside one that is, does not return in the log."""
    assert compare("office", edition({KEY: SHOWN}), edition({KEY: WITHHELD}, frozenset({KEY})), ()) == []
    assert compare("office", edition({KEY: WITHHELD}), edition({KEY: SHOWN}), ()) == []


def test_a_row_that_the_agency_withholds_is_told_without_its_figures() -> None:
    """That the agency took a figure back is a change; the figure is not repeated."""
    (told,) = compare("office", edition({KEY: SHOWN}), edition({KEY: WITHHELD}), ())

    assert (told.change, told.field, told.old_value, told.new_value) == ("changed", "status", "final", "suppressed")


def test_a_correction_of_a_withheld_row_tells_no_figure() -> None:
    """A small row is corrected: the log says so, and holds no count of either revision."""
    newer = KEY._replace(revision="1")
    told = compare("office", edition({KEY: SHOWN}), edition({KEY: SHOWN, newer: WITHHELD}, frozenset({newer})), ())

    assert [(one.change, one.field) for one in told] == [("corrected", "revision")]


def test_the_log_keeps_no_figure_of_a_part() -> None:
    """What is shown of a channel today may have to be hidden tomorrow, and the log cannot take it back."""
    changed = compare("office", edition({KEY: SHOWN}), edition({KEY: {**SHOWN, "volume": "9"}}), ())
    deleted = compare("office", edition({KEY: SHOWN}), edition({}), ())

    assert [(one.field, one.old_value, one.new_value) for one in changed] == [("volume", "•••", "•••")]
    assert {one.field: one.old_value for one in deleted} == {
        "volume": "•••", "within_target": "•••", "status": "final",
    }  # fmt: skip


def test_what_is_withheld_is_known_until_it_returns() -> None:
    """A service that cannot be read is not gone, and when it is back it is compared with what was published of it."""
    old, empty = edition({WHOLE: SHOWN}), Edition(DAY, {AGENCY: {"status": "active"}})
    known = together(empty, carried(old, empty, Held(services=frozenset({"permit"}))))
    (told,) = compare("office", known, edition({WHOLE: {**SHOWN, "volume": "9"}}), ())

    assert compare("office", old, known, ()) == []
    assert (told.field, told.old_value, told.new_value) == ("volume", "8", "9")


def test_no_figure_of_a_part_is_remembered() -> None:
    """While a row by channel or office is withheld its figure stands in no file: beside a small row it would tell too much."""
    old, empty = edition({KEY: SHOWN, WHOLE: SHOWN}), Edition(DAY, {AGENCY: {"status": "active"}})
    kept = carried(old, empty, Held(everything=True))

    assert kept.rows.keys() == {KEY, WHOLE}
    assert remembered(kept).rows.keys() == {WHOLE}


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        ({"target_share": "0.9"}, {"target_share": "0.8"}, "target_loosened"),
        ({"target_share": "0.8"}, {"target_share": "0.9"}, "target_tightened"),
        ({"target_share": "0.8"}, {}, "target_loosened"),
        ({}, {"target_share": "0.8"}, "target_changed"),
        ({"target_limit": "1", "target_unit": "hour"}, {"target_limit": "90", "target_unit": "minute"}, "target_loosened"),
        ({"target_limit": "5", "target_unit": "working_day"}, {"target_limit": "7", "target_unit": "calendar_day"}, "target_changed"),
        ({"target_share": "0.90"}, {"target_share": "0.9"}, None),
    ],
)  # fmt: skip
def test_a_past_promise_is_looser_or_tighter(old: dict[str, str], new: dict[str, str], change: str | None) -> None:
    """A smaller share and a longer limit are looser; units that cannot be compared are neither."""
    promised = [(Promise(date(2026, 1, 1), date.max, said),) if said else () for said in (old, new)]
    found = [one.change for span in spans_of(*promised, DAY) for one in differences(span)]  # type: ignore[arg-type, misc]

    assert found == ([change] if change else [])


def test_a_promise_for_days_to_come_is_no_change_of_the_past() -> None:
    """Ending a promise today and making another one for tomorrow says nothing else of any day that has passed."""
    share = {"target_share": "0.9"}
    old = (Promise(date(2026, 1, 1), date.max, share),)
    new = (Promise(date(2026, 1, 1), DAY, share), Promise(date(2026, 11, 23), date.max, {"target_share": "0.5"}))
    moved = (
        Promise(date(2026, 1, 1), date(2026, 10, 31), share),
        Promise(date(2026, 11, 1), date.max, {"target_share": "0.5"}),
    )

    assert list(spans_of(old, new, DAY)) == []
    assert [(one.first, one.last) for one in spans_of(old, moved, DAY)] == [(date(2026, 11, 1), date(2026, 11, 21))]


# ---- reasons ----


def unexplained(root: Path, *changes: tuple[str, str, str]) -> list[Problem]:
    """Return what is wrong with changes of the small agency's files: old words, new ones, or a new file."""
    before, now = write_small(root / "before"), write_small(root / "now")
    for name, old, new in changes:
        path = now / name
        path.write_text(path.read_text(encoding="utf-8").replace(old, new) if old else new, encoding="utf-8")
    with prepare(before, lambda _: DAY, jobs=1) as was, prepare(now, lambda _: DAY, jobs=1) as read:
        assert isinstance(was, Prepared)
        assert isinstance(read, Prepared)
        return list(check_between(read, was))


SERVICE, ROWS = "agencies/sample/services/permit.yml", "agencies/sample/performance/2026.csv"
HEADER = "service_id,level_id,period,volume,within_target"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ((SERVICE, "share: 0.90", "share: 0.80"), (SERVICE, "share: 0.80", "share: 0.80, reason: {th: พิมพ์ผิด}")),
        ((ROWS, "", f"{HEADER}\n"), ("agencies/sample/withdrawn.yml", "", "- {service_id: permit, level_id: time, period: 2026-10, withdrawn_on: 2026-11-20, reason: นับซ้ำ}\n")),
        (
            (ROWS, "", f"{HEADER},revision,note_th\npermit,time,2026-10,120,111,0,\npermit,time,2026-10,120,112,1,\n"),
            (ROWS, "112,1,", "112,1,นับซ้ำ"),
        ),
    ],
)  # fmt: skip
def test_a_reason_lets_a_change_pass(
    change: tuple[str, str, str], reason: tuple[str, str, str], tmp_path: Path
) -> None:
    """Each change is refused as it is, and passes once the file says why."""
    assert [problem.severity for problem in unexplained(tmp_path / "bare", change)] == ["error"]
    assert unexplained(tmp_path / "told", change, reason) == []


def test_what_is_added_needs_no_reason(tmp_path: Path) -> None:
    """A new month, a new service and a promise for days to come pass."""
    promise = "share: 0.90, valid_to: 2026-12-31}, {valid_from: 2027-01-01, share: 0.70}"
    row = "permit,time,2026-09,100,90\n"
    copy = write_small(tmp_path / "x") / SERVICE
    service = copy.read_text(encoding="utf-8").replace("id: permit", "id: copy")

    assert unexplained(
        tmp_path, (SERVICE, "share: 0.90}", promise), (ROWS, "permit,", row + "permit,"),
        ("agencies/sample/services/copy.yml", "", service),
    ) == []  # fmt: skip


# ---- git ----


def git(folder: Path, *arguments: str, day: date = DAY) -> str:
    """Run git as somebody, at noon of a day where the data is."""
    moment = f"{day.isoformat()}T12:00:00+07:00"
    names = {
        f"GIT_{who}_{what}": "someone@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    dates = {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment}
    done = subprocess.run(
        ["git", "-C", str(folder), *arguments],
        env={**os.environ, **names, **dates},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def committed(root: Path, seed: int, nights: int) -> tuple[Path, str]:
    """Return the data of a random history in git, and the log of a site that was published after each commit."""
    data, site = root / "repository" / "data", root / "site"
    data.mkdir(parents=True)
    git(data.parent, "init", "--quiet", "--initial-branch", "main")
    for day, world in worlds(seed, nights):
        write_world(world, data)
        git(data.parent, "add", "--all")
        if git(data.parent, "status", "--porcelain"):
            git(data.parent, "commit", "--quiet", "--message", "data", day=day)
            publish(data, site, day, git(data.parent, "rev-parse", "HEAD"))
    return data, (site / ADDRESS).read_text(encoding="utf-8")


@pytest.mark.parametrize("seed", [3, 9])
def test_git_gives_the_same_log(seed: int, tmp_path: Path) -> None:
    """What the nightly builds wrote down night after night, the history of the same commits says again, byte for byte."""
    data, log = committed(tmp_path, seed, 7)

    assert log.count("\n") > 5
    assert log_from_git(data).text == log


def test_a_shallow_clone_is_refused(tmp_path: Path) -> None:
    """Where history is cut off nothing is compared and nothing guessed; a name that is not there is refused too."""
    data, _ = committed(tmp_path, 3, 3)
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{data.parent}", "shallow")
    with prepare(tmp_path / "shallow/data", lambda _: DAY, jobs=1) as read:
        assert isinstance(read, Prepared)
        with pytest.raises(GitError) as unknown:
            check_against(read, "HEAD~1")
    with pytest.raises(GitError) as cut:
        log_from_git(tmp_path / "shallow/data")
    with pytest.raises(GitError) as nothing:
        log_from_git(tmp_path)

    assert [one.value.key for one in (unknown, cut, nothing)] == ["git_shallow", "git_shallow", "git_none"]


def test_a_site_and_a_commit_refuse_the_same_change(tmp_path: Path) -> None:
    """A figure that is written over is told at its cell, whether it is compared with the site or with the commit."""
    data, _ = committed(tmp_path, 3, 1)
    table = next((data / "agencies/sample/performance").iterdir())
    lines = table.read_text(encoding="utf-8").splitlines()
    cells = lines[1].split(",")
    table.write_text("\n".join([lines[0], ",".join([*cells[:5], "1", *cells[6:]]), *lines[2:], ""]), encoding="utf-8")
    with prepare(data, lambda _: DAY, jobs=1) as read:
        assert isinstance(read, Prepared)
        told = [check_against(read, against) for against in ("HEAD", str(tmp_path / "site"))]

    assert told[0] == told[1]
    assert [(one.code, one.place.route) for one in told[0]] == [("past-figure-changed", (2, "within_target"))]


# ---- the whole build ----


def test_builds_add_to_the_log_and_show_it(tmp_path: Path) -> None:
    """A changed figure is in the file, on the page of changes and on the service's; building again adds nothing."""
    data, site = write_small(tmp_path / "data"), tmp_path / "site"

    def build(day: date) -> str:
        build_site(Request(data, day, jobs=1), site, find_configuration())
        return (site / ADDRESS).read_text(encoding="utf-8")

    first = build(DAY)
    table = data / ROWS
    table.write_text(table.read_text(encoding="utf-8").replace("111", "112"), encoding="utf-8")
    second, third = build(date(2026, 11, 23)), build(date(2026, 11, 24))
    page = (site / "en/data/revisions/index.html").read_text(encoding="utf-8")
    service = (site / "agencies/sample/permit/index.html").read_text(encoding="utf-8")

    assert first.count("\n") == 1
    assert second.count("\n") == 2
    assert third == second
    assert "was 111, now 112" in page
    assert "เดิม 111 เป็น 112" in service
    assert json.loads((site / "status.json").read_bytes())["revisions"] == 1
