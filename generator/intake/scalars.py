"""What an unquoted YAML scalar means: YAML 1.2 core, less what YAML 1.1 programs read otherwise (contract, section 2).

Also which items a list holds twice, for which 1 and 1.0 are the same and true is no number.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final, TypeAlias

Plain: TypeAlias = "str | int | Decimal | bool | dict[str, Plain] | tuple[Plain, ...] | None"

LONGEST_NUMBER: Final = 40  # no figure of the contract has more than 12 digits; Python refuses integers of 4,301
_WORDS: Final = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_NULLS: Final = frozenset({"null", "Null", "NULL", "~"})
_YAML_11_WORDS: Final = frozenset(
    ["y", "Y", "yes", "Yes", "YES", "n", "N", "no", "No", "NO", "on", "On", "ON", "off", "Off", "OFF", "=", "<<"]
    + [sign + word for sign in ("", "+", "-") for word in (".inf", ".Inf", ".INF")]
    + [".nan", ".NaN", ".NAN"]
)
_SPECIAL: Final = _NULLS | _YAML_11_WORDS | _WORDS.keys() | {""}
_MAY_BE_NUMBER: Final = frozenset("0123456789+-.")
_NUMBER: Final = re.compile(r"-?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]+)?|\.[0-9]+)")
_YAML_11: Final = re.compile(
    r"[-+]?(?:[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9][0-9_]*)(?:[eE][-+]?[0-9]+)?"  # 0123, 1_000, 1e3, +5, 5.
    r"|[-+]?0(?:b[01_]+|o[0-7]+|x[0-9a-fA-F_]+)"
    r"|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?"  # 16:30 is 990 in base sixty
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9:.]+.*"  # a date with a time
)


def is_special(text: str) -> bool:
    """Return whether an unquoted text may mean something else than itself."""
    return text[:1] in _MAY_BE_NUMBER or text in _SPECIAL


def meaning(text: str) -> tuple[Plain, str | None]:
    """Return what an unquoted text means, and the code of what is wrong with it, or None."""
    if text in _WORDS:
        return _WORDS[text], None
    if text in _SPECIAL:
        return text, "value-empty" if not text else "value-null" if text in _NULLS else "value-ambiguous"
    if not _NUMBER.fullmatch(text):
        return text, "value-ambiguous" if _YAML_11.fullmatch(text) else None
    if len(text) > LONGEST_NUMBER:
        return 0, "number-too-long"
    return Decimal(text) if "." in text else int(text), None


def repeated(items: tuple[Plain, ...]) -> Iterator[int]:
    """Yield the indexes of items that stand earlier in the list.  Equal numbers may: a latitude and a longitude."""
    if len({_sketch(item) for item in items}) == len(items):
        return
    seen: set[object] = set()
    for index, item in enumerate(items):
        whole = _frozen(item)
        if whole in seen and (isinstance(item, bool) or not isinstance(item, int | Decimal)):
            yield index
        seen.add(whole)


def shown(item: Plain) -> str:
    """Return an item in a few words: a map by its first value."""
    return shown(next(iter(item.values()), "")) if isinstance(item, dict) else str(item)


def _sketch(item: Plain) -> object:
    """Return something cheap that equal items have in common."""
    if isinstance(item, dict):
        return frozenset([value for value in item.values() if value.__class__ is str])
    return len(item) if isinstance(item, tuple) else item


def _frozen(item: Plain) -> object:
    if isinstance(item, dict):
        return frozenset((key, _frozen(value)) for key, value in item.items())
    if isinstance(item, tuple):
        return tuple(_frozen(value) for value in item)
    return (bool, item) if isinstance(item, bool) else item
