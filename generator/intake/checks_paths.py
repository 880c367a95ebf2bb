"""Checks of the questions: each is needed, every ``if`` can hold, and every path of answers ends somewhere."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from generator.case.answers import Item, fees_of, items_of
from generator.case.paths import Cell, Path, Span, cells_of, covers, gaps, spans_of, uncovered
from generator.intake.seen import Check, Seen, warning
from generator.model import Answer, Between, Document, Fee, Question, Service
from generator.problems import Problem, Route

# Where nothing of these is left for a reader, the page has no answer; that nothing is to be brought is one.
_ENDS: Final = {
    ("scope", "channels"): "path-without-channel",
    ("service_levels",): "path-without-promise",
    ("requirements", "fees"): "path-without-fee",
}


def questions_used(seen: Seen) -> Iterator[Problem]:
    """Something depends on every question that is asked."""
    for service in seen.offered():
        used = {name for item in items_of(service) for name in (*item.conditions, *item.uses)}
        for index, question in enumerate(service.questions or ()):
            if question.id not in used:
                yield warning("question-unused", seen.place(service, "questions", index), value=question.id)


def choices_used(seen: Seen) -> Iterator[Problem]:
    """At most one choice of a question is named by nothing: it stands for all others."""
    for service in seen.offered():
        for index, question in enumerate(service.questions or ()):
            named = set(_named(service, question.id))
            unnamed = [at for at, choice in enumerate(question.choices or ()) if choice.id not in named]
            for at in unnamed[1:] if named else ():
                place = seen.place(service, "questions", index, "choices", at, "id")
                choices = question.choices or ()
                yield warning("choice-unused", place, value=choices[at].id, other=choices[unnamed[0]].id)


def conditions_possible(seen: Seen) -> Iterator[Problem]:
    """Every ``if`` waits for a number that its question lets a reader give."""
    for service, item in _conditional(seen):
        for question in _numbers(service):
            answer, spans = item.conditions.get(question.id), spans_of(question, service)
            if answer is not None and not any(covers(answer, span) for span in spans):
                facts = {"question": question.id, "range": _told_cell(Span(spans[0].low, spans[-1].high))}
                yield warning("condition-never-holds", seen.place(service, *item.route, "if", question.id), **facts)


def ranges_without_hole(seen: Seen) -> Iterator[Problem]:
    """Ranges of one question that follow each other leave no number out between them."""
    for service in seen.offered():
        for question in _numbers(service):
            yield from _holes(seen, service, question)


def paths_end(seen: Seen) -> Iterator[Problem]:
    """Whatever a reader answers, a channel, a promise and a fee are left, where the manual has any."""
    for service in seen.offered():
        for route, code in _ENDS.items() if service.questions else ():
            conditions = [item.conditions for item in items_of(service) if item.route[:-1] == route]
            path = _without(service, conditions) if conditions else None
            if path is not None:
                yield warning(code, seen.place(service, *route), path=_told(path))


def tiers_reach(seen: Seen) -> Iterator[Problem]:
    """The bands of a fee reach to the largest number that a reader can give."""
    for service in seen.offered():
        for index, fee in enumerate(fees_of(service)):
            last = fee.tiers.rates[-1].up_to if fee.tiers else None
            if fee.tiers and last is not None and _reaches(service, fee, last):
                route = ("requirements", "fees", index, "tiers", "rates", len(fee.tiers.rates) - 1, "up_to")
                yield warning("tiers-end-early", seen.place(service, *route), value=f"{last:f}")


def _named(service: Service, question_id: str) -> Iterator[str]:
    """Yield the choices of a question that some ``if`` or ``is`` names."""
    answers: list[object] = [item.conditions.get(question_id) for item in items_of(service)]
    changes = [change for fee in fees_of(service) for change in fee.adjustments or ()]
    answers += [change.is_ for change in changes if change.question == question_id]
    for answer in answers:
        yield from (answer,) if isinstance(answer, str) else answer if isinstance(answer, tuple) else ()


def _conditional(seen: Seen) -> Iterator[tuple[Service, Item]]:
    return ((service, item) for service in seen.offered() for item in items_of(service) if item.conditions)


def _numbers(service: Service) -> Iterator[Question]:
    return (question for question in service.questions or () if question.unit is not None)


def _cells(service: Service) -> dict[str, tuple[Cell, ...]]:
    return {question.id: cells_of(question, service) for question in service.questions or ()}


def _without(service: Service, conditions: Sequence[Mapping[str, Answer]]) -> Path | None:
    """Return answers for which none of the conditions holds; only the questions in them are looked at."""
    names = {name for one in conditions for name in one}
    return uncovered({name: cells for name, cells in _cells(service).items() if name in names}, conditions)


def _holes(seen: Seen, service: Service, question: Question) -> Iterator[Problem]:
    groups: dict[tuple[Route, str, str], list[tuple[Between, Route]]] = {}
    for item in items_of(service):
        answer = item.conditions.get(question.id)
        if isinstance(answer, Between):
            rest = sorted((name, str(other)) for name, other in item.conditions.items() if other is not answer)
            groups.setdefault((item.route[:-1], _alike(service, item), str(rest)), []).append((answer, item.route))
    for group in groups.values():
        for later, hole in gaps([span for span, _ in group], question, service):
            route = next(route for span, route in group if span is later)
            place = seen.place(service, *route, "if", question.id, "from")
            yield warning("ranges-leave-hole", place, question=question.id, range=_told_cell(hole))


def _alike(service: Service, item: Item) -> str:
    """Return what has to follow on: of documents and steps, which come and go, only those that are the same thing."""
    kind, _, number = item.key.partition("-")
    if kind == "document":
        document = _documents(service)[int(number)]
        return document.document or str(document.title)
    return str((service.steps or ())[int(number)].title) if kind == "step" else kind


def _documents(service: Service) -> tuple[Document, ...]:
    documents = service.requirements.documents if service.requirements else None
    return documents if isinstance(documents, tuple) else ()


def _reaches(service: Service, fee: Fee, last: Decimal) -> bool:
    """Return whether a number above the last band can be given where the fee is due."""
    asked = next(question for question in _numbers(service) if fee.tiers and question.id == fee.tiers.question)
    wanted = (fee.if_ or {}).get(asked.id)
    spans = [span for span in spans_of(asked, service) if wanted is None or covers(wanted, span)]
    return any(span.high is None or span.high > last for span in spans)


def _told(path: Path) -> str:
    return ", ".join(f"{name}: {_told_cell(cell)}" for name, cell in path.items())


def _told_cell(cell: Cell) -> str:
    """Return a cell as the file would write it."""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, str):
        return cell
    end = "" if cell.high is None else f", to: {cell.high:f}"
    return f"{cell.low:f}" if cell.low == cell.high else f"{{from: {cell.low:f}{end}}}"


PATH_CHECKS: Final[tuple[Check, ...]] = (
    questions_used,
    choices_used,
    conditions_possible,
    ranges_without_hole,
    paths_end,
    tiers_reach,
)
