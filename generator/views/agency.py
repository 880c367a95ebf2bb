"""One agency: promises kept, its services with each promise, which reports came, what is wrong, and its data."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from generator.claims import figure, joined
from generator.model import Agency, Catalog
from generator.results import AgencyResult
from generator.texts import Text, capital
from generator.views.about import reporting_words
from generator.views.agency_services import ServiceLine, service_lines
from generator.views.coverage import CoverageView, coverage_view
from generator.views.findings import Finding, FindingsView, findings_view
from generator.views.news import NewsItem, news_of
from generator.views.offices import Offices, offices_of
from generator.views.page import Link, PageView
from generator.views.places import Phone, phone_of
from generator.views.summary import AgencyCard, claim_of_services
from generator.views.tally import TallyView, coverage_line, met_of, previous_line, span_words, tally_view, time_lines
from generator.views.words import Line, Mixed, Said, Words
from generator.views.wrong import WrongPage, wrong_page

FORMATS = ("csv", "json", "xlsx")
YEARS = 5
NEWS = 8


@dataclass(frozen=True, slots=True)
class OneAgency:
    """All that the page of one agency is made of.

    ``result`` is None where the agency is withheld; ``findings`` are its own problems; ``sizes`` are bytes of files by
    address; ``titles`` name the other agencies, as far as they are known; ``commit`` is where the data stands.
    """

    card: AgencyCard
    result: AgencyResult | None
    findings: Sequence[Finding] = ()
    sizes: Mapping[str, int] = field(default_factory=dict)
    titles: Mapping[str, Text] = field(default_factory=dict)
    commit: str = ""


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file to download: its format, what it holds, and its size where it is known."""

    format: str
    what: Line
    path: str
    size: Line


@dataclass(frozen=True, slots=True)
class YearLine:
    """What was kept in one fiscal year, and how many reports that rests on."""

    year: Line
    met: Line
    coverage: Line


@dataclass(frozen=True, slots=True)
class AgencyView:
    """The page of an agency that can be shown.  ``state`` says that it was merged or closed; ``successor`` leads on.

    ``kept`` says of which day the page is, where the agency's own file is wrong.
    """

    name: Said
    kept: Line
    about: tuple[Said, ...]
    also_called: Line
    url: str
    phone: Phone | None
    email: str
    state: Line
    successor: Link | None
    summary: Mixed
    tally: TallyView | None
    years: tuple[YearLine, ...]
    count: Line
    note: Line
    services: tuple[ServiceLine, ...]
    coverage: CoverageView | None
    coverage_told: Line
    news: tuple[NewsItem, ...]
    findings: FindingsView
    files: tuple[FileLine, ...]
    licence: Link
    licence_id: str
    reporting: Line
    offices: Offices
    wrong: WrongPage


@dataclass(frozen=True, slots=True)
class WithheldAgencyView:
    """The page of an agency whose own file is wrong."""

    name: str
    line: Line
    findings: FindingsView


def agency_page(catalog: Catalog, one: OneAgency, words: Words) -> PageView:
    """Return an agency's page; of one that is withheld, a page that says so."""
    card, result = one.card, one.result
    content: AgencyView | WithheldAgencyView
    if result is None:
        line = words.line("withheld.agency", agency=card.id)
        content = WithheldAgencyView(card.id, line, findings_view(words, one.findings))
        title, description = card.id, str(line)
    else:
        content = _content(catalog, one, result, words)
        title, description = content.name.text, joined("", (part.text for part in content.summary))
    return PageView(
        path=card.path,
        template="agency.html" if result else "agency_withheld.html",
        title=title,
        description=description,
        content=content,
        section="agencies",
        crumbs=(Link(words.strings("nav.home"), ""), Link(words.strings("nav.agencies"), "agencies/")),
        demonstration=card.demonstration,
        changed=card.changed.isoformat() if card.changed else "",
    )


def _content(catalog: Catalog, one: OneAgency, result: AgencyResult, words: Words) -> AgencyView:
    agency, card = result.agency, one.card
    services = tuple(service_lines(words, result, card))
    drawn = any(level.spark for service in services for level in service.levels)
    licence = agency.licence or catalog.settings.licence
    licence_title = words.text(licence.title)
    return AgencyView(
        name=words.text(agency.title),
        kept=_kept(result, words),
        about=tuple(_about(agency, words)),
        also_called=_also_called(agency, words),
        url=agency.url or "",
        phone=phone_of(agency.phone),
        email=agency.email or "",
        state=Line(capital(words.strings(f"closed.agency_status.{agency.status}")))
        if agency.status != "active"
        else Line(""),
        successor=_successor(agency, one.titles, words),
        summary=_summary(result, words),
        tally=_tally(result, words) if result.levels else None,
        years=tuple(_years(result, words)),
        count=Line(figure(words.wording.count("services", len(card.services)), claim_of_services([card]))),
        note=words.line(
            "agency.services_note" if drawn else "agency.services_note_plain", span=span_words(words, [result.span])
        ),
        services=services,
        coverage=coverage_view(words, result),
        coverage_told=coverage_line(words, result.tally),
        news=news_of(words, card.news[:NEWS]),
        findings=findings_view(words, one.findings),
        files=tuple(_files(card, one.sizes, words)),
        licence=Link(licence_title.text, licence.url or "", licence_title.language),
        licence_id=licence.id,
        reporting=reporting_words(words, agency.reporting),
        offices=offices_of(words, agency.offices or (), {}),
        wrong=wrong_page(words, catalog, agency, (card.path, words.text(agency.title)), one.commit),
    )


def _kept(result: AgencyResult, words: Words) -> Line:
    if result.kept_from is None:
        return Line("")
    return words.line("withheld.kept_agency", date=words.wording.date(result.kept_from))


def _about(agency: Agency, words: Words) -> Iterator[Said]:
    """Yield the short name, the kind and the parent, as far as they are known."""
    if agency.abbreviation:
        yield words.text(agency.abbreviation)
    yield Said(capital(words.strings(f"closed.kind.{agency.kind}")))
    if agency.parent:
        yield words.text(agency.parent)


def _also_called(agency: Agency, words: Words) -> Line:
    names = (agency.also_called or {}).get(words.language, ())
    return words.line("manual.also_called", names=words.wording.list_of(names)) if names else Line("")


def _successor(agency: Agency, titles: Mapping[str, Text], words: Words) -> Link | None:
    if not agency.replaced_by:
        return None
    title = titles.get(agency.replaced_by)
    said = words.text(title) if title else Said(agency.replaced_by)
    return Link(said.text, f"agencies/{agency.replaced_by}/", said.language)


def _summary(result: AgencyResult, words: Words) -> Mixed:
    tally, agency = result.tally, words.text(result.agency.title)
    span = span_words(words, [result.span])
    if not tally.reported:
        return words.mixed("agency.none", agency=agency, span=span)
    return words.mixed(
        "agency.summary",
        agency=agency,
        met=figure(words.wording.number(tally.met), "agencies.promises_met:"),
        promises=figure(
            words.wording.count("promises", tally.judged), "agencies.promises_met:+agencies.promises_missed:"
        ),
        span=span,
        reported=figure(words.wording.number(tally.reported), "agencies.reports_received:"),
        reports=figure(words.wording.count("reports", tally.due), "agencies.reports_due:"),
    )


def _tally(result: AgencyResult, words: Words) -> TallyView:
    basis = (
        coverage_line(words, result.tally),
        *time_lines(words, result.rollups, "agency.time"),
        *previous_line(words, result.previous),
    )
    return tally_view(words, result.tally, [result.span], basis)


def _years(result: AgencyResult, words: Words) -> Iterator[YearLine]:
    for one in result.by_year[:YEARS]:
        if one.tally.judged:
            year = Line(capital(words.wording.period_short(one.year)))
            when = one.year.code
            yield YearLine(year, Line(met_of(words, one.tally, when)), coverage_line(words, one.tally, when))


def _files(card: AgencyCard, sizes: Mapping[str, int], words: Words) -> Iterator[FileLine]:
    for kind in FORMATS:
        path = f"data/agencies/{card.id}.{kind}"
        size = Line(words.wording.size(sizes[path])) if path in sizes else Line("")
        yield FileLine(kind.upper(), words.line(f"agency.file_{kind}"), path, size)
