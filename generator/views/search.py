"""Titles, other names and summaries become an index that a browser fetches in small pieces and that cannot miss.

A text is found by any part of it.  Every three letters in a row (a trigram) lead to where they stand: a unit (one field of
one service) and the positions in it.  A query is laid with trigrams end to end; units that have them all at the right
distances hold the query exactly, so no hit needs a second look.  Trigrams are sorted and cut into shards of a few KB, so
the two-letter queries, which are a run of the sorted trigrams, are cheap too.

Files, under one folder named after their content: ``index.json`` (sizes and the first trigram of every shard),
``t<n>.bin`` and ``l<n>.bin`` (shards of the folded and of the loosened texts), ``d<n>.json`` (what a result shows, some
services at a time), ``m<n>.bin`` (the services of one agency, topic, life event or kind of channel).
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson

from generator.views.folding import fold, loosen

FIELDS = 4  # title, names, summary, and one spare; a unit is doc * FIELDS + field
TITLE, NAMES, SUMMARY = 0, 1, 2
PER_CHUNK = 6
SHARD_BYTES = 3_000
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
    assets: Path, entries: Iterable[Entry], groups: Sequence[Group], pairs: Sequence[tuple[str, str]]
) -> str:
    """Write the index under a folder named after its content, and return that name."""
    ordered = sorted(entries, key=lambda entry: (entry.prose, fold(entry.title), entry.path))
    files = dict(_files(ordered, groups, pairs))
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
    found_groups = [group for group in groups if group.id in members]
    units = dict(_units(entries, found_groups, pairs))
    folded, loose = _shards(units), _shards({unit: loosen(text) for unit, text in units.items() if _is_name(unit)})
    for letter, shards in (("t", folded), ("l", loose)):
        for at, (_, content) in enumerate(shards):
            yield f"{letter}{at}.bin", content
    for at in range(0, len(entries), PER_CHUNK):
        shown = [_shown(entry) for entry in entries[at : at + PER_CHUNK]]
        yield f"d{at // PER_CHUNK}.json", orjson.dumps(shown)
    for at, group in enumerate(found_groups):
        yield f"m{at}.bin", _deltas(members[group.id])
    yield "index.json", orjson.dumps(_contents(entries, folded, loose))


def _contents(
    entries: Sequence[Entry], folded: Sequence[tuple[str, bytes]], loose: Sequence[tuple[str, bytes]]
) -> dict[str, object]:
    return {
        "docs": len(entries),
        "services": sum(not entry.prose for entry in entries),
        "fields": FIELDS,
        "chunk": PER_CHUNK,
        "t": [first for first, _ in folded],
        "l": [first for first, _ in loose],
        "sizes": [len(content) for _, content in folded],
    }


def _is_name(unit: int) -> bool:
    return unit % FIELDS != SUMMARY


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
    for doc, entry in enumerate(entries):
        title, names = fold(entry.title), [fold(name) for name in entry.names]
        yield doc * FIELDS + TITLE, title + END
        others = list(dict.fromkeys((*names, *_other_words([title, *names], pairs))))
        if others:
            yield doc * FIELDS + NAMES, END.join(others) + END
        if entry.summary:
            yield doc * FIELDS + SUMMARY, fold(entry.summary) + END
    for at, group in enumerate(groups):
        yield (len(entries) + at) * FIELDS + NAMES, END.join(fold(name) for name in group.names) + END


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
    shards: list[tuple[str, bytearray]] = []
    for trigram in sorted(postings):
        block = _block(trigram, postings[trigram])
        if not shards or len(shards[-1][1]) + len(block) > SHARD_BYTES:
            shards.append((trigram, bytearray()))
        shards[-1][1].extend(block)
    return [(first, bytes(content)) for first, content in shards]


def _block(trigram: str, places: Mapping[int, Sequence[int]]) -> bytes:
    """Return one trigram's block: its letters (UTF-16), the length of its list, and the list."""
    body, last = bytearray(), 0
    for unit in sorted(places):
        positions = places[unit]
        _put(body, ((unit - last) << 1) | (len(positions) > 1))
        last = unit
        if len(positions) > 1:
            _put(body, len(positions))
        before = 0
        for position in positions:
            _put(body, position - before)
            before = position
    head = bytearray(trigram.encode("utf-16-le")[:6])
    _put(head, len(body))
    return bytes(head + body)


def _deltas(numbers: Sequence[int]) -> bytes:
    body, last = bytearray(), 0
    for number in numbers:
        _put(body, number - last)
        last = number
    return bytes(body)


def _put(body: bytearray, number: int) -> None:
    """Append a number in as few bytes as it needs, seven bits each, the lowest first."""
    while number > 0x7F:
        body.append((number & 0x7F) | 0x80)
        number >>= 7
    body.append(number)
