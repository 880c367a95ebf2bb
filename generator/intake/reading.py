"""One CSV file while it is read: what its rows may name, and what is wrong so far."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from generator.intake.cells import Wrong
from generator.intake.hygiene import check_text, shown
from generator.intake.table import Table
from generator.model import Agency, Catalog, Service, ServiceLevel
from generator.problems import Place, Problem

Value = TypeVar("Value")
Readable = Callable[[Collection[str]], Iterable[Value] | None]  # the values of texts, or None where one may be wrong


@dataclass(frozen=True, slots=True)
class Known:
    """What the rows of an agency may name: its services, levels and channels by service, and offices."""

    agency_id: str
    services: Mapping[str, Service]
    levels: Mapping[str, Mapping[str, ServiceLevel]]
    channels: Mapping[str, frozenset[str]]
    offices: frozenset[str]
    catalog: Catalog
    as_of: date

    @property
    def contact(self) -> str:
        """Return whom to tell of personal data that is online."""
        publisher = self.catalog.settings.publisher
        return publisher.email or publisher.url or next(iter(publisher.title.values()))


def known_of(agency: Agency, services: Mapping[str, Service], catalog: Catalog, as_of: date) -> Known:
    """Return what the rows of an agency may name."""
    return Known(
        agency.id,
        services,
        {service.id: {level.id: level for level in service.service_levels or ()} for service in services.values()},
        {service.id: _channels(service) for service in services.values()},
        frozenset(office.id for office in agency.offices or ()),
        catalog,
        as_of,
    )


def _channels(service: Service) -> frozenset[str]:
    return frozenset(channel.id for channel in (service.scope.channels if service.scope else None) or ())


@dataclass(slots=True)
class Reading:
    """One file as it is read: its problems, and the rows that are wrong, by index.

    Of the rows in ``totals`` no more is said than that they are totals.
    """

    table: Table
    known: Known
    problems: list[Problem] = field(default_factory=list)
    bad: set[int] = field(default_factory=set)
    totals: frozenset[int] = frozenset()

    def place(self, index: int, column: str) -> Place:
        """Return the place of a cell."""
        return Place(self.table.file, (self.table.lines[index], column))

    def wrong(self, index: int, column: str, code: str, **facts: object) -> None:
        """Note an error, which withholds its row."""
        self.bad.add(index)
        self.problems.append(Problem(code, "error", self.place(index, column), facts, "row"))

    def odd(self, index: int, column: str, code: str, **facts: object) -> None:
        """Note a warning."""
        self.problems.append(Problem(code, "warning", self.place(index, column), facts))

    def check(self, index: int, column: str, cell: str) -> frozenset[str]:
        """Note what is wrong with the characters of a cell and what it gives away, and return the codes."""
        found = list(check_text(self.place(index, column), cell, self.known.contact))
        for problem in found:
            if problem.severity == "error":
                self.bad.add(index)
            self.problems.append(replace(problem, withheld="row" if problem.severity == "error" else "none"))
        return frozenset(problem.code for problem in found)

    def refuse(self, index: int, column: str, wrong: Wrong) -> None:
        """Note that a cell cannot be read; hidden characters in it are named instead, for nobody would see them."""
        cell = self.table.columns[column][index]
        if index not in self.totals and "text-hidden-character" not in self.check(index, column, cell):
            self.wrong(index, column, wrong.code, **{"field": column, "value": shown(cell), **wrong.facts})


def read_column(
    reading: Reading, name: str, read: Callable[[str], Value | Wrong], all_right: Readable[Value] | None = None
) -> Sequence[Value | None]:
    """Return the values of a column, None for an empty cell and for a wrong one, which is noted.

    ``read`` is called once for each distinct text, unless ``all_right`` reads all of them.
    """
    column = reading.table.columns.get(name)
    if column is None:
        return (None,) * len(reading.table.lines)
    values: dict[str, Value | None] = {"": None}
    wrongs: dict[str, Wrong] = {}
    cells = {*column} - {""}
    if all_right is not None and (together := all_right(cells)) is not None:
        values.update(zip(cells, together, strict=True))
        cells = set()
    for cell in cells:
        value = read(cell)
        if isinstance(value, Wrong):
            wrongs[cell] = value
            values[cell] = None
        else:
            values[cell] = value
    for index, cell in _those(column, wrongs):
        reading.refuse(index, name, wrongs[cell])
    return list(map(values.__getitem__, column))


def check_column(reading: Reading, name: str, suspect: Callable[[str], bool]) -> None:
    """Note what the cells of a column give away, as far as they are suspect."""
    column = reading.table.columns.get(name, ())
    for index, cell in _those(column, {cell for cell in {*column} if suspect(cell)}):
        reading.check(index, name, cell)


def _those(column: Sequence[str], cells: Iterable[str]) -> Iterable[tuple[int, str]]:
    wanted = frozenset(cells)
    return ((index, cell) for index, cell in enumerate(column) if cell in wanted) if wanted else ()
