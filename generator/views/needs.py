"""What a service asks and promises, as far as a journey through several of them depends on it."""

from collections.abc import Sequence
from functools import lru_cache

from generator.case.journey import Charge, Need, Paper
from generator.model import Catalog, Document, Fee, Service
from generator.results import LevelResult
from generator.values import Duration
from generator.views.folding import fold

BY_TITLE = "="  # begins the key of a paper that is on no shared list; no id does


def need_of(catalog: Catalog, agency_id: str, service: Service, levels: Sequence[LevelResult]) -> Need:
    """Return what one service asks and promises; central manuals are filled in already."""
    time, only_some = _time(levels)
    wanted = service.requirements
    documents, fees = (wanted.documents, wanted.fees) if wanted else (None, None)
    papers = _listed(documents)
    return Need(
        name=f"{agency_id}/{service.id}",
        manual=service.inherits or "",
        events=service.life_events or (),
        after=service.after or (),
        time=time,
        only_some=only_some,
        papers=None if papers is None else tuple(_paper(catalog, one) for one in papers),
        fees=None if fees is None else () if fees == "none" else tuple(_charge(one) for one in fees),
        questions=service.questions or () if any(one.if_ for one in papers or ()) else (),
    )


def _time(levels: Sequence[LevelResult]) -> tuple[Duration | None, bool]:
    """Return the first processing time that is promised to everybody, and whether there are only promises to some.

    What is no longer promised takes no time; what is announced does.
    """
    timed = [
        (level, level.current_target or level.next_target)
        for level in levels
        if level.level.measure == "processing_time"
    ]
    limits = [(level, target.limit) for level, target in timed if target and target.limit]
    for_all = [limit for level, limit in limits if not level.level.if_]
    return (for_all[0] if for_all else None), bool(limits) and not for_all


def _listed(documents: tuple[Document, ...] | str | None) -> tuple[Document, ...] | None:
    return () if isinstance(documents, str) else documents


def _paper(catalog: Catalog, document: Document) -> Paper:
    shared = catalog.documents.get(document.document or "")
    title = document.title or (shared.title if shared else {})
    return Paper(
        key=document.document or _key(catalog, title.get(catalog.first_language, "")),
        title=title,
        issuer=document.issuer or (shared.issuer if shared else None),
        originals=document.originals,
        copies=document.copies,
        held=document.held_by_state if document.held_by_state is not None or not shared else shared.held_by_state,
        when=document.when,
        if_=document.if_,
    )


def _key(catalog: Catalog, title: str) -> str:
    """Return the key of a paper that has a title only: the shared one of that name, else its name as search reads it."""
    return _by_name(catalog).get(fold(title), f"{BY_TITLE}{fold(title)}")


def _by_name(catalog: Catalog) -> dict[str, str]:
    return _names(tuple((one.id, one.title.get(catalog.first_language, "")) for one in catalog.documents.values()))


@lru_cache(maxsize=8)
def _names(documents: tuple[tuple[str, str], ...]) -> dict[str, str]:
    return {fold(title): document_id for document_id, title in reversed(documents)}


def _charge(fee: Fee) -> Charge:
    return Charge(
        title=fee.title,
        currency=fee.currency,
        amount=fee.amount,
        per=fee.per,
        when=fee.when,
        if_=fee.if_,
        varies=bool(fee.tiers or fee.adjustments),
    )
