"""The words that a script fills in: one file for each language, fetched when a reader asks for something to be worked out.

On every page they would weigh more than all else that a script needs.
"""

import hashlib
from functools import lru_cache
from pathlib import Path

import orjson

from generator.dates import BUDDHIST_YEARS_AHEAD
from generator.texts import Strings, Wording
from generator.website.assets import FOLDER

# Of these keys every one whose name begins so.
KEYS = (
    "count.days.", "date", "due.", "duration.", "late.letter_early", "list.", "month_short.", "number.decimal", "open.", "plural",
    "service.closed_unconfirmed", "time", "weekday",
)  # fmt: skip
# What the page itself says already.
ON_THE_PAGE = (
    "due.ask.", "due.button", "due.calendar_days", "due.choose", "due.closed_unknown", "due.example",
    "due.failed", "due.pauses", "due.private", "due.rule.", "due.title", "due.when_closed", "duration.calendar_day.noted", "open.again",
)  # fmt: skip


def script_words_path(strings: Strings, wording: Wording) -> str:
    """Return where the words of a language stand, from the site's root: named by their content, as scripts are."""
    digest = hashlib.sha256(_content(strings, wording)).hexdigest()[:8]
    return f"{FOLDER}/words-{strings.language}.{digest}.json"


def write_script_words(strings: Strings, wording: Wording, site: Path) -> None:
    """Write the words of a language into the site."""
    target = site / script_words_path(strings, wording)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(_content(strings, wording))


@lru_cache(maxsize=16)
def _content(strings: Strings, wording: Wording) -> bytes:
    keys = (key for key in sorted(strings.patterns) if key.startswith(KEYS) and not key.startswith(ON_THE_PAGE))
    words: dict[str, object] = {key: strings.patterns[key] for key in keys}
    years_ahead = BUDDHIST_YEARS_AHEAD if wording.year(BUDDHIST_YEARS_AHEAD) != str(BUDDHIST_YEARS_AHEAD) else 0
    return orjson.dumps(words | {"years_ahead": years_ahead})
