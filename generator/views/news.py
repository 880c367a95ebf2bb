"""Changes of promises and figures in words: when, who, what, from what to what."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.claims import figure
from generator.model import Measure, Target
from generator.values import Duration
from generator.views.changes import Change
from generator.views.headline import limit_words, share_words, target_words
from generator.views.page import Link
from generator.views.words import Line, Said, Words

# Units that are converted; a working day and a calendar day never are (data contract, section 10).
MINUTES = {"minute": 1, "hour": 60}


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence on a change.  ``icon`` is an arrow, "tighter" or "looser", where the time promised moved."""

    line: Line
    icon: str = ""


@dataclass(frozen=True, slots=True)
class NewsItem:
    """One change: its day, its agency, the service (a link), the promise where the service has several, and what it is."""

    iso: str
    of: str
    day: str
    agency: Said
    service: Link
    level: Said
    told: tuple[Told, ...]


def news_of(words: Words, changes: Sequence[Change]) -> tuple[NewsItem, ...]:
    """Return changes in words, in the order given."""
    return tuple(_item(words, change) for change in changes)


def _item(words: Words, change: Change) -> NewsItem:
    service = words.text(change.service_title)
    agency_id, service_id, _ = change.key
    return NewsItem(
        iso=change.day.isoformat(),
        of=f"/{'/'.join(change.key)}/",
        day=words.wording.date(change.day),
        agency=words.text(change.agency_title),
        service=Link(service.text, f"agencies/{agency_id}/{service_id}/", service.language),
        level=Said("") if change.only_level else words.text(change.level_title),
        told=tuple(_told(words, change)),
    )


def _told(words: Words, change: Change) -> Iterator[Told]:
    if change.kind == "revised":
        yield Told(_revised(words, change))
    elif change.kind == "changed" and change.old and change.new:
        yield from _moved(words, change.measure, change.old, change.new)
    elif change.kind == "first" and change.new:
        yield Told(words.line("news.first", new=target_words(words, change.measure, change.new)))
    else:
        yield Told(words.line("news.ended"))


def _moved(words: Words, measure: Measure, old: Target, new: Target) -> Iterator[Told]:
    """A limit and a share that both move are two sentences; one that comes or goes changes what kind of promise it is."""
    if (old.limit is None) != (new.limit is None) or (old.share is None) != (new.share is None):
        was, becomes = target_words(words, measure, old), target_words(words, measure, new)
        yield Told(words.line("news.changed", old=was, new=becomes))
        return
    if old.limit and new.limit and old.limit != new.limit:
        direction = _direction(old.limit, new.limit)
        facts = {"old": limit_words(words, old), "new": limit_words(words, new)}
        yield Told(words.line(f"news.{direction or 'changed'}", **facts), direction)
    if old.share is not None and new.share is not None and old.share != new.share:
        facts = {"old": share_words(words, measure, old), "new": share_words(words, measure, new)}
        yield Told(words.line("news.share_up" if new.share > old.share else "news.share_down", **facts))


def _direction(old: Duration, new: Duration) -> str:
    """Return "tighter" or "looser"; nothing where the two units cannot be compared."""
    if old.unit == new.unit:
        return "tighter" if new.value < old.value else "looser"
    if old.unit in MINUTES and new.unit in MINUTES:
        shorter = new.value * MINUTES[new.unit] < old.value * MINUTES[old.unit]
        return "tighter" if shorter else "looser"
    return ""


def _revised(words: Words, change: Change) -> Line:
    assert change.period
    period = words.wording.period(change.period)
    counts = (*change.before, *change.after)
    if None in counts or change.before == change.after:
        return words.line("news.revised", period=period)
    old, new = f"{change.period.code}r{change.revision_before}", f"{change.period.code}r{change.revision}"
    claims = {
        "old_on_time": f"within_target@{old}",
        "old_cases": f"volume@{old}",
        "on_time": f"within_target@{new}",
        "cases": f"volume@{new}",
    }
    facts = {
        name: figure(words.wording.number(count or 0), claim)
        for (name, claim), count in zip(claims.items(), counts, strict=True)
    }
    return words.line("news.revised_counts", period=period, **facts)
