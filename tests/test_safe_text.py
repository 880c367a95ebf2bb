"""Text stays text: what is typed into any field of any file is published as it was typed, and as nothing else.

Every file of a site with probes in every field is held to the same site with harmless letters; test_browser_safe looks
at both in a browser.
"""

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from bones import Bare
from probes import probed_site, typed_into
from pyarrow import parquet

COMPUTED = str(7919 * 7907)
# A number, or an apostrophe before what a spreadsheet would run.
RUNS = re.compile("[=+\\-@\t\r\n＝＋－＠]")
NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site with probes in every field."""
    return probed_site(tmp_path_factory)


@pytest.fixture(scope="module")
def twin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the same site with harmless letters instead."""
    return probed_site(tmp_path_factory, harmless=True)


def files(site: Path, *endings: str) -> list[Path]:
    """Return the files of a site that end so."""
    found = sorted(path for path in site.rglob("*") if path.suffix in endings)
    assert found, endings
    return found


@cache
def page(path: Path) -> Bare:
    """Return a page as its source has it, read once."""
    return Bare(path.read_text(encoding="utf-8"))


def test_every_page_has_the_elements_of_its_twin(site: Path, twin: Path) -> None:
    """No probe adds, removes, moves or changes an element of any page, or where anything leads."""
    names = [path.relative_to(site) for path in files(site, ".html")]

    assert names == [path.relative_to(twin) for path in files(twin, ".html")]
    for name in names:
        assert page(site / name).faults == [], name
        assert _unversioned(page(site / name).bones) == _unversioned(page(twin / name).bones), name


def _unversioned(bones: Sequence[str]) -> list[str]:
    """Return the elements of a page without what they rightly say of its words: versions, first letters, prepared e-mails.

    A letter is one character, or 0–9.  Of an e-mail subject and text may differ, and nothing else: a further field is seen.
    """
    named = (re.sub(r"(\bid=v-)[0-9a-f]{8}\b|(\bletter-)(?:0–9|\S)(?!\S)", r"\1\2", bone) for bone in bones)
    return [
        re.sub(r"(?<=[?&])(subject|body)=[^&\s]*", r"\1=", bone) if "href=mailto:" in bone else bone for bone in named
    ]


def test_every_file_has_its_twin(site: Path, twin: Path) -> None:
    """No probe names a file, or makes one."""
    assert set(_names(site)) == set(_names(twin))


def _names(site: Path) -> Iterator[str]:
    """Yield the name of every file, but for those that are named after what they hold."""
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if path.is_file() and not name.startswith("assets/search/"):
            yield name


def test_every_field_is_on_a_page_as_it_was_typed(site: Path) -> None:
    """Of each field some line stands on a page as it was typed, letter by letter."""
    shown = "\n".join(_one_line(text) for path in files(site, ".html") for text in page(path).words)
    missing = [name for name, lines in typed_into().items() if not any(_one_line(line) in shown for line in lines)]

    assert missing == []


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def test_every_field_is_in_a_download_as_it_was_typed(site: Path) -> None:
    """Of each field all that is published stands in a JSON file as it was typed."""
    found = {text for path in files(site / "data", ".json") for text in _texts(json.loads(path.read_bytes()))}
    whole = "\n".join(found)
    missing = {name for name, lines in typed_into().items() if not any(line in whole for line in lines)}

    assert {name for name in missing if not name.startswith("withdrawn.")} == set()  # those have a page, and no file


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)
    elif isinstance(value, str):
        yield value


def test_no_template_is_filled_in(site: Path) -> None:
    """What looks like a template is printed and not computed, in no file of any kind."""
    for path in files(site, ".html", ".json", ".csv", ".xml", ".txt"):
        assert COMPUTED not in path.read_text(encoding="utf-8"), path


def test_json_has_the_shape_of_its_twin(site: Path, twin: Path) -> None:
    """Every JSON file is strict JSON, with the keys and the kinds of value of its twin."""
    for path in files(site, ".json"):
        other = twin / path.relative_to(site)
        if other.exists():
            assert _shape(_strict(path)) == _shape(_strict(other)), path
        else:
            assert _strict(path), path


def _strict(path: Path) -> Any:
    return json.loads(path.read_bytes(), parse_constant=_no_number)


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def _shape(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _shape(part) for name, part in value.items()}
    return [_shape(part) for part in value] if isinstance(value, list) else type(value).__name__


def test_data_for_search_engines_is_data(site: Path, twin: Path) -> None:
    """JSON-LD parses, has the shape of its twin, and no sign that could end the element around it."""
    pattern = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
    described = 0
    for path in files(site, ".html"):
        mine, other = (pattern.findall(one.read_text("utf-8")) for one in (path, twin / path.relative_to(site)))

        assert not re.search("[<>&\u2028\u2029]", "".join(mine)), path
        assert [_shape(json.loads(one)) for one in mine] == [_shape(json.loads(one)) for one in other], path
        described += len(mine)
    assert described


def test_drawings_and_maps_are_xml(site: Path) -> None:
    """Every drawing within a page, and every list of addresses, parses as XML."""
    drawings = {drawing for path in files(site, ".html") for drawing in _drawings(path.read_text(encoding="utf-8"))}
    for drawing in sorted(drawings):
        ET.fromstring(drawing)
    for path in files(site, ".xml", ".svg"):
        ET.parse(path)

    assert drawings


def _drawings(source: str) -> Iterator[str]:
    """Yield every drawing, with those that stand in it."""
    opened: list[int] = []
    for tag in re.finditer("<svg\\b|</svg>", source):
        if tag[0] == "<svg":
            opened.append(tag.start())
        else:
            yield source[opened.pop() : tag.end()]


def test_no_cell_of_csv_runs(site: Path) -> None:
    """Every CSV file has a cell for each column, and no cell that begins as a formula does."""
    for path in files(site, ".csv"):
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline=""), strict=True))

        assert {len(row) for row in rows} == {len(rows[0])}, path
        assert [cell for row in rows for cell in row if RUNS.match(cell) and not NUMBER.fullmatch(cell)] == [], path


def test_csv_holds_what_was_typed(site: Path) -> None:
    """Without its apostrophe every text column of the national tables holds what was typed."""
    typed = {line for lines in typed_into().values() for line in lines}
    titles = {row["title_th"].removeprefix("'") for row in _rows(site / "data/services.csv")}

    assert titles & typed
    assert all(title in typed for title in titles)


def _rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline=""), strict=True))


def test_no_cell_of_a_workbook_runs(site: Path) -> None:
    """No workbook has a formula, a link or anything else that a program might run or fetch."""
    for path in files(site, ".xlsx"):
        book = openpyxl.load_workbook(path)
        cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]

        assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}, path
        assert not [cell for cell in cells if cell.hyperlink], path


def test_the_parquet_file_reads_as_the_csv(site: Path) -> None:
    """The Parquet file has the rows of the CSV, texts as they were typed."""
    rows = parquet.read_table(site / "data/performance.parquet").to_pylist()
    notes = [row["note_th"] for row in rows if row["note_th"]]
    typed = set(typed_into()["row.note_th"])

    assert notes
    assert set(notes) <= typed
