"""The fold, held to vectors that the browser's fold is held to as well (test_browser_search)."""

import json
from pathlib import Path

import pytest

from generator.views.folding import fold, loosen

VECTORS = json.loads((Path(__file__).parent / "vectors" / "folding.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: repr(vector["text"]))
def test_fold_gives_what_the_vectors_say(vector: dict[str, str]) -> None:
    """Folded and loosened texts equal the shared vectors."""
    assert fold(vector["text"]) == vector["fold"]
    assert loosen(vector["fold"]) == vector["loose"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("น้ำ", "นํ้า"),
        ("น้ำ", "น้ํา"),
        ("แจ้ง", "เเจ้ง"),
        ("๒๕๖๙", "2569"),
        ("พ.ร.บ.", "พรบ"),
        ("ทะเบียน\u200bบ้าน", "ทะเบียนบ้าน"),
    ],
)
def test_spellings_that_look_alike_are_one(one: str, other: str) -> None:
    """Two spellings that no reader can tell apart fold to the same text."""
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("พาสปอต", "พาสปอร์ต"), ("สมรด", "สมรส"), ("เปลียนชื่อ", "เปลี่ยนชื่อ"), ("กงศุล", "กงสุล"), ("มรณะบัตร", "มรณบัตร")],
)
def test_common_misspellings_are_one_when_loosened(typed: str, meant: str) -> None:
    """What people often misspell loosens to the same text, though it does not fold to it."""
    assert fold(typed) != fold(meant)
    assert loosen(fold(typed)) == loosen(fold(meant))


def test_folding_twice_changes_nothing() -> None:
    """The fold of a fold is the fold."""
    for vector in VECTORS:
        assert fold(vector["fold"]) == vector["fold"]
