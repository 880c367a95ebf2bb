"""What the list of services is narrowed by: what each service is told to have, and how light the file stays."""

import json
import random
import zlib
from collections.abc import Iterator
from typing import Any

import pytest
from made import AS_OF, made_agency, made_catalog, made_data, made_level, made_row, made_service, made_target
from made_index import made_entries, made_groups

from generator.stats import measure_agency
from generator.views.facets import FEES, OTHER_TIMES, TIMES, Facet, facets_json, marks_of
from generator.views.search import PER_CHUNK
from generator.views.summary import card_of

FEE = {"title": "Fee", "currency": "THB"}


def marks(**service: Any) -> set[str]:
    """Return what a service of this kind is narrowed by."""
    catalog = made_catalog(languages=("en",))
    data = made_data([made_row("2026-09", 100, 91)], [made_service(**service)], made_agency())
    [card] = card_of(catalog, data, measure_agency(catalog, data, AS_OF), AS_OF).services
    return set(marks_of(card))


@pytest.mark.parametrize(
    ("value", "unit", "told"),
    [
        (30, "minute", "day week month"),
        (7, "working_hour", "day week month"),
        (8, "working_hour", "week month"),
        (1, "working_day", "day week month"),
        (5, "working_day", "week month"),
        (6, "working_day", "month"),
        (7, "calendar_day", "week month"),
        (8, "calendar_day", "month"),
        (21, "working_day", "month"),
        (22, "working_day", "longer"),
        (1, "month", "month"),
        (2, "month", "longer"),
    ],
)
def test_a_promise_is_kept_within_every_longer_time_too(value: int, unit: str, told: str) -> None:
    """What is done in a day is done in a week; five working days are a week, and 22 more than a month."""
    level = made_level(targets=(made_target("2025-10-01", limit={"value": value, "unit": unit}),))

    assert {mark for mark in marks(levels=(level,)) if mark.startswith("time:")} == {
        f"time:{one}" for one in told.split()
    }


@pytest.mark.parametrize(
    ("fees", "told"),
    [
        (None, "unstated"),
        ("none", "free"),
        (({**FEE, "amount": "0.00"},), "free"),
        (({**FEE, "amount": "0.00"}, {**FEE, "amount": "20.00"}), "paid"),
    ],
)
def test_a_fee_that_is_not_stated_is_no_service_for_nothing(fees: object, told: str) -> None:
    """Not stated, none, nothing to pay and something to pay are told apart."""
    needed = {} if fees is None else {"requirements": {"fees": fees}}

    assert f"fee:{told}" in marks(**needed)


def read(written: bytes) -> Iterator[tuple[str, list[list[str]]]]:
    """Yield each facet's id, and what each service has of it, as the file says."""
    for facet in json.loads(written)["facets"]:
        codes = [ord(letter) - 0x23 - (letter > "\\") for letter in facet["of"]]
        width = facet["width"]
        numbers = (codes[at : at + width] for at in range(0, len(codes), width))
        sets = [facet["sets"][sum(code * 91**place for place, code in enumerate(reversed(one)))] for one in numbers]
        yield facet["id"], [[facet["choices"][choice][0] for choice in one] for one in sets]


def test_ten_thousand_services_stay_light_and_whole() -> None:
    """The file says of each service what it has, no more and no less, in 100 KB, of which compression leaves half."""
    chance, groups, entries = random.Random(7), made_groups(), made_entries()
    own = [(f"fee:{chance.choice(FEES)}", f"time:{chance.choice([*TIMES, *OTHER_TIMES])}") for _ in entries]
    services = [(*entry.groups, *marked) for entry, marked in zip(entries, own, strict=True)]
    choices = [(group.id, group.names[0]) for group in groups] + [
        (mark, mark) for mark in sorted({one for pair in own for one in pair})
    ]
    facets = [
        Facet(kind, kind, tuple((one.partition(":")[2], name) for one, name in choices if one.startswith(f"{kind}:")))
        for kind in ("agency", "topic", "channel", "fee", "time")
    ]

    written = facets_json(facets, services, PER_CHUNK)

    for kind, found in read(written):
        assert [sorted(one) for one in found] == [
            sorted({name.partition(":")[2] for name in service if name.startswith(f"{kind}:")}) for service in services
        ]
    assert len(written) < 100_000
    assert len(zlib.compress(written)) < 50_000
