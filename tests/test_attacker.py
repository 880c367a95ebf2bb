"""Nobody can work out a withheld figure: an attacker with linear programming tries it on random tables."""

from collections.abc import Callable, Iterator, Sequence
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import pytest
from attacker import Found, attack, count_of, printed_sums, published_rows
from made import AS_OF, made_catalog, made_data, made_row
from published import publish_data
from test_headline import words_in

from generator.model import Observation
from generator.results import AgencyResult
from generator.stats import current_rows, measure_agency, suppression
from generator.views.service import service_page
from generator.website.fragments import PageWords, render_body

BELOW = 5
CATALOG = made_catalog()
MONTHS = ("2026-07", "2026-08", "2026-09")
BUSY, LATE = (
    (1, 1, 0.3, 0.05, 0),
    (0, 0.03, 0.2, 0.5),
)  # how much goes through a channel or an office, and how much is late
Counts = tuple[int, int, int]  # cases, those in time, received


def random_rows(chance: Random) -> list[Observation]:
    """Return rows of a quarter's months as agencies may send them: by channel, office, both, and whatever goes wrong."""
    channels = [f"c-{at}" for at in range(chance.choice((1, 2, 2, 3, 4)))]
    offices = [f"o-{at}" for at in range(chance.choice((0, 2, 3, 4)))]
    crossed = bool(offices) and chance.random() < 0.25
    scale = chance.choice((30, 100, 300))
    sums: dict[tuple[str, str, str], Counts] = {}
    months = MONTHS[: chance.choice((1, 1, 3))]
    for month in months:
        sums |= _month(chance, month, channels, offices, crossed=crossed, scale=scale)
    if len(months) == 3 and chance.random() < 0.5:
        sums |= _quarter(sums)
    return [row for key, counts in sums.items() for row in _sent(chance, key, counts)]


def _month(
    chance: Random, month: str, channels: Sequence[str], offices: Sequence[str], *, crossed: bool, scale: int
) -> dict[tuple[str, str, str], Counts]:
    """Return one month's counts: cells by channel and office, and what they add up to."""
    sparse = chance.random() < 0.3
    busy = {one: chance.choice(BUSY) for one in (*channels, *offices)}
    late = {one: chance.choice(LATE) for one in channels}
    cells = {
        (channel, office): _counts(chance, round(scale * busy[channel] * busy.get(office, 1)), late[channel])
        for channel, office in product(channels, offices or [""])
        if not (sparse and offices and chance.random() < 0.3)
    }
    found = {(month, "", ""): _sum(cells.values())}
    found |= {(month, one, ""): _sum(cells[pair] for pair in cells if pair[0] == one) for one in channels}
    found |= {(month, "", one): _sum(cells[pair] for pair in cells if pair[1] == one) for one in offices}
    return found | ({(month, *pair): counts for pair, counts in cells.items()} if crossed else {})


def _counts(chance: Random, about: int, late: float) -> Counts:
    volume = chance.randint(about // 2, about)
    return volume, sum(chance.random() >= late for _ in range(volume)), chance.randint(0, about)


def _sum(counts: Any) -> Counts:
    listed = list(counts)
    return sum(one[0] for one in listed), sum(one[1] for one in listed), sum(one[2] for one in listed)


def _quarter(sums: dict[tuple[str, str, str], Counts]) -> dict[tuple[str, str, str], Counts]:
    names = {key[1:] for key in sums}
    return {("2026-Q3", *name): _sum(sums[key] for key in sums if key[1:] == name) for name in sorted(names)}


def _sent(chance: Random, key: tuple[str, str, str], counts: Counts) -> Iterator[Observation]:
    """Yield what the agency sends of one row: perhaps nothing, perhaps without counts, perhaps twice."""
    period, channel_id, office_id = key
    volume, within, received = counts
    part = {"channel_id": channel_id, "office_id": office_id}
    fate = chance.random() if channel_id or office_id else 1
    if fate < 0.01:
        return
    if fate < 0.08 and any(0 < count < BELOW for count in (volume, within, volume - within)):
        yield made_row(period, status="suppressed", **part)
    elif fate < 0.09:
        yield made_row(period, status="not_reported", **part)
    elif fate < 0.1:
        yield made_row(period, volume, **part)
    elif chance.random() < 0.08:
        fewer = chance.randint(0, min(3, within))
        yield made_row(period, volume - fewer, within - fewer, **part)
        yield made_row(period, volume, within, revision=1, received=received, **part)
    else:
        yield made_row(period, volume, within, received=received, **part)


def attacked(site: Path, seed: int) -> list[Found]:
    """Publish the random table of a seed, attack what is published, and return what is given away."""
    data = made_data(random_rows(Random(seed)))
    publish_data(site, CATALOG, [(data, measure_agency(CATALOG, data, AS_OF))], AS_OF)
    levels = published_rows(site)
    return [found for level in levels.values() for found in attack(level, BELOW)]


def test_no_withheld_count_can_be_worked_out(tmp_path: Path, times: Callable[[int, int], int]) -> None:
    """Whatever is added, subtracted and supposed, every withheld count may be any of 5 numbers or more, or all there are."""
    given_away = {seed: found for seed in range(times(40, 500)) if (found := attacked(tmp_path / str(seed), seed))}

    assert given_away == {}


def test_the_attacker_finds_what_is_not_protected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the further rows that are hidden, the same attacker works out counts in some of the same tables."""
    monkeypatch.setattr(suppression, "_further", lambda *_: None)
    given_away = [seed for seed in range(12) if attacked(tmp_path / str(seed), seed)]

    assert len(given_away) >= 3


def test_printed_sums_tell_nothing_more(times: Callable[[int, int], int]) -> None:
    """A sum by channel or office on a page adds up rows that are shown, all of them; where one is withheld there is none."""
    words = words_in("en")
    printed = 0
    for seed in range(times(20, 500)):
        result = measure_agency(CATALOG, made_data(random_rows(Random(seed))), AS_OF)
        view = service_page(CATALOG, result, result.services["permit"], words)
        html = render_body(view, PageWords("en", words.strings, words.wording, "../../../", "../../../../"))
        shown = _shown_months(result)
        for name, sums in printed_sums(html).items():
            rows = shown[name]
            printed += sums != ("", "")
            assert sums == ("", "") or sums == tuple(f"{sum(one[at] for one in rows if one):,}" for at in (0, 1)), seed
            assert sums == ("", "") or None not in rows, seed

    assert printed


def _shown_months(result: AgencyResult) -> dict[tuple[str, str], list[tuple[int, int] | None]]:
    """Return, by channel or office, the cases in time and all cases of each month; None for a month that is withheld."""
    found: dict[tuple[str, str], list[tuple[int, int] | None]] = {}
    for one in current_rows(result):
        row = one.row
        if (row.channel_id == "") == (row.office_id == "") or row.period.grain != "month":
            continue
        name = ("channel", row.channel_id) if row.channel_id else ("office", row.office_id)
        told = (row.within_target or 0, row.volume or 0) if row.within_target is not None else (0, 0)
        found.setdefault(name, []).append(None if one.verdict == "suppressed" else told)
    return found


def test_no_small_count_is_published(tmp_path: Path, times: Callable[[int, int], int]) -> None:
    """In no file does any count of a row by channel or office say 1 to 4."""
    for seed in range(times(10, 500)):
        attacked_site = tmp_path / str(seed)
        data = made_data(random_rows(Random(seed)))
        publish_data(attacked_site, CATALOG, [(data, measure_agency(CATALOG, data, AS_OF))], AS_OF)
        for level in published_rows(attacked_site).values():
            for cell, revisions in level.items():
                told = {count_of(row, count) for row in revisions.values() for count in ("volume", "received", "late")}
                assert not (cell.is_part and told & {1, 2, 3, 4}), (seed, cell)
