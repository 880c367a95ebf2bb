"""What one agency's files say of another's: what replaces it, and what must be done first.

Agencies are read one at a time, so each leaves an ``AgencyIndex`` behind; these are checked together at the end.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from generator.intake.hygiene import shown
from generator.intake.nearest import unknown_id
from generator.model import AgencyData, Observation, WithheldRow, WithheldService
from generator.problems import Place, Problem, Route

_SERVICE: Final = re.compile(r"[a-z0-9-]+/[a-z0-9-]+", re.ASCII)
Graph = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class ServiceIndex:
    """What other services must know of one: its file, and what it names."""

    file: str
    replaced_by: str | None = None
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AgencyIndex:
    """What other agencies must know of one: its services by id, the titles of those with a page, which ids it withholds.

    ``published`` are the good ones that are no drafts; ``silent`` those of them whose every row is withheld.
    """

    agency_id: str
    replaced_by: str | None = None
    services: Mapping[str, ServiceIndex] = field(default_factory=dict)
    titles: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    withheld: frozenset[str] = frozenset()
    # What replaces a withdrawn service, by its entry's place.
    withdrawn: Mapping[int, str] = field(default_factory=dict)
    title: Mapping[str, str] = field(default_factory=dict)
    published: frozenset[str] = frozenset()
    silent: frozenset[str] = frozenset()
    is_withheld: bool = False


def index_of(data: AgencyData) -> AgencyIndex:
    """Return what other agencies' files may name of this one.  What is kept was checked when it was published."""
    folder = f"agencies/{data.agency_id}/services"
    services = {
        service_id: ServiceIndex(f"{folder}/{service_id}.yml", service.replaced_by, service.after or ())
        for service_id, service in data.services.items()
        if service_id not in data.kept
    }
    replaced_by = data.agency.replaced_by if data.agency and data.kept_from is None else None
    withheld = frozenset(service.service_id for service in data.withheld_services)
    titles = {key: service.title for key, service in data.services.items() if service.status != "draft"}
    titles |= {one.service_id: one.title for one in data.withheld_services}
    title = data.agency.title if data.agency else {}
    withdrawn = {place: entry.replaced_by for place, entry in data.withdrawn.items() if entry.replaced_by}
    published = frozenset(key for key in services if data.services[key].status != "draft")
    return AgencyIndex(
        data.agency_id, replaced_by, services, titles, withheld, withdrawn, title, published, _silent(data) & published,
        is_withheld=data.agency is None or data.kept_from is not None,
    )  # fmt: skip


def _silent(data: AgencyData) -> frozenset[str]:
    """Return the services without a row of which a row is withheld; a whole file may have held rows of any."""
    whole_file = any(problem.withheld == "file" and problem.severity == "error" for problem in data.problems)
    wrong = data.services.keys() if whole_file else {row.service_id for row in data.withheld_rows}
    return frozenset(wrong) - {row.service_id for row in data.observations}


def check_references(indexes: Iterable[AgencyIndex]) -> list[Problem]:
    """Return the problems of all references between agencies and services, in the order of the agencies."""
    by_id = {index.agency_id: index for index in indexes}
    problems = [problem for index in by_id.values() for problem in _agency(index, by_id)]
    for index in by_id.values():
        for service_id, service in index.services.items():
            for route, name in _named(service):
                place = Place(service.file, route)
                problems += _service(place, name, f"{index.agency_id}/{service_id}", by_id)
                problems += _draft(place, name, by_id) if service_id in index.published else ()
        for at, name in index.withdrawn.items():
            place = Place(f"agencies/{index.agency_id}/withdrawn.yml", (at, "replaced_by"))
            problems += (replace(found, withheld="none") for found in _service(place, name, "", by_id))
            problems += _draft(place, name, by_id)
    return [*problems, *_circles(by_id)]


def withhold(data: AgencyData, problems: Iterable[Problem]) -> AgencyData:
    """Return an agency's data without what the errors among these problems keep from being published."""
    errors = [problem for problem in problems if problem.severity == "error" and _is_of(data, problem)]
    if any(problem.withheld == "agency" for problem in errors):
        return _without_all(data)
    files = {problem.place.file for problem in errors if problem.withheld == "service"}
    without = _without_services(data, {file.rpartition("/")[2].removesuffix(".yml") for file in files})
    rows = {(problem.place.file, problem.place.route[0]) for problem in errors if problem.withheld == "row"}
    return _without_rows(without, rows)


def _without_all(data: AgencyData) -> AgencyData:
    """Return the data of an agency that is withheld: of its services no more than that they are."""
    whole = _without_services(data, set(data.services))
    return replace(whole, agency=None, observations=(), withheld_rows=(), withheld_keys=frozenset(), kept={})


def _is_of(data: AgencyData, problem: Problem) -> bool:
    return problem.place.file.startswith(f"agencies/{data.agency_id}/")


def _without_services(data: AgencyData, ids: set[str]) -> AgencyData:
    gone = {key: service for key, service in data.services.items() if key in ids}
    if not gone:
        return data
    pages = (WithheldService(key, service.title) for key, service in gone.items() if service.status != "draft")
    return replace(
        data,
        services={key: service for key, service in data.services.items() if key not in ids},
        observations=tuple(row for row in data.observations if row.service_id not in ids),
        withheld_services=tuple(sorted((*data.withheld_services, *pages), key=lambda one: one.service_id)),
        inheritances={key: one for key, one in data.inheritances.items() if key not in ids},
    )


def _without_rows(data: AgencyData, lines: set[tuple[str, str | int]]) -> AgencyData:
    """Return the data without the rows on these lines; where the newest revision goes, its period is withheld."""
    gone = [row for row in data.observations if (row.file, row.line) in lines]
    if not gone:
        return data
    newest: dict[tuple[str, ...], int] = {}
    for row in data.observations:
        newest[_key(row)] = max(row.revision, newest.get(_key(row), 0))
    rows = [WithheldRow(row.service_id, row.level_id, row.period.code, row.file, row.line) for row in gone]
    return replace(
        data,
        observations=tuple(row for row in data.observations if (row.file, row.line) not in lines),
        withheld_rows=tuple(sorted((*data.withheld_rows, *rows), key=lambda row: (row.file, row.line))),
        withheld_keys=data.withheld_keys | {_key(row) for row in gone if row.revision == newest[_key(row)]},
    )


def _key(row: Observation) -> tuple[str, str, str, str, str]:
    return (row.service_id, row.level_id, row.period.code, row.channel_id, row.office_id)


def _agency(index: AgencyIndex, by_id: Mapping[str, AgencyIndex]) -> Iterator[Problem]:
    """An agency is replaced by another one that is there."""
    if index.replaced_by is None:
        return
    place = Place(f"agencies/{index.agency_id}/agency.yml", ("replaced_by",))
    if index.replaced_by == index.agency_id:
        yield Problem("replaced-by-itself", "error", place, {"value": index.replaced_by}, "agency")
    elif index.replaced_by not in by_id:
        problem = unknown_id(place, "replaced_by", index.replaced_by, by_id.keys() - {index.agency_id}, "agencies/")
        yield replace(problem, withheld="agency")


def _named(service: ServiceIndex) -> Iterator[tuple[Route, str]]:
    if service.replaced_by is not None:
        yield ("replaced_by",), service.replaced_by
    yield from ((("after", index), name) for index, name in enumerate(service.after))


def _service(place: Place, name: str, own: str, by_id: Mapping[str, AgencyIndex]) -> Iterator[Problem]:
    """A service is named as agency/service, is there, and is not the one that names it."""
    field_name = _field(place)
    if not _SERVICE.fullmatch(name):
        yield Problem("service-reference-form", "error", place, {"field": field_name, "value": shown(name)}, "service")
        return
    agency_id, _, service_id = name.partition("/")
    if name == own:
        code = "replaced-by-itself" if field_name == "replaced_by" else "after-itself"
        yield Problem(code, "error", place, {"value": name}, "service")
    elif agency_id not in by_id:
        problem = unknown_id(place, field_name, agency_id, by_id, "agencies/")
        yield replace(problem, withheld="service")
    elif service_id not in by_id[agency_id].services and service_id not in by_id[agency_id].withheld:
        known = by_id[agency_id].services
        problem = unknown_id(place, field_name, service_id, known, f"agencies/{agency_id}/services/")
        yield replace(problem, withheld="service")


def _draft(place: Place, name: str, by_id: Mapping[str, AgencyIndex]) -> Iterator[Problem]:
    """What readers are sent to must have a page."""
    agency_id, _, service_id = name.partition("/")
    named = by_id.get(agency_id)
    if named and service_id in named.services and service_id not in named.published | named.titles.keys():
        yield Problem("service-reference-draft", "warning", place, {"field": _field(place), "value": name})


def _field(place: Place) -> str:
    return str(place.route[-1] if isinstance(place.route[0], int) else place.route[0])


def _circles(by_id: Mapping[str, AgencyIndex]) -> Iterator[Problem]:
    """No service must be done before itself or is replaced, over others, by itself."""
    services = {
        f"{index.agency_id}/{service_id}": service
        for index in by_id.values()
        for service_id, service in index.services.items()
    }
    after = {name: service.after for name, service in services.items() if service.after}
    replaced = {name: (service.replaced_by,) for name, service in services.items() if service.replaced_by}
    yield from _in_circles(services, after, "after", "after-circle")
    yield from _in_circles(services, replaced, "replaced_by", "replaced-by-circle")


def _in_circles(services: Mapping[str, ServiceIndex], graph: Graph, key: str, code: str) -> Iterator[Problem]:
    for name in graph:
        circle = _circle(graph, name)
        if circle is not None and len(circle) > 1:
            route: Route = (key, graph[name].index(circle[1])) if key == "after" else (key,)
            facts = {"value": circle[1], "circle": " → ".join((*circle, name))}
            yield Problem(code, "error", Place(services[name].file, route), facts, "service")


def _circle(graph: Graph, start: str) -> list[str] | None:
    """Return the shortest way from a name back to itself, without the return, or None."""
    came_from: dict[str, str] = {}
    waiting = [start]
    for name in waiting:
        for following in graph.get(name, ()):
            if following == start:
                return _way(came_from, start, name)
            if following not in came_from:
                came_from[following] = name
                waiting.append(following)
    return None


def _way(came_from: Mapping[str, str], start: str, end: str) -> list[str]:
    way = [end]
    while way[-1] != start:
        way.append(came_from[way[-1]])
    return way[::-1]
