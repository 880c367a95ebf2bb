"""What is withheld and why, warnings, missing reports and translation, by agency.  Light at any size: rows stay in the data."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.claims import figure, joined
from generator.model import Catalog
from generator.texts import capital
from generator.views.findings import Finding, FindingView, finding_view, rule_path
from generator.views.home import country_of
from generator.views.page import Link, PageView
from generator.views.rules import rule_of
from generator.views.services import in_order
from generator.views.summary import AgencyCard, ServiceCard
from generator.views.tally import coverage_line
from generator.views.words import Line, Words

MOST_ERRORS = 100
# What is held back, as the table of problems has it: rows, services and agencies may each have several problems.
HELD = {
    "rows": "problems:withheld=row;file,line",
    "services": "problems:withheld=service;file",
    "agencies": "problems:withheld=agency;agency_id",
}


@dataclass(frozen=True, slots=True)
class HeldBack:
    """The errors of one agency (or of shared files), and what is held back for each."""

    agency: Link | None
    findings: tuple[FindingView, ...]


@dataclass(frozen=True, slots=True)
class WarningKind:
    """One kind of warning: its rule in general words, how many there are, and in how many agencies."""

    message: Line
    rule: str
    count: Line
    agencies: Line


@dataclass(frozen=True, slots=True)
class AgencyQuality:
    """One agency: what is held back, warnings, reports, and services in other languages."""

    id: str
    link: Link
    held: Line
    warnings: Line
    coverage: Line
    translated: Line


@dataclass(frozen=True, slots=True)
class DataQualityView:
    """The page on data quality.  ``kept`` are the services shown as they were published last, and on which day."""

    totals: tuple[tuple[Line, Line], ...]
    kept: tuple[tuple[Link, Line], ...]
    held: tuple[HeldBack, ...]
    more: Line
    warnings: tuple[WarningKind, ...]
    agencies: tuple[AgencyQuality, ...]
    translated: tuple[Line, ...]


def data_quality_page(
    catalog: Catalog, cards: Sequence[AgencyCard], findings: Sequence[Finding], words: Words
) -> PageView:
    """Return the page on data quality; ``findings`` are the problems of all files, in the order of files and lines."""
    errors = [finding for finding in findings if finding.severity == "error"]
    shown = errors[:MOST_ERRORS]
    hidden = len(errors) - len(shown)
    more = figure(words.wording.count("problems", hidden), "problems:severity=error~drawn:finding")
    content = DataQualityView(
        totals=tuple(_totals(catalog, cards, findings, words)),
        kept=tuple(_kept(cards, words)),
        held=tuple(_held(cards, shown, words)),
        more=words.line("findings.more", problems=more) if hidden else Line(""),
        warnings=tuple(_warnings([finding for finding in findings if finding.severity == "warning"], words)),
        agencies=tuple(_agencies(catalog, cards, findings, words)),
        translated=tuple(_translated(catalog, _services(cards), words)),
    )
    return PageView(
        path="data-quality/",
        template="data_quality.html",
        title=words.strings("nav.data_quality"),
        description=words.strings("quality.lead"),
        content=content,
        section="data-quality",
        crumbs=(Link(words.strings("nav.home"), ""),),
        demonstration=catalog.settings.demonstration,
    )


def _totals(
    catalog: Catalog, cards: Sequence[AgencyCard], findings: Sequence[Finding], words: Words
) -> Iterator[tuple[Line, Line]]:
    held = {
        "rows": sum(card.withheld_rows for card in cards),
        "services": sum(service.held_back for card in cards if not card.held_back for service in card.services),
        "agencies": sum(card.held_back for card in cards),
    }
    for kind, number in held.items():
        yield words.line(f"quality.held_{kind}"), Line(figure(words.wording.count(kind, number), HELD[kind]))
    warnings = sum(finding.severity == "warning" for finding in findings)
    for severity, number in (("error", len(findings) - warnings), ("warning", warnings)):
        yield (
            words.line(f"quality.{severity}s"),
            Line(figure(words.wording.count("problems", number), f"problems:severity={severity}")),
        )
    yield words.line("term.coverage"), coverage_line(words, country_of(catalog, cards).tally)


def _kept(cards: Sequence[AgencyCard], words: Words) -> Iterator[tuple[Link, Line]]:
    for _, card in in_order(cards, words):
        for service in card.services:
            if service.kept_from:
                title = words.text(service.title)
                yield Link(title.text, service.path, title.language), Line(words.wording.date(service.kept_from))


def _held(cards: Sequence[AgencyCard], errors: Sequence[Finding], words: Words) -> Iterator[HeldBack]:
    by_agency: dict[str, list[Finding]] = {}
    for finding in errors:
        by_agency.setdefault(finding.agency_id, []).append(finding)
    known = {card.id: Link(name.text, card.path, name.language) for name, card in in_order(cards, words)}
    for agency_id in ("", *known):
        if agency_id in by_agency:
            found = tuple(finding_view(words, finding) for finding in by_agency[agency_id])
            yield HeldBack(known.get(agency_id), found)


def _warnings(warnings: Sequence[Finding], words: Words) -> Iterator[WarningKind]:
    """Yield each kind of warning, the most frequent first."""
    counts = Counter(finding.code for finding in warnings)
    agencies: dict[str, set[str]] = {}
    for finding in warnings:
        agencies.setdefault(finding.code, set()).add(finding.agency_id)
    for code, count in sorted(counts.items(), key=lambda one: (-one[1], one[0])):
        yield WarningKind(
            message=rule_of(words, code).message,
            rule=rule_path(code),
            count=Line(figure(words.wording.count("problems", count), f"problems:code={code}")),
            agencies=Line(
                figure(
                    words.wording.count("agencies", len(agencies[code] - {""})),
                    f"problems:code={code};agency_id",
                )
            ),
        )


def _agencies(
    catalog: Catalog, cards: Sequence[AgencyCard], findings: Sequence[Finding], words: Words
) -> Iterator[AgencyQuality]:
    warnings = Counter(finding.agency_id for finding in findings if finding.severity == "warning")
    for name, card in in_order(cards, words):
        yield AgencyQuality(
            id=card.id,
            link=Link(name.text, card.path, name.language),
            held=_held_of(card, words),
            warnings=Line(figure(words.wording.count("problems", warnings[card.id]), "problems:severity=warning")),
            coverage=coverage_line(words, card.tally),
            translated=Line(joined(" · ", _translated(catalog, card.services, words, short=True))),
        )


def _held_of(card: AgencyCard, words: Words) -> Line:
    """Return what of an agency is held back, largest first; that nothing is, is said too."""
    if card.held_back:
        return Line(capital(words.strings("closed.withheld.agency")))
    services = sum(service.held_back for service in card.services)
    counts = [("services", services)] * bool(services) + [("rows", card.withheld_rows)] * bool(card.withheld_rows)
    parts = [figure(words.wording.count(kind, number), HELD[kind]) for kind, number in counts]
    return Line(joined(" ", parts)) if parts else Line(capital(words.strings("closed.withheld.none")))


def _translated(catalog: Catalog, services: Sequence[ServiceCard], words: Words, short: bool = False) -> Iterator[Line]:
    """Yield how many services are written in each further language of the catalog, every text of them."""
    written = [service for service in services if not service.withheld]
    several = len(catalog.settings.languages) > 2
    for language in catalog.settings.languages[1:] if written else ():
        done = sum(language in service.translated for service in written)
        facts: Mapping[str, str] = {
            "done": figure(words.wording.number(done), f"services:languages={language}"),
            "services": figure(words.wording.count("services", len(written)), "services:"),
            "language": words.wording.language_name(language),
        }
        key = "quality.translated_short" if short and not several else "translation.coverage"
        yield words.line(key, **facts)


def _services(cards: Sequence[AgencyCard]) -> list[ServiceCard]:
    return [service for card in cards for service in card.services]
