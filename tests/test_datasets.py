"""What programs read: section 12 of the data contract, word by word, of data made by hand and of the demonstration."""

import csv
import io
import json
import string
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import frictionless
import openpyxl
import pandas as pd
import pytest
from broken_data import make
from hypothesis import given
from hypothesis import strategies as st
from made import AS_OF, made_agency, made_catalog, made_data, made_level, made_row, made_service, made_target
from published import csv_rows, files_of, json_rows, publish_data, texts_in
from pyarrow import parquet

from generator.locales import load_strings
from generator.model import AgencyData, Catalog, Observation, WithheldService
from generator.pipeline import Prepared, measured, prepare
from generator.problems import Place, Problem
from generator.report import resolve
from generator.stats import measure_agency
from generator.views.datasets import whole
from generator.views.datasets.columns import ROW_KEY, tables
from generator.views.datasets.files import csv_text, json_bytes, meaning, meaning_in_csv
from generator.views.datasets.rows import cut, performance_rows
from generator.views.datasets.status import Status, problem_rows, status_json
from generator.views.datasets.workbook import xlsx_bytes

DATA = Path(__file__).parent.parent / "sla_data"
LANGUAGES = ("en", "th")
PERFORMANCE = [
    "agency_id",
    "service_id", "level_id", "period", "channel_id", "office_id",
    "volume", "within_target", "received", "backlog", "backlog_overdue", "median", "p90", "excluded",
    "delay_notices_due", "delay_notices_sent", "complaints", "status", "revision", "reported_on", "reported_attainment",
    "note_en", "note_th",
    "measure", "target_share", "target_limit", "target_unit", "attainment", "verdict", "demonstration",
]  # fmt: skip
PROBLEMS = [
    "agency_id", "file", "line", "column", "severity", "code", "value", "withheld",
    "message_th", "message_en", "hint_th", "hint_en",
]  # fmt: skip
TRICKY = 'a "b", c\nd; ÷ ชัดเจน'
# Cases, those in time, and what is left: each has a figure from 1 to 4, beside figures that stand nowhere else.
SMALL = [(3, 3, 0), (70_001, 2, 70_002), (70_003, 70_001, 70_004)]


def made() -> tuple[Catalog, AgencyData]:
    """An agency with two services, a withheld one, revisions, texts that try a format's limits, and small breakdowns."""
    limit = {"value": Decimal("1.5"), "unit": "working_day"}
    targets = [made_target("2025-10-01", "2026-06-30", "0.9", limit=limit), made_target("2026-07-01", share="0.985")]
    fees = {"fees": ({"title": "Fee", "amount": "0.50", "currency": "THB"},)}
    time = made_level(targets=targets)
    services = [
        made_service(levels=[time], requirements=fees, summary="=SUM(A1)", unit="<r>office</r>"),
        made_service("register", levels=[time], also_called={"en": ("-Form", "B")}),
        made_service("draft", status="draft"),
    ]
    rows = [
        made_row("2026-01", 3, 2, notes={"en": "=1+1", "th": TRICKY}, median=Decimal("0.50"), p90=Decimal("2")),
        made_row("2026-02", 0, 0),
        made_row("2026-03", status="not_reported", notes={"en": "'@late"}),
        made_row("2026-04", 10, 9, reported_on=date(2026, 5, 2)),
        made_row("2026-04", 10, 8, revision=1, reported_on=date(2026, 6, 2), notes={"en": "  counted again "}),
        made_row("2026-07", 999_999_999_999, 999_999_999_998, reported_attainment=Decimal("0.99")),
        made_row("2026-01", 7, 7, service_id="register"),
        made_row("2026-01", 40, 40, service_id="register", channel_id="counter"),
        *(
            made_row("2026-01", volume, within, service_id="register", office_id=f"o-{at}", received=more, backlog=more,
                     notes={"en": "80808 cases"}, complaints=80808)
            for at, (volume, within, more) in enumerate(SMALL)
        ),
        made_row("2026-01", 80_123, 80_120, service_id="register", office_id="o-9", revision=0),
        made_row("2026-01", status="suppressed", service_id="register", office_id="o-9", revision=1),
        made_row("2026-01", 5, 5, service_id="draft"),
    ]  # fmt: skip
    catalog = made_catalog(languages=LANGUAGES, demonstration=True, url="https://example.org/x/")
    return catalog, made_data(rows, services, made_agency(phone="+66 2 000 0000", email="+x@example.org"))


@pytest.fixture(scope="module")
def made_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the agency made by hand."""
    site = tmp_path_factory.mktemp("made")
    catalog, data = made()
    publish_data(site, catalog, [(data, measure_agency(catalog, data, AS_OF))], AS_OF)
    return site


@pytest.fixture(scope="module")
def demonstration() -> Iterator[Prepared]:
    """The demonstration data, read and checked."""
    with prepare(DATA, lambda _timezone: AS_OF) as read:
        assert isinstance(read, Prepared)
        yield read


@pytest.fixture(scope="module")
def demonstration_files(demonstration: Prepared, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the demonstration."""
    site = tmp_path_factory.mktemp("demonstration")
    agencies = (measured(demonstration, agency_id) for agency_id in demonstration.catalog.agency_ids)
    rows = problem_rows(resolve(DATA, demonstration.problems), demonstration=True)
    publish_data(site, demonstration.catalog, agencies, AS_OF, rows)
    return site


@pytest.fixture(params=["made_site", "demonstration_files"])
def site(request: pytest.FixtureRequest) -> Path:
    """The files of each of the two."""
    found: Path = request.getfixturevalue(request.param)
    return found


# ---- addresses, columns, cells ----


def test_every_address_of_the_contract_is_there(demonstration_files: Path, demonstration: Prepared) -> None:
    """The whole, each agency and each service have the files that section 12 names."""
    names = {
        "performance",
        "history",
        "agencies",
        "services",
        "service_levels",
        "targets",
        "documents",
        "fees",
        "problems",
        "revisions",
        "withheld",
    }
    expected = {f"data/{name}.csv" for name in names}
    expected |= {"data/performance.xlsx", "data/performance.parquet", "data/clearly.zip", "data/datapackage.json"}
    expected |= {"data/catalog.json"}
    expected |= {f"data/calendars/{name}.json" for name in demonstration.catalog.calendars}
    for index in demonstration.indexes:
        base = f"data/agencies/{index.agency_id}"
        expected |= {f"{base}.csv", f"{base}.json", f"{base}.xlsx"}
    for row in csv_rows(demonstration_files / "data/services.csv"):
        base = f"data/agencies/{row['agency_id']}/{row['service_id']}"
        expected |= {f"{base}.csv", f"{base}.json"}
    expected |= {f"data/agencies/sample-district/street-vendor-card.{kind}" for kind in ("csv", "json")}  # withdrawn

    found = {path.relative_to(demonstration_files).as_posix() for path in files_of(demonstration_files)}
    assert found == expected | {"status.json"}


def test_columns_stand_in_the_order_of_the_contract(made_site: Path) -> None:
    """The columns of results are the input's, in their order, with what is computed behind them."""
    headers = {name: _header(made_site / f"data/{name}.csv") for name in ("performance", "history", "problems")}

    assert headers["performance"] == PERFORMANCE
    assert headers["history"] == PERFORMANCE
    assert headers["problems"] == [*PROBLEMS, "demonstration"]
    assert _header(made_site / "data/agencies/office.csv") == PERFORMANCE
    assert _header(made_site / "data/agencies/office/permit.csv") == PERFORMANCE


def _header(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file))


@pytest.mark.parametrize(
    ("within", "volume", "text"),
    [
        (2, 3, "0.666666"),
        (1, 1, "1.000000"),
        (0, 7, "0.000000"),
        (1_999_999, 2_000_000, "0.999999"),
        (999_999_999_998, 999_999_999_999, "0.999999"),
        (9, 10, "0.900000"),
        (None, 10, ""),
        (0, 0, ""),
        (None, None, ""),
    ],
)
def test_attainment_is_cut_off(within: int | None, volume: int | None, text: str) -> None:
    """Six decimals, never rounded up, and empty where it is undefined."""
    assert cut(within, volume) == text


def test_what_is_computed_stands_beside_the_input(made_site: Path) -> None:
    """Each row has the target in force on its period's first day, its attainment and its verdict."""
    rows = {row["period"]: row for row in csv_rows(made_site / "data/agencies/office/permit.csv")}
    told = [
        (row["target_share"], row["target_limit"], row["target_unit"], row["attainment"], row["verdict"])
        for row in rows.values()
    ]

    assert told == [
        ("0.9", "1.5", "working_day", "0.666666", "missed"),
        ("0.9", "1.5", "working_day", "", "no_cases"),
        ("0.9", "1.5", "working_day", "", "not_reported"),
        ("0.9", "1.5", "working_day", "0.800000", "missed"),
        ("0.985", "", "", "0.999999", "met"),
    ]


def test_only_the_newest_revision_counts_and_the_others_are_history(made_site: Path) -> None:
    """performance.csv has the newest revision; history.csv all revisions of keys that have more than one."""
    newest = [row for row in csv_rows(made_site / "data/performance.csv") if row["period"] == "2026-04"]
    history = csv_rows(made_site / "data/history.csv")

    assert [(row["within_target"], row["revision"]) for row in newest] == [("8", "1")]
    assert [(row["service_id"], row["period"], row["office_id"], row["revision"]) for row in history] == [
        ("permit", "2026-04", "", "0"),
        ("permit", "2026-04", "", "1"),
        ("register", "2026-01", "o-9", "0"),
        ("register", "2026-01", "o-9", "1"),
    ]


def test_drafts_are_not_published(made_site: Path) -> None:
    """No file and no row tells of a draft."""
    assert not any("draft" in path.name for path in files_of(made_site))
    assert {row["service_id"] for row in csv_rows(made_site / "data/performance.csv")} == {"permit", "register"}
    assert {row["service_id"] for row in csv_rows(made_site / "data/services.csv")} == {"permit", "register"}


def test_a_withheld_service_keeps_its_addresses(tmp_path: Path) -> None:
    """Its files have no rows, and say that it is withheld."""
    catalog, data = made()
    data = replace(data, withheld_services=(WithheldService("broken", {"en": "Broken"}),))
    publish_data(tmp_path, catalog, [(data, measure_agency(catalog, data, AS_OF))], AS_OF)
    told = json.loads((tmp_path / "data/agencies/office/broken.json").read_bytes())

    assert csv_rows(tmp_path / "data/agencies/office/broken.csv") == []
    assert (told["withheld"], told["service"], told["demonstration"]) == (
        True, {"id": "broken", "title": {"en": "Broken"}}, True,
    )  # fmt: skip


# ---- CSV ----


def test_csv_is_plain(site: Path) -> None:
    """UTF-8 without a BOM, LF, quoted only where RFC 4180 asks for it, no banner above the header."""
    for path in files_of(site):
        if path.suffix == ".csv":
            content = path.read_bytes()
            assert content.endswith(b"\n")
            assert b"\r" not in content
            assert not content.startswith(b"\xef\xbb\xbf")
            assert content.decode("utf-8").split(",", 1)[0] in ("agency_id", "number")


def test_quotes_commas_and_lines_are_quoted(made_site: Path) -> None:
    """A cell with a quote, a comma or a line end stands in quotes, and its quotes are doubled."""
    text = (made_site / "data/agencies/office/permit.csv").read_text(encoding="utf-8")

    assert ',"a ""b"", c\nd; ÷ ชัดเจน",' in text
    assert text.count('"') == 6


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "＝", "＋", "－", "＠"])
def test_csv_alone_guards_against_formulas(first: str) -> None:
    """Text that a spreadsheet would run gets an apostrophe in CSV, and in no other format."""
    catalog, data = made_catalog(), made_data([made_row("2026-01", 1, 1, notes={"en": first + "1"})])
    (performance, *_), rows = tables(("en",)), performance_rows(catalog, measure_agency(catalog, data, AS_OF))
    at = performance.header.index("note_en")

    assert next(csv.reader([csv_text(performance, rows, header=False)]))[at] == "'" + first + "1"
    assert rows[0][at] == first + "1"


def test_other_formats_have_texts_as_they_were_typed(made_site: Path) -> None:
    """JSON, XLSX and Parquet hold no apostrophe that nobody typed, and no cell of a workbook is a formula."""
    (in_json,) = [row for row in _json_results(made_site, "permit") if row["period"] == "2026-01"]
    (in_parquet,) = [row for row in parquet.read_table(made_site / "data/performance.parquet").to_pylist()
                     if row["period"] == "2026-01" and row["service_id"] == "permit"]  # fmt: skip

    assert (in_json["note_en"], in_json["note_th"]) == ("=1+1", TRICKY)
    assert (in_parquet["note_en"], in_parquet["note_th"]) == ("=1+1", TRICKY)
    assert (in_parquet["channel_id"], in_parquet["received"], in_parquet["volume"]) == (None, None, 3)
    for name in ("data/performance.xlsx", "data/agencies/office.xlsx"):
        book = openpyxl.load_workbook(made_site / name)
        cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
        texts = {cell.value for cell in cells}
        assert {"=1+1", TRICKY, "'@late", "=SUM(A1)", "<r>office</r>", "  counted again ", "-Form;B"} <= texts
        assert not [cell for cell in cells if cell.data_type == "f"]


def test_everything_typed_by_hand_is_guarded(made_site: Path) -> None:
    """Not only notes: a phone number, an address, a summary and other names begin with what a spreadsheet runs."""
    (agency,) = csv_rows(made_site / "data/agencies.csv")
    services = {row["service_id"]: row for row in csv_rows(made_site / "data/services.csv")}

    assert (agency["phone"], agency["email"]) == ("'+66 2 000 0000", "'+x@example.org")
    assert services["permit"]["summary_en"] == "'=SUM(A1)"
    assert services["register"]["also_called_en"] == "'-Form;B"


texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=20)
risky = st.builds(str.__add__, st.text("'=+-@\t＝＋－＠", max_size=4), texts) | st.just('"\n,"')


@given(st.lists(risky, min_size=1, max_size=4))
def test_csv_reads_back_as_it_was_typed(notes: list[str]) -> None:
    """One apostrophe taken off before what a spreadsheet would run gives back every text, whoever reads it."""
    (performance, *_) = tables(("en",))
    at = performance.header.index("note_en")
    rows = [["office", *[""] * (at - 1), note, *[""] * (len(performance.columns) - at - 1)] for note in notes]
    text = csv_text(performance, rows)
    by_csv = [row[at] for row in csv.reader(io.StringIO(text, newline=""))][1:]
    by_pandas = pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False)["note_en"].tolist()

    assert [_unguarded(note) for note in by_csv] == notes
    assert by_pandas == by_csv


def _unguarded(text: str) -> str:
    bare = text.lstrip("'")
    return text[1:] if text.startswith("'") and bare[:1] and bare[0] in "=+-@\t＝＋－＠" else text


# ---- what is published reads back to the same observations ----


def test_published_rows_are_the_observations(demonstration_files: Path, demonstration: Prepared) -> None:
    """Read as text, with csv and with pandas, results and history hold every published row, cell by cell."""
    path = demonstration_files / "data/performance.csv"
    hidden = {tuple(row[name] for name in ROW_KEY) for row in csv_rows(path) if row["verdict"] == "suppressed"}
    ids = demonstration.catalog.agency_ids
    expected = [row for agency_id in ids for row in _typed_in(demonstration, agency_id, hidden)]
    by_pandas = pd.read_csv(path, dtype=str, keep_default_na=False).to_dict("records")

    assert csv_rows(path) == by_pandas
    assert len(expected) > 2000
    assert [{name: row[name] for name in expected[0]} for row in by_pandas] == expected


def _typed_in(demonstration: Prepared, agency_id: str, hidden: Collection[tuple[str, ...]]) -> Iterator[dict[str, str]]:
    """Yield the newest rows of an agency as its files have them: those of a hidden breakdown as suppressed."""
    data = demonstration.agency(agency_id)
    newest: dict[tuple[object, ...], Observation] = {}
    for row in data.observations:
        key = (row.service_id, row.level_id, row.period, row.channel_id, row.office_id)
        if data.services[row.service_id].status != "draft" and (
            key not in newest or newest[key].revision < row.revision
        ):
            newest[key] = row
    for key in sorted(newest):
        row = newest[key]
        place = (agency_id, row.service_id, row.level_id, row.period.code, row.channel_id, row.office_id)
        small = (row.channel_id or row.office_id) and place in hidden
        shown = {name: "" if small else _figure(getattr(row, name)) for name in FIGURES}
        yield {
            "agency_id": agency_id,
            **{
                name: str(getattr(row, name))
                for name in ("service_id", "level_id", "channel_id", "office_id", "revision")
            },
            "period": row.period.code,
            **shown,
            "status": "suppressed" if small else row.status,
            "reported_on": "" if row.reported_on is None else row.reported_on.isoformat(),
            "note_th": "" if small else row.notes.get("th", ""),
            "note_en": "" if small else row.notes.get("en", ""),
        }


def _figure(value: int | Decimal | None) -> str:
    """Return a number without the zeros that say nothing: 1.0 is published as 1."""
    return "" if value is None else f"{Decimal(value).normalize():f}"


FIGURES = (
    "volume", "within_target", "received", "backlog", "backlog_overdue", "median", "p90", "excluded",
    "delay_notices_due", "delay_notices_sent", "complaints", "reported_attainment",
)  # fmt: skip


def test_every_format_has_the_same_rows(site: Path) -> None:
    """CSV, Parquet, XLSX and JSON say the same of every row of results."""
    in_csv = [{name: _unguarded(cell) for name, cell in row.items()} for row in csv_rows(site / "data/performance.csv")]
    in_parquet = parquet.read_table(site / "data/performance.parquet").to_pylist()
    in_xlsx = _sheet(site / "data/performance.xlsx", "performance")
    in_json = [
        row
        for path in sorted((site / "data/agencies").glob("*.json"))
        for row in _of_agency(json.loads(path.read_bytes()))
    ]

    for other in (in_parquet, in_xlsx, in_json):
        assert [_known(row) for row in other] == [_known(row) for row in in_csv]


NUMBERS = frozenset(column.name for column in tables(LANGUAGES)[0].columns if column.kind in ("integer", "number"))


def _of_agency(record: dict[str, object]) -> list[dict[str, object]]:
    return json_rows(record["performance"])


def _known(row: dict[str, object]) -> dict[str, object]:
    """Return the cells that hold something, in one form whichever format they are from."""
    return {name: _value(name, value) for name, value in row.items() if value not in (None, "")}


def _value(name: str, value: object) -> object:
    if name in NUMBERS:
        return Decimal(str(value))
    return str(value).lower() if name == "demonstration" else str(value)


def _sheet(path: Path, name: str) -> list[dict[str, object]]:
    header, *rows = openpyxl.load_workbook(path)[name].values
    return [dict(zip(map(str, header), row, strict=True)) for row in rows]


def _json_results(site: Path, service_id: str) -> list[dict[str, object]]:
    return json_rows(json.loads((site / f"data/agencies/office/{service_id}.json").read_bytes())["performance"])


# ---- JSON ----


def test_json_tables_are_typed_and_without_empty_columns(made_site: Path) -> None:
    """A column that is empty in every row is left out; counts are numbers, days and ids texts, marks truth values."""
    told = json.loads((made_site / "data/agencies/office/permit.json").read_bytes())["performance"]
    first, second, third, fourth, _ = json_rows(told)

    assert set(told) == {"columns", "rows"}
    assert not {"received", "office_id", "channel_id", "complaints"} & set(told["columns"])
    assert (first["volume"], first["median"], first["p90"], first["attainment"]) == (3, 0.5, 2, 0.666666)
    assert (first["target_limit"], first["target_share"], first["demonstration"]) == (1.5, 0.9, True)
    assert (second["volume"], second["attainment"], third["volume"]) == (0, None, None)
    assert (fourth["reported_on"], fourth["revision"]) == ("2026-06-02", 1)


def test_json_records_have_the_contract_s_names_and_values(made_site: Path) -> None:
    """Money is the text that was typed, shares and limits are numbers, days and periods codes, absent keys absent."""
    service = json.loads((made_site / "data/agencies/office/permit.json").read_bytes())["service"]
    agency = json.loads((made_site / "data/agencies/office.json").read_bytes())["agency"]

    assert service["requirements"]["fees"] == [{"title": {"en": "Fee"}, "amount": "0.50", "currency": "THB"}]
    assert service["service_levels"][0]["targets"] == [
        {
            "valid_from": "2025-10-01",
            "valid_to": "2026-06-30",
            "limit": {"value": 1.5, "unit": "working_day"},
            "share": 0.9,
        },
        {"valid_from": "2026-07-01", "share": 0.985},
    ]
    assert "scope" not in service
    assert agency["reporting"] == {"frequency": "month", "due_after_days": 15, "first_period": "2025-10"}


def test_json_of_the_demonstration_is_what_its_files_say(demonstration_files: Path) -> None:
    """The worked example's fees are published digit by digit."""
    told = json.loads((demonstration_files / "data/agencies/land-transport/annual-vehicle-tax.json").read_bytes())
    tiers = [fee["tiers"]["rates"] for fee in told["service"]["requirements"]["fees"] if "tiers" in fee]

    assert tiers[0][0] == {"up_to": 600, "rate": "0.50"}
    assert "if" in json.dumps(told["service"]["requirements"])


def test_what_agencies_share_is_one_file(demonstration_files: Path) -> None:
    """The catalog, its lists, the calendars and the manuals stand as they were written, and each id leads somewhere."""
    told = json.loads((demonstration_files / "data/catalog.json").read_bytes())
    known = {name: {entry["id"] for entry in told[name]} for name in ("topics", "life_events", "manuals")}

    assert told["catalog"]["title"] == {"th": "ชัดเจน", "en": "Clearly"}
    assert told["catalog"]["small_numbers"] == {"caution_below": 20, "suppress_below": 5}
    assert all(told[name] for name in ("topics", "life_events", "documents", "laws", "calendars", "manuals"))
    for row in csv_rows(demonstration_files / "data/services.csv"):
        assert set(filter(None, row["topics"].split(";"))) <= known["topics"]
        assert set(filter(None, row["life_events"].split(";"))) <= known["life_events"]
        assert not row["inherits"] or row["inherits"] in known["manuals"]


def test_each_calendar_is_a_file_of_its_own(demonstration_files: Path) -> None:
    """A calendar's file holds what the catalog's file says of it, and is marked as demonstration."""
    told = json.loads((demonstration_files / "data/catalog.json").read_bytes())

    assert len(told["calendars"]) == 2
    for calendar in told["calendars"]:
        alone = json.loads((demonstration_files / f"data/calendars/{calendar['id']}.json").read_bytes())
        assert alone == {"demonstration": True, **calendar}
        assert alone["weekend"]
        assert all(set(day) <= {"date", "title", "source"} for day in alone["days"])


# ---- XLSX ----


def test_a_workbook_says_what_it_is_first(made_site: Path) -> None:
    """The first sheet has title, day, licence and the mark; the last says what each column means, in each language."""
    book = openpyxl.load_workbook(made_site / "data/agencies/office.xlsx")
    about = [cell for row in book.worksheets[0].values for cell in row if cell]
    columns = list(book.worksheets[-1].values)

    assert book.sheetnames == ["About", "performance", "service_levels", "services", "documents", "fees", "Columns"]
    assert {"Office", "2026-11-22", "CC BY 4.0", "Demonstration data", "ข้อมูลสาธิต"} <= set(about)
    assert ("volume", *(load_strings(language)("data.volume") for language in LANGUAGES)) in [
        (row[0], *(str(cell).split(" (")[0] for cell in row[1:])) for row in columns
    ]


def test_numbers_are_numbers_and_ids_are_texts(made_site: Path) -> None:
    """A spreadsheet can add up the counts, and never takes an id, a period or a day for a number."""
    rows = _sheet(made_site / "data/agencies/office.xlsx", "performance")

    assert all(isinstance(row["volume"], int | float | None) for row in rows)
    assert all(isinstance(row[name], str) for row in rows for name in ("service_id", "period", "verdict"))
    assert max(row["volume"] for row in rows if isinstance(row["volume"], int)) == 999_999_999_999


def test_a_long_table_keeps_to_two_fiscal_years(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Above the limit the workbook holds the latest two fiscal years, and its first sheet says so in each language."""
    catalog = made_catalog(languages=LANGUAGES)
    months = ["2024-09", "2025-09", "2025-10", "2026-01", "2026-09", "2026-10", "FY2025", "FY2026"]
    data = made_data([made_row(period, 10, 9) for period in months])
    agencies = [(data, measure_agency(catalog, data, AS_OF))]
    for limit, folder in ((len(months), "whole"), (len(months) - 1, "cut")):
        monkeypatch.setattr(whole, "MOST_XLSX_ROWS", limit)
        publish_data(tmp_path / folder, catalog, agencies, AS_OF)
    said = {load_strings(language)("data.about_cut") for language in LANGUAGES}

    assert [row["period"] for row in _sheet(tmp_path / "cut/data/performance.xlsx", "performance")] == [
        "2025-10", "FY2026", "2026-01", "2026-09", "2026-10",
    ]  # fmt: skip
    assert len(_sheet(tmp_path / "whole/data/performance.xlsx", "performance")) == len(months)
    assert said <= _first_sheet(tmp_path / "cut/data/performance.xlsx")
    assert not said & _first_sheet(tmp_path / "whole/data/performance.xlsx")
    assert len(csv_rows(tmp_path / "cut/data/performance.csv")) == len(months)


def test_the_limit_of_the_workbook() -> None:
    """Up to 200,000 rows stand in performance.xlsx."""
    assert whole.MOST_XLSX_ROWS == 200_000


def _first_sheet(path: Path) -> set[object]:
    return {cell for row in openpyxl.load_workbook(path, read_only=True).worksheets[0].values for cell in row}


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=12), min_size=1, max_size=5))
def test_a_workbook_holds_any_text(cells: list[str]) -> None:
    """Whatever a text is, the workbook opens and shows it; what no XML can hold shows as a mark of replacement."""
    (performance, *_) = tables(("en",))
    columns = [cells if column.name == "note_en" else ["x"] * len(cells) for column in performance.columns]
    filled = [["1"] * len(cells) if column.kind in ("integer", "number") else found
                  for column, found in zip(performance.columns, columns, strict=True)]  # fmt: skip
    made_book = xlsx_bytes([(performance, filled)], [["a", "b"]], AS_OF, [load_strings("en")])
    sheet = openpyxl.load_workbook(io.BytesIO(made_book))["performance"]
    header, *rows = sheet.values

    if any(cells):
        at = list(header).index("note_en")
        assert [row[at] or "" for row in rows] == [_in_xml(cell) for cell in cells]


def test_a_text_that_looks_like_an_escape_is_escaped() -> None:
    """Excel would show `_x000D_` as a line end, so its first underscore is written as the format asks (ST_Xstring)."""
    (performance, *_) = tables(("en",))
    columns = [["_x000D_" if column.name == "note_en" else "1"] for column in performance.columns]
    book = xlsx_bytes([(performance, columns)], [["a", "b"]], AS_OF, [load_strings("en")])

    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        assert b"<t>_x005F_x000D_</t>" in parts.read("xl/worksheets/sheet2.xml")


def _in_xml(text: str) -> str:
    kept = {*map(ord, "\t\n")}
    return "".join(
        letter if ord(letter) in kept or (ord(letter) >= 32 and ord(letter) not in (0xFFFE, 0xFFFF)) else "\ufffd"
        for letter in text
    )


# ---- the whole, described ----


def test_the_zip_holds_the_whole(site: Path) -> None:
    """All national CSVs as they are published, what they mean, and a text to read first."""
    with zipfile.ZipFile(site / "data/clearly.zip") as archive:
        names = archive.namelist()
        content = {name: archive.read(name) for name in names}

    assert names[:2] == ["README.txt", "datapackage.json"]
    assert sorted(names[2:]) == sorted(path.name for path in (site / "data").glob("*.csv"))
    assert all(content[name] == (site / "data" / name).read_bytes() for name in names[1:])
    assert load_strings("th")("demo.file") in content["README.txt"].decode()
    assert load_strings("en")("data.guard") in content["README.txt"].decode()


def test_frictionless_finds_no_error(site: Path, tmp_path: Path) -> None:
    """The Data Package and all its data are valid, on the site and in the zip: types, keys, sizes."""
    with zipfile.ZipFile(site / "data/clearly.zip") as archive:
        archive.extractall(tmp_path)

    for folder in (site / "data", tmp_path):
        report = frictionless.validate(str(folder / "datapackage.json"))
        assert report.valid, report.flatten(["title", "rowNumber", "fieldName", "message"])
        assert len(report.tasks) == 11


def test_every_column_is_described(site: Path) -> None:
    """Each column has a description in each language of the site, and a unit where it is a number."""
    package = json.loads((site / "data/datapackage.json").read_bytes())
    fields = [(resource, field) for resource in package["resources"] for field in resource["schema"]["fields"]]

    assert package["demonstration"] is True
    for resource, field in fields:
        assert set(field["descriptions"]) == {"th", "en"} <= set(resource["titles"]) & set(resource["descriptions"])
        assert all(text.strip() for text in field["descriptions"].values())
        assert ("unit" in field) == (field["type"] in ("integer", "number")), field["name"]
    assert {field["name"] for _, field in fields} == {
        name for resource in package["resources"] for name in _header(site / "data" / resource["path"])
    }


def test_columns_of_the_description_are_those_of_the_files(site: Path) -> None:
    """The description names the columns of each file in their order, and the file's size."""
    for resource in json.loads((site / "data/datapackage.json").read_bytes())["resources"]:
        path = site / "data" / resource["path"]
        assert [field["name"] for field in resource["schema"]["fields"]] == _header(path)
        assert resource["bytes"] == path.stat().st_size


def test_the_dictionary_tells_of_the_apostrophe() -> None:
    """Whoever reads CSV is told why some texts have an apostrophe that the other formats have not."""
    words = load_strings("th")
    note = next(column for column in tables(LANGUAGES)[0].columns if column.name == "note_th")
    volume = next(column for column in tables(LANGUAGES)[0].columns if column.name == "volume")

    assert words("data.guard") in meaning_in_csv(note, words)
    assert words("data.guard") not in meaning(note, words)
    assert meaning_in_csv(volume, words) == meaning(volume, words)


def test_the_same_input_gives_the_same_bytes(tmp_path: Path, made_site: Path) -> None:
    """CSV, JSON, XLSX, Parquet and zip are equal byte by byte when they are written again."""
    catalog, data = made()
    publish_data(tmp_path, catalog, [(data, measure_agency(catalog, data, AS_OF))], AS_OF)

    written = {path.relative_to(tmp_path): path.read_bytes() for path in files_of(tmp_path)}
    assert written == {path.relative_to(made_site): path.read_bytes() for path in files_of(made_site)}


# ---- what must not be missing, and what must not be there ----


def test_demonstration_data_says_so_in_every_file(site: Path) -> None:
    """A column or a key marks it, and a workbook and the zip say it in words."""
    for path in files_of(site):
        if path.suffix == ".csv":
            assert all(row["demonstration"] == "true" for row in csv_rows(path))
            assert "demonstration" in _header(path)
        elif path.suffix == ".json":
            assert json.loads(path.read_bytes())["demonstration"] is True
        elif path.suffix == ".parquet":
            assert set(parquet.read_table(path)["demonstration"].to_pylist()) == {True}
        elif path.suffix == ".zip":
            assert any(load_strings("en")("demo.file") in text for text in texts_in(path)), path
        else:
            assert load_strings("en")("demo.file") in _first_sheet(path), path


def test_real_data_is_not_marked(tmp_path: Path) -> None:
    """Where neither the catalog nor the agency says so, nothing is a demonstration; where the agency does, its rows are."""
    for mark in (False, True):
        data = made_data([made_row("2026-01", 10, 9)], agency=made_agency(demonstration=mark))
        site = tmp_path / str(mark)
        publish_data(site, made_catalog(), [(data, measure_agency(made_catalog(), data, AS_OF))], AS_OF)
        (row,) = csv_rows(site / "data/performance.csv")

        assert row["demonstration"] == str(mark).lower()
        assert json.loads((site / "data/agencies/office.json").read_bytes())["demonstration"] is mark


def test_no_file_gives_away_a_small_breakdown(made_site: Path) -> None:
    """A breakdown with 1 to 4 cases, in time or not, shows as suppressed, and none of its figures stands anywhere."""
    rows = [row for row in csv_rows(made_site / "data/performance.csv") if row["office_id"]]
    secret = ("70001", "70002", "70003", "70004", "80808", "80123", "80120")

    assert {row["status"] for row in rows} == {"suppressed"} == {row["verdict"] for row in rows}
    assert {row[name] for row in rows for name in (*FIGURES, "note_en", "note_th", "attainment")} == {""}
    assert [path for path in files_of(made_site) for text in texts_in(path) if any(it in text for it in secret)] == []


def test_the_demonstration_gives_away_no_small_breakdown(demonstration_files: Path) -> None:
    """No row by channel or office shows 1 to 4 cases, in time or not, in results or in history."""
    for name in ("performance", "history"):
        for row in csv_rows(demonstration_files / f"data/{name}.csv"):
            if (row["channel_id"] or row["office_id"]) and row["volume"] and row["within_target"]:
                volume, within = int(row["volume"]), int(row["within_target"])
                assert not {volume, within, volume - within} & {1, 2, 3, 4}


# ---- problems and status ----


def test_problems_become_rows(tmp_path: Path) -> None:
    """Each problem has its place, what was found, what is withheld, and both sentences in both languages."""
    (tmp_path / "agencies/office/performance").mkdir(parents=True)
    (tmp_path / "agencies/office/performance/2026.csv").write_text(
        'service_id,level_id,period,volume,within_target\npermit,time,2026-01,"1,234",9\n', encoding="utf-8"
    )
    place = Place("agencies/office/performance/2026.csv", (2, "volume"))
    facts = {"value": "1,234", "suggestion": "1234"}
    found = resolve(tmp_path, [Problem("number-comma", "error", place, facts, "row")])
    (problems,) = [table for table in tables(LANGUAGES) if table.name == "problems"]
    (row,) = csv.DictReader(io.StringIO(csv_text(problems, problem_rows(found, demonstration=False)), newline=""))

    assert list(row) == [*PROBLEMS, "demonstration"]
    assert {name: row[name] for name in PROBLEMS[:8]} == {
        "agency_id": "office", "file": "agencies/office/performance/2026.csv", "line": "2", "column": "21",
        "severity": "error", "code": "number-comma", "value": "1,234", "withheld": "row",
    }  # fmt: skip
    assert all(row[f"{part}_{language}"] for part in ("message", "hint") for language in ("th", "en"))
    assert any(letter in string.ascii_letters for letter in row["message_en"])


def test_problems_of_the_demonstration(demonstration_files: Path, demonstration: Prepared) -> None:
    """Every problem that the check finds is a row, in the order of files and lines."""
    rows = csv_rows(demonstration_files / "data/problems.csv")
    places = [(row["file"], int(row["line"]), int(row["column"])) for row in rows]

    assert len(rows) == len(demonstration.problems) > 0
    assert places == sorted(places)
    assert {row["severity"] for row in rows} <= {"error", "warning"}


def test_status_has_the_contract_s_keys() -> None:
    """Day, commit (null outside git), and the counts."""
    told = json.loads(status_json(Status(AS_OF, None, True, 2, 3, 40, 5, 6, 7)))

    assert told == {
        "as_of": "2026-11-22", "commit": None, "demonstration": True, "agencies": 2, "services": 3, "rows": 40,
        "withheld_rows": 5, "errors": 6, "warnings": 7, "revisions": 0, "revisions_hash": "",
        "published": True, "degraded": False, "withheld_agencies": [],
        "withheld_services": [], "kept": {}, "latest_period": None, "data_age_days": None,
    }  # fmt: skip


def test_json_refuses_what_it_does_not_know() -> None:
    """A value of an unknown kind is our bug, and rises."""
    with pytest.raises(TypeError):
        json_bytes({"x": object()})


def test_a_warning_gives_away_no_small_breakdown(tmp_path: Path) -> None:
    """What is odd about a breakdown that is withheld is not told with its figures: the list of problems is public too."""
    data = make("breakdown-small", tmp_path)
    (table,) = data.glob("agencies/*/performance/*.csv")
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    told = [
        {**row, "reported_attainment": "0.111111" if row.get("channel_id") or row.get("office_id") else ""}
        for row in rows
    ]
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, told[0])
        writer.writeheader()
        writer.writerows(told)
    with prepare(data, lambda _timezone: AS_OF) as read:
        found = problem_rows(resolve(data, read.problems), demonstration=True)

    assert [row[5] for row in found] == ["breakdown-small"]
    assert not any("0.1111" in str(cell) for row in found for cell in row)
