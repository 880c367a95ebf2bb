"""Contrast of every pair of colours that the style sheet's tokens can make, worked out as WCAG 2.2 does."""

import re
from itertools import product

import pytest

from generator.website.assets import ASSETS

# What each token is for.  A word must stand out by 4.5, what only has to be seen by 3 (WCAG 1.4.3, 1.4.11).
GROUNDS = ("paper", "wash")
WORDS = ("ink", "soft", "accent")
SEEN = ("edge", "under")  # borders of controls; the line below a link
ON_PAPER = ("bar",)  # charts stand on paper
INVERSE = (("on-accent", "accent"), ("paper", "accent"), ("paper", "ink"), ("accent", "hair"), ("ink", "hair"))
QUIET = ("hair", "gap")  # order and missing months: words or marks say the same
SCHEMES = ("light", "dark", "paper")
TOKEN = re.compile(r"--([a-z-]+): (#[0-9a-f]{3,6})\b")


def schemes() -> dict[str, dict[str, str]]:
    """Return the colours of the tokens for eyes by day, by night and on paper."""
    css = (ASSETS / "clearly.css").read_text("utf-8")
    blocks = [dict(TOKEN.findall(block)) for block in re.findall(r":root \{(.*?)\}", css, re.DOTALL)]
    light, dark, paper = (block for block in blocks if "paper" in block)
    return {"light": light, "dark": light | dark, "paper": light | paper}


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return by how much two colours stand out from each other, from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def wanted() -> dict[tuple[str, str], float]:
    """Return every pair of tokens that meets on a page, and how much of a contrast it needs."""
    pairs = dict.fromkeys(product(WORDS, GROUNDS), 4.5) | dict.fromkeys(product(SEEN, GROUNDS), 3.0)
    pairs |= dict.fromkeys(product(ON_PAPER, ("paper",)), 3.0)
    return pairs | {pair: 3.0 if pair[1] == "hair" else 4.5 for pair in INVERSE}


def test_the_measure_is_that_of_the_standard() -> None:
    """Black on white is 21; #767676 on white is the lightest grey that a word may have."""
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#fff") > 4.5 > contrast("#777777", "#ffffff")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_pair_of_colours_stands_out(scheme: str) -> None:
    """Words stand out by 4.5 from each ground, borders, marks and underlines by 3, in the light, in the dark and on paper."""
    colours = schemes()[scheme]
    faint = {pair: round(contrast(*(colours[name] for name in pair)), 2) for pair in wanted()}

    assert {pair: found for pair, found in faint.items() if found < wanted()[pair]} == {}


def test_no_colour_is_left_out() -> None:
    """Each token has a part in some pair, or says nothing that is not also said otherwise; no colour stands outside the tokens."""
    css = (ASSETS / "clearly.css").read_text("utf-8")
    paired = {name for pair in wanted() for name in pair} | set(QUIET)
    outside = re.findall(
        r"(?<![-\w])(?:color|fill|stroke|background|border[a-z-]*): [^;}]*(#[0-9a-f]{3,8}|rgba?\(|hsla?\()", css
    )

    assert set(schemes()["light"]) == paired
    assert set(outside) <= {"#000"}  # lines on white paper
