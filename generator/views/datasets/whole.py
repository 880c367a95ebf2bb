"""The tables of all agencies together, in every format, with a description that programs read."""

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as arrow_compute
import pyarrow.csv as arrow_csv
from pyarrow import parquet

from generator.periods import fiscal_year_of, read_period
from generator.texts import Strings
from generator.views.datasets.agency import Publication, about_lines
from generator.views.datasets.columns import Column, Table
from generator.views.datasets.files import GUARDED, Columns, csv_text, json_bytes, meaning_in_csv, write
from generator.views.datasets.shared import calendar_files, catalog_json
from generator.views.datasets.workbook import NUMERIC, xlsx_bytes

MOST_XLSX_ROWS = 200_000
ZIP_DAY = (1980, 1, 1, 0, 0, 0)  # the first that the format knows: a zip holds no other clock
ARROW = {
    "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_(), "date": pa.date32(), "string": pa.string(),
    "text": pa.string(),
}  # fmt: skip
FRICTIONLESS = {"integer": "integer", "number": "number", "boolean": "boolean", "date": "date"}


def write_whole(site: Path, publication: Publication) -> dict[str, int]:
    """Write what is made from ``data/*.csv``, which stand already: Parquet, XLSX, description and zip; return sizes."""
    data, known = site / "data", tuple(publication.tables.values())
    sizes = {f"data/{table.name}.csv": (data / f"{table.name}.csv").stat().st_size for table in known}
    performance = _read(data, known[0])
    sizes["data/performance.parquet"] = _write_parquet(data, known[0], performance)
    sizes["data/performance.xlsx"] = _write_xlsx(data, performance, publication)
    sizes["data/catalog.json"] = write(data / "catalog.json", catalog_json(publication))
    sizes |= {f"data/{name}": write(data / name, content) for name, content in calendar_files(publication)}
    described = json_bytes(data_package(publication, sizes))
    sizes["data/datapackage.json"] = write(data / "datapackage.json", described)
    sizes["data/clearly.zip"] = write(data / "clearly.zip", _zipped(data, known, described, _readme(publication)))
    return sizes


def join_parts(site: Path, table: Table, parts: Iterable[str]) -> None:
    """Write one table's CSV from the agencies' parts, which have no header and stand in the order of the agencies."""
    path = site / "data" / f"{table.name}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write(csv_text(table, ()))
        out.writelines(parts)


def _read(data: Path, table: Table) -> pa.Table:
    """Return a table as its CSV has it, typed, with the apostrophes taken off that stand in CSV only."""
    options = arrow_csv.ConvertOptions(
        column_types={column.name: ARROW[column.kind] for column in table.columns},
        null_values=[""],
        strings_can_be_null=True,  # an empty cell is not known; so in Parquet, and so in what reads the CSV itself
        true_values=["true"],
        false_values=["false"],
    )
    parsing = arrow_csv.ParseOptions(newlines_in_values=True)
    read = arrow_csv.read_csv(data / f"{table.name}.csv", convert_options=options, parse_options=parsing)
    for at, column in enumerate(table.columns):
        if column.kind == "text":
            typed = arrow_compute.replace_substring_regex(read.column(at), pattern=GUARDED, replacement=r"\1")
            read = read.set_column(at, column.name, typed)
    return read


def _write_parquet(data: Path, table: Table, read: pa.Table) -> int:
    path = data / f"{table.name}.parquet"
    parquet.write_table(read, path, compression="zstd")
    return path.stat().st_size


def _write_xlsx(data: Path, performance: pa.Table, publication: Publication) -> int:
    settings, known = publication.catalog.settings, publication.tables
    about = about_lines(publication, settings.title)
    if len(performance) > MOST_XLSX_ROWS:
        performance = latest_fiscal_years(performance, publication.as_of, settings.fiscal_year_starts)
        about.extend([words("data.about_cut"), words("data.about_cut_how")] for words in publication.words)
    others = ("service_levels", "services", "agencies", "documents", "fees")
    sheets = [
        (known["performance"], _columns(known["performance"], performance)),
        *((known[name], _columns(known[name], _read(data, known[name]))) for name in others),
    ]
    return write(data / "performance.xlsx", xlsx_bytes(sheets, about, publication.as_of, publication.words))


def _columns(table: Table, read: pa.Table) -> Columns:
    """Return the cells of each column: numbers as they are, days and truth values as CSV has them."""
    return [
        (cells if column.kind in NUMERIC else cells.cast(pa.string())).to_pylist()
        for column, cells in zip(table.columns, read.columns, strict=True)
    ]


def latest_fiscal_years(performance: pa.Table, as_of: date, fiscal_year_starts: int) -> pa.Table:
    """Return the rows of the two latest fiscal years: of the one that ``as_of`` lies in, and of the one before."""
    this = fiscal_year_of(as_of, fiscal_year_starts)
    start = fiscal_year_of(this.start - timedelta(days=1), fiscal_year_starts).start
    codes = arrow_compute.unique(performance["period"]).to_pylist()
    kept = [code for code in codes if (period := read_period(code, fiscal_year_starts)) and period.start >= start]
    return performance.filter(arrow_compute.is_in(performance["period"], value_set=pa.array(kept, pa.string())))


def data_package(publication: Publication, sizes: Mapping[str, int]) -> dict[str, object]:
    """Return the Data Package of the whole: Table Schema, what every column means in each language, units."""
    settings, as_of = publication.catalog.settings, publication.as_of
    licence = settings.licence
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "clearly",
        "title": settings.title[settings.languages[0]],
        "titles": dict(settings.title),
        "description": (settings.description or settings.title)[settings.languages[0]],
        "version": as_of.isoformat(),
        "created": f"{as_of.isoformat()}T00:00:00Z",
        **({"homepage": settings.url} if settings.url else {}),
        "demonstration": settings.demonstration,
        "licenses": [{"name": licence.id, "title": licence.title[settings.languages[0]], **_path(licence.url)}],
        "contributors": [{"title": settings.publisher.title[settings.languages[0]], "roles": ["publisher"]}],
        "resources": [_resource(table, sizes, publication.words) for table in publication.tables.values()],
    }


def _path(url: str | None) -> dict[str, str]:
    return {"path": url} if url else {}


def _resource(table: Table, sizes: Mapping[str, int], words: Sequence[Strings]) -> dict[str, object]:
    return {
        "name": resource_name(table.name),
        "type": "table",
        "path": f"{table.name}.csv",
        "title": words[0]("dataset." + table.name),
        "titles": {one.language: one("dataset." + table.name) for one in words},
        "description": words[0](f"dataset.{table.name}.description"),
        "descriptions": {one.language: one(f"dataset.{table.name}.description") for one in words},
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": sizes[f"data/{table.name}.csv"],
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": {
            "fields": [_field(column, words) for column in table.columns],
            "missingValues": [""],
            **({"primaryKey": list(table.primary_key)} if table.name not in NULLABLE_KEYS else {}),
            **({"foreignKeys": [_foreign(*key) for key in table.foreign_keys]} if table.foreign_keys else {}),
        },
    }


# Their keys hold empty cells (all channels, all offices), which a primary key of Table Schema may not.
NULLABLE_KEYS = ("performance", "history", "withheld", "problems")


def _foreign(fields: Sequence[str], table: str) -> dict[str, object]:
    return {"fields": list(fields), "reference": {"resource": resource_name(table), "fields": list(fields)}}


def resource_name(table: str) -> str:
    """Return what a table is called in the Data Package, which knows no underscore."""
    return table.replace("_", "-")


def _field(column: Column, words: Sequence[Strings]) -> dict[str, object]:
    return {
        "name": column.name,
        "type": FRICTIONLESS.get(column.kind, "string"),
        "description": meaning_in_csv(column, words[0]),
        "descriptions": {one.language: meaning_in_csv(column, one) for one in words},
        **({"unit": column.unit} if column.unit else {}),
        **({"trueValues": ["true"], "falseValues": ["false"]} if column.kind == "boolean" else {}),
    }


def _readme(publication: Publication) -> str:
    lines = ("\t".join(line) for line in about_lines(publication, publication.catalog.settings.title))
    tables_told = (
        f"{table.name}.csv\t{words('dataset.' + table.name)}: {words(f'dataset.{table.name}.description')}"
        for words in publication.words
        for table in publication.tables.values()
    )
    guards = (words("data.guard") for words in publication.words)
    return "\n".join([*lines, *tables_told, "", *guards]) + "\n"


def _zipped(data: Path, known: Sequence[Table], described: bytes, readme: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in _members(data, known, described, readme):
            entry = zipfile.ZipInfo(name, ZIP_DAY)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return out.getvalue()


def _members(data: Path, known: Sequence[Table], described: bytes, readme: str) -> Iterator[tuple[str, bytes]]:
    yield "README.txt", readme.encode()
    yield "datapackage.json", described
    for table in sorted(known, key=lambda one: one.name):
        yield f"{table.name}.csv", (data / f"{table.name}.csv").read_bytes()
