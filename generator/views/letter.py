"""A letter of enquiry: printed and filled in by hand, or filled in on the reader's own device."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from generator.model import Agency, Catalog, Service
from generator.views.due import Option
from generator.views.late import act_of
from generator.views.structured import page_url
from generator.views.words import Line, Words

SHORT_COMMIT = 10
DOTS = "." * 24
# What the reader fills in, or a script: a text of dots of its own length.
BLANKS = {
    "place": DOTS,
    "today": DOTS,
    "name": DOTS * 2,
    "number": DOTS,
    "filed": DOTS,
    "due": DOTS,
    "signature": DOTS,
    "phone": DOTS,
}
# Stands around a part's name until the line is cut; no text holds one (data contract, section 1).
_HOLD = "\x02"


class LetterPart(NamedTuple):
    """Some words of a letter; ``blank`` names what a script may put there instead."""

    text: str
    blank: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter by its lines: what stands at the right above, the body, and the signature; then which manual it cites."""

    head: tuple[tuple[LetterPart, ...], ...]
    body: tuple[tuple[LetterPart, ...], ...]
    end: tuple[tuple[LetterPart, ...], ...]
    manual: Line


def letter_of(words: Words, agency: Agency, service: Service, option: Option, cited: tuple[str, Line]) -> Letter:
    """Return the letter about a promise; ``cited`` are the law that owes a reason, or "", and the manual's version."""
    law, manual = cited
    facts = {"service": words.text(service.title or {}).text, "agency": words.text(agency.title).text, "law": law}
    own = {"limit": option.limit, "rule": option.rule}
    promise = "promise" if option.countable else "promise_plain"
    keys = ["subject", "to", f"filed.{option.starts or 'application'}", promise, *(["law"] if law else [])]
    return Letter(
        head=tuple(tuple(_line(words, f"late.letter_{key}", {}, facts)) for key in ("where", "when")),
        body=tuple(tuple(_line(words, f"late.letter_{key}", own, facts)) for key in keys),
        end=(
            (LetterPart(words.strings("late.letter_signed")),),
            tuple(_line(words, "late.letter_sign", {}, facts)),
            (LetterPart("("), LetterPart(BLANKS["name"], "name"), LetterPart(")")),
            tuple(_line(words, "late.letter_phone", {}, facts)),
        ),
        manual=manual,
    )


def law_of(words: Words, catalog: Catalog, service: Service) -> str:
    """Return the Act that owes a written reason, where the service names it, or ""."""
    act = act_of(words, catalog, service)
    return act.text if act else ""


def manual_cited(words: Words, catalog: Catalog, path: str, service: Service, commit: str) -> Line:
    """Return which version of a manual a letter cites: its address, when it was reviewed, the data's day and commit."""
    reviewed = service.review.reviewed_on if service.review else None
    told = words.line("late.letter_not_reviewed")
    if reviewed:
        told = words.line("late.letter_reviewed", date=words.wording.date(reviewed))
    parts = [
        words.line(
            "late.letter_manual",
            url=page_url(words, catalog, path) or path,
            reviewed=told,
            date=words.wording.date(words.as_of),
        )
    ]
    if commit:
        parts.append(words.line("late.letter_version", commit=commit[:SHORT_COMMIT]))
    return Line(" · ".join(parts))


def _line(words: Words, key: str, own: dict[str, Line], facts: dict[str, str]) -> Iterator[LetterPart]:
    """Yield the parts of a line: texts, and what a script may change."""
    changing = BLANKS | own
    held = {name: f"{_HOLD}{name}{_HOLD}" for name in changing}
    for at, part in enumerate(words.strings.patterns[key].format_map(facts | held).split(_HOLD)):
        if at % 2:
            yield LetterPart(changing[part], part)
        elif part:
            yield LetterPart(part)
