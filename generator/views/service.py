"""A service's page: the citizen manual, then its performance (product.md gives the order of the parts)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.claims import joined, typed
from generator.model import Agency, Catalog, Service, Withdrawn, WithheldService
from generator.results import AgencyResult, LevelResult, ServiceResult
from generator.views.about import About, Around, Papers, about_of, service_links
from generator.views.case import Case, case_of
from generator.views.conditions import questions_of
from generator.views.due import DueView, due_view
from generator.views.extras import time_words
from generator.views.fees import Fees, fees_of
from generator.views.headline import limit_words, promise_of
from generator.views.late import Late, late_of
from generator.views.letter import Letter, law_of, letter_of, manual_cited
from generator.views.manual import Change, Documents, LawView, Who, documents_of, improvements_of, laws_of, who_of
from generator.views.offices import Offices, reporting_offices
from generator.views.opening import opening_data
from generator.views.page import Link, PageView
from generator.views.parts import results_of
from generator.views.performance import LevelView, level_views
from generator.views.places import Closures, Place, closures_of, places_of
from generator.views.promise import Promise, lead_of, promise_block
from generator.views.revisions import RevisionItem, Titles, revision_items
from generator.views.steps import Steps, steps_of, total_words
from generator.views.structured import structured_service
from generator.views.words import Line, Mixed, Prose, Said, Words

LEVELS_WITHOUT_CONTENTS = 3
DETAILS_SHOWN = 2
REVISIONS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Notice:
    """What stands above everything else: the state of the service, with a link where it leads on."""

    text: Line | Mixed
    links: tuple[Link, ...] = ()

    @property
    def told(self) -> str:
        """Return it as plain text."""
        return self.text if isinstance(self.text, str) else joined("", (part.text for part in self.text))


@dataclass(frozen=True, slots=True)
class Glance:
    """One of the four answers at the top: a figure, a condition, and where on the page the rest stands.

    ``promised``: the figure is that of the promise, and not one that somebody typed into the manual.
    """

    name: Line
    figure: Mixed
    detail: Mixed
    link: Line
    anchor: str
    promised: bool = False


@dataclass(frozen=True, slots=True)
class ServiceContent:
    """All that a service page shows, in the reader's language."""

    notices: tuple[Notice, ...]
    title: Said
    kicker: Mixed
    also_called: Mixed
    summary: Prose | None
    promise: Promise | None
    no_promise: Line
    glances: tuple[Glance, ...]
    case: Case | None
    who: Who
    documents: Documents
    fees: Fees
    places: tuple[Place, ...]
    places_word: Line
    offices: Offices
    closures: tuple[Closures, ...]
    steps: Steps
    due: DueView | None
    late: Late
    letter: Letter | None
    opening: Mapping[str, object]
    levels: tuple[LevelView, ...]
    level_contents: bool
    improvements: tuple[Change, ...]
    laws: tuple[LawView, ...]
    laws_word: Line
    revisions: tuple[RevisionItem, ...]
    about: About
    papers: Papers | None = None

    @property
    def script_data(self) -> dict[str, object]:
        """Return the block of data that the page's scripts reckon with; empty where they have nothing to do."""
        due = {"due": self.due.data} if self.due and self.due.data else {}
        hours = {"hours": self.opening} if self.opening else {}
        return {**(self.case.data if self.case else {}), **due, **hours}


@dataclass(frozen=True, slots=True)
class WithheldContent:
    """A page whose service is being corrected, or was withdrawn."""

    title: Said
    kicker: Mixed
    notices: tuple[Notice, ...]


def service_page(
    catalog: Catalog, agency: AgencyResult, result: ServiceResult, words: Words, around: Around | None = None
) -> PageView:
    """Return the page of a service that is not a draft."""
    service, body = result.service, agency.agency
    around = around or Around()
    assert service.title is not None
    path = service_path(body.id, service.id)
    content = _content(catalog, body, result, words, around)
    return PageView(
        path=path,
        template="service.html",
        title=_full_title(words, content.title, body),
        description=content.promise.sentence if content.promise else content.no_promise,
        content=content,
        of=content.promise.of if content.promise else "",
        section="services",
        crumbs=_crumbs(words, body),
        demonstration=catalog.settings.demonstration or body.demonstration,
        structured=structured_service(words, catalog, body, service, path),
        changed=service.review.reviewed_on.isoformat() if service.review and service.review.reviewed_on else "",
    )


def withheld_page(catalog: Catalog, agency: Agency, withheld: WithheldService, words: Words) -> PageView:
    """Return the page that stays at the address of a service while its file is being corrected."""
    title = words.text(withheld.title) if withheld.title else Said(withheld.service_id)
    notices = [Notice(words.line("withheld.service"), (_why(words),))]
    if agency.phone:
        notices.append(Notice(words.line("withheld.meanwhile", phone=typed(agency.phone))))
    return _page_without_service(catalog, agency, (withheld.service_id, title, notices), words)


def withdrawn_page(catalog: Catalog, agency: Agency, entry: Withdrawn, words: Words, around: Around) -> PageView:
    """Return the page that stays at the address of a service that was withdrawn: what, when, why, and where to go."""
    title = words.text(entry.title) if entry.title else Said(entry.service_id)
    date = words.wording.date(entry.withdrawn_on)
    notices = [
        Notice(words.line("withdrawn.service", date=date)),
        Notice(words.mixed("revision.reason", reason=words.text(entry.reason))),
    ]
    instead = service_links(words, around, (entry.replaced_by or "",))
    if instead:
        notices.append(Notice(words.line("withdrawn.instead"), instead))
    notices.append(Notice(words.line("withdrawn.figures")))
    return _page_without_service(catalog, agency, (entry.service_id, title, notices), words)


def _page_without_service(
    catalog: Catalog, agency: Agency, said: tuple[str, Said, Sequence[Notice]], words: Words
) -> PageView:
    """Return a page that holds a title and why there is no more."""
    service_id, title, notices = said
    return PageView(
        path=service_path(agency.id, service_id),
        template="service_withheld.html",
        title=_full_title(words, title, agency),
        description=notices[0].told,
        content=WithheldContent(title, _kicker(words, agency), tuple(notices)),
        section="services",
        crumbs=_crumbs(words, agency),
        demonstration=catalog.settings.demonstration or agency.demonstration,
        index=False,
    )


def service_path(agency_id: str, service_id: str) -> str:
    """Return a service's address under the edition's root (data contract, section 12)."""
    return f"agencies/{agency_id}/{service_id}/"


def _full_title(words: Words, title: Said, agency: Agency) -> str:
    """Return the name of the page outside the page: many offices offer a service of the same name."""
    return f"{title.text} · {words.text(agency.title).text}"


def _content(catalog: Catalog, agency: Agency, result: ServiceResult, words: Words, around: Around) -> ServiceContent:
    service, levels = result.service, result.levels
    questions = questions_of(service.questions)
    channels = (service.scope.channels if service.scope else None) or ()
    laws = service.legal_basis if isinstance(service.legal_basis, tuple) else ()
    documents, fees = documents_of(words, catalog, service, questions), fees_of(words, service, questions)
    places = places_of(words, channels, questions, results_of(words, levels, "channel"))
    due = due_view(words, catalog, service, levels)
    return ServiceContent(
        notices=(*_kept(words, result), *_notices(words, service, around)),
        title=words.text(service.title),
        kicker=_kicker(words, agency),
        also_called=_also_called(words, service),
        summary=words.prose(service.summary) if service.summary else None,
        promise=promise_block(words, levels),
        no_promise=Line("") if levels else words.line("line.no_promise"),
        glances=_glances(words, documents, fees, places, _time(words, service, levels)),
        case=case_of(words, agency.id, service),
        who=who_of(words, service, service_links(words, around, service.after or ())),
        documents=documents,
        fees=fees,
        places=places,
        places_word=Line("") if places else words.line("not_stated"),
        offices=reporting_offices(words, agency, results_of(words, levels, "office")),
        closures=closures_of(words, catalog, channels),
        steps=steps_of(words, service, levels, questions),
        due=due,
        late=late_of(words, catalog, agency, service, lead_of(levels)),
        letter=_letter(words, catalog, agency, service, (due, around.commit)),
        opening=opening_data(catalog, service),
        levels=level_views(words, agency, service, levels),
        level_contents=len(levels) > LEVELS_WITHOUT_CONTENTS,
        improvements=improvements_of(words, service.improvements or ()),
        laws=laws_of(words, catalog, laws),
        laws_word=Line("") if laws else words.line("none.legal_basis" if service.legal_basis else "not_stated"),
        revisions=_revisions(words, catalog, agency, service, around),
        about=about_of(words, catalog, agency, service, around),
    )


def _letter(
    words: Words, catalog: Catalog, agency: Agency, service: Service, basis: tuple[DueView | None, str]
) -> Letter | None:
    """Return the letter about the first promise of time; ``basis`` are how it is counted, and the data's commit."""
    due, commit = basis
    if due is None:
        return None
    manual = manual_cited(words, catalog, service_path(agency.id, service.id), service, commit)
    return letter_of(words, agency, service, due.first, (law_of(words, catalog, service), manual))


def _revisions(
    words: Words, catalog: Catalog, agency: Agency, service: Service, around: Around
) -> tuple[RevisionItem, ...]:
    """Return what has changed after publication, but for corrections, which stand beside their figures."""
    told = [
        one for one in around.logged if one.revision.service_id == service.id and one.revision.change != "corrected"
    ]
    titles = Titles(around.titles, {agency.id: agency.title}, catalog.settings.fiscal_year_starts)
    return tuple(revision_items(told, REVISIONS_SHOWN, titles, words))


def _kicker(words: Words, agency: Agency) -> Mixed:
    return words.mixed("manual.kicker", agency=words.text(agency.title))


def _crumbs(words: Words, agency: Agency) -> tuple[Link, ...]:
    title = words.text(agency.title)
    return (
        Link(words.strings("nav.agencies"), "agencies/"),
        Link(title.text, f"agencies/{agency.id}/", title.language),
    )


def _also_called(words: Words, service: Service) -> Mixed:
    names = (service.also_called or {}).get(words.language, ())
    return (Said(words.line("manual.also_called", names=words.wording.list_of(names))),) if names else ()


def _kept(words: Words, result: ServiceResult) -> Iterator[Notice]:
    """Yield that the page is not of today, where the service's file is wrong."""
    if result.kept_from:
        told = words.line("withheld.kept", date=words.wording.date(result.kept_from))
        yield Notice(told, (_why(words),))


def _why(words: Words) -> Link:
    return Link(words.strings("withheld.why"), "data-quality/")


def _notices(words: Words, service: Service, around: Around) -> list[Notice]:
    found = []
    if service.status == "retired":
        link = service_links(words, around, (service.replaced_by or "",))
        found.append(Notice(words.line("service.retired_for" if link else "service.retired"), link))
    if service.status == "suspended":
        found.append(Notice(words.line("service.suspended")))
    title, language = words.text(service.title).language, words.wording.language_name
    if title:
        facts = {"language": language(words.language), "first_language": language(title)}
        found.append(Notice(words.line("translation.page", **facts)))
    return found


def _glances(
    words: Words, documents: Documents, fees: Fees, places: Sequence[Place], time: tuple[Mixed, Mixed, bool]
) -> tuple[Glance, ...]:
    return (
        Glance(words.line("service.cost"), *_cost(words, fees), words.line("service.see_fees"), "fees"),
        Glance(
            words.line("service.bring"), *_bring(words, documents), words.line("service.see_documents"), "documents"
        ),
        Glance(words.line("service.where"), *_where(words, places), words.line("service.see_places"), "channels"),
        Glance(words.line("service.how_long"), *time[:2], words.line("service.see_steps"), "steps", time[2]),
    )


def _cost(words: Words, fees: Fees) -> tuple[Mixed, Mixed]:
    """A single amount is said at once; several are counted, for none of them is what everybody pays."""
    if not fees.fees:
        return (Said(fees.word),), ()
    only = fees.fees[0]
    if len(fees.fees) == 1 and only.amount:
        return only.amount, (only.title,)
    count = Line(words.wording.count("fees", len(fees.fees)))
    return (Said(count),), _listed([fee.title for fee in fees.fees[:DETAILS_SHOWN]])


def _bring(words: Words, documents: Documents) -> tuple[Mixed, Mixed]:
    if not documents.documents:
        return (Said(documents.word),), ()
    count = Line(words.wording.count("documents", documents.always))
    return (Said(count),), (Said(documents.summary),) if documents.summary else ()


def _where(words: Words, places: Sequence[Place]) -> tuple[Mixed, Mixed]:
    if not places:
        return (Said(words.line("not_stated")),), ()
    kinds = dict.fromkeys(str(place.type) for place in places)
    return (Said(Line(words.wording.count("channels", len(places)))),), (Said(Line(" · ".join(kinds))),)


def _time(words: Words, service: Service, levels: Sequence[LevelResult]) -> tuple[Mixed, Mixed, bool]:
    """Return the promised time, else the sum of the steps, else that it is not stated; how long it really takes; whether it is promised."""
    lead = lead_of(levels)
    target = promise_of(lead) if lead else None
    if lead and target and target.limit:
        real = time_words(words, lead, "p90") or time_words(words, lead, "median")
        return (Said(Line(limit_words(words, target))),), (Said(real),) if real else (), True
    steps = [stage for stage in service.steps or () if not stage.by_applicant and not stage.if_]
    if steps:
        return (Said(Line(total_words(words, steps))),), (Said(words.line("service.sum_of_steps")),), False
    return (Said(words.line("not_stated")),), (), False


def _listed(titles: Sequence[Said]) -> Mixed:
    parts = [part for title in titles for part in (title, Said(Line(" · ")))]
    return tuple(parts[:-1])
