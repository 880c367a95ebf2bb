"""A paper that services ask for, in words: what it is called, who issues it, how many, and when."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from generator.case.journey import Need, Paper
from generator.claims import figure, joined
from generator.model import Catalog
from generator.views.conditions import condition, questions_of
from generator.views.needs import BY_TITLE
from generator.views.page import Link
from generator.views.summary import AgencyCard
from generator.views.words import Line, Mixed, Said, Words

DOCUMENTS = "documents/"
OF_TITLES = "documents-by-title/"  # not below documents/, where every name may be the id of a paper


@dataclass(frozen=True, slots=True)
class AskedView:
    """How a service or a step asks for a paper.  ``held``: the State holds it, as the one who asks says itself.

    ``of`` is the service whose list it stands in, as claims name it.
    """

    link: Link
    agency: Said
    number: Line
    conditions: tuple[Mixed, ...]
    held: bool
    of: str = field(compare=False)


def has_papers(catalog: Catalog, cards: Iterable[AgencyCard]) -> bool:
    """Return whether there is anything to tell of papers: a shared list, or a service that asks for one."""
    needs = (service.need for card in cards for service in card.services)
    return bool(catalog.documents) or any(need and need.papers for need in needs)


def document_path(document_id: str) -> str:
    """Return the address of the page of a paper that is on the shared list."""
    return f"{DOCUMENTS}{document_id}/"


def paper_link(words: Words, key: str, paper: Paper) -> Link:
    """Return the link to the page that tells who asks for a paper."""
    title = words.text(paper.title) if paper.title else Said(key)
    path = OF_TITLES if key.startswith(BY_TITLE) else document_path(key)
    return Link(title.text, path, title.language)


def number_words(words: Words, originals: int | None, copies: int | None, claim: str) -> Line:
    """Return how many are asked for: ฉบับจริง 1 ฉบับ สำเนา 2 ฉบับ; each is the claim's column of its name."""
    kinds = (("originals", originals), ("copies", copies))
    found = [figure(words.wording.count(kind, value), claim.format(kind)) for kind, value in kinds if value]
    if found:
        return Line(joined(" · ", found))
    return words.line(
        "service.number_not_stated" if originals is None and copies is None else "paper.nothing_handed_in"
    )


def conditions_of(words: Words, need: Need, paper: Paper) -> tuple[Mixed, ...]:
    """Return when a service asks for a paper; nothing where it always does."""
    if paper.when:
        return (words.mixed("doc.when", when=words.text(paper.when)),)
    return condition(words, questions_of(need.questions), paper.if_)


def asked_views(words: Words, link: Link, agency: Said, lines: Sequence[tuple[Need, Paper]]) -> Iterator[AskedView]:
    """Yield each way of asking once: places of one central manual mostly ask alike."""
    seen: list[AskedView] = []
    for need, paper in lines:
        line = (need.papers or ()).index(paper) + 1
        number = number_words(words, paper.originals, paper.copies, f"documents.{{}}:number={line}")
        view = AskedView(link, agency, number, conditions_of(words, need, paper), paper.held is True, f"/{need.name}/")
        if view not in seen:
            seen.append(view)
            yield view
