"""What each channel and each office kept of a promise: its table, and the one line that stands beside the place itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from generator.claims import claims_of
from generator.model import Agency, Service
from generator.results import Breakdown, LevelResult
from generator.texts import Text
from generator.views.alphabet import alphabetical
from generator.views.headline import Outcome, outcome_words, span_words
from generator.views.promise import anchor_of, lead_of, of_level
from generator.views.results_table import all_column, kept_column
from generator.views.states import WITH_RESULT, Badge, badge
from generator.views.words import Line, Said, Words

PartKind = Literal["channel", "office"]
Names = Mapping[tuple[str, str], Text]  # of channels and offices, by their kind and id
_BELOW = {"channel": "/", "office": "//"}  # how a part of a promise is addressed (``verify``)


@dataclass(frozen=True, slots=True)
class Part:
    """A channel's or an office's result over the headline's span; small ones carry a word in place of the verdict."""

    id: str
    at: str
    title: Said
    badge: Badge
    caution: str
    kept: str
    all: str
    percent: str


@dataclass(frozen=True, slots=True)
class Parts:
    """One breakdown, in alphabetical order."""

    kind: PartKind
    anchor: str
    title: Line
    caption: Line
    columns: tuple[str, ...]
    parts: tuple[Part, ...]
    hidden: Line


@dataclass(frozen=True, slots=True)
class PlaceResult:
    """What one channel or office kept of one promise, beside its address.

    ``of`` and ``at`` say what its figures are about, and ``anchor`` where on the page all of that promise's parts stand.
    """

    promise: Said
    of: str
    at: str
    badge: Badge
    counts: Line
    caution: Line
    anchor: str

    @property
    def claims(self) -> str:
        """Return what the numbers in the counts are made of, in their order."""
        return " ".join(claims_of(self.counts))


def names_of(agency: Agency, service: Service) -> Names:
    """Return what a service's channels and its agency's offices are called."""
    channels = (service.scope.channels if service.scope else None) or ()
    named: dict[tuple[str, str], Text] = {("channel", channel.id): channel.title for channel in channels}
    return named | {("office", office.id): office.title for office in agency.offices or ()}


def parts_of(words: Words, names: Names, level: LevelResult, kind: PartKind) -> Parts | None:
    """Return a promise by channel or by office; None where nobody reported it so."""
    found = [one for one in level.breakdowns if one.kind == kind]
    if not found:
        return None
    measure = level.level.measure
    named = [(words.text(names[kind, one.id]) if (kind, one.id) in names else Said(one.id), one) for one in found]
    named.sort(key=lambda pair: (alphabetical(pair[0].text, words.language), pair[1].id))
    columns = (
        words.strings(f"column.{kind}"),
        kept_column(words, measure),
        all_column(words, measure),
        words.strings("column.attainment"),
        words.strings("column.verdict"),
    )
    caption = words.line("service.parts_caption", span=span_words(words, level.headline.periods))
    parts = tuple(_part(words, title, one) for title, one in named)
    hidden = words.line("service.parts_hidden") if any(one.withheld for one in found) else Line("")
    return Parts(kind, _anchor(level, kind), words.line(f"service.by_{kind}"), caption, columns, parts, hidden)


def results_of(words: Words, levels: Sequence[LevelResult], kind: PartKind) -> Mapping[str, PlaceResult]:
    """Return what each channel or each office kept, by its id, of the first promise that has a figure of it to show.

    The promise that leads the page is the first.  Where nothing can be shown, it is the first that was reported so.
    """
    lead = lead_of(levels)
    ordered = sorted(levels, key=lambda level: level is not lead)
    pairs = [(level, one) for level in ordered for one in level.breakdowns if one.kind == kind]
    pairs.sort(key=lambda pair: not _has_figure(pair[1]))
    found: dict[str, PlaceResult] = {}
    for level, one in pairs:
        if one.id not in found:
            found[one.id] = _result(words, level, one)
    return found


def _has_figure(one: Breakdown) -> bool:
    return one.span.verdict in WITH_RESULT and one.span.volume > 0


def _anchor(level: LevelResult, kind: PartKind) -> str:
    return f"{anchor_of(level)}-by-{kind}"


def _result(words: Words, level: LevelResult, one: Breakdown) -> PlaceResult:
    span, periods = one.span, level.headline.periods
    shown = _has_figure(one)
    outcome = Outcome(span.within_target, span.volume, span.share, periods, span.small)
    return PlaceResult(
        promise=words.text(level.level.title),
        of=of_level(level),
        at=f"{_BELOW[one.kind]}{one.id}",
        badge=badge(words, span.verdict),
        counts=outcome_words(words, level.level.measure, outcome) if shown else Line(""),
        caution=words.line("state.small_numbers") if shown and span.small else Line(""),
        anchor=_anchor(level, one.kind),
    )


def _part(words: Words, title: Said, one: Breakdown) -> Part:
    span, at = one.span, f"{_BELOW[one.kind]}{one.id}"
    if not _has_figure(one):
        return Part(one.id, at, title, badge(words, span.verdict), "", "", "", "")
    return Part(
        id=one.id,
        at=at,
        title=title,
        badge=badge(words, span.verdict),
        caution=words.strings("state.small_numbers") if span.small else "",
        kept=words.wording.number(span.within_target),
        all=words.wording.number(span.volume),
        percent=words.wording.percent(span.within_target, span.volume, span.share),
    )
