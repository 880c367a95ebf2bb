"""The citizen manual itself: who, documents, forms, improvements, law."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.claims import TYPED, figure
from generator.model import Catalog, Document, Improvement, LegalBasis, Service
from generator.values import Gain, Money
from generator.views.conditions import Questions, condition
from generator.views.page import Link
from generator.views.words import Line, Mixed, Prose, Said, Words


@dataclass(frozen=True, slots=True)
class Who:
    """Who may apply and on which conditions, and what comes out.  ``word`` stands where there are no criteria to list."""

    audience: Line
    criteria: tuple[Prose, ...]
    word: Line
    outputs: tuple[Prose, ...]
    after: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document, who issues it, when it is needed, whether the State has it, and how many are asked for."""

    title: Said
    issuer: Mixed
    conditions: tuple[Mixed, ...]
    held: bool
    held_words: Line
    copies: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Documents:
    """The documents, and the forms to fill in; the words stand where there is no list."""

    word: Line
    documents: tuple[DocumentView, ...]
    always: int
    held: bool
    summary: Line
    forms_word: Line
    forms: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """An improvement: what was wrong, what changed, and what it gained."""

    before: Line
    after: Line
    problem: Prose | None
    action: Prose | None
    state: Line


@dataclass(frozen=True, slots=True)
class LawView:
    """A law that the service rests on, with its section, and where to read it."""

    title: Said
    section: Said
    url: str


def who_of(words: Words, service: Service, after: tuple[Link, ...]) -> Who:
    """Return the part on who can use the service; ``after`` links the services that come first."""
    criteria = service.requirements.criteria if service.requirements else None
    scope = service.scope
    outputs = (scope.outputs if scope else None) or ()
    audience = [words.strings(f"closed.audience.{kind}") for kind in (scope.audience if scope else None) or ()]
    listed = criteria if isinstance(criteria, tuple) else ()
    return Who(
        audience=words.line("service.audience", audience=words.wording.list_of(audience)) if audience else Line(""),
        criteria=_proses(words, listed),
        word=Line("") if listed else words.line("none.criteria" if criteria == "none" else "not_stated"),
        outputs=_proses(words, outputs),
        after=after,
    )


def documents_of(words: Words, catalog: Catalog, service: Service, questions: Questions) -> Documents:
    """Return the part on documents and forms."""
    needed = service.requirements
    documents, forms = (needed.documents, needed.forms) if needed else (None, None)
    listed = documents if isinstance(documents, tuple) else ()
    held = sum(_held(catalog, document) is True for document in listed)
    some = sum(document.if_ is not None for document in listed)
    summary = []
    if 0 < some < len(listed):
        summary.append(words.strings("service.more_documents", documents=words.wording.count("documents", some)))
    if held:
        summary.append(words.strings("service.documents_held", documents=words.wording.count("documents", held)))
    return Documents(
        word=Line("") if listed else words.line("none.documents" if documents == "none" else "not_stated"),
        documents=tuple(
            _document(words, catalog, document, questions, claim_of_line(service, "documents", number))
            for number, document in enumerate(listed, start=1)
        ),
        always=len(listed) - some or len(listed),
        held=held > 0,
        summary=Line(" · ".join(summary)),
        forms_word=Line("") if isinstance(forms, tuple) else words.line("none.forms" if forms else "not_stated"),
        forms=tuple(_form(words, form.title, form.url) for form in forms) if isinstance(forms, tuple) else (),
    )


def improvements_of(words: Words, improvements: Sequence[Improvement]) -> tuple[Change, ...]:
    """Return the improvements in the order of the file."""
    return tuple(
        Change(
            before=_gain(words, one.before),
            after=_gain(words, one.after),
            problem=words.prose(one.problem) if one.problem else None,
            action=words.prose(one.action) if one.action else None,
            state=_improvement_state(words, one),
        )
        for one in improvements
    )


def laws_of(words: Words, catalog: Catalog, laws: Sequence[LegalBasis]) -> tuple[LawView, ...]:
    """Return the laws that a service rests on, by name."""
    found = []
    for basis in laws:
        shared = catalog.laws.get(basis.law) if basis.law else None
        title = basis.title or (shared.title if shared else None)
        section = words.text(basis.section) if basis.section else Said("")
        url = basis.url or (shared.url if shared else None) or ""
        found.append(LawView(words.text(title) if title else Said(basis.law or ""), section, url))
    return tuple(found)


def _proses(words: Words, texts: Sequence[Mapping[str, str]]) -> tuple[Prose, ...]:
    return tuple(words.prose(text) for text in texts)


def claim_of_line(service: Service, table: str, number: int) -> str:
    """Return what the numbers in a line of a manual are made of; of a service that ended no table has lines."""
    return TYPED if service.status == "retired" else f"{table}.{{}}:number={number}"


def _document(words: Words, catalog: Catalog, document: Document, questions: Questions, claim: str) -> DocumentView:
    shared = catalog.documents.get(document.document) if document.document else None
    title = document.title or (shared.title if shared else None)
    issuer = document.issuer or (shared.issuer if shared else None)
    when = (words.mixed("doc.when", when=words.text(document.when)),) if document.when else ()
    held = _held(catalog, document)
    return DocumentView(
        title=words.text(title) if title else Said(document.document or ""),
        issuer=words.mixed("manual.issuer", issuer=words.text(issuer)) if issuer else (),
        conditions=when or condition(words, questions, document.if_),
        held=held is True,
        held_words=_held_words(words, held),
        copies=tuple(_copies(words, document, claim)),
    )


def _held_words(words: Words, held: object) -> Line:
    """Return whether the State has what a document says; nothing where nobody stated it."""
    if held is True:
        return words.line("doc.held")
    return words.line("doc.not_held") if held is False else Line("")


def _held(catalog: Catalog, document: Document) -> object:
    shared = catalog.documents.get(document.document) if document.document else None
    return shared.held_by_state if document.held_by_state is None and shared else document.held_by_state


def _copies(words: Words, document: Document, claim: str) -> list[Line]:
    if document.originals is None and document.copies is None:
        return [words.line("service.number_not_stated")]
    counts = (("originals", document.originals), ("copies", document.copies))
    found = [Line(figure(words.wording.count(kind, count), claim.format(kind))) for kind, count in counts if count]
    if document.copies:
        return found
    return [*found, words.line("service.no_copies")] if document.copies == 0 else found


def _form(words: Words, title: Mapping[str, str], url: str | None) -> Link:
    said = words.text(title)
    return Link(said.text, url or "", said.language)


def _gain(words: Words, gain: Gain | Money | None) -> Line:
    if gain is None:
        return Line("")
    if isinstance(gain, Money):
        return Line(words.wording.money(gain.amount, gain.currency))
    return Line(words.wording.gain(gain.value, gain.unit))


def _improvement_state(words: Words, one: Improvement) -> Line:
    parts = []
    if one.dimension:
        parts.append(words.strings(f"closed.dimension.{one.dimension}"))
    if one.status:
        parts.append(words.strings(f"closed.improvement_status.{one.status}"))
    if one.since:
        parts.append(words.strings("service.since", date=words.wording.date(one.since)))
    return Line(" · ".join(parts))
