"""The rows of one agency's CSV files as observations, all of them checked against each other.

Section 7 of the data contract, word by word: ``table`` reads a file's columns, ``table_rows`` its cells, ``row_rules``
what the cells of one row say together, ``revisions`` what the rows say together.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import compress
from pathlib import Path

from generator.intake.reading import known_of
from generator.intake.revisions import BadRow, Key, settle
from generator.intake.table import Table, read_table
from generator.intake.table_rows import read_table_rows
from generator.model import Agency, Catalog, Observation, Service, WithheldRow
from generator.problems import Problem

FILE_NAME = re.compile(r"[A-Za-z0-9._-]+\.csv", re.ASCII)


@dataclass(frozen=True, slots=True)
class RowsRead:
    """All good rows in order, all revisions; the withheld ones; and the keys whose newest row is withheld.

    Observations are sorted by service, level, period, channel, office and revision.
    """

    observations: tuple[Observation, ...]
    withheld_rows: tuple[WithheldRow, ...]
    withheld_keys: frozenset[Key]
    problems: tuple[Problem, ...]


def read_rows_of(  # noqa: PLR0913, PLR0917  # each is a different thing, and only the loader calls it
    root: Path,
    agency_id: str,
    agency: Agency,
    services: Mapping[str, Service],
    withheld_service_ids: frozenset[str],
    catalog: Catalog,
    as_of: date,
) -> RowsRead:
    """Return the rows of all CSV files of an agency, and everything that is wrong with them."""
    known = known_of(agency, services, catalog, as_of)
    good: list[Observation] = []
    bad: list[BadRow] = []
    problems: list[Problem] = []
    for path in sorted((root / "agencies" / agency_id / "performance").glob("*.csv")):
        if path.is_symlink() or not path.is_file() or not FILE_NAME.fullmatch(path.name):
            continue  # said where the tree is looked through
        table = _without(read_table(path, path.relative_to(root).as_posix()), withheld_service_ids)
        reading = read_table_rows(table, known)
        good += reading.observations
        bad += reading.bad_rows
        problems += reading.problems
    settled = settle(good, bad)
    return RowsRead(settled.observations, settled.withheld, settled.keys, (*problems, *settled.problems))


def _without(table: Table, withheld: frozenset[str]) -> Table:
    """Return a table without the rows of withheld services, and without complaints about them."""
    if withheld.isdisjoint(table.column("service_id")) and not table.lost:
        return table
    kept = [service_id not in withheld for service_id in table.column("service_id")]
    dropped = {line for line, cells in table.lost if cells.get("service_id") in withheld}
    return replace(
        table,
        lines=tuple(compress(table.lines, kept)),
        columns={name: tuple(compress(column, kept)) for name, column in table.columns.items()},
        lost=tuple(row for row in table.lost if row[0] not in dropped),
        problems=tuple(problem for problem in table.problems if problem.place.route[:1] not in {(n,) for n in dropped}),
    )
