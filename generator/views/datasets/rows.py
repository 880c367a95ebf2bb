"""Records and results become rows: lists of cells, each the text that CSV has.  An unknown value is an empty cell."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from generator.model import Agency, AgencyData, Catalog, Document, Observation, Service, ServiceLevel, Target
from generator.results import AgencyResult, LevelResult, ServiceResult, Tally
from generator.stats import current_rows, revised_rows, target_in_force, verdict_of

Row = list[str]
MILLION = 1_000_000


def cell(value: object) -> str:
    """Return a value as CSV has it: empty for not known, true and false, ISO days, plain decimals."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else str(value)


def cut(within_target: int | None, volume: int | None) -> str:
    """Return the attainment with six decimals, cut off; empty where it is undefined (section 12)."""
    if within_target is None or not volume:  # neither an unknown nor an empty volume can be divided by
        return ""
    whole, rest = divmod(within_target * MILLION // volume, MILLION)
    return f"{whole}.{rest:06}"


def in_languages(text: Mapping[str, str] | None, languages: Sequence[str]) -> Iterator[str]:
    """Yield a text in each language, empty where it has none."""
    for language in languages:
        yield (text or {}).get(language, "")


def joined(codes: Iterable[object] | None) -> str:
    """Return codes in one cell, parted by semicolons."""
    return ";".join(str(code) for code in codes or ())


def performance_rows(catalog: Catalog, data: AgencyData) -> list[Row]:
    """Return every current row of an agency, in the order of the key."""
    return _result_rows(catalog, data, current_rows(catalog, data))


def history_rows(catalog: Catalog, data: AgencyData) -> list[Row]:
    """Return all revisions of the rows that have more than one."""
    return _result_rows(catalog, data, revised_rows(catalog, data))


def _result_rows(catalog: Catalog, data: AgencyData, seen: Iterable[Observation]) -> list[Row]:
    languages = catalog.settings.languages
    demonstration = cell(is_demonstration(catalog, data.agency))
    levels = {
        (service_id, level.id): level
        for service_id, service in data.services.items()
        for level in service.service_levels or ()
    }
    return [
        _result_row(data.agency_id, row, levels[row.service_id, row.level_id], languages, demonstration) for row in seen
    ]


def _result_row(
    agency_id: str, row: Observation, level: ServiceLevel, languages: Sequence[str], demonstration: str
) -> Row:
    target = target_in_force(level, row.period.start)
    return [
        agency_id, row.service_id, row.level_id, row.period.code, row.channel_id, row.office_id,
        *map(cell, _figures(row)),
        *in_languages(row.notes, languages),
        level.measure,
        *target_cells(target),
        cut(row.within_target, row.volume),
        verdict_of(row, target),
        demonstration,
    ]  # fmt: skip


def _figures(row: Observation) -> tuple[object, ...]:
    return (
        row.volume, row.within_target, row.received, row.backlog, row.backlog_overdue, row.median, row.p90, row.excluded,
        row.delay_notices_due, row.delay_notices_sent, row.complaints, row.status, row.revision, row.reported_on,
        row.reported_attainment,
    )  # fmt: skip


def target_cells(target: Target | None) -> tuple[str, str, str]:
    """Return share, limit and unit of a target."""
    if target is None:
        return "", "", ""
    limit = target.limit
    return cell(target.share), cell(limit and limit.value), cell(limit and limit.unit)


def is_demonstration(catalog: Catalog, agency: Agency | None) -> bool:
    """Return whether the figures are not real."""
    return catalog.settings.demonstration or (agency is not None and agency.demonstration)


def _tally_cells(tally: Tally) -> Row:
    counts = (tally.met, tally.missed, tally.no_target, tally.no_cases)
    silent = tally.not_reported + tally.suppressed + tally.not_applicable
    return [str(count) for count in (*counts, silent, tally.reported, tally.due)]


def agency_row(catalog: Catalog, result: AgencyResult) -> Row:
    """Return the row of one agency."""
    agency, languages = result.agency, catalog.settings.languages
    reporting = agency.reporting
    first = reporting.first_period
    return [
        agency.id,
        *in_languages(agency.title, languages),
        *in_languages(agency.abbreviation, languages),
        *_names(agency.also_called, languages),
        *in_languages(agency.parent, languages),
        agency.kind, agency.status, *map(cell, (agency.replaced_by, agency.url, agency.email, agency.phone)),
        reporting.frequency, str(reporting.due_after_days), first.code if first else "",
        (agency.licence or catalog.settings.licence).id,
        str(len(result.services)),
        *_tally_cells(result.tally),
        cell(is_demonstration(catalog, agency)),
    ]  # fmt: skip


def _names(names: Mapping[str, Sequence[str]] | None, languages: Sequence[str]) -> Iterator[str]:
    for language in languages:
        yield joined((names or {}).get(language))


def service_row(catalog: Catalog, result: AgencyResult, service_result: ServiceResult) -> Row:
    """Return the row of one service."""
    service, languages = service_result.service, catalog.settings.languages
    scope, review = service.scope, service.review
    channels = (scope and scope.channels) or ()
    documents = service_documents(service)
    return [
        result.agency.id, service.id,
        *in_languages(service.title, languages),
        *_names(service.also_called, languages),
        *in_languages(service.summary, languages),
        *in_languages(service.unit, languages),
        cell(service.type), service.status, cell(service.replaced_by), cell(service.inherits),
        joined(service.topics), joined(service.life_events), joined(scope and scope.audience),
        joined(dict.fromkeys(channel.type for channel in channels)),
        "" if documents is None else str(len(documents)),
        "" if documents is None else str(sum(_held(catalog, document) for document in documents)),
        str(len(service.steps)) if service.steps else "",
        cell(review and review.reviewed_on), cell(review and review.review_due),
        *_tally_cells(service_result.tally),
        f"agencies/{result.agency.id}/{service.id}/",
        cell(is_demonstration(catalog, result.agency)),
    ]  # fmt: skip


def service_documents(service: Service) -> tuple[Document, ...] | None:
    """Return the documents that a service asks for; none at all is empty, not stated is None."""
    documents = service.requirements.documents if service.requirements else None
    return () if documents == "none" else documents


def _held(catalog: Catalog, document: Document) -> bool:
    shared = catalog.documents.get(document.document or "")
    held = document.held_by_state if document.held_by_state is not None else (shared and shared.held_by_state)
    return held is True


def level_row(catalog: Catalog, agency: Agency, result: LevelResult) -> Row:
    """Return the row of one service level: its promise today and its headline."""
    level, target, span = result.level, result.current_target, result.headline
    clock, statutory = level.clock, level.statutory_limit
    known = span.volume > 0
    return [
        *result.key,
        *in_languages(level.title, catalog.settings.languages),
        level.measure, joined(level.channels),
        cell(clock and clock.starts), cell(clock and clock.stops), joined(clock and clock.pauses),
        cell(target and target.valid_from), cell(target and target.valid_to), *target_cells(target),
        cell(statutory and statutory.value), cell(statutory and statutory.unit),
        span.periods[0].code if span.periods else "", span.periods[-1].code if span.periods else "",
        str(span.volume) if known else "", str(span.within_target) if known else "",
        cut(span.within_target, span.volume), span.verdict, str(span.reported), str(span.due),
        cell(is_demonstration(catalog, agency)),
    ]  # fmt: skip
