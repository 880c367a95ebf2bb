"""YAML 1.2 core, strictly: text becomes plain data, or faults with line and column.

The tree is built from the event stream of the C parser and never by composing or loading, because those recurse: a few
thousand brackets end the process.  Events are read one by one, so a file that is too deep is left at its 13th level.
Reading keeps no positions, ``read_marks`` finds them again on demand: most files are good and need none.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple, TypeAlias

import yaml

from generator.intake.refused import reason_of, without_refused
from generator.intake.scalars import LONGEST_NUMBER, Plain, is_special, meaning, repeated, shown
from generator.problems import Fault, Position, Route

_Event: TypeAlias = Any  # each kind of event has attributes of its own
_Holder: TypeAlias = Any  # the list or dict under construction

DEEPEST: Final = 12  # data contract, section 1
MOST_FAULTS: Final = 1000
_MAY_BE_EMPTY: Final = ("required_sections",)  # "an empty list asks for none"


class Mark(NamedTuple):
    """Where a value stands: its key (in a map), its first character, and how many characters of its line it takes."""

    key: Position | None
    value: Position
    width: int


@dataclass(slots=True)
class _Reading:
    """The tree under construction: the open map or list, the key that waits for its value, and what encloses them."""

    holder: _Holder = field(default_factory=list)
    key: str | None = None
    enclosing: list[tuple[_Holder, str | None]] = field(default_factory=list)
    documents: int = 0
    faults: list[Fault] = field(default_factory=list)
    later: list[Fault] = field(default_factory=list)  # what the marks complete at the end


Marks: TypeAlias = Mapping[Route, tuple[_Event, _Event]]  # each route's key, where it has one, and its value

_IS_KEY: Final = "\0key"  # awaits the value of a map or list that stands where a key should
_UNKNOWN: Final = Position(0, 0)
_NO_MARK: Final = Mark(None, Position(1, 1), 1)


class _EndError(Exception):
    """What follows in the stream cannot be read."""


def read_yaml(text: str) -> tuple[Plain, list[Fault]]:
    """Return the plain data of one YAML document and every fault found; with faults the data is incomplete.

    Maps are dicts in the order of the file, lists are tuples, numbers are exact.  Source: data contract, section 2.
    """
    reading = _Reading()
    clean = without_refused(text, reading.faults)
    try:
        for event in _events(clean):
            _STEPS[event.__class__](reading, event)
    except _EndError:
        pass
    except yaml.YAMLError as error:
        reading.faults.append(_unreadable(error))
    _find_later(reading, clean)
    faults = [fault._replace(position=_within(clean, fault.position)) for fault in reading.faults]
    return (reading.holder[0] if reading.holder and not reading.enclosing else None), faults


def read_marks(text: str) -> Marks:
    """Return where every value of a YAML text stands, as far as the text can be read; a repeated key's first place."""
    marks: dict[Route, tuple[_Event, _Event]] = {}
    with suppress(yaml.YAMLError):  # it has been reported; what stands before it still has its place
        _mark_all(_events(without_refused(text, [])), marks)
    return marks


def mark_at(marks: Marks, route: Route) -> Mark | None:
    """Return where the value of a route stands, or None where the text has no such value."""
    key, event = marks.get(route, (None, None))
    if event is None:
        return None
    start, end = event.start_mark, event.end_mark
    one_line = start.line == end.line and isinstance(event, yaml.ScalarEvent)
    return Mark(_position(key) if key else None, _position(event), max(end.column - start.column, 1) if one_line else 1)


def _events(text: str) -> Iterator[yaml.Event]:
    return iter(yaml.CLoader(text).get_event, None)


def _unreadable(error: yaml.YAMLError) -> Fault:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    position = Position(mark.line + 1, mark.column + 1) if mark else Position(1, 1)
    return Fault("yaml-unreadable", position, {"reason": reason_of(str(getattr(error, "problem", None) or ""))})


def _within(text: str, position: Position) -> Position:
    """Return the position, or the end of the text where the parser means the line after it."""
    last = text.count("\n") + 1
    return position if position.line <= last else Position(last, len(text) - text.rfind("\n"))


def _position(event: _Event) -> Position:
    return Position(event.start_mark.line + 1, event.start_mark.column + 1)


def _route(reading: _Reading) -> Route:
    """Return the route of the value that comes next."""
    levels = [*reading.enclosing[1:], (reading.holder, reading.key)] if reading.enclosing else []
    return tuple(len(holder) if isinstance(holder, list) else key or "?" for holder, key in levels)


def _fault(reading: _Reading, event: _Event, code: str, **facts: object) -> None:
    _note(reading, reading.faults, Fault(code, _position(event), facts, _route(reading)))


def _note(reading: _Reading, faults: list[Fault], fault: Fault) -> None:
    """Keep a fault; after a thousand the file is no longer one that somebody mistyped."""
    faults.append(fault)
    if len(reading.faults) + len(reading.later) >= MOST_FAULTS:
        raise _EndError


# ---- one step for each kind of event ----


def _scalar(reading: _Reading, event: _Event) -> None:
    if event.anchor or event.tag:
        _refuse_properties(reading, event)
    value = event.value
    holder = reading.holder
    if holder.__class__ is dict and reading.key is None:
        _open_key(reading, event, value)
        return
    if not event.style and is_special(value):
        value = _plain(reading, event, value)
    if holder.__class__ is list:
        holder.append(value)
    else:
        holder[reading.key] = value
        reading.key = None


def _plain(reading: _Reading, event: _Event, text: str) -> Plain:
    value, code = meaning(text)
    if code is not None:
        _fault(reading, event, code, value=text, suggestion=f'"{text}"', most=LONGEST_NUMBER)
    return value


def _open_key(reading: _Reading, event: _Event, text: str) -> None:
    reading.key = text
    if not event.style and is_special(text):
        _refuse_key(reading, event, text)
    if text in reading.holder:
        position = _position(event)
        facts = {"field": text, "other_line": position.line}
        _note(reading, reading.later, Fault("key-duplicate", position, facts, _route(reading)))


def _refuse_key(reading: _Reading, event: _Event, text: str) -> None:
    value, code = meaning(text)
    if text == "<<":
        _fault(reading, event, "yaml-merge-key")
    elif code is not None or value is not text:
        code = code if code == "value-ambiguous" else "key-not-text"
        _fault(reading, event, code, value=text, suggestion=f'"{text}"')


def _open_map(reading: _Reading, event: _Event) -> None:
    _open(reading, event, {})


def _open_list(reading: _Reading, event: _Event) -> None:
    _open(reading, event, [])


def _open(reading: _Reading, event: _Event, holder: _Holder) -> None:
    if event.anchor or event.tag:
        _refuse_properties(reading, event)
    key = reading.key
    if reading.holder.__class__ is dict and key is None:
        reading.key = "?"
        _fault(reading, event, "key-not-text", value="{" if holder == {} else "[", suggestion='"…"')
        key = _IS_KEY
    if len(reading.enclosing) == DEEPEST:
        _fault(reading, event, "yaml-too-deep", most=DEEPEST)
        raise _EndError
    reading.enclosing.append((reading.holder, key))
    reading.holder, reading.key = holder, None


def _close_map(reading: _Reading, _event: _Event) -> None:
    if not reading.holder:
        _note(reading, reading.later, Fault("value-empty", _UNKNOWN, {}, _route(reading)[:-1]))
    _put(reading, reading.holder)


def _close_list(reading: _Reading, _event: _Event) -> None:
    items = tuple(reading.holder)
    route = _route(reading)[:-1]
    if not items and route != _MAY_BE_EMPTY:
        _note(reading, reading.later, Fault("list-empty", _UNKNOWN, {}, route))
    for index in repeated(items) if len(items) > 1 else ():
        fault = Fault("list-item-repeated", _UNKNOWN, {"value": shown(items[index])}, (*route, index))
        _note(reading, reading.later, fault)
    _put(reading, items)


def _put(reading: _Reading, value: Plain) -> None:
    """Close the open map or list: what it became goes into the one around it."""
    reading.holder, key = reading.enclosing.pop()
    reading.key = None
    if reading.holder.__class__ is list:
        reading.holder.append(value)
    elif key == _IS_KEY:
        reading.key = "?"  # its value comes next
    else:
        reading.holder[key] = value


def _alias(reading: _Reading, event: _Event) -> None:
    _fault(reading, event, "yaml-alias", value=f"*{event.anchor}")
    if reading.holder.__class__ is list:
        reading.holder.append("")
    elif reading.key is None:
        reading.key = f"*{event.anchor}"
    else:
        reading.holder[reading.key] = ""
        reading.key = None


def _document(reading: _Reading, event: _Event) -> None:
    if reading.documents:
        reading.faults.append(Fault("yaml-documents", _position(event)))
        raise _EndError
    reading.documents += 1
    if event.version or event.tags:
        reading.faults.append(Fault("yaml-directive", _position(event)))


def _nothing(_reading: _Reading, _event: _Event) -> None:
    """Some events say nothing that is kept."""


_STEPS: Final = {
    yaml.ScalarEvent: _scalar,
    yaml.MappingStartEvent: _open_map,
    yaml.MappingEndEvent: _close_map,
    yaml.SequenceStartEvent: _open_list,
    yaml.SequenceEndEvent: _close_list,
    yaml.AliasEvent: _alias,
    yaml.DocumentStartEvent: _document,
    yaml.DocumentEndEvent: _nothing,
    yaml.StreamStartEvent: _nothing,
    yaml.StreamEndEvent: _nothing,
}


def _refuse_properties(reading: _Reading, event: _Event) -> None:
    if event.anchor:
        _fault(reading, event, "yaml-anchor", value=f"&{event.anchor}")
    if event.tag:
        _fault(reading, event, "yaml-tag", value=event.tag.replace("tag:yaml.org,2002:", "!!"))


# ---- positions, on demand ----


def _find_later(reading: _Reading, text: str) -> None:
    """Complete the faults that only a whole map or list shows with what the marks say."""
    if not reading.later:
        return
    marks = read_marks(text)
    for fault in reading.later:
        mark = mark_at(marks, fault.route) or _NO_MARK
        if fault.code == "key-duplicate":
            facts = {**fault.facts, "line": (mark.key or mark.value).line}
            reading.faults.append(fault._replace(facts=facts))
        else:
            reading.faults.append(fault._replace(position=mark.value))


def _mark_all(events: Iterator[yaml.Event], marks: dict[Route, tuple[_Event, _Event]]) -> None:
    """Walk the events and note the first of every route: ``step`` is the next index, or the key, None while awaited."""
    enclosing: list[tuple[Route, int | str | None]] = []
    prefix: Route = ()
    step: int | str | None = None
    key: _Event = None
    for event in events:
        kind = event.__class__
        if step is None and enclosing and kind in _NODES:
            step, key = _key_of(event), event
            if kind not in _OPENS:
                continue
            enclosing.append((prefix, _IS_KEY))
            prefix, step = (*prefix, "?", "?"), _OPENS[kind]
        elif kind in _NODES:
            route = (*prefix, step) if step is not None else prefix
            marks.setdefault(route, (key, event))
            key = None
            if kind in _OPENS:
                enclosing.append((prefix, step))
                prefix, step = route, _OPENS[kind]
            else:
                step = step + 1 if isinstance(step, int) else None
        elif kind in _CLOSES:
            prefix, step = enclosing.pop()
            step = "?" if step == _IS_KEY else step + 1 if isinstance(step, int) else None
        if len(enclosing) > DEEPEST:
            return


def _key_of(event: _Event) -> str:
    if isinstance(event, yaml.AliasEvent):
        return f"*{event.anchor}"
    return str(event.value) if isinstance(event, yaml.ScalarEvent) else "?"


_OPENS: Final[dict[type[yaml.Event], int | None]] = {yaml.MappingStartEvent: None, yaml.SequenceStartEvent: 0}
_CLOSES: Final = frozenset({yaml.MappingEndEvent, yaml.SequenceEndEvent})
_NODES: Final = frozenset({yaml.ScalarEvent, yaml.AliasEvent, *_OPENS})
