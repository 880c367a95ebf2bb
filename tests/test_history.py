"""What was published and has changed since is in the log, all of it and nothing else."""

from collections.abc import Callable, Iterator
from pathlib import Path

from histories import Facts, facts_of, publish, worlds, write_world

from generator.results_log import Revision

NIGHTS = 8


def differences(old: Facts, new: Facts) -> Facts:
    """Return the old value of every fact that is another one now, or none."""
    return {key: value for key, value in old.items() if new.get(key, "") != value} | {
        key: ""
        for key, value in new.items()
        if key[0] == "share" and key not in old and value and key[2] <= _known_until(old, key[1])
    }


def told(key: tuple[str, ...], old: str, new: Facts, news: list[Revision]) -> bool:
    """Return whether the log tells that a fact is another one now."""
    kind, service, *rest = key
    of_service = [one for one in news if one.service_id == service]
    if ("service", service) not in new:
        return any(one.change == "removed" for one in of_service)
    if kind == "share":
        spans = [one for one in of_service if one.field == "share" and _inside(rest[0], one.period)]
        return [(one.old_value, one.new_value) for one in spans] == [(old, new[key])]
    if kind == "row":
        of_row = [one for one in of_service if one.period == rest[0] and one.level_id == "time"]
        moved = any(one.change == "redated" and one.revision == rest[1] for one in of_row)
        values = [(one.field, one.old_value, one.new_value) for one in of_row if one.revision == rest[1]]
        return moved or (rest[2], old, new.get(key, "")) in values
    return True  # another title is a matter of words


def _known_until(old: Facts, service: str) -> str:
    """Return the last day of which something was published of a service's promise: of a withheld one, an earlier day."""
    return max((key[2] for key in old if key[:2] == ("share", service)), default="")


def _inside(day: str, span: str) -> bool:
    first, _, last = span.partition("/")
    return first <= day <= last


def true(one: Revision, old: Facts, new: Facts) -> bool:
    """Return whether what the log tells has happened."""
    service, row = one.service_id, ("row", one.service_id, one.period, one.revision)
    if one.change == "removed":
        return ("service", service) in old and ("service", service) not in new
    if one.change in ("returned", "id_used_again"):
        return ("service", service) in new and ("service", service) not in old
    if one.change == "corrected":
        return any(key[:4] == row for key in new) and not any(key[:4] == row for key in old)
    if one.field == "share":
        until = min(one.period.partition("/")[2], _known_until(old, service))
        days = [key for key in {*old, *new} if key[:2] == ("share", service) and one.period[:10] <= key[2] <= until]
        return all((old.get(key, ""), new.get(key, "")) == (one.old_value, one.new_value) for key in days)
    if one.change == "redated":
        return not any(key[:4] == row for key in new) and any(key[2] == one.new_value for key in new if key[0] == "row")
    return (old.get((*row, one.field), ""), new.get((*row, one.field), "")) == (one.old_value, one.new_value)


def test_every_change_of_random_histories_is_in_the_log_and_nothing_else(
    times: Callable[[int, int], int], tmp_path: Path
) -> None:
    """Each published value that is another one the next night is told with both values, and nothing else is."""
    for seed in range(times(15, 200)):
        assert list(_untrue(seed, tmp_path / str(seed))) == []


def _untrue(seed: int, folder: Path) -> Iterator[tuple[object, ...]]:
    """Yield, by seed and night, each change that the log lacks and each that it makes up."""
    known: Facts = {}
    last = ""
    for night, (day, world) in enumerate(worlds(seed, NIGHTS)):
        news = publish(write_world(world, folder / "data"), folder / "site", day)
        now = facts_of(world, known, day)
        before, seen = _passed(known, last), _passed(now, last)
        lacking = (key for key, old in differences(before, seen).items() if night and not told(key, old, seen, news))
        yield from ((seed, night, "lacks", key) for key in lacking)
        yield from ((seed, night, "makes up", one) for one in news if not true(one, before, seen))
        known, last = now, day.isoformat()


def _passed(facts: Facts, day: str) -> Facts:
    """Return the facts without what was promised for days that had not passed."""
    return {key: value for key, value in facts.items() if key[0] != "share" or key[2] < day}
