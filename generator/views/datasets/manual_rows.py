"""What manuals hold becomes rows: the papers that services ask for, and what they cost.

Services that have ended ask for nothing any more, and have no rows here.
"""

from collections.abc import Iterator, Mapping

from generator.case.bundle import is_fixed
from generator.case.journey import Charge, Need, Paper
from generator.model import Catalog
from generator.results import AgencyResult, ServiceResult
from generator.views.datasets.rows import Row, answers_of, cell, in_languages, is_demonstration
from generator.views.needs import BY_TITLE, need_of


def manual_rows(catalog: Catalog, result: AgencyResult) -> Mapping[str, list[Row]]:
    """Return an agency's rows of documents and of fees, by table."""
    demonstration = cell(is_demonstration(catalog, result.agency))
    rows: dict[str, list[Row]] = {"documents": [], "fees": []}
    for service in result.services.values():
        need = _need(catalog, result, service)
        for number, paper in enumerate((need and need.papers) or (), start=1):
            rows["documents"].append([*_place(result, service, number), *_document(catalog, paper), demonstration])
        for number, fee in enumerate((need and need.fees) or (), start=1):
            rows["fees"].append([*_place(result, service, number), *_fee(catalog, fee), demonstration])
    return rows


def _need(catalog: Catalog, result: AgencyResult, service: ServiceResult) -> Need | None:
    if service.service.status == "retired":
        return None
    return need_of(catalog, result.agency.id, service.service, service.levels)


def _place(result: AgencyResult, service: ServiceResult, number: int) -> Row:
    return [result.agency.id, service.service.id, number]


def _document(catalog: Catalog, paper: Paper) -> Iterator[str | int | None]:
    languages, listed = catalog.settings.languages, not paper.key.startswith(BY_TITLE)
    yield paper.key if listed else ""
    yield paper.key.removeprefix(BY_TITLE)
    yield from in_languages(paper.title, languages)
    yield from in_languages(paper.issuer, languages)
    yield cell(paper.held)
    yield paper.originals
    yield paper.copies
    yield from in_languages(paper.when, languages)
    yield answers_of(paper.if_)


def _fee(catalog: Catalog, fee: Charge) -> Iterator[str]:
    languages = catalog.settings.languages
    yield from in_languages(fee.title, languages)
    yield cell(fee.amount)
    yield fee.currency
    yield from in_languages(fee.per, languages)
    yield from in_languages(fee.when, languages)
    yield answers_of(fee.if_)
    yield cell(fee.varies)
    yield cell(is_fixed(fee))
