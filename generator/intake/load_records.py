"""One YAML file becomes one record, or problems: the reader's faults, the text's, and pydantic's, each told once.

What pydantic says is turned into our codes by the table ``_SAID``; a value's own validators raise our codes already.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Final, TypeVar, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from generator.intake.hygiene import check_text, shown
from generator.intake.nearest import nearest
from generator.intake.read_text import YAML_BYTES, read_file
from generator.intake.read_yaml import MOST_FAULTS, read_yaml
from generator.intake.scalars import Plain
from generator.model_kinds import FEE, GAIN, KINDS, LIST, MONEY
from generator.problems import Place, Problem, Route, Withheld
from generator.values import Gain, Money, Record

AnyRecord = TypeVar("AnyRecord", bound=Record)
PlaceOf = Callable[[Route], Place]
Context = Mapping[str, object]
Said = tuple[str, Mapping[str, object]]

_WORDS_ALLOWED: Final = re.compile(r"'([^']*)'|\b(True|False)\b")
_SAYING_LITTLE: Final = frozenset({"value", "unit", "id", "th", "en"})
_MAY_BE_NONE: Final = frozenset({LIST, FEE})


@dataclass(frozen=True, slots=True)
class Source:
    """A file as plain data, None where it cannot be read; ``spoiled`` are the routes of which enough has been said."""

    file: str
    data: Plain
    problems: tuple[Problem, ...]
    spoiled: frozenset[Route] = frozenset()

    def place(self, route: Route) -> Place:
        """Return a place in this file."""
        return Place(self.file, route)


def read_source(root: Path, file: str) -> Source:
    """Return a YAML file's data, with the problems of its form and of the text in it."""
    text, faults = read_file(root / file, YAML_BYTES)
    data = None
    if text is not None:
        data, faults = read_yaml(text)
    said = [
        Problem(fault.code, "error", Place(file, fault.route), fault.facts, position=fault.position) for fault in faults
    ]
    spoiled = frozenset(fault.route for fault in faults if fault.route)
    return Source(file, data, (*said, *check_text(Place(file), data)), spoiled)


def make_record(
    kind: type[AnyRecord], data: Plain, place_of: PlaceOf, context: Context
) -> tuple[AnyRecord | None, list[Problem]]:
    """Return the record that plain data makes, or None and the problems; ``place_of`` says where a route stands."""
    try:
        return kind.model_validate(data, context=dict(context)), []
    except ValidationError as error:
        errors = islice(filter(_says, error.errors(include_url=False)), MOST_FAULTS)
        return None, [_problem(kind, told, place_of) for told in errors]


def without_spoiled(problems: Iterable[Problem], sources: Iterable[Source]) -> Iterator[Problem]:
    """Yield the problems that are not about a value which its file's reader has already refused."""
    spoiled = {source.file: source.spoiled for source in sources}
    for problem in problems:
        route, seen = problem.place.route, spoiled.get(problem.place.file, frozenset())
        if not any(route[:end] in seen for end in range(1, len(route) + 1)):
            yield problem


def errors_in(problems: Iterable[Problem]) -> bool:
    """Return whether one of the problems is an error."""
    return any(problem.severity == "error" for problem in problems)


def holding_back(problems: Iterable[Problem], withheld: Withheld) -> tuple[Problem, ...]:
    """Return the problems, each error with what it keeps from being published."""
    return tuple(
        replace(problem, withheld=withheld) if problem.severity == "error" and problem.withheld == "none" else problem
        for problem in problems
    )


def _says(told: ErrorDetails) -> bool:
    """A list whose items are wrong is said to be too short as well; one that is empty was refused by the reader."""
    return told["type"] != "too_short"


def _problem(kind: type[Record], told: ErrorDetails, place_of: PlaceOf) -> Problem:
    route = tuple(step for step in told["loc"] if step not in KINDS and step != "[key]")
    code, facts = _said(kind, told)
    route = (*route, str(facts["inside"])) if "inside" in facts else route
    place = place_of(route)
    if told["type"] == "extra_forbidden" or code == "language-form":
        place = replace(place, of_key=True)
    facts = {name: fact for name, fact in facts.items() if name != "inside"}
    return Problem(code, "error", place, {"field": field_of(route), **facts})


def field_of(route: Route) -> str:
    """Return what a place is called in a sentence: its last key, and the one before where that alone says little."""
    names = [step for step in route if isinstance(step, str)]
    return ".".join(names[-2:] if len(names) > 1 and names[-1] in _SAYING_LITTLE else names[-1:])


def _said(kind: type[Record], told: ErrorDetails) -> Said:
    """Return our code and its facts for an error; a type that the table does not know is our bug."""
    if "-" in told["type"]:
        facts = dict(told.get("ctx", {}))
        return told["type"], {**facts, "value": shown(facts["value"])} if "value" in facts else facts
    if told["type"] == "extra_forbidden":
        return _unknown_key(str(told["loc"][-1]), _keys_at(kind, told["loc"][:-1]))
    return _SAID[told["type"]](told)


def _missing(told: ErrorDetails) -> Said:
    holder = told["input"]
    if told["loc"][-1] == "unit" and isinstance(holder, dict) and "value" in holder:
        field = next((step for step in reversed(told["loc"][:-1]) if step not in KINDS), "")
        return "unit-missing", {"field": field, "value": shown(holder["value"])}
    return "key-missing", {"field": told["loc"][-1]}


def _unknown_word(told: ErrorDetails) -> Said:
    if isinstance(told["input"], dict | tuple):
        return "value-not-text", {}
    allowed = [word or truth.lower() for word, truth in _WORDS_ALLOWED.findall(str(told["ctx"]["expected"]))]
    facts = {"value": shown(told["input"]), "allowed": " ".join(allowed)}
    near = nearest(str(told["input"]), allowed)
    return ("value-unknown", {**facts, "nearest": near}) if near else ("value-unknown-none-near", facts)


def _no_list(told: ErrorDetails) -> Said:
    if told["loc"][-1] in _MAY_BE_NONE:
        return "value-not-a-list-or-none", {"value": shown(told["input"])}
    return _no_none(told) or ("value-not-a-list", {"value": shown(told["input"])})


def _no_map(told: ErrorDetails) -> Said:
    return _no_none(told) or ("value-not-a-map", {"value": shown(told["input"])})


def _no_none(told: ErrorDetails) -> Said | None:
    return ("none-not-allowed", {}) if told["input"] == "none" else None


def _no_truth(told: ErrorDetails) -> Said:
    return "value-not-true-or-false", {"value": shown(told["input"])}


_SAID: Final[dict[str, Callable[[ErrorDetails], Said]]] = {
    "missing": _missing,
    "literal_error": _unknown_word,
    "tuple_type": _no_list,
    "dict_type": _no_map,
    "model_type": _no_map,
    "bool_type": _no_truth,
}


def _unknown_key(key: str, known: Iterable[str]) -> Said:
    allowed = sorted(known)
    facts = {"value": shown(key), "allowed": " ".join(allowed)}
    near = nearest(key, allowed)
    return ("key-unknown", {**facts, "nearest": near}) if near else ("key-unknown-none-near", facts)


def _keys_at(kind: type[Record], loc: Iterable[int | str]) -> list[str]:
    """Return the keys that the record at this place of another record has."""
    for step in loc:
        if step in (GAIN, MONEY):
            kind = Gain if step == GAIN else Money
        elif step not in KINDS:
            kind = next((inner for name, inner in _inner_records(kind) if name == step), kind)
    return [field.alias or name for name, field in kind.model_fields.items()]


def _inner_records(kind: type[Record]) -> Iterator[tuple[str, type[Record]]]:
    for name, field in kind.model_fields.items():
        yield from ((field.alias or name, inner) for inner in _records_in(field.annotation))


def _records_in(annotation: object) -> Iterator[type[Record]]:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        yield annotation
    for inner in get_args(annotation):
        yield from _records_in(inner)
