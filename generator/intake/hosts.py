"""Hosts that stand for other letters than they are written in: ``xn--`` and after it a name in any script (RFC 3492).

A Cyrillic а looks like a Latin a, and a mailbox or a page of somebody else like an office's own.
"""

import re

_HOST = re.compile(r"(?:https?://|[^@]*@)?([A-Za-z0-9._-]+)")
_PREFIX = "xn--"
_THAI = re.compile("[\u0e01-\u0e3a\u0e40-\u0e590-9-]+")


def look_alike(address: str) -> tuple[str, str] | None:
    """Return the host of an address, and what it stands for; None where all its parts are of ASCII or of Thai letters."""
    found = _HOST.match(address)
    labels = found[1].split(".") if found else []
    decoded = [_decoded(label) for label in labels]
    if found is None or all(one == label or _THAI.fullmatch(one) for label, one in zip(labels, decoded, strict=True)):
        return None
    return found[1], ".".join(decoded)


def _decoded(label: str) -> str:
    """Return the letters that a part of a host stands for, or "?" where it stands for none."""
    if not label.lower().startswith(_PREFIX):
        return label
    try:
        return label[len(_PREFIX) :].encode("ascii").decode("punycode")
    except UnicodeError:
        return "?"
