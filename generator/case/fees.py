"""What a fee comes to for one reader, line by line: bands, adjustments, count, total (data contract, section 6).

Everything is exact until the total, which is rounded once, half up, to the two decimals of a currency.
The twin in the browser is ``website/assets/case/fees.js``.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, Inexact
from typing import Final, Literal, NamedTuple

from generator.case.answers import Given, fits, holds
from generator.model import Adjustment, Fee, Tiers

# Room for every digit that a file of 256 KB may hold; what would be rounded here is a mistake of ours, and raises.
EXACT: Final = Context(prec=600_000, traps=[Inexact])
CENT: Final = Decimal("0.01")

# counted: in the total.  not_applicable: its ``if`` fails.  open: an answer is missing.  beyond: above the last band.
# per: the price of one, and nobody said of how many.  words: only a ``when`` says whether it is due, so the reader must.
State = Literal["counted", "not_applicable", "open", "beyond", "per", "words"]


class Part(NamedTuple):
    """One line of a fee: ``size`` times ``rate`` comes to ``result``, which for all but bands is the fee so far.

    ``number`` says which rate or adjustment it is.
    """

    kind: Literal["amount", "band", "adjustment", "count"]
    number: int
    size: Decimal
    rate: Decimal
    result: Decimal


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A fee for one reader; ``exact`` is None where it cannot be worked out."""

    state: State
    parts: tuple[Part, ...] = ()
    exact: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Sum:
    """All fees of a service for one reader, and the totals of what is counted, rounded, by currency."""

    fees: tuple[Reckoned, ...]
    totals: Mapping[str, Decimal]


def sum_up(fees: Sequence[Fee], given: Given, counts: Mapping[int, Decimal]) -> Sum:
    """Return what fees come to; ``counts`` says, by place in the list, how many of what a fee is charged per."""
    reckoned = tuple(reckon(fee, given, counts.get(number)) for number, fee in enumerate(fees))
    exact: dict[str, Decimal] = {}
    for fee, one in zip(fees, reckoned, strict=True):
        if one.state == "counted" and one.exact is not None:
            exact[fee.currency] = EXACT.add(exact.get(fee.currency, Decimal(0)), one.exact)
    return Sum(reckoned, {currency: rounded(total) for currency, total in exact.items()})


def reckon(fee: Fee, given: Given, count: Decimal | None = None) -> Reckoned:
    """Return one fee line by line."""
    held = holds(fee.if_ or {}, given)
    if held is False:
        return Reckoned("not_applicable")
    if held is None or any(name not in given for name in _needed(fee)):
        return Reckoned("open")
    if fee.tiers and _is_beyond(fee.tiers, given):
        return Reckoned("beyond")
    parts = tuple(_parts(fee, given, count))
    return Reckoned(_state(fee, count), parts, _total(parts))


def rounded(amount: Decimal) -> Decimal:
    """Return an amount in whole hundredths; a half goes up."""
    return amount.quantize(CENT, ROUND_HALF_UP, Context(prec=EXACT.prec))


def _needed(fee: Fee) -> Iterator[str]:
    if fee.tiers:
        yield fee.tiers.question
    yield from (change.question for change in fee.adjustments or ())


def _state(fee: Fee, count: Decimal | None) -> State:
    if fee.when and not fee.if_:
        return "words"
    return "per" if fee.per and count is None else "counted"


def _parts(fee: Fee, given: Given, count: Decimal | None) -> Iterator[Part]:
    so_far = Decimal(0)
    if fee.amount is not None:
        so_far = fee.amount
        yield Part("amount", 0, Decimal(1), fee.amount, so_far)
    for band in _bands(fee.tiers, given) if fee.tiers else ():
        so_far = EXACT.add(so_far, band.result)
        yield band
    for number, change in enumerate(fee.adjustments or ()):
        factor = _factor(change, given)
        if factor is not None:
            so_far = EXACT.multiply(before := so_far, factor)
            yield Part("adjustment", number, before, factor, so_far)
    if fee.per and count is not None:
        yield Part("count", 0, count, so_far, EXACT.multiply(so_far, count))


def _bands(tiers: Tiers, given: Given) -> Iterator[Part]:
    """Yield each band that the number reaches into: its rate is for that part of the number alone."""
    number, low = _number(given, tiers.question), Decimal(0)
    for index, rate in enumerate(tiers.rates):
        high = number if rate.up_to is None else min(number, rate.up_to)
        if high > low:
            size = EXACT.subtract(high, low)
            yield Part("band", index, size, rate.rate, EXACT.multiply(size, rate.rate))
        low = rate.up_to if rate.up_to is not None else low


def _is_beyond(tiers: Tiers, given: Given) -> bool:
    last = tiers.rates[-1].up_to
    return last is not None and _number(given, tiers.question) > last


def _factor(change: Adjustment, given: Given) -> Decimal | None:
    """Return what a fee is multiplied by, or None where the adjustment is not for this reader."""
    if change.bands:
        number = _number(given, change.question)
        reached = [band.multiply for band in change.bands if band.from_ <= number]
        return reached[-1] if reached else None
    return change.multiply if change.is_ is not None and fits(change.is_, given[change.question]) else None


def _number(given: Given, question_id: str) -> Decimal:
    number = given[question_id]
    assert isinstance(number, Decimal)  # tiers and bands are over numbers (intake/rules_answers.py)
    return number


def _total(parts: Sequence[Part]) -> Decimal:
    """Return what the last line that is no band comes to, or the sum of the bands."""
    whole = [part.result for part in parts if part.kind != "band"]
    if whole:
        return whole[-1]
    total = Decimal(0)
    for part in parts:
        total = EXACT.add(total, part.result)
    return total
