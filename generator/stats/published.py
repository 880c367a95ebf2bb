"""An agency's rows as the data sets have them: which revision counts, the promise it is judged by, the verdict."""

from collections.abc import Iterator
from typing import NamedTuple

from generator.model import AgencyData, Observation, ServiceLevel, Target, Withdrawn
from generator.periods import Period
from generator.results import AgencyResult, LevelResult, PeriodResult, Verdict
from generator.stats.verdicts import verdict_of


class Published(NamedTuple):
    """One row as it may be shown, with its level and what is said of it."""

    level: ServiceLevel
    row: Observation
    target: Target | None
    verdict: Verdict


def current_rows(result: AgencyResult) -> Iterator[Published]:
    """Yield the newest revision of every row, in the order of the key; none of a draft."""
    for level in _in_order(result):
        for one, row in _reported(level):
            yield Published(level.level, row, one.target, one.verdict)


def revised_rows(result: AgencyResult) -> Iterator[Published]:
    """Yield all revisions, oldest first, of every row that has more than one, in the order of the key."""
    for level in _in_order(result):
        for one, newest in _reported(level):
            for row in (*reversed(one.earlier), newest) if one.earlier else ():
                yield Published(level.level, row, one.target, verdict_of(row, one.target))


def withdrawn_services(data: AgencyData, result: AgencyResult) -> tuple[Withdrawn, ...]:
    """Return the entry of each service that is withdrawn whole, in the order of their ids; what is there is not."""
    there = {*result.services, *(service.service_id for service in data.withheld_services)}
    whole = [entry for entry in data.withdrawn.values() if entry.level_id is None and entry.service_id not in there]
    return tuple(sorted(whole, key=lambda entry: str(entry.service_id)))


def _in_order(result: AgencyResult) -> Iterator[LevelResult]:
    for service_id in sorted(result.services):
        yield from sorted(result.services[service_id].levels, key=lambda level: level.key)


def _reported(level: LevelResult) -> list[tuple[PeriodResult, Observation]]:
    """Return the results that have a row; those of all are in order of time already."""
    parts = [row for *_, row in level.breakdown_rows]
    found = [(one, one.observation) for one in (*level.rows, *level.other_rows, *parts) if one.observation is not None]
    return sorted(found, key=_key) if parts or level.other_rows else found


def _key(reported: tuple[PeriodResult, Observation]) -> tuple[Period, str, str]:
    one, row = reported
    return one.period, row.channel_id, row.office_id
