"""A service that inherits is completed from its central manual: section 8 of the data contract.

Merging is done on plain data, before any record is made; ``place_of`` says for every route of the merged service which
of the two files it comes from.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from generator.intake.load_records import Source
from generator.intake.scalars import Plain
from generator.model import Inheritance
from generator.problems import Place, Problem, Route

ADD: Final = "add"
# What a service may add to, by section; a section that is a list itself stands under "".
ADDABLE: Final = {"scope": ("channels",), "requirements": ("documents", "fees"), "steps": ("",), "complaints": ("",)}

Map = Mapping[str, Plain]


@dataclass(frozen=True, slots=True)
class Merged:
    """A service as its own file and its manual together say; ``start_of_added`` is where a list's own items begin."""

    data: dict[str, Plain]
    file: str
    manual_file: str = ""
    taken: frozenset[Route] = frozenset()  # routes that come from the manual as they are
    start_of_added: Mapping[Route, int] | None = None
    inheritance: Inheritance | None = None
    problems: tuple[Problem, ...] = ()

    def place(self, route: Route) -> Place:
        """Return the file and the route in it that a route of the merged service comes from."""
        for length in range(1, len(route) + 1):
            if route[:length] in self.taken:
                return Place(self.manual_file, route)
            start = (self.start_of_added or {}).get(route[:length])
            if start is not None:
                return self._place_in_list(route, length, start)
        return Place(self.file, route)

    def _place_in_list(self, route: Route, length: int, start: int) -> Place:
        index = route[length] if len(route) > length else start
        if isinstance(index, int) and index < start:
            return Place(self.manual_file, route)
        steps = (*route[:length], ADD, *((index - start,) if isinstance(index, int) else ()))
        return Place(self.file, (*steps, *route[length + 1 :]) if len(route) > length else steps[:-1])


def alone(own: Map, file: str) -> Merged:
    """Return a service without a manual; adding to nothing is an error."""
    problems = [Problem("add-without-manual", "error", Place(file, route), {}) for route, _ in _additions(own)]
    data = {key: value for key, value in own.items() if not any(route == (key,) for route, _ in _additions(own))}
    return Merged(dict(data) if problems else dict(own), file, problems=tuple(problems))


def merge(own: Map, manual: Map, source: Source, manual_id: str) -> Merged:
    """Return a service completed from its central manual.

    Every top-level key that the service does not write itself comes from the manual; a section in which it only adds
    keeps the manual's other parts.
    """
    data = {**manual, **own}
    taken: set[Route] = {(key,) for key in manual if key not in own}
    starts: dict[Route, int] = {}
    added: list[Route] = []
    for route, items in _additions(own):
        before = _list_at(manual, route)
        _put(data, manual, own, route, (*before, *items))
        starts[route] = len(before)
        added += [(*route, len(before) + number) for number in range(len(items))]
        section = str(route[0])
        if len(route) == 2:
            taken |= {(section, key) for key in _map_at(manual, section) if key not in _map_at(own, section)}
    inheritance = Inheritance(
        manual_id,
        tuple(sorted(key for key in manual if key not in own)),
        tuple(sorted(key for key in own if key in manual and not any(route[0] == key for route in starts))),
        tuple(added),
    )
    file = f"manuals/{manual_id}.yml"
    return Merged(data, source.file, file, frozenset(taken), starts, inheritance)


def _additions(own: Map) -> list[tuple[Route, tuple[Plain, ...]]]:
    """Return the lists that a service adds to, with the items it adds."""
    found: list[tuple[Route, tuple[Plain, ...]]] = []
    for section, names in ADDABLE.items():
        for name in names:
            value = _map_at(own, section).get(name) if name else own.get(section)
            if isinstance(value, dict) and value.keys() == {ADD} and isinstance(value[ADD], tuple):
                found.append(((section, name) if name else (section,), value[ADD]))
    return found


def _put(data: dict[str, Plain], manual: Map, own: Map, route: Route, items: tuple[Plain, ...]) -> None:
    section = str(route[0])
    if len(route) == 1:
        data[section] = items
        return
    merged = {**_map_at(manual, section), **_map_at(own, section), **_map_at(data, section)}
    data[section] = {**merged, str(route[1]): items}


def _list_at(data: Map, route: Route) -> tuple[Plain, ...]:
    """Return the manual's items; a stated nothing has none."""
    value = data.get(str(route[0])) if len(route) == 1 else _map_at(data, str(route[0])).get(str(route[1]))
    return value if isinstance(value, tuple) else ()


def _map_at(data: Map, key: str) -> Map:
    value = data.get(key)
    return value if isinstance(value, dict) else {}
