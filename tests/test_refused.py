"""What is no free text is refused unless it is spelt as it must be, in every field that the schemas name."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from probes import PROBES, Field, changed, data_files

from generator.intake.load_records import make_record
from generator.problems import Place
from generator.schema import FILES, LISTS
from generator.values import EMAIL_PATTERN, URL_PATTERN, Record

ADDRESSES = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\\tscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "ftp://example.go.th/",
    "mailto:x@example.go.th",
    "//evil.example/",
    "/evil",
    "https:/evil.example",
    "https://www.example.go.th@evil.example/",
    "https://user:word@example.go.th/",
    "https://example.go.th\\@evil.example/",
    "https://ex\u0430mple.go.th/",  # a Cyrillic a
    "https://\uff45xample.go.th/",  # a wide e
    "https://example\u3002go.th/",  # an ideographic full stop
    "https://ตัวอย่าง.ไทย/",
    "https://example.go.th:port/",
    "https://example.go.th/<script>",
    'https://example.go.th/" onclick="alert(1)',
    "https://example.go.th/ x",
    "https://example.go.th/\nx",
    "https://example.go.th/%zz",
)
MAILBOXES = (
    "a?bcc=b@example.go.th",
    "a%0Abcc:b@example.go.th",
    "a&body=x@example.go.th",
    "a#x@example.go.th",
    '"a b"@example.go.th',
    "<b>@example.go.th",
    "a@b@example.go.th",
    "a@ex\u0430mple.go.th",
    "a@example.go.th?bcc=b@evil.example",
    "a@localhost",
)
Wanted = Callable[[Field], bool]


def spelt(pattern: str) -> Wanted:
    """Return which fields are spelt by a pattern of ours."""
    return lambda field: field.pattern == f"^(?:{pattern.replace(chr(92) + 'd', '[0-9]')})$"


def refused(wanted: Wanted, typed: str) -> dict[str, set[bool]]:
    """Return, by the name of each wanted field, whether records with this typed into it are refused for it."""
    found: dict[str, set[bool]] = {}
    for _, kind, data in data_files():
        planted: set[str] = set()

        def plant(field: Field, value: str, planted: set[str] = planted) -> str:
            planted.update([field.path] if wanted(field) else ())
            return typed if wanted(field) else value

        probed = changed(kind, data, plant)
        said = set(_refusals(kind, probed)) if planted else set()
        for path in planted:
            found.setdefault(f"{kind}.{path}", set()).add(path in said)
    return found


def _refusals(kind: str, data: Any) -> Iterator[str]:
    """Yield the path of each value that a record of this kind refuses."""
    context = {"first_language": "th", "fiscal_year_starts": 10}
    records: list[tuple[type[Record], Any]]
    records = [(LISTS[kind], one) for one in data] if kind in LISTS else [(FILES[kind], _added(data))]
    for record, one in records:
        for problem in make_record(record, one, lambda route: Place("", route), context)[1]:
            yield ".".join(step for step in problem.place.route if isinstance(step, str))


def _added(data: Any) -> Any:
    """Return a service with what it adds to its manual's as its own."""
    if isinstance(data, dict):
        return _added(data["add"]) if set(data) == {"add"} else {key: _added(part) for key, part in data.items()}
    return data


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_field_takes_another_link(address: str) -> None:
    """No field for an address takes one of another scheme, with a user, of a host that looks like another, or with markup."""
    found = refused(spelt(URL_PATTERN.pattern), address)

    assert len(found) > 10
    assert {name for name, told in found.items() if told != {True}} == set()


@pytest.mark.parametrize("mailbox", MAILBOXES)
def test_no_field_takes_more_than_a_mailbox(mailbox: str) -> None:
    """No field for e-mail takes what would add a reader, a subject or markup to the link."""
    found = refused(spelt(EMAIL_PATTERN.pattern), mailbox)

    assert len(found) > 3
    assert {name for name, told in found.items() if told != {True}} == set()


@pytest.mark.parametrize("probe", PROBES[::9])
def test_no_field_of_codes_takes_a_probe(probe: str) -> None:
    """Whatever has a pattern or a list of values takes no probe."""
    found = refused(lambda field: not field.free and bool(field.pattern), probe)

    assert {name for name, told in found.items() if told != {True}} == set()
