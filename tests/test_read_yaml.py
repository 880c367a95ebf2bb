"""YAML 1.2 core, strictly: what is read, what is refused, and where."""

from decimal import Decimal

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.intake.read_yaml import mark_at, read_marks, read_yaml
from generator.problems import Position, Word


def faults_of(text: str) -> list[tuple[str, int, int]]:
    """Return the code, line and column of every fault of a text."""
    return [(fault.code, *fault.position) for fault in read_yaml(text)[1]]


def value_of(text: str) -> object:
    """Return what a text without faults means."""
    value, faults = read_yaml(text)

    assert faults == []
    return value


def test_maps_lists_and_scalars() -> None:
    """Maps are dicts, lists are tuples, numbers are exact, and everything else is text."""
    text = "a: {b: [1, -2, 0.90, true, false], c: 'x'}\nd:\n  - ก\n  - \"1\"\n"

    value = value_of(text)
    assert value == {"a": {"b": (1, -2, Decimal("0.90"), True, False), "c": "x"}, "d": ("ก", "1")}
    assert str(value["a"]["b"][2]) == "0.90"  # type: ignore[index]


@pytest.mark.parametrize("typed", ["2026-10-01", "2026-07", "FY2026", "a b", "12a", "1.2.3", "-", "nothing", "1,234"])
def test_plain_text_stays_text(typed: str) -> None:
    """What no YAML reads as a number, a time or a truth value is text as typed."""
    assert value_of(f"[{typed!r}, x]") == (typed, "x")
    assert value_of(f"a: {typed}x") == {"a": f"{typed}x"}


@pytest.mark.parametrize(
    "typed",
    [
        *["yes", "No", "ON", "off", "y", "N", "0123", "08", "1_000", "1e3", "1.5E+3", "16:30", "08:30", "1:30.5"],
        *["0x1F", "0o17", "0b11", ".inf", "-.INF", ".nan", "+5", "5.", "=", "2026-10-01 08:30:00", "00"],
    ],
)
def test_text_that_yaml_1_1_reads_otherwise_is_refused(typed: str) -> None:
    """It is to stand in quotes; in quotes it is text."""
    assert faults_of(f"a: {typed}") == [("value-ambiguous", 1, 4)]
    assert value_of(f'a: "{typed}"') == {"a": typed}


WORDS = """y Y yes Yes YES n N no No NO on On ON off Off OFF =
.nan .NaN .NAN .inf .Inf .INF +.inf +.Inf +.INF -.inf -.Inf -.INF"""


@pytest.mark.parametrize("word", WORDS.split())
def test_no_word_of_yaml_1_1_is_read_in_silence(word: str) -> None:
    """As a value and as a key each is told to stand in quotes, where it is text."""
    assert faults_of(f"a: {word}") == [("value-ambiguous", 1, 4)]
    assert faults_of(f"{word}: a") == [("value-ambiguous", 1, 1)]
    assert value_of(f"'{word}': a") == {word: "a"}


@pytest.mark.parametrize(
    ("typed", "value"), [(word, word.lower() == "true") for word in ("true", "True", "TRUE", "false", "False", "FALSE")]
)
def test_yes_and_no_are_written_in_six_ways(typed: str, value: bool) -> None:
    """Small, large, or with a large first letter."""
    assert value_of(f"a: {typed}") == {"a": value}


@pytest.mark.parametrize("typed", ["null", "Null", "NULL", "~"])
def test_nothing_is_no_value(typed: str) -> None:
    """What is not known is left out, however its absence is spelled."""
    assert faults_of(f"a: {typed}") == [("value-null", 1, 4)]


def test_a_fault_says_what_was_written_and_what_to_write() -> None:
    """The value in quotes, the most that is allowed, the name of an anchor; and which value it spoils."""
    faults = read_yaml("a: [x, yes]\nb: &c 1\n1: d\ne: {<<: f}\n")[1]

    assert [(fault.code, dict(fault.facts), fault.route) for fault in faults] == [
        ("value-ambiguous", {"value": "yes", "suggestion": '"yes"', "most": 40}, ("a", 1)),
        ("yaml-anchor", {"value": "&c"}, ("b",)),
        ("key-not-text", {"value": "1", "suggestion": '"1"'}, ("1",)),
        ("yaml-merge-key", {}, ("e", "<<")),
    ]


@pytest.mark.parametrize(("text", "begin"), [("{a: b}: c\n", "{"), ("[a]: c\n", "[")])
def test_a_map_or_a_list_is_no_key(text: str, begin: str) -> None:
    """It is told by how it begins, with a key in quotes to write instead."""
    assert [(fault.code, fault.facts) for fault in read_yaml(text)[1]] == [
        ("key-not-text", {"value": begin, "suggestion": '"…"'})
    ]


def test_an_alias_stands_for_nothing() -> None:
    """As a key, as a value and in a list it is refused where it stands, and what follows is still read."""
    text = "a: [*x, yes]\n*y : {b: [no]}\nc: *z\nd: on\n"
    faults = [(fault.code, fault.facts.get("value"), fault.position, fault.route) for fault in read_yaml(text)[1]]

    assert faults == [
        ("yaml-alias", "*x", Position(1, 5), ("a", 0)),
        ("value-ambiguous", "yes", Position(1, 9), ("a", 1)),
        ("yaml-alias", "*y", Position(2, 1), ("?",)),
        ("value-ambiguous", "no", Position(2, 11), ("*y", "b", 0)),
        ("yaml-alias", "*z", Position(3, 4), ("c",)),
        ("value-ambiguous", "on", Position(4, 4), ("d",)),
    ]
    assert mark_at(read_marks(text), ("*y", "b", 0)) == (None, Position(2, 11), 2)


def test_a_repeated_item_or_key_says_which() -> None:
    """A map by its first value; a key by its name and by both lines."""
    (item,) = read_yaml("a: [x, {b: c, d: e}, {d: e, b: c}]\n")[1]
    (key,) = read_yaml("a:\n  b: 1\n\n  b: 2\n")[1]

    assert (item.facts, item.route, item.position) == ({"value": "e"}, ("a", 2), Position(1, 22))
    assert (key.facts, key.route, key.position) == (
        {"field": "b", "other_line": 4, "line": 2},
        ("a", "b"),
        Position(4, 3),
    )


@pytest.mark.parametrize("digits", ["9" * 5000, "-" + "1" * 41, "0." + "3" * 5000])
def test_numbers_have_an_end(digits: str) -> None:
    """Thousands of digits are a fault; Python itself would raise."""
    assert faults_of(f"a: {digits}") == [("number-too-long", 1, 4)]


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("a:\nb: 1", [("value-empty", 1, 3)]),
        ("a: {}", [("value-empty", 1, 4)]),
        ("a: null", [("value-null", 1, 4)]),
        ("a: ~", [("value-null", 1, 4)]),
        ("a: []", [("list-empty", 1, 4)]),
        ("required_sections: []", []),
        ("a: {required_sections: []}", [("list-empty", 1, 24)]),
        ("a: [x, y1, x]", [("list-item-repeated", 1, 12)]),
        ("a: [{b: 1}, {b: 1.0}]", [("list-item-repeated", 1, 13)]),
        ("a: [{b: 1, c: x}, {c: x, b: 1}]", [("list-item-repeated", 1, 19)]),
        ("a: [{b: 1}, {b: true}, {b: '1'}]", []),
        ("location: [13.5, 13.50]", []),
        ("a: 1\nb: 2\na: 3", [("key-duplicate", 3, 1)]),
        ("1: a", [("key-not-text", 1, 1)]),
        ("true: a", [("key-not-text", 1, 1)]),
        ("? [a]\n: b", [("key-not-text", 1, 3)]),
        ("[a, b]: {c: d}\ne: {f: yes}", [("key-not-text", 1, 1), ("value-ambiguous", 2, 8)]),
        ("{a: [b]}: c\nd: []", [("key-not-text", 1, 1), ("list-empty", 2, 4)]),
        ("no: a", [("value-ambiguous", 1, 1)]),
        ("a: &x 1\nb: *x", [("yaml-anchor", 1, 4), ("yaml-alias", 2, 4)]),
        ("a: {<<: {b: 1}}", [("yaml-merge-key", 1, 5)]),
        ("a: !!python/object:os.system x", [("yaml-tag", 1, 4)]),
        ("!x {a: ! b}", [("yaml-tag", 1, 1), ("yaml-tag", 1, 8)]),
        ("%TAG ! tag:x,2000:\n---\na: 1", [("yaml-directive", 1, 1)]),
        ("a: 1\n---\nb: 2", [("yaml-documents", 2, 1)]),
        ("--- \na: 1\n...\n", []),
        ("a:\tb", [("yaml-tab", 1, 3)]),
        ("a: b # \tc", []),
        ("a: b\rc: d\n", [("line-end-unknown", 1, 5)]),
        ("a: b\r\nc: d\r\n", []),
        ("a: b\x85c", [("file-control-character", 1, 5)]),
        ("a: b\u2028c", [("file-control-character", 1, 5)]),
        ("a: b: c", [("yaml-unreadable", 1, 5)]),
        ("a: [1, 2\nb: 3", [("yaml-unreadable", 2, 2)]),
        ('a: "\\ud800"', [("yaml-unreadable", 1, 7)]),
    ],
)
def test_what_is_refused_and_where(text: str, faults: list[tuple[str, int, int]]) -> None:
    """Each is told with its line and column, and what is allowed is not."""
    assert faults_of(text) == faults


@pytest.mark.parametrize(
    ("text", "reason", "place"),
    [
        ("a: b: c\n", "colon", (1, 5)),
        ("a: 1\n b\nc", "colon_missing", (3, 2)),
        ("a: 'x\n", "quote", (2, 1)),
        ('a: "x\n--- y"', "quote", (2, 1)),
        ("a: {b: 1\nc: 2\n", "brackets", (2, 2)),
        ("a: ]\n", "brackets", (1, 4)),
        ('a: "\\q"\n', "escape", (1, 5)),
        ('a: "\\xZZ"\n', "escape", (1, 7)),
        ("a: @x\n", "character", (1, 4)),
        ("a: &\n", "anchor", (1, 5)),
        ("a: 1\n- b\n", "block", (2, 1)),
        ("- a\nb: 1\n", "block", (2, 1)),
        ("a: - b\n", "block", (1, 4)),
        ("a: 1\n...\nb", "block", (3, 1)),
        ("a: !<\n", "other", (1, 6)),
    ],
)
def test_what_the_parser_says_is_told_in_our_words(text: str, reason: str, place: tuple[int, int]) -> None:
    """Each of its complaints has a reason that readers know, and its place."""
    faults = [fault for fault in read_yaml(text)[1] if fault.code == "yaml-unreadable"]

    assert [(fault.facts, fault.position) for fault in faults] == [
        ({"reason": Word(f"yaml.{reason}")}, Position(*place))
    ]


def test_after_a_thousand_faults_no_more_are_told() -> None:
    """Nobody mistyped so often."""
    lines = [f"k{number}: ~\n" for number in range(1001)]

    assert [len(read_yaml("".join(lines[:count]))[1]) for count in (999, 1000, 1001)] == [999, 1000, 1000]


def test_a_mark_is_as_wide_as_its_value() -> None:
    """A word of one line has its length, nothing and what has more lines have one character."""
    marks = read_marks("a: word\nb:\nc: [1]\nd: |\n  x\n  y\n")
    widths = {name: mark.width for name in "abcd" if (mark := mark_at(marks, (name,))) is not None}

    assert widths == {"a": 4, "b": 1, "c": 1, "d": 1}
    long = mark_at(read_marks("a: 'x\n      yyyyyyyyyyyy'\n"), ("a",))
    assert long is not None
    assert long.width == 1


@pytest.mark.parametrize("key", ["1a", "2026-10", "-x", "+5 days", ".com"])
def test_a_key_may_begin_as_a_number_does(key: str) -> None:
    """What only looks like a number at its beginning is a text, and so a key."""
    assert value_of(f"{key}: x") == {key: "x"}


def test_all_faults_are_told_at_once() -> None:
    """A fault that leaves the rest readable does not hide the next."""
    assert [code for code, _, _ in faults_of("a: yes\nb: *x\nc: !t 1\nd:\ne: 0777\n")] == [
        "value-ambiguous",
        "yaml-alias",
        "yaml-tag",
        "value-empty",
        "value-ambiguous",
    ]


def test_a_repeated_key_names_both_lines() -> None:
    """The reader need not look for the first one."""
    _, faults = read_yaml("a: 1\nb: 2\n\na: 3\n")
    (below,) = read_yaml("a:\n  b: 1\na: 2\n")[1]

    assert (faults[0].facts["line"], faults[0].facts["other_line"]) == (1, 4)
    assert (below.facts["line"], below.facts["other_line"]) == (1, 3)


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "{", "{[", "- {a: "])
def test_depth_ends_at_twelve(opening: str) -> None:
    """A file of nothing but beginnings is left at its 13th level, long before a stack ends."""
    codes = [code for code, _, _ in faults_of(opening * 60_000)]

    assert codes[-1:] in (["yaml-too-deep"], ["yaml-unreadable"])


def test_twelve_levels_are_allowed() -> None:
    """The limit itself is within it."""
    assert faults_of("[" * 12 + "x" + "]" * 12) == []
    assert faults_of("[" * 13 + "x" + "]" * 13) == [("yaml-too-deep", 1, 13)]
    assert faults_of("[" * 12 + "x, x" + "]" * 12) == [("list-item-repeated", 1, 16)]


def test_bombs_of_anchors_stay_small() -> None:
    """Nine levels of aliases are nine faults, not a billion items."""
    text = "a: &a [x, y1]\n" + "".join(
        f"{letter}: &{letter} [{', '.join(['*' + before] * 9)}]\n"
        for before, letter in zip("abcd", "bcde", strict=True)
    )

    assert {code for code, _, _ in faults_of(text)} == {"yaml-anchor", "yaml-alias", "list-item-repeated"}


def test_places_of_values_and_keys() -> None:
    """A value's mark is its first character, its key's too, and a list's items have none."""
    marks = read_marks("a: {b: [1, 22]}\nไทย: 'x'\n")

    assert mark_at(marks, ("a", "b", 1)) == (None, Position(1, 12), 2)
    assert mark_at(marks, ("ไทย",)) == (Position(2, 1), Position(2, 6), 3)
    assert mark_at(marks, ("a",)) == (Position(1, 1), Position(1, 4), 1)
    assert mark_at(marks, ("c",)) is None


@given(st.text(alphabet="ab:-[]{},'\"#&*!|>%@` \n\t\r01.~?<=กำ\0\x85\ufeff😀", max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    """No text raises, and every fault lies within it."""
    _, faults = read_yaml(text)
    read_marks(text)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")

    for fault in faults:
        assert 1 <= fault.position.line <= len(lines)


PLAIN = st.recursive(
    st.booleans() | st.integers(-(10**9), 10**9) | st.text("abกำ x:#-'\"\n", min_size=1),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3) | st.dictionaries(st.text("abก", min_size=1), inner, min_size=1)
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.text("abcก", min_size=1), PLAIN, min_size=1))
def test_what_another_program_writes_is_read_the_same(data: dict[str, object]) -> None:
    """What PyYAML dumps comes back, but for what this reader refuses on purpose."""
    value, faults = read_yaml(yaml.safe_dump(data, allow_unicode=True))
    codes = {fault.code for fault in faults}

    assert codes <= {"list-item-repeated", "yaml-too-deep", "value-ambiguous"}
    if not codes:
        assert value == tupled(data)


def tupled(data: object) -> object:
    """Return plain data with tuples for its lists."""
    if isinstance(data, dict):
        return {key: tupled(value) for key, value in data.items()}
    return tuple(tupled(value) for value in data) if isinstance(data, list) else data
