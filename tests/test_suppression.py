"""Which rows by channel or office are shown, and which are hidden to protect a small one."""

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st
from made import AS_OF, made_catalog, made_data, made_row

from generator.model import AgencyData, Observation
from generator.results import AgencyResult, LevelResult
from generator.stats import current_rows, measure_agency


def measured(data: AgencyData) -> AgencyResult:
    """Return the result of an agency."""
    return measure_agency(made_catalog(), data, AS_OF)


def the_level(data: AgencyData) -> LevelResult:
    """Return the result of its one level."""
    (level,) = measured(data).levels
    return level


Parts = Mapping[tuple[str, str], tuple[int | None, int | None]]


def shown_volumes(parts: Parts, whole: tuple[int, int] = (200, 150)) -> dict[str, int | None]:
    """Return the cases that are shown of each channel and office in October; what has no counts is sent as suppressed."""
    rows = [made_row("2026-10", *whole)]
    for (channel, office), counts in parts.items():
        status = "suppressed" if counts[0] is None else "final"
        rows.append(made_row("2026-10", *counts, channel_id=channel, office_id=office, status=status))
    level = the_level(made_data(rows))
    return {" ".join(filter(None, row[1:3])): row[3].volume for row in level.breakdown_rows}


def test_a_small_row_is_protected_by_the_next_smallest() -> None:
    """The row with the fewest cases of those that help all counts is hidden too; of equals, the first by id."""
    parts = {("kiosk", ""): (3, 2), ("app", ""): (20, 20), ("fax", ""): (40, 30), ("web", ""): (40, 30)}

    assert shown_volumes(parts, whole=(103, 82)) == {"app": 20, "fax": None, "kiosk": None, "web": 40}


def test_what_is_sent_as_suppressed_is_protected_too() -> None:
    """The only row that an agency left out is all, less the others."""
    parts = {("counter", ""): (150, 110), ("kiosk", ""): (None, None), ("web", ""): (47, 38)}

    assert shown_volumes(parts) == {"counter": 150, "kiosk": None, "web": None}


def test_two_hidden_rows_can_be_too_few() -> None:
    """Two channels with 2 cases each are known to be 4 together, so a third is hidden."""
    parts = {("app", ""): (2, 2), ("counter", ""): (196, 146), ("fax", ""): (2, 2)}

    assert set(shown_volumes(parts).values()) == {None}


def test_zeros_and_offices_stay() -> None:
    """A row without cases protects nothing and is shown; a small channel says nothing of offices."""
    parts = {
        ("app", ""): (0, 0),
        ("fax", ""): (3, 0),
        ("web", ""): (197, 150),
        ("", "a"): (90, 70),
        ("", "b"): (110, 80),
    }

    assert shown_volumes(parts) == {"app": 0, "fax": None, "web": None, "a": 90, "b": 110}


def test_rows_by_both_are_hidden_together() -> None:
    """One small row by channel and office hides all of these, and where a channel is not at an office, all offices."""
    sums = {("app", ""): (100, 80), ("web", ""): (100, 70), ("", "a"): (97, 73), ("", "b"): (103, 77)}
    square = {("app", "a"): (3, 3), ("app", "b"): (97, 77), ("web", "a"): (94, 70), ("web", "b"): (6, 0)}
    sparse = {name: counts for name, counts in square.items() if name != ("web", "b")}

    assert shown_volumes(sums | square) == {
        "app": 100, "web": 100, "a": 97, "b": 103, "app a": None, "app b": None, "web a": None, "web b": None,
    }  # fmt: skip
    assert shown_volumes(sums | sparse) == {
        "app": 100, "web": 100, "a": None, "b": None, "app a": None, "app b": None, "web a": None,
    }  # fmt: skip


def test_the_rows_of_one_breakdown_are_looked_at_together() -> None:
    """Rows by channel are protected by rows by channel, although rows by both stand between them."""
    parts = {
        ("", "a"): (200, 150), ("app", ""): (3, 0), ("app", "a"): (3, 0),
        ("web", ""): (197, 150), ("web", "a"): (197, 150),
    }  # fmt: skip

    assert shown_volumes(parts) == {"a": 200, "app": None, "web": None, "app a": None, "web a": None}


def test_the_least_that_was_ever_said_of_all_counts() -> None:
    """An older row of all, less what is shown, must not tell a small number either."""
    parts = [
        made_row("2026-10", size, size, channel_id=name) for name, size in (("fax", 10), ("kiosk", 3), ("web", 40))
    ]
    once = [made_row("2026-10", 53, 53)]
    twice = [made_row("2026-10", 41, 41), made_row("2026-10", 53, 53, revision=1)]

    def told(of_all: list[Observation]) -> list[int | None]:
        return [row[3].volume for row in the_level(made_data([*of_all, *parts])).breakdown_rows]

    assert told(once) == [None, None, 40]
    assert told(twice) == [None, None, None]
    assert told([]) == [None, None, 40]


def test_a_month_is_hidden_in_its_quarter_too() -> None:
    """A quarter's row by channel, less two months, would be the third: they are hidden together; other quarters stay."""
    months = [(3, 3), (50, 40), (50, 40), (50, 40)]
    rows = []
    for code, counts in zip(("2026-07", "2026-08", "2026-09", "2026-04"), months, strict=True):
        rows += [made_row(code, counts[0] + 150, counts[1] + 110), made_row(code, *counts, channel_id="app")]
        rows += [made_row(code, 50, 40, channel_id="fax"), made_row(code, 100, 70, channel_id="web")]
    rows += [made_row("2026-Q3", 553, 413), made_row("2026-Q3", 103, 83, channel_id="app")]
    level = the_level(made_data(rows))
    shown = {(row.period.code, channel) for _, channel, _, row in level.breakdown_rows if row.volume is not None}

    assert shown == {
        *((f"2026-0{month}", "web") for month in (4, 7, 8, 9)),
        ("2026-04", "app"), ("2026-04", "fax"),
    }  # fmt: skip


def test_other_counts_go_where_one_is_small() -> None:
    """Open cases, complaints and the like of rows by channel are shown in a period only if none is from 1 to 4."""

    def told(complaints: int) -> list[int | None]:
        rows = [
            made_row("2026-10", 100, 80, channel_id="counter", complaints=complaints, backlog=30),
            made_row("2026-10", 100, 80, channel_id="web", backlog=40),
            made_row("2026-10", 200, 160, backlog=70),
        ]  # fmt: skip
        return [one.row.backlog for one in current_rows(measured(made_data(rows)))]

    assert told(5) == told(0) == [70, 30, 40]
    assert told(4) == told(1) == [70, None, None]


def test_no_count_of_a_part_is_left_beside_a_small_one() -> None:
    """All seven that could tell a hidden row go with it, of the rows that are shown too."""
    counts = (
        "received",
        "backlog",
        "backlog_overdue",
        "excluded",
        "delay_notices_due",
        "delay_notices_sent",
        "complaints",
    )
    for small in counts:
        web = made_row("2026-10", 100, 80, channel_id="web", **dict.fromkeys(counts, 50))
        desk = made_row("2026-10", 100, 80, channel_id="desk", **{**dict.fromkeys(counts, 50), small: 1})
        level = the_level(made_data([web, desk, made_row("2026-10", 200, 160)]))
        rows = [row[3].observation for row in level.breakdown_rows]
        assert [(row.volume, *(getattr(row, name) for name in counts)) for row in rows if row] == [
            (100, *[None] * 7)
        ] * 2


def test_a_row_without_cases_protects_no_other() -> None:
    """Beside the one that was left out, one with cases is hidden, and the one without stays."""
    parts = {("app", ""): (0, 0), ("kiosk", ""): (None, None), ("web", ""): (150, 110)}

    assert shown_volumes(parts) == {"app": 0, "kiosk": None, "web": None}


def test_a_part_that_tells_only_its_cases_is_measured() -> None:
    """How many were in time nobody knows, so nothing is small but the cases."""
    assert shown_volumes({("app", ""): (50, None), ("web", ""): (150, None)}) == {"app": 50, "web": 150}
    assert shown_volumes({("app", ""): (4, None), ("web", ""): (196, None)}) == {"app": None, "web": None}


sizes = st.integers(0, 6) | st.integers(0, 60)
tables = st.lists(st.tuples(sizes, sizes).map(lambda pair: (max(pair), min(pair))), min_size=2, max_size=5)


@given(tables, st.data())
def test_one_more_case_elsewhere_reveals_nothing(parts: list[tuple[int, int]], data: st.DataObject) -> None:
    """Before it and after, every small row is hidden, with another, and what they have together is no small number."""
    at, kept = data.draw(st.integers(0, len(parts) - 1)), data.draw(st.integers(0, 1))
    more = [(cases + (one == at), in_time + kept * (one == at)) for one, (cases, in_time) in enumerate(parts)]

    for table in (parts, more):
        rows = [made_row("2026-10", *counts, channel_id=f"c-{name}") for name, counts in enumerate(table)]
        level = the_level(made_data([*rows, made_row("2026-10", *map(sum, zip(*table, strict=True)))]))
        hidden = [counts for counts, row in zip(table, level.breakdown_rows, strict=True) if row[3].volume is None]
        small = [one for one in table if any(0 < count < 5 for count in (*one, one[0] - one[1]))]
        assert len(hidden) != 1
        assert set(small) <= set(hidden)
        for count in (lambda one: one[0], lambda one: one[1], lambda one: one[0] - one[1]):
            assert not hidden or sum(map(count, hidden)) >= min(5, sum(map(count, table)))
            assert bool(hidden) == bool(small)
