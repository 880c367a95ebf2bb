"""The figures of the demonstration data, made from a seed so that they can be made again, byte for byte.

``levels.csv`` says how much each service level does and how well, ``events.csv`` what happened to single rows: a
missing month, a revision, a note.  Everything else is drawn by ``random.Random``, one for each level, so that a new
line changes no other level.  Nothing here is a figure of a real agency.
"""

import csv
from collections.abc import Mapping
from pathlib import Path

from generator.demonstration.draw import draw
from generator.demonstration.events import Event, happen, read_events
from generator.demonstration.plans import Plan, read_plans
from generator.demonstration.rows import COLUMNS, FISCAL_YEAR_STARTS, Row, RowKey, sort_key
from generator.periods import fiscal_year_of

HERE = Path(__file__).parent


def write_figures(data: Path) -> list[Path]:
    """Replace ``performance/*.csv`` of every demonstration agency in the data folder and return the files written.

    There is one file for each agency and fiscal year, with the columns that it needs in the order of the data
    contract, section 7.  Raises FileNotFoundError where the folder of an agency is missing.
    """
    plans, events = read_plans(HERE / "levels.csv"), read_events(HERE / "events.csv")
    written: list[Path] = []
    for agency_id in sorted({plan.key.agency_id for plan in plans}):
        folder = data / "agencies" / agency_id / "performance"
        folder.mkdir(exist_ok=True)
        for old in folder.glob("*.csv"):
            old.unlink()
        written += [_write(folder / name, rows) for name, rows in _files(agency_id, plans, events).items()]
    return written


def _files(agency_id: str, plans: list[Plan], events: list[Event]) -> Mapping[str, list[Row]]:
    """Return file name to sorted rows of one agency."""
    rows: dict[RowKey, list[Row]] = {}
    for plan in plans:
        if plan.key.agency_id == agency_id:
            rows |= {key: [row] for key, row in draw(plan)}
    for event in events:
        if event.key.agency_id == agency_id:
            rows = happen(event, rows)
    files: dict[str, list[Row]] = {}
    for key in sorted(rows, key=sort_key):
        name = f"{fiscal_year_of(key.period.start, FISCAL_YEAR_STARTS).code.lower()}.csv"
        files.setdefault(name, []).extend(rows[key])
    return files


def _write(path: Path, rows: list[Row]) -> Path:
    """Write the rows with the columns that one of them fills, and those that the contract requires."""
    needed = {column for row in rows for column, cell in row.items() if cell} | {"volume", "within_target"}
    columns = [column for column in COLUMNS if column in needed]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path
