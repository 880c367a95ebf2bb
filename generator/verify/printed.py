"""How figures are printed, worked out apart from the generator (data contract, section 9)."""

from decimal import Decimal
from fractions import Fraction

MOST_DECIMALS = 20


def number(value: int | str | Decimal | Fraction) -> str:
    """Return a number with all its digits, grouped by three, without zeros at the end."""
    exact = Decimal(value.numerator) / value.denominator if isinstance(value, Fraction) else Decimal(value)
    if exact == exact.to_integral_value():
        return f"{int(exact):,}"
    return f"{exact:,f}".rstrip("0")


def numbers(*values: str | None) -> list[str]:
    """Return those that are known, as they are printed."""
    return [number(one) for one in values if one]


def percent(kept: int, volume: int, share: Fraction | None) -> str:
    """Return one decimal, cut off, and more until it stands on the verdict's side, and above 0 for more than none."""
    exact = Fraction(kept, volume)
    for places in range(1, MOST_DECIMALS + 1):
        digits = kept * 100 * 10**places // volume
        cut = Fraction(digits, 100 * 10**places)
        if (cut > 0) == (kept > 0) and (share is None or _side(cut, share) == _side(exact, share)):
            return f"{digits // 10**places}.{digits % 10**places:0{places}}"
    return f"{kept * 1000 // volume / 10:.1f}"


def _side(value: Fraction, share: Fraction) -> int:
    return (value > share) - (value < share)


def own_percent(share: str) -> str:
    """Return what an agency printed itself, cut to one decimal of a per cent."""
    return number(Fraction(int(Fraction(share) * 1000), 10))


def in_percent(share: Fraction) -> bool:
    """Return whether a promised share is said in per cent, not in so many of a hundred."""
    return share > Fraction(98, 100) or (share * 100).denominator > 1


def at_least(share: Fraction | None) -> list[str]:
    """Return the numbers of "at least 90 in 100 cases"; all of them is said in words."""
    if share is None or share == 1:
        return []
    return [number(share * 100), *([] if in_percent(share) else ["100"])]


def rate(kept: int, volume: int, share: Fraction | None) -> list[str]:
    """Return the numbers of "91 in 100"; all and none are said in words."""
    if kept in (0, volume):
        return []
    if share is not None and in_percent(share):
        return [percent(kept, volume, share)]
    return [number(kept * 100 // volume or 1), "100"]


def part_of(reported: int, due: int, alone: bool = False) -> list[str]:
    """Return the numbers of "2 of 3 reports"; all and none need one, but where one ``alone`` is counted out."""
    if not due:
        return []
    whole = reported == due and not (alone and due == 1)
    return [number(due)] if whole or reported == 0 else [number(reported), number(due)]
