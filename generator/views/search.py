"""Titles, other names and summaries become an index that a browser fetches in small pieces and that cannot miss.

A text is found by any part of it.  Every three letters in a row (a trigram) lead to where they stand: a unit (one field of
one service) and the positions in it.  A query is laid with trigrams end to end; units that have them all at the right
distances hold the query exactly, so no hit needs a second look.  Trigrams are sorted and cut into shards of a few KB, so
the two-letter queries, which are a run of the sorted trigrams, are cheap too.

Services stand in the order of a dictionary, so that equal titles are neighbours (one central manual, many towns) and a
list of places is mostly runs.

Files, under one folder named after their content: ``index.json`` (sizes and the first trigram of every shard),
``t<n>.bin`` and ``l<n>.bin`` (shards of the folded and of the loosened texts), ``d<n>.json`` (what a result shows, some
services at a time), ``m<n>.bin`` (the services of agencies, topics, life events and kinds of channel), ``facets.json``
(what the list of services is narrowed by).
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import orjson

from generator.views.alphabet import Key
from generator.views.facets import Facet, facets_json
from generator.views.folding import fold, loosen

First = TypeVar("First", str, int)
TITLE, NAMES, SUMMARY, FIELDS = 0, 1, 2, 3  # a unit is field * docs + doc; after these come the groups
PER_CHUNK = 6
SHARD_BYTES = 3_000
FACETS = "facets.json"
END = "\x00"  # closes every text and parts two names, so that a query never runs across and short endings are found


@dataclass(frozen=True, slots=True)
class Entry:
    """What can be found: a service or a page of prose.

    ``names`` are shown and found; ``groups`` are the names (agency, topics, channels) under which it is found too, as
    (kind, id) known to ``GroupName``.  ``path`` starts at the edition's root.
    """

    path: str
    title: str
    agency: str
    names: tuple[str, ...] = ()
    summary: str = ""
    note: str = ""  # said beside it: retired, suspended, withheld
    groups: tuple[str, ...] = ()
    prose: bool = False
    key: Key | tuple[()] = ()  # its place in the order of a dictionary
    marks: tuple[str, ...] = ()  # what lists are narrowed by beside its groups


@dataclass(frozen=True, slots=True)
class Group:
    """An agency, a topic, a life event or a kind of channel: found by its names, it stands for its services."""

    id: str
    names: tuple[str, ...]


def synonyms(told: str) -> tuple[tuple[str, str], ...]:
    """Return folded word pairs, both ways, from ``a=b=c; d=e``."""
    pairs: list[tuple[str, str]] = []
    for line in told.split(";"):
        words = [fold(word) for word in line.split("=")]
        pairs.extend((one, other) for one in words for other in words if one != other and one and other)
    return tuple(pairs)


def write_index(
    assets: Path,
    entries: Iterable[Entry],
    groups: Sequence[Group],
    pairs: Sequence[tuple[str, str]],
    facets: Sequence[Facet] = (),
) -> str:
    """Write the index under a folder named after its content, and return that name."""
    ordered = sorted(entries, key=lambda entry: (entry.prose, entry.key, fold(entry.title), entry.path))
    files = dict(_files(ordered, groups, pairs))
    files[FACETS] = facets_json(
        facets, [(*entry.groups, *entry.marks) for entry in ordered if not entry.prose], PER_CHUNK
    )
    digest = hashlib.sha256()
    for name, content in sorted(files.items()):
        digest.update(name.encode() + b"\0" + content)
    folder = assets / digest.hexdigest()[:12]
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder.name


def _files(
    entries: Sequence[Entry], groups: Sequence[Group], pairs: Sequence[tuple[str, str]]
) -> Iterator[tuple[str, bytes]]:
    members = _members(entries)
    # What is called alike stands together: a query that means several agencies then reads one file.
    found_groups = sorted((group for group in groups if group.id in members), key=lambda group: (group.names, group.id))
    units = dict(_units(entries, found_groups, pairs))
    summaries = range(SUMMARY * len(entries), FIELDS * len(entries))
    folded, loose = (
        _shards(units),
        _shards({unit: loosen(text) for unit, text in units.items() if unit not in summaries}),
    )
    lists = _shared([(at, _list(members[group.id])) for at, group in enumerate(found_groups)])
    for letter, shards in (("t", folded), ("l", loose), ("m", lists)):
        for at, (_, content) in enumerate(shards):
            yield f"{letter}{at}.bin", content
    for at in range(0, len(entries), PER_CHUNK):
        shown = [_shown(entry) for entry in entries[at : at + PER_CHUNK]]
        yield f"d{at // PER_CHUNK}.json", orjson.dumps(shown)
    contents = {
        "docs": len(entries),
        "services": sum(not entry.prose for entry in entries),
        "chunk": PER_CHUNK,
        "sizes": [len(content) for _, content in folded],
        **{letter: [first for first, _ in shards] for letter, shards in (("t", folded), ("l", loose), ("m", lists))},
    }
    yield "index.json", orjson.dumps(contents)


def _shown(entry: Entry) -> list[str]:
    return [entry.title, entry.path, entry.agency, "\n".join(entry.names), entry.summary, entry.note]


def _members(entries: Sequence[Entry]) -> Mapping[str, list[int]]:
    members: dict[str, list[int]] = {}
    for doc, entry in enumerate(entries):
        for group in dict.fromkeys(entry.groups):
            members.setdefault(group, []).append(doc)
    return members


def _units(
    entries: Sequence[Entry], groups: Sequence[Group], pairs: Sequence[tuple[str, str]]
) -> Iterator[tuple[int, str]]:
    docs = len(entries)
    for doc, entry in enumerate(entries):
        title, names = fold(entry.title), [fold(name) for name in entry.names]
        yield TITLE * docs + doc, title + END
        others = list(dict.fromkeys((*names, *_other_words([title, *names], pairs))))
        if others:
            yield NAMES * docs + doc, END.join(others) + END
        if entry.summary:
            yield SUMMARY * docs + doc, fold(entry.summary) + END
    for at, group in enumerate(groups):
        yield FIELDS * docs + at, END.join(fold(name) for name in group.names) + END


def _other_words(texts: Sequence[str], pairs: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Yield the texts with a word put in place of its synonym, so that either finds the service."""
    for text in texts:
        for word, other in pairs:
            if word in text and other not in text:
                yield text.replace(word, other)


def _shards(units: Mapping[int, str]) -> list[tuple[str, bytes]]:
    """Return (first trigram, content) of every shard, sorted; a frequent trigram fills one by itself."""
    postings: dict[str, dict[int, list[int]]] = {}
    for unit, text in units.items():
        for at in range(len(text) - 2):
            postings.setdefault(text[at : at + 3], {}).setdefault(unit, []).append(at)
    return _shared([(trigram, _block(trigram, postings[trigram])) for trigram in sorted(postings)])


def _shared(blocks: Sequence[tuple[First, bytes]]) -> list[tuple[First, bytes]]:
    """Return blocks put together into files of about SHARD_BYTES, each with the key of its first block."""
    shards: list[tuple[First, bytearray]] = []
    for key, block in blocks:
        if not shards or len(shards[-1][1]) + len(block) > SHARD_BYTES:
            shards.append((key, bytearray()))
        shards[-1][1].extend(block)
    return [(first, bytes(content)) for first, content in shards]


def _block(trigram: str, places: Mapping[int, Sequence[int]]) -> bytes:
    """Return one trigram's block: its letters (UTF-16), the length of its list, and the list."""
    body, last = bytearray(), 0
    for unit, length, positions in _runs(places):
        _put(body, (unit - last) << 2 | (len(positions) > 1) << 1 | (length > 1))
        last = unit + length - 1
        if length > 1:
            _put(body, length)
        if len(positions) > 1:
            _put(body, len(positions))
        _put_deltas(body, positions)
    head = bytearray(trigram.encode("utf-16-le"))
    _put(head, len(body))
    return bytes(head + body)


def _runs(places: Mapping[int, Sequence[int]]) -> Iterator[tuple[int, int, Sequence[int]]]:
    """Yield (first unit, how many units in a row, positions) for neighbours that hold it at the same positions."""
    start, length = -1, 0
    for unit in sorted(places):
        if length and unit == start + length and places[unit] == places[start]:
            length += 1
            continue
        if length:
            yield start, length, places[start]
        start, length = unit, 1
    if length:
        yield start, length, places[start]


def _list(numbers: Sequence[int]) -> bytes:
    """Return how many bytes follow, and the numbers as steps from one to the next."""
    body, head = bytearray(), bytearray()
    _put_deltas(body, numbers)
    _put(head, len(body))
    return bytes(head + body)


def _put_deltas(body: bytearray, numbers: Sequence[int]) -> None:
    last = 0
    for number in numbers:
        _put(body, number - last)
        last = number


def _put(body: bytearray, number: int) -> None:
    """Append a number in as few bytes as it needs, seven bits each, the lowest first."""
    while number > 0x7F:
        body.append((number & 0x7F) | 0x80)
        number >>= 7
    body.append(number)
