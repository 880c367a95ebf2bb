"""What is wrong with a contribution, as a value: code, severity, place, facts.

A Place is symbolic, a file and a route into it; only a reporter asks for line and column (``intake.positions``), so
reading good data never pays for positions.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Severity = Literal["error", "warning"]
Withheld = Literal["row", "file", "service", "agency", "none"]
Step = str | int
Route = tuple[Step, ...]


class Position(NamedTuple):
    """Line and column in a file, both from 1, columns in characters."""

    line: int
    column: int


class Fault(NamedTuple):
    """What a reader found wrong in a text, before anyone says which file it is and what becomes of it.

    ``route`` says which value it spoils, so that nothing more is said about that value.
    """

    code: str
    position: Position
    facts: Mapping[str, object] = {}
    route: Route = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A file (relative to the data folder) and a route into it.

    In YAML a route is keys and indexes, ``("service_levels", 0, "title")``; in CSV it is a line and a column's name,
    ``(14, "volume")``.  ``of_key`` asks for the position of the last key itself instead of its value.
    """

    file: str
    route: Route = ()
    of_key: bool = False

    def __truediv__(self, step: Step) -> "Place":
        """Return the place one step further in."""
        return Place(self.file, (*self.route, step))


class Word(NamedTuple):
    """A fact that every language says in its own words: the key of an interface string."""

    key: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.  ``facts`` fill the sentences of its code; ``withheld`` is what is not published.

    A reporter prints a fact as it is; a Word, a Duration, a Period and the fact ``language`` (a code) it says in the
    reader's language, a Place as file and line.  ``value`` is the value found; ``field`` is the last key of the route
    unless it is given.
    """

    code: str
    severity: Severity
    place: Place
    facts: Mapping[str, object] = field(default_factory=dict)
    withheld: Withheld = "none"
    position: Position | None = None  # given where the reader already knows it, as in a syntax error
