"""What of all agencies is withheld, by name, and whether it is too much to be published.

The names are known before anything is measured, from what each agency left behind (``references.AgencyIndex``).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from generator.intake.references import AgencyIndex
from generator.problems import Problem

# One service of a small catalog is often more than a fifth of it, and is no reason to stop.
MOST: Final = Fraction(1, 5)
ONE: Final = 1


@dataclass(frozen=True, slots=True)
class HeldBack:
    """The agencies that are withheld, the services ("agency/service"), and those whose every row is; and of how many."""

    agencies: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    known: int = 0

    @property
    def count(self) -> int:
        """Return of how many services the manual, or every figure that was sent, is withheld."""
        return len(self.services) + len(self.silent)

    @property
    def too_much(self) -> bool:
        """Return whether more is wrong than officials' mistakes explain: more than a fifth, and more than one service."""
        return self.count > ONE and self.count > MOST * self.known


def held_back(indexes: Sequence[AgencyIndex], references: Iterable[Problem]) -> HeldBack:
    """Return what is withheld, with what the errors between agencies withhold too."""
    files = {problem.place.file for problem in references if problem.withheld in ("service", "agency")}
    agencies = tuple(index.agency_id for index in indexes if index.is_withheld or _file(index) in files)
    services = tuple(name for index in indexes for name in _withheld(index, index.agency_id in agencies, files))
    silent = {f"{index.agency_id}/{one}" for index in indexes for one in index.silent} - set(services)
    known = sum(len(index.published | index.withheld) for index in indexes)
    return HeldBack(agencies, services, tuple(sorted(silent)), known)


def _file(index: AgencyIndex) -> str:
    return f"agencies/{index.agency_id}/agency.yml"


def _withheld(index: AgencyIndex, whole: bool, files: set[str]) -> Iterator[str]:
    for service_id in sorted(index.published | index.withheld):
        if whole or service_id in index.withheld or index.services[service_id].file in files:
            yield f"{index.agency_id}/{service_id}"
