"""What a contributor probably meant: the nearest of the names that there are."""

from collections.abc import Collection
from difflib import get_close_matches

from generator.intake.hygiene import shown
from generator.problems import Place, Problem


def nearest(value: str, known: Collection[str]) -> str | None:
    """Return the known name most like a value, or None where none is much like it."""
    lowered = {name.lower(): name for name in sorted(known, reverse=True)}
    found = get_close_matches(value.strip().lower()[:100], sorted(lowered), n=1, cutoff=0.6)
    return lowered[found[0]] if found else None


def unknown_id(place: Place, field: str, value: str, known: Collection[str], file: str) -> Problem:
    """Return the error that an id is not listed in ``file``, with the nearest that is."""
    near = nearest(value, known)
    facts = {"field": field, "value": shown(value), "file": file}
    if near is None:
        return Problem("id-unknown-none-near", "error", place, facts)
    return Problem("id-unknown", "error", place, {**facts, "nearest": near})
