"""What a service costs, so that a reader can work it out on paper: amounts, bands, and what raises or lowers them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from generator.claims import TYPED, figure
from generator.model import Adjustment, Band, CopyFee, Fee, Question, Service, Tiers
from generator.views.conditions import Questions, choice_title, condition, number_range, yes_or_no
from generator.views.manual import claim_of_line
from generator.views.words import Line, Mixed, Said, Words


@dataclass(frozen=True, slots=True)
class Tier:
    """One band: from where to where, its rate, and what the fee comes to at its end ("" for the last)."""

    band: Line
    rate: Line
    total: Line


@dataclass(frozen=True, slots=True)
class Change:
    """What multiplies a fee: a title, the question it depends on, and each answer with its factor."""

    title: Said
    ask: Said
    rows: tuple[Mixed, ...]


@dataclass(frozen=True, slots=True)
class FeeView:
    """One fee.  ``tiers`` is empty for a plain amount, ``amount`` for a fee in bands.

    ``key`` is its name on the page: its place among the fees (``case/answers.py``).
    """

    key: str
    title: Said
    amount: Mixed
    conditions: tuple[Mixed, ...]
    ask: Said
    unit: Said
    tiers: tuple[Tier, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Ask:
    """A question that a fee or a document depends on, and what can be answered."""

    ask: Said
    answers: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Fees:
    """All that a service costs.  ``word`` stands where there is no list: no fee, or not stated."""

    word: Line
    fees: tuple[FeeView, ...]
    copy: Mixed
    asks: tuple[Ask, ...]


def fees_of(words: Words, service: Service, questions: Questions) -> Fees:
    """Return a service's fees in words."""
    needed = service.requirements
    fees = needed.fees if needed else None
    listed = fees if isinstance(fees, tuple) else ()
    return Fees(
        word=Line("") if listed else words.line("none.fees" if fees == "none" else "not_stated"),
        fees=tuple(
            _fee(words, fee, questions, f"fee-{number}", claim_of_line(service, "fees", number + 1))
            for number, fee in enumerate(listed)
        ),
        copy=_copy(words, needed.manual_copy_fee if needed else None),
        asks=tuple(_ask(words, question) for question in questions.values()),
    )


def amount_words(words: Words, amount: Decimal, currency: str, per: Said | None, claim: str = TYPED) -> Mixed:
    """Return an amount, and what for: 20 บาท ต่อฉบับ."""
    money = figure(words.wording.money(amount, currency), claim.format("amount"))
    return words.mixed("term.per", money=money, per=per) if per else (Said(Line(money)),)


def _copy(words: Words, fee: CopyFee | str | None) -> Mixed:
    if isinstance(fee, CopyFee):
        return amount_words(words, fee.amount, fee.currency, words.text(fee.per) if fee.per else None)
    return (Said(words.line("none.manual_copy_fee" if fee == "none" else "not_stated")),)


def _ask(words: Words, question: Question) -> Ask:
    ask = words.text(question.ask)
    if question.choices:
        return Ask(ask, tuple(words.text(choice.title) for choice in question.choices))
    if question.unit is None:
        return Ask(ask, (yes_or_no(words, True), yes_or_no(words, False)))
    unit = words.text(question.unit)
    if question.from_ is None and question.to is None:
        return Ask(ask, (unit,))
    return Ask(ask, (number_range(words, question.from_, question.to, unit),))


def _fee(words: Words, fee: Fee, questions: Questions, key: str, claim: str) -> FeeView:
    per = words.text(fee.per) if fee.per else None
    asked = questions.get(fee.tiers.question) if fee.tiers else None
    return FeeView(
        key=key,
        title=words.text(fee.title),
        amount=() if fee.amount is None else amount_words(words, fee.amount, fee.currency, per, claim),
        conditions=(words.mixed("doc.when", when=words.text(fee.when)),) if fee.when else _ifs(words, fee, questions),
        ask=words.text(asked.ask) if asked else Said(""),
        unit=words.text(asked.unit) if asked and asked.unit else Said(""),
        tiers=tuple(_tiers(words, fee.tiers, fee.currency)) if fee.tiers else (),
        changes=tuple(_change(words, change, questions) for change in fee.adjustments or ()),
    )


def _ifs(words: Words, fee: Fee, questions: Questions) -> tuple[Mixed, ...]:
    return condition(words, questions, fee.if_)


def _tiers(words: Words, tiers: Tiers, currency: str) -> list[Tier]:
    """Each rate is for its own band, the upper end included; the totals are exact sums of full bands."""
    found, low, total = [], Decimal(0), Decimal(0)
    for rate in tiers.rates:
        band = _band_words(words, low, rate.up_to)
        if rate.up_to is not None:
            total += (rate.up_to - low) * rate.rate
            low = rate.up_to
        full = words.wording.money(total, currency) if rate.up_to is not None else ""
        found.append(Tier(band, Line(words.wording.money(rate.rate, currency)), Line(full)))
    return found


def _band_words(words: Words, low: Decimal, high: Decimal | None) -> Line:
    if high is None:
        return words.line("service.band_over", low=words.wording.decimal(low))
    if not low:
        return words.line("service.band_first", high=words.wording.decimal(high))
    return words.line("service.band_next", low=words.wording.decimal(low), high=words.wording.decimal(high))


def _change(words: Words, change: Adjustment, questions: Questions) -> Change:
    asked = questions.get(change.question)
    return Change(
        title=words.text(change.title),
        ask=words.text(asked.ask) if asked else Said(""),
        rows=tuple(_bands(words, change.bands, asked)) if change.bands else tuple(_answer(words, change, asked)),
    )


def _bands(words: Words, bands: Sequence[Band], asked: Question | None) -> list[Mixed]:
    """A band holds until the next one begins."""
    unit = words.text(asked.unit) if asked and asked.unit else Said("")
    found = []
    for band, following in pairwise([*bands, None]):
        assert band is not None
        when = _from_until(words, band.from_, following.from_ if following else None, unit)
        found.append(words.mixed("service.multiply", when=when, factor=words.wording.decimal(band.multiply)))
    return found


def _from_until(words: Words, low: Decimal, following: Decimal | None, unit: Said) -> Said:
    facts = {"low": words.wording.decimal(low), "unit": unit.text}
    if following is None:
        return Said(words.line("service.band_from", **facts), unit.language)
    if following == low + 1:
        return Said(words.line("service.band_exact", **facts), unit.language)
    return Said(words.line("service.band_until", high=words.wording.decimal(following), **facts), unit.language)


def _answer(words: Words, change: Adjustment, asked: Question | None) -> list[Mixed]:
    if change.multiply is None or change.is_ is None:
        return []
    chosen = isinstance(change.is_, str) and asked
    answer = choice_title(words, asked, str(change.is_)) if chosen and asked else yes_or_no(words, bool(change.is_))
    return [words.mixed("service.multiply", when=answer, factor=words.wording.decimal(change.multiply))]
