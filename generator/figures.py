"""Exact figures as digits: percentages that never contradict their verdict, grouped numbers, sizes of files.

Only digits and separators; the words around them are in ``texts``.
"""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache

# Counts have at most 12 digits and shares at most 6 decimals, so two that differ do so within 20 decimals of a percent.
MOST_DECIMALS = 20
SIZE_UNITS = ("B", "KB", "MB", "GB")


def percent_digits(within: int, volume: int, share: Decimal | Fraction | None) -> str:
    """Return ``within / volume`` in per cent: one decimal, cut off, and more where the figure would mislead.

    Decimals are added until the printed figure is above, on or below the promised share as the exact one is, is below
    100 for less than all, and above 0 for more than none (data contract, section 9: 89.96 against 90 gives 89.9,
    99.957 against 99.95 gives 99.957). `volume` is above 0.
    """
    scaled, places = next(_right_cuts(within, volume, share), (within * 1000 // volume, 1))
    whole, rest = divmod(scaled, 10**places)
    return f"{whole}.{rest:0{places}}"


def percent_of_share(share: Decimal) -> Decimal:
    """Return a share in per cent, exactly as promised: 0.9 gives 90, 0.985 gives 98.5."""
    return without_zeros(share * 100)


def without_zeros(value: Decimal) -> Decimal:
    """Return the same value without trailing zeros or an exponent: 15.0 gives 15, 1E+2 gives 100."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def grouped(value: int | Decimal, thousands: str, decimal_mark: str) -> str:
    """Return all digits of a number, grouped by three."""
    text = f"{value:,}" if isinstance(value, int) else f"{value:,f}"
    if (thousands, decimal_mark) == (",", "."):
        return text
    return text.replace(",", "\0").replace(".", decimal_mark).replace("\0", thousands)


def money_digits(amount: Decimal) -> Decimal:
    """Return an amount as it is printed: whole, or with at least two decimals."""
    exact = without_zeros(amount)
    exponent = exact.as_tuple().exponent
    return exact.quantize(Decimal("0.01")) if exponent == -1 else exact


def size_digits(count: int) -> tuple[Decimal, str]:
    """Return a number of bytes in the largest unit that fits, of SIZE_UNITS; from MB on with one decimal."""
    for step, unit in enumerate(SIZE_UNITS):
        places = Decimal("0.1") if step > 1 else Decimal(1)
        value = (Decimal(count) / 1000**step).quantize(places, ROUND_HALF_UP)
        if value < 1000 or unit == SIZE_UNITS[-1]:
            return without_zeros(value), unit
    raise AssertionError("the last unit takes every size")


def _right_cuts(within: int, volume: int, share: Decimal | Fraction | None) -> Iterator[tuple[int, int]]:
    """Yield the figure cut at ever more decimals, wherever it misleads nobody: the digits, and how many are decimals.

    Nothing comes only where a share that no decimal can print, such as two thirds, is met to the case.
    """
    over, under = (0, 1) if share is None else _ratio(share)
    exact_side = _sign(within * under - over * volume)
    for places in range(1, MOST_DECIMALS + 1):
        scale = 100 * 10**places
        cut = within * scale // volume
        if (cut > 0) == (within > 0) and (share is None or _sign(cut * under - over * scale) == exact_side):
            yield cut, places


@lru_cache(maxsize=1024)
def _ratio(share: Decimal | Fraction) -> tuple[int, int]:
    return share.as_integer_ratio()


def _sign(difference: int) -> int:
    return (difference > 0) - (difference < 0)
