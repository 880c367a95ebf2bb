"""Every key that a file may have, every value that the demonstration gives it, and how that value is said in Thai."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from sites import REPOSITORY

from generator.intake.read_yaml import read_yaml
from generator.periods import read_period
from generator.schema import schemas
from generator.texts import Wording, load_strings

DATA = REPOSITORY / "sla_data"
TH = load_strings("th")
WORDS = Wording(TH, "buddhist", 10)
SCHEMAS = schemas()
KINDS = {
    "catalog.yml": "catalog",
    "vocabulary/topics.yml": "topics",
    "vocabulary/life_events.yml": "life_events",
    "vocabulary/documents.yml": "documents",
    "vocabulary/laws.yml": "laws",
    "calendars/*.yml": "calendar",
    "manuals/*.yml": "manual",
    "agencies/*/agency.yml": "agency",
    "agencies/*/withdrawn.yml": "withdrawn",
    "agencies/*/services/*.yml": "service",
}
Schema = Mapping[str, Any]


@dataclass(frozen=True)
class Seen:
    """One value in the data: the path of its key in the schema, the record around it, and the file."""

    path: str
    value: Any
    holder: Any
    file: Path
    record: Any = field(repr=False)


# ---- what there is: the keys of the schemas, the values of the data ----


def options_of(root: Schema, node: Schema) -> list[Schema]:
    """Return what a value may be, references resolved."""
    while "$ref" in node:
        node = root["$defs"][node["$ref"].rpartition("/")[2]]
    several = [option for option in node.get("anyOf", ()) if set(option) != {"required"}]
    return [found for option in several for found in options_of(root, option)] or [node]


def keys(root: Schema, node: Schema, path: str = "") -> Iterator[str]:
    """Yield the path of every key at the end of which a value stands."""
    for option in options_of(root, node):
        if option.get("properties"):
            for name, part in option["properties"].items():
                yield from keys(root, part, f"{path}.{name}" if path else name)
        elif option.get("type") == "array" and "items" in option:
            yield from keys(root, option["items"], path)
        else:
            yield path


def values(
    root: Schema, node: Schema, value: Any, path: str = "", holder: Any = None
) -> Iterator[tuple[str, Any, Any]]:
    """Yield the path, the value and the record around it of every value that stands in a file."""
    options = options_of(root, node)
    if isinstance(value, dict):
        records = [option for option in options if value.keys() <= option.get("properties", {}).keys()]
        if records:
            for name, part in value.items():
                yield from values(root, records[0]["properties"][name], part, f"{path}.{name}" if path else name, value)
            return
    if isinstance(value, tuple):
        items = [option["items"] for option in options if option.get("type") == "array" and "items" in option]
        if items:
            for part in value:
                yield from values(root, items[0], part, path, holder)
            return
    yield path, value, holder


def paths_of(kind: str) -> list[str]:
    """Return the paths of a kind of file; what a service adds to a manual is what it may write itself."""
    return sorted({path for path in keys(SCHEMAS[kind], SCHEMAS[kind]) if ".add." not in path})


@cache
def seen(kind: str) -> dict[str, list[Seen]]:
    """Return every value of the demonstration's files of a kind by the path of its key."""
    found: dict[str, list[Seen]] = {}
    for pattern, name in KINDS.items():
        for file in sorted(DATA.glob(pattern)) if name == kind else ():
            record, faults = read_yaml(file.read_text(encoding="utf-8"))
            assert not faults
            for where, value, holder in values(SCHEMAS[kind], SCHEMAS[kind], record):
                path = where.replace(".add.", ".")
                found.setdefault(path, []).append(Seen(path, value, holder, file, record))
    return found


EVERY = [(kind, path) for kind in sorted(SCHEMAS) if kind != "manual" for path in paths_of(kind)]


# ---- how a value is said on a Thai page: any one of these ----

Says = Callable[[Seen], list[str]]


def text(one: Seen) -> list[str]:
    """Return what was typed: the first line, for a page parts paragraphs and items of lists."""
    words = one.value["th"] if isinstance(one.value, dict) else one.value
    first = words[0] if isinstance(words, tuple) else words
    return [first.splitlines()[0].removeprefix("- ")]


def or_none(key: str) -> Says:
    """Return a text, or the words for a stated nothing."""
    return lambda one: [TH(key)] if one.value == "none" else text(one)


def code(name: str) -> Says:
    """Return the words of a value of a closed list."""
    return lambda one: [TH(f"closed.{name}.{str(one.value).lower()}")]


def quantity(one: Seen) -> list[str]:
    """Return a duration, a count of things or an amount of money, with its unit."""
    if "amount" in one.holder:
        return [WORDS.money(Decimal(one.holder["amount"]), one.holder["currency"])]
    return [WORDS.gain(Decimal(one.holder["value"]), one.holder["unit"])]


def currency(one: Seen) -> list[str]:
    """Return an amount in this currency: the fee's own, or the first of its rates."""
    fee = one.holder
    amount = fee["amount"] if "amount" in fee else fee["tiers"]["rates"][0]["rate"] if "tiers" in fee else "20"
    return [WORDS.money(Decimal(amount), one.value)]


def share(one: Seen) -> list[str]:
    """Return a promised share in per cent or as a part of a hundred cases."""
    return [WORDS.at_least(Decimal(one.value), measure) for measure in ("processing_time", "availability")] + [
        WORDS.share_percent(Decimal(one.value))
    ]


def day(one: Seen) -> list[str]:
    """Return a day in the reader's era."""
    return [WORDS.date(date.fromisoformat(one.value))]


def period(one: Seen) -> list[str]:
    """Return a period in the reader's era."""
    found = read_period(one.value, 10)
    assert found is not None
    return [WORDS.period(found)]


def time(one: Seen) -> list[str]:
    """Return a time of day as Thai writes it."""
    return [TH("time", hour=one.value[:2], minute=one.value[3:]), one.value.replace(":", ".")]


def typed(one: Seen) -> list[str]:
    """Return a value as it was typed: an address, a phone number, an id."""
    return [str(one.value)]


def number(*frames: str) -> Says:
    """Return a number with its thousands, within the words that stand around it."""

    def say(one: Seen) -> list[str]:
        value = Decimal(one.value)
        digits = WORDS.number(int(value)) if value % 1 == 0 else WORDS.decimal(value)
        return [frame.format(n=digits) for frame in frames]

    return say


def count(*kinds: str) -> Says:
    """Return a number of things with their noun."""
    return lambda one: [WORDS.count(kind, int(one.value)) for kind in kinds]


def titled(kind: str) -> Says:
    """Return the title of what an id leads to."""
    return lambda one: [entry["title"]["th"] for entry in entries(kind) if entry["id"] == one.value]


def within(*names: str) -> Says:
    """Return the title of what an id leads to within the same file."""

    def say(one: Seen) -> list[str]:
        found = one.record
        for name in names:
            found = found.get(name, {}) if isinstance(found, dict) else {}
        return [words for entry in found or () if entry["id"] == one.value for words in text_of(entry)]

    return say


def text_of(entry: Mapping[str, Any]) -> list[str]:
    """Return the title of a record, or what a question asks."""
    words = entry.get("title") or entry["ask"]
    return [words["th"] if isinstance(words, dict) else words]


def answers(one: Seen) -> list[str]:
    """Return what the first question of a condition asks, or the condition as a script reads it."""
    question_id = next(iter(one.value))
    return [
        words for entry in one.record.get("questions", ()) if entry["id"] == question_id for words in text_of(entry)
    ]


def service(one: Seen) -> list[str]:
    """Return the address of another service's page."""
    return [f"{one.value.partition('/')[2]}/", one.value]


@cache
def entries(kind: str) -> tuple[Any, ...]:
    """Return the entries of a list, or the records of a kind of file under their ids."""
    found = {one.file: one.record for values_ in seen(kind).values() for one in values_}
    if all(isinstance(record, tuple) for record in found.values()):
        return tuple(entry for record in found.values() for entry in record)
    return tuple({"id": file.stem, **record} for file, record in found.items())


NOTHING = {
    name: f"none.{name}" for name in ("legal_basis", "criteria", "documents", "fees", "forms", "manual_copy_fee")
}
# The way to recognise a value, by the path of its key, else by its last part.
SAID: dict[str, Says] = {
    **{f"requirements.{name}": or_none(key) for name, key in NOTHING.items() if name != "legal_basis"},
    "legal_basis": or_none(NOTHING["legal_basis"]),
    **dict.fromkeys(
        ("abbreviation", "action", "address", "also_called", "ask", "description", "issuer", "note", "outputs", "parent",
         "per", "problem", "province", "reason", "section", "summary", "title", "unit", "when"), text,
    ),
    **dict.fromkeys(("email", "phone", "repository", "same_as", "source", "url"), typed),
    **dict.fromkeys(("date", "reviewed_on", "review_due", "since", "valid_from", "valid_to"), day),
    **dict.fromkeys(("closes", "opens"), time),
    "from": number("{n} ถึง ", "{n} ปี"), "to": number(" ถึง {n} "), "up_to": number("ไม่เกิน {n} "),
    "multiply": number("คูณ {n}"),
    **dict.fromkeys(("limit.unit", "limit.value", "duration.unit", "duration.value", "answer_within.unit", "before.unit",
        "answer_within.value", "before.value", "after.unit", "after.value", "before.amount", "after.amount", "amount"),
        quantity,
    ),
    "statutory_limit.unit": quantity, "statutory_limit.value": quantity, "before.currency": quantity,
    "after.currency": quantity, "currency": currency, "rate": lambda one: [WORDS.money(Decimal(one.value), "THB")],
    "share": share,
    "first_period": period,
    "due_after_days": count("days"),
    "originals": count("originals"), "copies": count("copies"),
    "frequency": code("frequency"), "measure": code("measure"), "starts": code("clock.starts"),
    "stops": code("clock.stops"), "pauses": code("clock.pauses"), "audience": code("audience"),
    "dimension": code("dimension"), "held_by_state": code("held_by_state"), "kind": code("kind"),
    "hours.days": code("day"), "weekend": code("day"),
    "type": code("service_type"), "channels.type": code("channel_type"), "complaints.type": code("channel_type"),
    "improvements.status": code("improvement_status"),
    "topics": titled("topics"), "life_events": titled("life_events"), "law": titled("laws"),
    "document": titled("documents"), "calendar": titled("calendar"), "inherits": titled("manual"),
    "service_levels.channels": within("scope", "channels"), "question": within("questions"),
    "if": answers,
    "after": service, "replaced_by": service,
    "by_applicant": lambda one: [TH("manual.by_applicant")] if one.value else [],
    "location": lambda one: [f"{part}" for part in one.value],
    "is": lambda one: [f"“{TH('button.yes')}”"] if one.value is True else [],
    "laws.id": titled("laws"),  # an id that no address has is seen as what it leads to
    "status": code("status"), "agency.status": code("agency_status"),
    "demonstration": lambda one: [TH("demo.banner")] if one.value else [],
    "era": lambda one: [WORDS.year(2026)],
    "fiscal_year_starts": lambda one: [TH(f"month.{one.value}")],
    "languages": lambda one: [load_strings(one.value).language_name],
    "required_sections": code("section"),
    "caution_below": count("cases"), "suppress_below": count("cases"),
    "timezone": typed,
    **dict.fromkeys(("service_id", "level_id", "channel_id"), typed),
    "office_id": lambda one: [TH("withdrawn.part")], "period": period, "withdrawn_on": day,
    "id": typed,
}  # fmt: skip


def said(one: Seen) -> list[str]:
    """Return how a value may be said; the longest path that the table knows decides."""
    parts = [one.file.stem, *one.path.split(".")]
    for start in range(len(parts)):
        say = SAID.get(".".join(parts[start:]))
        if say is not None:
            return [plain(words) for words in say(one)]
    raise KeyError(f"no way to recognise {one.path} on a page: add one to SAID")


def plain(words: str) -> str:
    """Return words as a reader sees them: one space for any, nothing that takes no place."""
    return re.sub(r"\s+", " ", re.sub("[\u200b\u200c\u200d\u00ad]", "", words)).strip()
