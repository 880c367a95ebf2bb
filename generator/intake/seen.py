"""One agency as the checks see it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from generator.model import Agency, Catalog, Observation, Service
from generator.problems import Place, Problem, Route

# Of services that are no more, or not yet, nothing is asked that only the public misses.
_EXEMPT = ("draft", "retired")


@dataclass(frozen=True, slots=True)
class Seen:
    """An agency with its good services and rows; rows are sorted by service, level, period, channel, office, revision."""

    catalog: Catalog
    agency: Agency
    services: Mapping[str, Service]
    observations: Sequence[Observation]
    as_of: date

    def offered(self) -> Iterator[Service]:
        """Yield the services that the public can ask for, or could and will again."""
        return (service for service in self.services.values() if service.status not in _EXEMPT)

    def place(self, service: Service, *route: str | int) -> Place:
        """Return a place in a service's file."""
        return Place(f"agencies/{self.agency.id}/services/{service.id}.yml", route)

    def agency_place(self, *route: str | int) -> Place:
        """Return a place in agency.yml."""
        return Place(f"agencies/{self.agency.id}/agency.yml", route)


Check = Callable[[Seen], Iterator[Problem]]


def warning(code: str, place: Place, /, **facts: object) -> Problem:
    """Return a warning."""
    return Problem(code, "warning", place, facts)


def cell(row: Observation, column: str) -> Place:
    """Return the place of a row's cell."""
    route: Route = (row.line, column)
    return Place(row.file, route)
