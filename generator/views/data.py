"""The page of open data: everything to download, how to read it, and how any figure is worked out again from it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from generator.claims import figure, joined
from generator.model import Catalog, CatalogFile
from generator.texts import capital
from generator.views.datasets.columns import Table, tables
from generator.views.home import country_of
from generator.views.page import Link, PageView
from generator.views.summary import AgencyCard, Lead, ServiceCard
from generator.views.words import Line, Mixed, Prose, Said, Words

ZIP = "data/clearly.zip"
SUMS = "SHA256SUMS"
FORMATS = ("csv", "xlsx", "parquet")
CAVEATS = ("sum", "gaps", "finished", "compare", "reported")
ADDRESSES = (
    "data/agencies/{agency_id}.csv", "data/agencies/{agency_id}.json", "data/agencies/{agency_id}.xlsx",
    "data/agencies/{agency_id}/{service_id}.csv", "data/agencies/{agency_id}/{service_id}.json",
    "data/catalog.json", "data/calendars/{calendar_id}.json", "data/datapackage.json", "status.json",
)  # fmt: skip
CODES_IN_A_LINE = 6


@dataclass(frozen=True, slots=True)
class DataFiles:
    """What was written: bytes of files by address, and rows of tables by name."""

    sizes: Mapping[str, int] = field(default_factory=dict)
    rows: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FormatLink:
    """One file of a table."""

    format: str
    path: str
    size: Line


@dataclass(frozen=True, slots=True)
class TableView:
    """One table: what a row of it is, how many rows and columns it has, and its files."""

    name: str
    title: Line
    description: Line
    count: Line
    formats: tuple[FormatLink, ...]


@dataclass(frozen=True, slots=True)
class Caveat:
    """One thing to know before using the data."""

    rule: Line
    why: Line


@dataclass(frozen=True, slots=True)
class Example:
    """A figure of the site, and the query that gives it from the data alone."""

    of: str
    service: Link
    level: Said
    counts: Line
    query: str


@dataclass(frozen=True, slots=True)
class Setting:
    """A rule that the catalog sets: what it is about, and what it is."""

    name: Line
    told: Line


@dataclass(frozen=True, slots=True)
class DataView:
    """The page of open data.  ``description`` is what the catalog says of itself."""

    description: Prose | None
    zip: FormatLink
    as_of: Line
    as_of_iso: str
    holds: tuple[Line, ...]
    licence: Link
    citation: Mixed
    caveats: tuple[Caveat, ...]
    tables: tuple[TableView, ...]
    addresses: tuple[str, ...]
    sums: str
    example: Example | None
    email: str
    settings: tuple[Setting, ...]


def data_page(catalog: Catalog, cards: Sequence[AgencyCard], files: DataFiles, words: Words) -> PageView:
    """Return the page of open data."""
    settings = catalog.settings
    licence = words.text(settings.licence.title)
    return PageView(
        path="data/",
        template="data.html",
        title=words.strings("nav.data"),
        description=words.strings("data_page.lead"),
        content=DataView(
            description=words.prose(settings.description) if settings.description else None,
            zip=FormatLink("ZIP", ZIP, _size(words, files, ZIP)),
            as_of=Line(words.wording.date(words.as_of)),
            as_of_iso=words.as_of.isoformat(),
            holds=tuple(_holds(catalog, cards, words)),
            licence=Link(licence.text, settings.licence.url or "", licence.language),
            citation=citation(catalog, words),
            caveats=tuple(_caveat(words, name) for name in CAVEATS),
            tables=tuple(_table(words, table, files) for table in tables(settings.languages)),
            addresses=ADDRESSES,
            sums=SUMS,
            example=example_of(catalog, cards, words),
            email=settings.publisher.email or "",
            settings=tuple(_settings(settings, words)),
        ),
        section="data",
        crumbs=(Link(words.strings("nav.home"), ""),),
        demonstration=settings.demonstration,
    )


def _settings(settings: CatalogFile, words: Words) -> Iterator[Setting]:
    """Yield the rules that change from one catalog to another."""
    name, small = words.line, settings.small_numbers
    yield Setting(name("data_page.fiscal_year"), words.line(f"month.{settings.fiscal_year_starts}"))
    yield Setting(name("data_page.timezone"), Line(settings.timezone))
    if settings.required_sections:
        sections = [words.strings(f"closed.section.{section}") for section in settings.required_sections]
        yield Setting(name("data_page.sections"), Line(capital(words.wording.list_of(sections))))
    counts = {
        "caution": figure(words.wording.count("cases", small.caution_below), "settings.caution_below:"),
        "suppress": figure(words.wording.count("cases", small.suppress_below), "settings.suppress_below:"),
    }
    yield Setting(name("data_page.small"), words.line("data_page.small_told", **counts))


def citation(catalog: Catalog, words: Words) -> Mixed:
    """Return how to cite the data of this day (words.md, 2.10); of demonstration data it says so."""
    settings = catalog.settings
    title = words.strings("data_page.title")
    if settings.demonstration:
        title = words.strings("data_page.title_demonstration", title=title, demonstration=words.strings("demo.short"))
    return words.mixed(
        "cite",
        publisher=words.text(settings.publisher.title),
        year=words.wording.year(words.as_of.year),
        title=title,
        date=words.wording.date(words.as_of),
        url=f"{settings.url}data/" if settings.url else "",
    )


def example_of(catalog: Catalog, cards: Sequence[AgencyCard], words: Words) -> Example | None:
    """Return the query for the result of the service with the most cases, or None where no service has a verdict."""
    services = [service for card in cards for service in card.services if _has_verdict(service)]
    busiest = max(services, key=lambda one: (one.lead.volume if one.lead else 0, one.agency_id, one.id), default=None)
    if busiest is None or busiest.lead is None:
        return None
    lead, title = busiest.lead, words.text(busiest.title)
    counts = words.line(
        "service.of",
        n=figure(words.wording.number(lead.within_target), "within_target"),
        all=figure(words.wording.units(lead.measure, lead.volume), "volume"),
    )
    address = f"{catalog.settings.url or ''}data/performance.csv"
    link = Link(title.text, busiest.path, title.language)
    of = f"/{busiest.agency_id}/{busiest.id}/{lead.level_id}/"
    return Example(of, link, words.text(lead.title), counts, query_of(busiest, lead, address))


def query_of(service: ServiceCard, lead: Lead, address: str) -> str:
    """Return the query that sums a promise's rows as the site does: all-rows with a verdict, of its periods, once each."""
    codes = [f"'{period.code}'" for period in lead.periods]
    lines = [", ".join(codes[at : at + CODES_IN_A_LINE]) for at in range(0, len(codes), CODES_IN_A_LINE)]
    return "\n".join(
        (
            "SELECT sum(within_target), sum(volume)",
            f"FROM '{address}'",
            f"WHERE agency_id = '{service.agency_id}' AND service_id = '{service.id}' AND level_id = '{lead.level_id}'",
            "  AND channel_id IS NULL AND office_id IS NULL",
            "  AND verdict IN ('met', 'missed')",
            f"  AND period IN ({(',' + chr(10) + ' ' * 17).join(lines)})",
        )
    )


def _has_verdict(service: ServiceCard) -> bool:
    lead = service.lead
    return lead is not None and lead.state in ("met", "missed") and not lead.small and service.status == "active"


def _holds(catalog: Catalog, cards: Sequence[AgencyCard], words: Words) -> Iterator[Line]:
    country = country_of(catalog, cards)
    figures = (
        ("agencies", country.agencies, "agencies:"), ("services", country.services, "services:"),
        ("promises", country.levels, "service_levels:"), ("rows", country.rows, "performance:"),
    )  # fmt: skip
    for kind, number, table in figures:
        counted = figure(words.wording.count(kind, number), table)
        yield words.line("data_page.promises", promises=counted) if kind == "promises" else Line(counted)


def _table(words: Words, table: Table, files: DataFiles) -> TableView:
    paths = [(kind, f"data/{table.name}.{kind}") for kind in FORMATS]
    shown = [(kind, path) for kind, path in paths if kind == "csv" or path in files.sizes]
    rows = files.rows.get(table.name)
    counts = [] if rows is None else [figure(words.wording.count("rows", rows), f"{table.name}:")]
    columns = figure(words.wording.count("columns", len(table.columns)), f"columns:of={table.name}")
    return TableView(
        name=table.name,
        title=words.line(f"dataset.{table.name}"),
        description=words.line(f"dataset.{table.name}.description"),
        count=Line(joined(" ", (*counts, columns))),
        formats=tuple(FormatLink(_name(kind), path, _size(words, files, path)) for kind, path in shown),
    )


def _name(kind: str) -> str:
    return "Parquet" if kind == "parquet" else kind.upper()


def _caveat(words: Words, name: str) -> Caveat:
    return Caveat(words.line(f"data_page.{name}"), words.line(f"data_page.{name}.why"))


def _size(words: Words, files: DataFiles, path: str) -> Line:
    return Line(words.wording.size(files.sizes[path])) if path in files.sizes else Line("")
