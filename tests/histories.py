"""Random histories of one agency's data: what officials do to files night after night, and what that did to the figures.

What should be in the log is worked out here by itself, from plain dictionaries: every published value, by its place.
"""

import copy
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from small import AGENCY, CATALOG

from generator.history.chain import ADDRESS, Log, append
from generator.history.made import agencies_gone, news_of
from generator.history.previous import read_previous
from generator.intake.load_catalog import load_catalog
from generator.pipeline import Prepared, measured, prepare
from generator.results_log import Revision
from generator.views.datasets.agency import agency_tables
from generator.views.datasets.columns import tables_by_name
from generator.views.datasets.files import write
from generator.views.datasets.status import Status, status_json
from generator.views.datasets.whole import join_parts

FIRST_DAY = date(2026, 6, 20)
MONTHS = [f"2026-{month:02}" for month in range(1, 6)]
FIELDS = ("volume", "within_target", "note_th")
Row = dict[str, str]
Facts = dict[tuple[str, ...], str]


@dataclass
class World:
    """What the files say: rows by (service, period), oldest revision first; a service's title and its targets' shares."""

    rows: dict[tuple[str, str], list[Row]] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    targets: dict[str, list[tuple[date, str]]] = field(default_factory=dict)
    file: str = "2026.csv"
    broken_services: set[str] = field(default_factory=set)
    broken_rows: set[tuple[str, str]] = field(default_factory=set)


def first_world(chance: random.Random) -> World:
    """Return two services with five months of figures."""
    world = World()
    for service in ("permit", "copy"):
        world.titles[service] = f"บริการ {service}"
        world.targets[service] = [(date(2025, 10, 1), "0.9")]
        for month in MONTHS:
            world.rows[service, month] = [_row(chance)]
    return world


def _row(chance: random.Random) -> Row:
    volume = chance.randrange(100, 1000)
    return {"volume": str(volume), "within_target": str(chance.randrange(50, volume)), "note_th": ""}


# ---- what happens to the files ----


def _edit(world: World, chance: random.Random, _day: date) -> None:
    row = chance.choice(world.rows[_some_row(world, chance)])
    name = chance.choice(FIELDS)
    row[name] = (
        "แก้แล้ว" + str(chance.random()) if name == "note_th" else str(int(row[name]) + (1 if name == "volume" else -1))
    )


def _correct(world: World, chance: random.Random, _day: date) -> None:
    rows = world.rows[_some_row(world, chance)]
    rows.append({**rows[-1], "within_target": str(int(rows[-1]["within_target"]) - 1), "note_th": "นับซ้ำ"})


def _delete(world: World, chance: random.Random, _day: date) -> None:
    del world.rows[_some_row(world, chance)]


def _redate(world: World, chance: random.Random, _day: date) -> None:
    service, month = _some_row(world, chance)
    free = [f"2025-{other:02}" for other in range(1, 13) if (service, f"2025-{other:02}") not in world.rows]
    if free:
        world.rows[service, chance.choice(free)] = world.rows.pop((service, month))


def _report(world: World, chance: random.Random, _day: date) -> None:
    for service in world.titles:
        world.rows.setdefault((service, f"2024-{chance.randrange(1, 13):02}"), [_row(chance)])


def _rename(world: World, chance: random.Random, _day: date) -> None:
    world.file = f"results-{chance.randrange(1000)}.csv"


def _loosen(world: World, chance: random.Random, _day: date) -> None:
    targets = world.targets[chance.choice(sorted(world.titles))]
    targets[0] = (targets[0][0], f"0.{chance.randrange(60, 99)}")


def _announce(world: World, chance: random.Random, day: date) -> None:
    targets = world.targets[chance.choice(sorted(world.titles))]
    targets.append(
        (max(targets[-1][0], day) + timedelta(days=chance.randrange(1, 90)), f"0.{chance.randrange(60, 99)}")
    )


def _move_target(world: World, chance: random.Random, _day: date) -> None:
    targets = world.targets[chance.choice(sorted(world.titles))]
    targets[0] = (targets[0][0] + timedelta(days=chance.choice((-40, 40))), targets[0][1])
    targets[:] = [one for at, one in enumerate(targets) if at == 0 or one[0] > targets[0][0]]


def _remove(world: World, chance: random.Random, _day: date) -> None:
    if len(world.titles) < 2:
        world.titles["copy" if "permit" in world.titles else "permit"] = chance.choice(
            ("บริการ copy", "บริการ permit", "เรื่องใหม่")
        )
        return
    service = chance.choice(sorted(world.titles))
    del world.titles[service]
    world.rows = {key: rows for key, rows in world.rows.items() if key[0] != service}
    world.broken_services.discard(service)


def _break_service(world: World, chance: random.Random, _day: date) -> None:
    world.broken_services ^= {chance.choice(sorted(world.titles))}


def _break_row(world: World, chance: random.Random, _day: date) -> None:
    world.broken_rows ^= {_some_row(world, chance)}


def _some_row(world: World, chance: random.Random) -> tuple[str, str]:
    if not world.rows:
        world.rows[min(world.titles), "2026-01"] = [_row(chance)]
    return chance.choice(sorted(world.rows))


DEEDS: tuple[Callable[[World, random.Random, date], None], ...] = (
    _edit, _edit, _correct, _correct, _delete, _redate, _report, _rename, _loosen, _announce, _move_target, _remove,
    _break_service, _break_row,
)  # fmt: skip


def worlds(seed: int, nights: int) -> Iterator[tuple[date, World]]:
    """Yield the state of the files night after night; now and then an older one is pushed over it all."""
    chance = random.Random(seed)
    world, day, before = first_world(chance), FIRST_DAY, []
    for _ in range(nights):
        yield day, copy.deepcopy(world)
        before.append(copy.deepcopy(world))
        day += timedelta(days=chance.randrange(1, 4))
        if chance.random() < 0.1:
            world = copy.deepcopy(chance.choice(before))
        for _ in range(chance.randrange(4)):
            chance.choice(DEEDS)(world, chance, day)
        for service in world.titles:
            world.targets.setdefault(service, [(date(2025, 10, 1), "0.9")])


def write_world(world: World, root: Path) -> Path:
    """Write the files of a state, and return their folder."""
    for old in (*root.glob("agencies/*/services/*"), *root.glob("agencies/*/performance/*")):
        old.unlink()
    files = {"catalog.yml": CATALOG, "agencies/sample/agency.yml": AGENCY}
    for service, title in world.titles.items():
        files[f"agencies/sample/services/{service}.yml"] = _service(world, service, title)
    files[f"agencies/sample/performance/{world.file}"] = _table(world)
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


def _service(world: World, service: str, title: str) -> str:
    starts = [*world.targets[service], (None, "")]
    targets = "".join(
        f"      - {{valid_from: {start}, share: {share}{f', valid_to: {after - timedelta(days=1)}' if after else ''}}}\n"
        for (start, share), (after, _) in zip(world.targets[service], starts[1:], strict=True)
    )
    status = "activ" if service in world.broken_services else "active"
    return (
        f"id: {service}\ntitle: {title}\ntype: permit\nstatus: {status}\nservice_levels:\n"
        f"  - id: time\n    measure: accuracy\n    title: เวลา\n    targets:\n{targets}"
    )


def _table(world: World) -> str:
    lines = ["service_id,level_id,period,revision," + ",".join(FIELDS)]
    for key, rows in world.rows.items():
        for revision, row in enumerate(rows):
            cells = {**row, "volume": "-"} if key in world.broken_rows and revision == len(rows) - 1 else row
            lines.append(",".join((key[0], "time", key[1], str(revision), *(cells[name] for name in FIELDS))))
    return "\n".join(lines) + "\n"


# ---- what the site said, and what the log must hold ----


def facts_of(world: World, known: Facts, until: date) -> Facts:
    """Return every published value by its place; what is withheld is as it was known."""
    facts: Facts = {}
    for service, title in world.titles.items():
        if service in world.broken_services:
            facts |= {key: value for key, value in known.items() if key[1] == service}
            continue
        facts["service", service] = title
        facts |= {("share", service, day.isoformat()): _share(world, service, day) for day in _days(until)}
        rows = _rows(world, service)
        facts |= rows
        if any(key in world.broken_rows for key in world.rows if key[0] == service):
            # No row of a level is known to be gone while one of its rows cannot be read.
            facts |= {
                key: value for key, value in known.items() if key[:2] == ("row", service) and not _whole(key, rows)
            }
    return facts


def _whole(key: tuple[str, ...], rows: Facts) -> bool:
    return any(other[:4] == key[:4] for other in rows)


def _rows(world: World, service: str) -> Facts:
    """Return the values of a service's rows; a wrong newest revision takes its whole period off the site."""
    return {
        ("row", service, month, str(revision), name): value
        for (owner, month), rows in world.rows.items()
        if owner == service and (owner, month) not in world.broken_rows
        for revision, row in enumerate(rows)
        for name, value in (*row.items(), ("status", "final"))
        if value
    }


def _share(world: World, service: str, day: date) -> str:
    held = [share for start, share in world.targets[service] if start <= day]
    return str(float(held[-1])) if held else ""


def _days(until: date) -> Iterator[date]:
    day = date(2025, 8, 1)
    while day < until:
        yield day
        day += timedelta(days=1)


# ---- the files of data of a site, as a nightly build leaves them ----


def publish(data: Path, site: Path, day: date, commit: str = "") -> list[Revision]:
    """Publish the tables over those that stand there, and return what was logged."""
    catalog, _ = load_catalog(data)
    assert catalog is not None
    previous = read_previous(site, catalog.settings.languages)
    with prepare(data, lambda _timezone: day, jobs=1) as prepared:
        assert isinstance(prepared, Prepared)
        known, parts, news = tables_by_name(catalog.settings.languages), {}, []
        for agency_id in catalog.agency_ids:
            read, result = measured(prepared, agency_id)
            tables = agency_tables(catalog, read, result) if result else None
            parts |= {name: [part] for name, part in tables.parts.items()} if tables else {}
            if previous:
                found = news_of(previous, catalog, read, tables, day)
                news += found.revisions
                parts["withheld"] = [found.withheld]
    log = previous.log if previous else Log()
    news += agencies_gone(previous, catalog.agency_ids) if previous else ()
    log = append(log, known["revisions"], news, day, commit)
    for name in (*known.keys() - {"problems", "revisions"},):
        join_parts(site, known[name], parts.get(name, []))
    join_parts(site / "data/agencies", known["performance"], parts.get("performance", []))
    write(site / "data/agencies/sample.csv", (site / "data/performance.csv").read_bytes())
    write(site / ADDRESS, log.text)
    numbers: Any = (day, None, True, 1, 1, 1, 0, 0, 0)
    write(site / "status.json", status_json(Status(*numbers, revisions=len(log.rows), revisions_hash=log.head)))
    return news
