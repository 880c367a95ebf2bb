"""A service on paper: its manual, and the poster for the counter, made of what its page shows.

Nothing here knows how it is set.  A sheet holds what is printed and nothing else, so that its version is that of its
words: what only the day of the build would change (how long a review is overdue, the next closed days) stands on no paper.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from generator.model import Agency, Catalog
from generator.results import ServiceResult
from generator.views.manual import DocumentView
from generator.views.paper_fees import fee_pieces
from generator.views.paper_parts import Cell, Entry, Grid, GridRow, Inline, Piece, plain, text
from generator.views.paper_results import result_pieces
from generator.views.places import Phone, Place
from generator.views.promise import Figure, Promise
from generator.views.service import ServiceContent, service_path
from generator.views.steps import Steps
from generator.views.structured import page_url
from generator.views.words import Line, Mixed, Prose, Said, Words

__all__ = ["Cell", "Entry", "Grid", "GridRow", "Inline", "Piece", "Sheet", "manual_sheet", "poster_sheet"]

Kind = Literal["manual", "poster"]
DOCUMENTS_ON_POSTER = 7  # what still fits a page beside the rest, in two languages of different length
FEES_ON_POSTER = 4


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the manual with its heading."""

    title: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Pledge:
    """The first promise beside its result, with the names of the three things."""

    badge: Cell
    small: str
    heads: tuple[str, str, str]
    promised: Figure
    done: Figure
    basis: tuple[Line, ...]
    notes: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One paper.  ``address`` is that of the service's page, "" where the site has none; ``author`` is the agency."""

    kind: Kind
    language: str
    title: Said
    kicker: Mixed
    author: str
    notices: tuple[Mixed, ...]
    summary: Prose | None
    pledge: Pledge | None
    no_promise: Line
    sections: tuple[Section, ...]
    demonstration: str
    address: str


@dataclass(frozen=True, slots=True)
class Subject:
    """What a paper is of: a service that is offered, its agency, and what its page shows."""

    catalog: Catalog
    agency: Agency
    result: ServiceResult
    content: ServiceContent


def manual_sheet(words: Words, of: Subject) -> Sheet:
    """Return the whole manual, in the order of its page; law and results come last."""
    content = of.content
    sections = (
        Section(words.strings("manual.who"), tuple(_who(words, content))),
        Section(words.strings("manual.documents"), tuple(_documents(words, content))),
        Section(words.strings("manual.fees"), tuple(fee_pieces(words, content.fees))),
        Section(words.strings("manual.channels"), tuple(_places(words, content))),
        Section(words.strings("manual.steps"), tuple(_steps(words, content.steps))),
        Section(words.strings("manual.complaints"), tuple(_complaints(words, content))),
        Section(words.strings("manual.law"), tuple(_laws(content))),
        Section(words.strings("manual.performance"), tuple(result_pieces(words, of.result, content))),
        Section(words.strings("manual.about"), (Piece("entries", entries=tuple(_review(words, of.result))),)),
    )
    return _sheet("manual", words, of, sections)


def poster_sheet(words: Words, of: Subject) -> Sheet:
    """Return what hangs at the counter: the promise and the result, the fee, and what to bring."""
    sections = (
        Section(words.strings("service.cost"), tuple(_fees_at_a_glance(words, of.content))),
        Section(words.strings("service.bring"), tuple(_documents_at_a_glance(words, of.content))),
    )
    return _sheet("poster", words, of, sections)


def _sheet(kind: Kind, words: Words, of: Subject, sections: tuple[Section, ...]) -> Sheet:
    catalog, agency, content = of.catalog, of.agency, of.content
    return Sheet(
        kind=kind,
        language=words.language,
        title=content.title,
        kicker=content.kicker,
        author=words.text(agency.title).text,
        notices=tuple(plain(notice.text) for notice in content.notices),
        summary=content.summary if kind == "manual" else None,
        pledge=_pledge(words, content.promise) if content.promise else None,
        no_promise=content.no_promise,
        sections=sections,
        demonstration=words.strings("demo.banner") if catalog.settings.demonstration or agency.demonstration else "",
        address=page_url(words, catalog, service_path(agency.id, of.result.service.id)),
    )


def _pledge(words: Words, promise: Promise) -> Pledge:
    return Pledge(
        badge=promise.badge,
        small=words.strings("state.small_numbers") if promise.small else "",
        heads=(words.strings("service.promised"), words.strings("service.done"), words.strings("service.counted")),
        promised=promise.promised,
        done=promise.done,
        basis=promise.basis,
        notes=promise.notes,
    )


def _who(words: Words, content: ServiceContent) -> Iterator[Piece]:
    who = content.who
    if who.audience:
        yield text(who.audience)
    if who.after:
        first = tuple((Said(link.text, link.language),) for link in who.after)
        yield Piece("heading", (plain(words.line("service.after")),))
        yield Piece("list", first)
    yield Piece("heading", (plain(words.line("manual.criteria")),))
    yield text(who.word) if who.word else Piece("list", who.criteria)
    if who.outputs:
        yield Piece("heading", (plain(words.line("manual.outputs")),))
        yield Piece("list", who.outputs)


def _documents(words: Words, content: ServiceContent) -> Iterator[Piece]:
    documents = content.documents
    if documents.word:
        yield text(documents.word)
    else:
        yield Piece("steps", entries=tuple(map(_document, documents.documents)))
    yield Piece("heading", (plain(words.line("manual.forms")),))
    if documents.forms_word:
        yield text(documents.forms_word)
    else:
        forms = ((Said(form.text, form.language), *_address(form.path)) for form in documents.forms)
        yield Piece("list", tuple(forms))


def _document(document: DocumentView) -> Entry:
    held = (plain(document.held_words),) if document.held_words else ()
    issuer = (document.issuer,) if document.issuer else ()
    return Entry((document.title,), (*document.conditions, *issuer, *held), tuple(map(plain, document.copies)))


def _places(words: Words, content: ServiceContent) -> Iterator[Piece]:
    if content.places_word:
        yield text(content.places_word)
    else:
        yield Piece("entries", entries=tuple(_place(words, place) for place in content.places))


def _place(words: Words, place: Place) -> Entry:
    address, note = ((prose,) if prose else () for prose in (place.address, place.note))
    return Entry(
        title=(place.title,),
        lines=(
            plain(place.type),
            *place.conditions,
            *address,
            *_contacts(place.phone, place.email, place.url),
            *note,
        ),
        side=tuple(map(plain, place.hours)) or (plain(words.line("service.hours_not_stated")),),
    )


def _contacts(phone: Phone | None, *others: str) -> Iterator[Mixed]:
    """Yield every way to be reached on a line of its own, as it is typed."""
    yield from ((Said(contact),) for contact in (phone.text if phone else "", *others) if contact)


def _steps(words: Words, steps: Steps) -> Iterator[Piece]:
    if steps.times:
        yield Piece("heading", (plain(words.line("service.promised_times")),))
        times = (
            Entry(
                title=(time.title,),
                lines=tuple(map(plain, (time.clock, *time.law))),
                side=tuple(map(plain, filter(None, (time.promised, time.share or words.line("service.no_share"))))),
            )
            for time in steps.times
        )
        yield Piece("entries", entries=tuple(times))
    yield Piece("heading", (plain(words.line("manual.step_list")),))
    if steps.word:
        yield text(steps.word)
        return
    yield Piece("steps", entries=tuple(_step_entries(words, steps)))
    if steps.total:
        side = tuple(map(plain, filter(None, (steps.total, steps.promised))))
        yield Piece("entries", entries=(Entry(plain(words.line("service.total")), side=side),))


def _step_entries(words: Words, steps: Steps) -> Iterator[Entry]:
    for step in steps.steps:
        by = (plain(words.line("manual.by_applicant")),) if step.by_applicant else ()
        unit = ((step.unit,),) if step.unit.text else ()
        yield Entry((step.title,), (*by, *unit, *step.conditions), (plain(step.duration),))


def _complaints(words: Words, content: ServiceContent) -> Iterator[Piece]:
    late = content.late
    yield Piece("heading", (plain(words.line("late.title")),))
    yield Piece("numbered", tuple(step.text for step in late.steps))
    yield Piece("heading", (plain(words.line("service.complaints_heading")),))
    if late.word:
        yield text(late.word)
        return
    entries = []
    for one in late.complaints:
        address = (one.address,) if one.address else ()
        lines = (plain(one.type), *address, *_contacts(one.phone, one.email, one.url))
        entries.append(Entry((one.title,), lines, (plain(one.answer),)))
    yield Piece("entries", entries=tuple(entries))


def _laws(content: ServiceContent) -> Iterator[Piece]:
    if content.laws_word:
        yield text(content.laws_word)
        return
    laws = []
    for law in content.laws:
        section = (Said(" "), law.section) if law.section.text else ()
        laws.append((law.title, *section, *_address(law.url)))
    yield Piece("list", tuple(laws))


def _address(url: str) -> Mixed:
    """A link's address stands behind its words: nobody can follow it on paper."""
    return (Said(f" ({url})"),) if url.startswith(("https:", "http:")) else ()


def _review(words: Words, result: ServiceResult) -> Iterator[Entry]:
    service, not_stated = result.service, words.line("not_stated")
    unit = (words.text(service.unit),) if service.unit else plain(not_stated)
    yield Entry(plain(words.line("manual.unit")), side=(unit,))
    reviewed = service.review.reviewed_on if service.review else None
    due = service.review.review_due if service.review else None
    on = Line(words.wording.date(reviewed)) if reviewed else not_stated
    yield Entry(plain(words.line("term.reviewed_on")), side=(plain(on),))
    if due:
        yield Entry(plain(words.line("term.review_due")), side=(plain(Line(words.wording.date(due))),))


def _fees_at_a_glance(words: Words, content: ServiceContent) -> Iterator[Piece]:
    fees = content.fees
    if fees.word:
        yield text(fees.word)
        return
    by_band = plain(words.line("paper.by_band"))
    entries = [Entry(fee.amount or by_band, ((fee.title,),)) for fee in fees.fees[:FEES_ON_POSTER]]
    yield Piece("entries", entries=tuple(entries))
    yield from _more(words, "fees", len(fees.fees) - FEES_ON_POSTER)


def _documents_at_a_glance(words: Words, content: ServiceContent) -> Iterator[Piece]:
    documents = content.documents
    if documents.word:
        yield text(documents.word)
        return
    shown = documents.documents[:DOCUMENTS_ON_POSTER]
    entries = (Entry((one.title,), one.conditions, tuple(map(plain, one.copies))) for one in shown)
    yield Piece("steps", entries=tuple(entries))
    yield from _more(words, "documents", len(documents.documents) - DOCUMENTS_ON_POSTER)


def _more(words: Words, kind: str, count: int) -> Iterator[Piece]:
    if count > 0:
        yield Piece("text", (plain(words.line("paper.more", things=words.wording.count(kind, count))),))
