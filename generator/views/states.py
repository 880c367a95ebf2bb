"""The eight states of a result, each a word and a shape (words.md, 1.2): the seven verdicts, not due yet, and withheld."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

from generator.results import LevelResult, PeriodResult, Verdict
from generator.texts import Strings
from generator.views.words import Words

State = Literal[
    "met",
    "missed",
    "no_target",
    "no_cases",
    "not_reported",
    "suppressed",
    "not_applicable",
    "not_due",
    "withheld",
]
STATES: tuple[State, ...] = get_args(State)
WITH_RESULT: frozenset[State] = frozenset({"met", "missed", "no_target"})


@dataclass(frozen=True, slots=True)
class Badge:
    """A state as it is printed: ``kind`` names its style, ``symbol`` its shape, and ``word`` is never dropped."""

    kind: State
    symbol: str
    word: str


def badge(words: Words, state: State) -> Badge:
    """Return a state's word and shape."""
    return _badge(words.strings, state)


@lru_cache(maxsize=64)
def _badge(strings: Strings, state: State) -> Badge:
    if state in ("not_due", "withheld"):
        return Badge(state, f"c-{state}", strings(f"state.{state}"))
    return Badge(state, f"m-{state}", strings(f"closed.verdict.{state}"))


def row_state(row: PeriodResult) -> State:
    """Return the state of one period."""
    if row.withheld:
        return "withheld"
    return "not_due" if row.coverage == "not_due" else row.verdict


def headline_state(level: LevelResult) -> State:
    """Return the state of a level's headline.

    A span without a single judged row is ``not_reported`` in the results; here the reason of its newest row is given,
    since a figure that is not shown, a promise that does not apply and a report not yet owed are other words.
    """
    verdict: Verdict = level.headline.verdict
    if verdict != "not_reported":
        return verdict
    due = {period.code for period in level.headline.periods}
    states: list[State] = [row_state(row) for row in level.rows if row.period.code in due]
    given = [state for state in states if state not in ("not_due", "no_cases", "met", "missed", "no_target")]
    if given:
        return given[-1]
    return "not_due" if not level.headline.due else "not_reported"
