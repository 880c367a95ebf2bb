"""When it is late, and complaints: only what the service's own data can say."""

from dataclasses import dataclass

from generator.model import Agency, Catalog, ComplaintChannel, Service
from generator.results import LevelResult
from generator.texts import capital
from generator.values import Duration
from generator.views.headline import duration_words, promise_of
from generator.views.places import Phone, phone_of
from generator.views.steps import pauses_words
from generator.views.words import Line, Mixed, Prose, Said, Words

# The Act that owes applicants a written reason for delay; it binds only where a service's own legal basis names it.
FACILITATION_ACT = "licensing-facilitation-act-2558"
# The government's hotline is Thailand's own: the catalog's time zone is what says that a catalog is Thai.
HOTLINE, HOTLINE_TIMEZONE = "1111", "Asia/Bangkok"
# Services that end in a decision against which one may appeal.
WITH_DECISION = frozenset({"permit", "registration", "certificate", "benefit", "enforcement"})


@dataclass(frozen=True, slots=True)
class Complaint:
    """Where to complain, and how soon an answer is promised."""

    title: Said
    type: Line
    phone: Phone | None
    email: str
    url: str
    address: Prose | None
    answer: Line


@dataclass(frozen=True, slots=True)
class LateStep:
    """One thing to do; ``dated`` names the day that a script says with it: of "due", "reasons" or "answer"."""

    text: Mixed
    dated: str = ""


@dataclass(frozen=True, slots=True)
class Late:
    """What to do, in order, then the ways to complain."""

    steps: tuple[LateStep, ...]
    word: Line
    complaints: tuple[Complaint, ...]


def late_of(words: Words, catalog: Catalog, agency: Agency, service: Service, lead: LevelResult | None) -> Late:
    """Return the part on delay and complaints."""
    limit, act = _limit(lead), act_of(words, catalog, service)
    steps = [LateStep(one, "due") for one in _check(words, lead, limit)]
    steps.append(LateStep(_ask(words, agency, service)))
    if limit:
        steps.append(LateStep(_reason(words, act), "reasons"))
    if act:
        steps.append(LateStep((Said(words.line("late.told_law")),)))
    if service.complaints:
        steps.append(LateStep(_complain(words, service.complaints[0]), "answer"))
    if catalog.settings.timezone == HOTLINE_TIMEZONE and not _has_hotline(service):
        steps.append(LateStep((Said(words.line("late.5")),)))
    if service.type in WITH_DECISION:
        steps.append(LateStep((Said(words.line("late.appeal")),)))
    return Late(
        steps=tuple(steps),
        word=Line("") if service.complaints else words.line("service.complaints_not_stated"),
        complaints=tuple(_complaint(words, one) for one in service.complaints or ()),
    )


def act_of(words: Words, catalog: Catalog, service: Service) -> Said | None:
    """Return the title of the Act that owes applicants a written reason, where a service's own legal basis names it."""
    bases = service.legal_basis if isinstance(service.legal_basis, tuple) else ()
    act = catalog.laws.get(FACILITATION_ACT)
    return words.text(act.title) if act and any(basis.law == FACILITATION_ACT for basis in bases) else None


def _limit(lead: LevelResult | None) -> Duration | None:
    target = promise_of(lead) if lead else None
    return target.limit if target else None


def _check(words: Words, lead: LevelResult | None, limit: Duration | None) -> list[Mixed]:
    clock = lead.level.clock if lead else None
    if limit is None or clock is None:
        return []
    starts = words.strings(f"closed.clock.starts.{clock.starts}")
    if not clock.pauses:
        return [(Said(words.line("service.late_check", starts=starts)),)]
    return [(Said(words.line("late.1", starts=starts, pauses=pauses_words(words, clock))),)]


def _ask(words: Words, agency: Agency, service: Service) -> Mixed:
    unit = words.text(service.unit or agency.title)
    channels = (service.scope.channels if service.scope else None) or ()
    phone = next((channel.phone for channel in channels if channel.phone), agency.phone)
    if phone is None:
        return words.mixed("service.late_ask", unit_name=unit)
    return words.mixed("late.2", unit_name=unit, phone=phone)


def _reason(words: Words, act: Said | None) -> Mixed:
    reason = words.strings("late.3")
    return (Said(Line(f"{reason} · ")), *words.mixed("late.3_law", law=act)) if act else (Said(Line(reason)),)


def _complain(words: Words, first: ComplaintChannel) -> Mixed:
    channel = words.text(first.title)
    if first.answer_within is None:
        return words.mixed("service.late_complain", channel=channel)
    return words.mixed("late.4", channel=channel, limit=duration_words(words, first.answer_within))


def _has_hotline(service: Service) -> bool:
    return any(one.phone == HOTLINE for one in service.complaints or ())


def _complaint(words: Words, one: ComplaintChannel) -> Complaint:
    within = one.answer_within
    return Complaint(
        title=words.text(one.title),
        type=Line(capital(words.strings(f"closed.channel_type.{one.type}"))),
        phone=phone_of(one.phone),
        email=one.email or "",
        url=one.url or "",
        address=words.prose(one.address) if one.address else None,
        answer=words.line("service.answer_within", limit=duration_words(words, within))
        if within
        else words.line("service.answer_not_stated"),
    )
