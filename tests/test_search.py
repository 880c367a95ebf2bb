"""The index cannot miss, and lists nothing that does not hold the query.

The reader below is written from the description in ``generator/views/search.py`` and is not the browser's; both read the
same files (test_browser_search drives the browser's).
"""

import json
import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from generator.views.folding import fold
from generator.views.search import Entry, Group, synonyms, write_index

SUBJECTS = ("ทะเบียนบ้าน", "ใบอนุญาตขับรถ", "บัตรประจำตัวประชาชน", "อาคาร", "หนังสือเดินทาง", "สูติบัตร", "น้ำประปา", "ที่ดิน")
VERBS = ("การขอ", "การต่ออายุ", "การแจ้ง", "การขอสำเนา", "การจด", "การโอน", "การแก้ไข")
ENTRIES = tuple(
    Entry(
        path=f"agencies/a{number % 7}/s{number}/",
        title=f"{VERBS[number % 7]}{SUBJECTS[number // 7 % 8]} กรณีที่ {number % 61}",
        agency=f"หน่วยงาน {number % 7}",
        names=(f"ชื่อเรียก {number % 13}", "ปชช") if number % 3 else (),
        summary="สรุปสั้น ๆ " + SUBJECTS[(number + 3) % 8] if number % 2 else "",
        groups=(f"agency:a{number % 7}",),
    )
    for number in range(600)
)
GROUPS = tuple(Group(f"agency:a{number}", (f"หน่วยงาน {number}", f"นง.{number}")) for number in range(7))


class Reader:
    """Reads an index folder as its description says."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.contents = json.loads((folder / "index.json").read_text(encoding="utf-8"))

    def containing(self, query: str) -> set[str]:
        """Return the addresses of the entries that hold a folded query of three letters or more, or of two."""
        if len(query) == 2:
            units = set().union(*(places for trigram, places in self._blocks() if trigram[:2] == query))
            return self._paths({unit for unit, _ in units})
        tiles = [*range(0, len(query) - 2, 3), len(query) - 3]
        starts = [{(unit, at - tile) for unit, at in self._places(query[tile : tile + 3])} for tile in tiles]
        return self._paths({unit for unit, _ in set.intersection(*starts)})

    def _places(self, trigram: str) -> set[tuple[int, int]]:
        return next((places for found, places in self._blocks() if found == trigram), set())

    def _blocks(self) -> Iterator[tuple[str, set[tuple[int, int]]]]:
        for shard in range(len(self.contents["t"])):
            data = (self.folder / f"t{shard}.bin").read_bytes()
            at = 0
            while at < len(data):
                trigram = data[at : at + 6].decode("utf-16-le")
                length, at = _number(data, at + 6)
                yield trigram, set(_pairs(data[at : at + length]))
                at += length

    def _paths(self, units: set[int]) -> set[str]:
        docs = self.contents["docs"]
        found = {unit % docs for unit in units if unit < 3 * docs}
        for unit in units:
            if unit >= 3 * docs:
                found |= self._members(unit - 3 * docs)
        return {self._record(doc)[1] for doc in found}

    def _members(self, group: int) -> set[int]:
        shard = max(at for at, first in enumerate(self.contents["m"]) if first <= group)
        data = (self.folder / f"m{shard}.bin").read_bytes()
        at = 0
        for _ in range(group - self.contents["m"][shard]):
            length, at = _number(data, at)
            at += length
        length, at = _number(data, at)
        return set(_sums(data[at : at + length]))

    def _record(self, doc: int) -> list[str]:
        chunk = self.contents["chunk"]
        shown: list[list[str]] = json.loads((self.folder / f"d{doc // chunk}.json").read_text(encoding="utf-8"))
        return shown[doc % chunk]


def _number(data: bytes, at: int) -> tuple[int, int]:
    value, shift = 0, 0
    while True:
        value |= (data[at] & 0x7F) << shift
        shift, at = shift + 7, at + 1
        if data[at - 1] < 0x80:
            return value, at


def _pairs(data: bytes) -> Iterator[tuple[int, int]]:
    at, unit = 0, 0
    while at < len(data):
        head, at = _number(data, at)
        unit += head >> 2
        length, at = _number(data, at) if head & 1 else (1, at)
        count, at = _number(data, at) if head & 2 else (1, at)
        positions, position = [], 0
        for _ in range(count):
            step, at = _number(data, at)
            position += step
            positions.append(position)
        for one in range(unit, unit + length):
            yield from ((one, position) for position in positions)
        unit += length - 1


def _sums(data: bytes) -> Iterator[int]:
    at, total = 0, 0
    while at < len(data):
        step, at = _number(data, at)
        total += step
        yield total


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """Return a reader of the index of ENTRIES."""
    folder = tmp_path_factory.mktemp("index")
    return Reader(folder / write_index(folder, ENTRIES, GROUPS, synonyms("ปชช=ประชาชน; น้ำประปา=ประปา")))


@cache
def folded_texts() -> dict[str, list[str]]:
    """Return every text of an entry by its path, folded: titles, names, their other words, summaries, groups' names."""
    names = {group.id: [fold(name) for name in group.names] for group in GROUPS}
    found = {}
    for entry in ENTRIES:
        texts = [fold(text) for text in (entry.title, *entry.names)]
        texts += [
            text.replace(word, other)
            for text in texts
            for word, other in synonyms("ปชช=ประชาชน; น้ำประปา=ประปา")
            if word in text and other not in text
        ]
        found[entry.path] = [*texts, fold(entry.summary), *(name for group in entry.groups for name in names[group])]
    return found


def truly_containing(query: str) -> set[str]:
    """Return, by looking at every text, the entries that hold a query in a title, a name, a summary or a group's name."""
    return {path for path, texts in folded_texts().items() if any(query in text for text in texts)}


def test_no_substring_is_missed_and_nothing_else_is_listed(reader: Reader) -> None:
    """300 substrings of 2 to 12 letters of titles find exactly the entries that hold them."""
    chance = random.Random(2569)
    for _ in range(300):
        title = fold(chance.choice(ENTRIES).title)
        length = chance.randrange(2, 13)
        start = chance.randrange(0, len(title) - length + 1)
        query = title[start : start + length]

        assert reader.containing(query) == truly_containing(query), query


def test_an_agency_s_name_finds_its_services(reader: Reader) -> None:
    """The name and the abbreviation of an agency stand for its services."""
    of_agency = {entry.path for entry in ENTRIES if entry.groups == ("agency:a3",)}

    assert reader.containing(fold("นง.3")) == of_agency


def test_the_folder_is_named_after_its_content(tmp_path: Path) -> None:
    """The same entries give the same folder name, in any order; other entries give another."""
    same = write_index(tmp_path / "one", ENTRIES, GROUPS, ())

    assert write_index(tmp_path / "two", reversed(ENTRIES), GROUPS, ()) == same
    assert write_index(tmp_path / "three", ENTRIES[:-1], GROUPS, ()) != same


def test_synonyms_go_both_ways() -> None:
    """Each word of a line stands for every other."""
    assert synonyms("a=b=c; d=e") == (
        ("a", "b"), ("a", "c"), ("b", "a"), ("b", "c"), ("c", "a"), ("c", "b"), ("d", "e"), ("e", "d"),
    )  # fmt: skip
