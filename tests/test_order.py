"""The order of files, rows, columns and keys says nothing: shuffled data give the same bytes."""

import csv
import io
import re
from collections.abc import Callable
from itertools import chain
from pathlib import Path
from random import Random
from shutil import copytree

import pytest
from made import AS_OF
from sites import REPOSITORY

from generator.intake.load import load_agency
from generator.intake.load_catalog import load_catalog
from generator.stats import measure_agency
from generator.views.datasets.agency import agency_tables

# A small one with notes and revisions, and one with many rows by channel and office, small ones among them.
AGENCIES = [(REPOSITORY / "tests/sample", "transport"), (REPOSITORY / "sla_data", "civil-registration")]


def published(root: Path, agency_id: str) -> dict[str, str]:
    """Return an agency's rows of every table as they are published."""
    catalog, problems = load_catalog(root)
    assert catalog is not None, problems
    data = load_agency(root, agency_id, catalog, AS_OF)
    return dict(agency_tables(catalog, data, measure_agency(catalog, data, AS_OF)).parts)


def shuffle_rows(folder: Path, chance: Random) -> None:
    """Deal the rows of all files with the same columns out to files of other names, in any order of rows and columns."""
    tables: dict[frozenset[str], list[dict[str, str]]] = {}
    for path in sorted(folder.glob("*.csv")):
        rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
        tables.setdefault(frozenset(rows[0]), []).extend(rows)
        path.unlink()
    for number, (names, rows) in enumerate(tables.items()):
        columns = sorted(names)
        chance.shuffle(rows)
        chance.shuffle(columns)
        cut = chance.randint(0, len(rows))
        for part, some in enumerate((rows[:cut], rows[cut:])):
            with (folder / f"{chance.randint(0, 999)}-{number}-{part}.csv").open(
                "w", encoding="utf-8", newline=""
            ) as file:
                writer = csv.DictWriter(file, columns, lineterminator=chance.choice(["\n", "\r\n"]))
                writer.writeheader()
                writer.writerows(some)


def shuffle_keys(root: Path, agency_id: str, chance: Random) -> None:
    """Write the catalog and the files of an agency with their parts in any order."""
    folder = root / "agencies" / agency_id
    for path in (root / "catalog.yml", folder / "agency.yml", *sorted((folder / "services").glob("*.yml"))):
        parts = re.split(r"^(?=[a-z])", path.read_text(encoding="utf-8").rstrip() + "\n", flags=re.MULTILINE)
        chance.shuffle(parts)
        path.write_text("".join(parts), encoding="utf-8")


@pytest.mark.parametrize(("root", "agency_id"), AGENCIES)
def test_no_order_changes_a_byte(root: Path, agency_id: str, tmp_path: Path, times: Callable[[int, int], int]) -> None:
    """However rows, columns, keys and files are shuffled, and a file split in two, the tables have the same bytes."""
    expected = published(root, agency_id)
    different = []
    for seed in range(times(5, 200)):
        copy = copytree(root, tmp_path / str(seed))
        shuffle_rows(copy / "agencies" / agency_id / "performance", Random(seed))
        shuffle_keys(copy, agency_id, Random(seed))
        found = published(copy, agency_id)
        different += [(seed, name) for name in expected if found[name] != expected[name]]

    assert len(list(chain.from_iterable(text.splitlines() for text in expected.values()))) > 10
    assert different == []
