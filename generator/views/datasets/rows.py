"""Records and results become rows: lists of cells, counts as numbers and all else as the text that CSV has.

An unknown value is an empty cell, which is an empty text or None.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from generator.model import Agency, Between, Catalog, Conditions, Document, Observation, Reporting, Service, Target
from generator.results import AgencyResult, LevelResult, ServiceResult, Tally
from generator.stats import Published, current_rows, reporting_of, revised_rows
from generator.views.datasets.files import Cell
from generator.views.states import headline_state
from generator.views.translated import languages_of

Row = list[Cell]
Promise = tuple[str, str, str]  # share, limit and unit of a target
MILLION = 1_000_000


def cell(value: object) -> str:
    """Return a value as CSV has it: empty for not known, true and false, ISO days, plain decimals."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return (
            f"{value.normalize():f}"  # 0.90 and 0.9 are one number: what is published once is published the same again
        )
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


def performance_rows(catalog: Catalog, result: AgencyResult) -> list[Row]:
    """Return every current row of an agency, in the order of the key."""
    return _result_rows(catalog, result.agency, current_rows(result))


def history_rows(catalog: Catalog, result: AgencyResult) -> list[Row]:
    """Return all revisions of the rows that have more than one."""
    return _result_rows(catalog, result.agency, revised_rows(result))


def _result_rows(catalog: Catalog, agency: Agency, published: Iterable[Published]) -> list[Row]:
    languages, demonstration = catalog.settings.languages, cell(is_demonstration(catalog, agency))
    promises: dict[int, Promise] = {}  # by the target's identity: far fewer than rows
    rows = []
    for level, row, target, verdict in published:
        promise = promises.get(id(target)) or promises.setdefault(id(target), target_cells(target))
        attained = cut(row.within_target, row.volume), verdict
        rows.append([agency.id, *_reported(row, languages), level.measure, *promise, *attained, demonstration])
    return rows


def _reported(row: Observation, languages: Sequence[str]) -> Row:
    """Return the input's own columns, in the order of section 7."""
    (
        service_id, level_id, period, channel_id, office_id, volume, within_target, received, backlog, backlog_overdue,
        median, p90, excluded, notices_due, notices_sent, complaints, status, revision, day, printed, notes, *_,
    ) = row  # fmt: skip
    return [
        service_id, level_id, period.code, channel_id, office_id,
        volume, within_target, received, backlog, backlog_overdue,
        median if median is None else cell(median), p90 if p90 is None else cell(p90), excluded,
        notices_due, notices_sent, complaints, status, revision,
        None if day is None else day.isoformat(), printed if printed is None else cell(printed),
        *([notes.get(language, "") for language in languages] if notes else [""] * len(languages)),
    ]  # fmt: skip


def target_cells(target: Target | None) -> Promise:
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
    return [*counts, silent, tally.reported, tally.due]


def agency_row(catalog: Catalog, result: AgencyResult) -> Row:
    """Return the row of one agency."""
    agency, languages = result.agency, catalog.settings.languages
    return [
        agency.id,
        *in_languages(agency.title, languages),
        *in_languages(agency.abbreviation, languages),
        *_names(agency.also_called, languages),
        *in_languages(agency.parent, languages),
        agency.kind, agency.status, *map(cell, (agency.replaced_by, agency.url, agency.email, agency.phone)),
        *_reporting_cells(agency.reporting),
        (agency.licence or catalog.settings.licence).id,
        len(result.services),
        *_tally_cells(result.tally),
        cell(result.kept_from), cell(is_demonstration(catalog, agency)),
    ]  # fmt: skip


def _reporting_cells(reporting: Reporting) -> Row:
    first = reporting.first_period
    return [reporting.frequency, reporting.due_after_days, first.code if first else ""]


def _names(names: Mapping[str, Sequence[str]] | None, languages: Sequence[str]) -> Iterator[str]:
    for language in languages:
        yield joined((names or {}).get(language))


def service_row(catalog: Catalog, result: AgencyResult, service_result: ServiceResult) -> Row:
    """Return the row of one service."""
    service, languages = service_result.service, catalog.settings.languages
    scope, review = service.scope, service.review
    channels = (scope and scope.channels) or ()
    documents, fees = service_documents(service), service.requirements.fees if service.requirements else None
    return [
        result.agency.id, service.id,
        *in_languages(service.title, languages),
        *_names(service.also_called, languages),
        *in_languages(service.summary, languages),
        *in_languages(service.unit, languages),
        cell(service.type), service.status, cell(service.replaced_by), joined(service.after), cell(service.inherits),
        joined(service.topics), joined(service.life_events), joined(scope and scope.audience),
        joined(dict.fromkeys(channel.type for channel in channels)),
        None if documents is None else len(documents),
        None if documents is None else sum(_held(catalog, document) for document in documents),
        None if fees is None else 0 if fees == "none" else len(fees),
        len(service.steps) if service.steps else None,
        cell(review and review.reviewed_on), cell(review and review.review_due),
        joined(languages_of(service, languages)),
        *_reporting_cells(reporting_of(result.agency, service)),
        *_tally_cells(service_result.tally),
        f"agencies/{result.agency.id}/{service.id}/",
        cell(service_result.kept_from), cell(is_demonstration(catalog, result.agency)),
    ]  # fmt: skip


def answers_of(needed: Conditions | None) -> str:
    """Return the answers that must hold, in one cell: age=7..;vehicle=car,bus."""
    return joined(f"{question}={_answer(answer)}" for question, answer in sorted((needed or {}).items()))


def _answer(answer: object) -> str:
    if isinstance(answer, Between):
        return f"{cell(answer.from_)}..{cell(answer.to)}"
    return ",".join(answer) if isinstance(answer, tuple) else cell(answer)


def _owed(result: LevelResult) -> str:
    """Return the periods whose report is due, up to the newest of the last 12 months."""
    newest = result.headline.periods[-1:]
    return joined(
        row.period.code for row in result.rows for last in newest if row.due is not None and row.period <= last
    )


def _more(result: LevelResult) -> Row:
    """Return the verdict of the 12 months before, whether tallies count the promise, and its cases with a promised share."""
    before, periods = result.previous.verdict if result.previous else "", set(result.headline.periods)
    judged = [row for row in result.rows if row.period in periods and row.verdict in ("met", "missed")]
    counts = (sum(row.volume or 0 for row in judged), sum(row.within_target or 0 for row in judged))
    return [before, cell(result.current), *(counts if judged else (None, None))]


def service_documents(service: Service) -> tuple[Document, ...] | None:
    """Return the documents that a service asks for; none at all is empty, not stated is None."""
    documents = service.requirements.documents if service.requirements else None
    return () if documents == "none" else documents


def _held(catalog: Catalog, document: Document) -> bool:
    shared = catalog.documents.get(document.document or "")
    held = document.held_by_state if document.held_by_state is not None else (shared and shared.held_by_state)
    return held is True


def target_rows(catalog: Catalog, agency: Agency, result: LevelResult) -> Iterator[Row]:
    """Yield the row of each promise of one service level, in the order of time."""
    demonstration = cell(is_demonstration(catalog, agency))
    for target in sorted(result.level.targets or (), key=lambda one: one.valid_from):
        reason = in_languages(target.reason, catalog.settings.languages)
        dates = cell(target.valid_from), cell(target.valid_to)
        yield [*result.key, *dates, *target_cells(target), *reason, demonstration]


def level_row(catalog: Catalog, agency: Agency, result: LevelResult) -> Row:
    """Return the row of one service level: its promise today and its headline."""
    level, target, span = result.level, result.current_target, result.headline
    clock, statutory = level.clock, level.statutory_limit
    known = span.volume > 0
    return [
        *result.key,
        *in_languages(level.title, catalog.settings.languages),
        level.measure, joined(level.channels), answers_of(level.if_),
        cell(clock and clock.starts), cell(clock and clock.stops), joined(clock and clock.pauses),
        cell(target and target.valid_from), cell(target and target.valid_to), *target_cells(target),
        cell(statutory and statutory.value), cell(statutory and statutory.unit),
        span.periods[0].code if span.periods else "", span.periods[-1].code if span.periods else "",
        span.volume if known else None, span.within_target if known else None,
        cut(span.within_target, span.volume), span.verdict, span.reported, span.due,
        result.grain, _owed(result), headline_state(result), *_more(result),
        cell(is_demonstration(catalog, agency)),
    ]  # fmt: skip
