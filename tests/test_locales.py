"""The interface's words: the same keys in every language, words for every closed list, and room for one more language."""

import re
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from generator import model, results
from generator.locales import STRINGS_FOLDER, available_languages, load_strings, placeholders
from generator.periods import Grain, read_period
from generator.texts import Wording

TH = load_strings("th").patterns
EN = load_strings("en").patterns
THAI_LETTER = re.compile("[\u0e01-\u0e5b]")

# Every closed list of the data contract, under the name that its words stand by.
CLOSED: dict[str, tuple[Any, ...]] = {
    "agency_status": ("active", "merged", "closed"),
    "audience": ("citizen", "business", "government", "foreigner"),
    "channel_type": ("counter", "drive_thru", "kiosk", "online", "app", "email", "post", "fax", "phone", "mobile_unit", "other"),
    "clock.starts": ("application", "complete_application", "payment", "appointment"),
    "clock.stops": ("decision", "result_notified", "delivered", "answered"),
    "clock.pauses": ("waiting_for_applicant", "waiting_for_agency", "closed_days", "force_majeure"),
    "coverage": get_args(results.Coverage),
    "day": ("mon", "tue", "wed", "thu", "fri", "sat", "sun"),
    "dimension": ("time", "steps", "quality", "channel", "transparency", "cost", "documents"),
    "era": ("buddhist", "gregorian"),
    "frequency": ("month", "quarter", "half_year", "year", "fiscal_year"),
    "grain": get_args(Grain),
    "held_by_state": ("true", "false", "unknown"),
    "improvement_status": ("planned", "in_progress", "done"),
    "kind": ("ministry", "department", "province", "local", "state_enterprise", "independent", "other"),
    "measure": ("processing_time", "waiting_time", "availability", "accuracy", "satisfaction", "complaint_response", "other"),
    "row_status": ("final", "provisional", "not_reported", "not_applicable", "suppressed"),
    "service_type": (
        "permit", "registration", "notification", "certificate", "benefit", "payment", "information", "enforcement", "other",
    ),
    "severity": ("error", "warning"),
    "status": ("draft", "active", "suspended", "retired"),
    "unit": ("minute", "hour", "working_hour", "working_day", "calendar_day", "month", "document", "step", "visit"),
    "verdict": ("met", "missed", "no_target", "no_cases", "not_reported", "suppressed", "not_applicable"),
    "withheld": ("row", "file", "service", "agency", "none"),
}  # fmt: skip


def test_both_languages_have_the_same_keys_and_placeholders() -> None:
    """Whatever one language says, with whatever facts, the other says too."""
    assert TH.keys() == EN.keys()
    assert [key for key in TH if placeholders(TH[key]) != placeholders(EN[key])] == []


@pytest.mark.parametrize("language", available_languages())
def test_no_key_is_written_twice(language: str) -> None:
    """A second line with the same key would silently replace the first."""
    lines = (STRINGS_FOLDER / f"{language}.yml").read_text(encoding="utf-8").splitlines()
    keys = Counter(line.split(":")[0] for line in lines if re.match(r"[a-zA-Z]", line))

    assert [key for key, times in keys.items() if times > 1] == []
    assert list(keys) == sorted(keys)


def test_each_language_keeps_to_its_script() -> None:
    """No English words hold Thai letters, and Thai words without any are the same in both languages."""
    assert [key for key, words in EN.items() if THAI_LETTER.search(words)] == []
    assert [
        key for key, words in TH.items() if not THAI_LETTER.search(words) and words != EN[key] and _is_said(key)
    ] == []


def _is_said(key: str) -> bool:
    """Rules of writing (the plural, the era) and patterns without a word are no words."""
    patterns = {"plural", "year.era", "fiscal_year.known_start", "period.year", "time"}
    return key not in patterns and not key.startswith(("list.", "hours", "date", "number."))


def test_thai_style() -> None:
    """Arabic numerals, no polite particles or pronouns, no double spaces, and ๆ held by a no-break space."""
    banned = re.compile(r"[๐-๙]|(?<!เ)ท่าน|คุณ(?!ภาพ)|กรุณา|ครับ|ค่ะ|  | ๆ|\s$|^\s")

    assert [key for key, words in TH.items() if banned.search(words)] == []
    assert [key for key, words in EN.items() if re.search(r"  |\s$|^\s", words)] == []


def test_english_style() -> None:
    """The interface's English keeps the rules that it holds agencies to: no office phrase, and one form of apostrophe."""
    rules = {key: words for key, words in EN.items() if key not in ("plain.instead", "search.synonyms")}
    stiff = [phrase.partition("=")[0] for phrase in EN["plain.instead"].split("; ")]
    banned = re.compile(rf"\b(?:{'|'.join(stiff)}|parted by|owed)\b|’", re.IGNORECASE)

    assert [key for key, words in rules.items() if banned.search(words)] == []


def test_no_sentence_keeps_the_quotes_of_its_file() -> None:
    """Quotes that only YAML needs are not printed before readers."""
    quoted = re.compile(r"'.*'|\".*\"", re.DOTALL)

    assert [key for words in (TH, EN) for key, said in words.items() if quoted.fullmatch(said)] == []


@pytest.mark.parametrize(("name", "values"), sorted(CLOSED.items()))
def test_every_value_of_a_closed_list_has_words(name: str, values: tuple[Any, ...]) -> None:
    """A value that may stand in a file can be shown."""
    missing = [f"closed.{name}.{value}" for value in values if f"closed.{name}.{value}" not in TH]

    assert missing == []


def test_the_lists_here_are_those_of_the_records() -> None:
    """A value that the records take and this test does not know would never be asked for its words."""
    assert set(CLOSED["measure"]) == set(get_args(model.Measure))
    assert set(CLOSED["channel_type"]) == set(get_args(model.ChannelType))
    assert set(CLOSED["verdict"]) == set(get_args(results.Verdict))
    assert set(CLOSED["row_status"]) == set(get_args(model.RowStatus))


def test_every_problem_has_a_hint() -> None:
    """A message without something to type helps nobody."""
    codes = {key.removesuffix(".hint") for key in TH if key.startswith("problem.")}

    assert [code for code in sorted(codes) if code not in TH or f"{code}.hint" not in TH] == []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with Thai, English and a made-up language, each word of which stands in brackets."""
    for language in ("th", "en"):
        (tmp_path / f"{language}.yml").write_bytes((STRINGS_FOLDER / f"{language}.yml").read_bytes())
    kept = {"plural", "year.era", "fiscal_year.known_start"}
    made_up = {key: words if key in kept else f"[{words}]" for key, words in EN.items()}
    write(tmp_path / "qps.yml", made_up)
    return tmp_path


def write(path: Path, words: dict[str, str]) -> None:
    """Write a strings file."""
    path.write_text(yaml.safe_dump(words, allow_unicode=True), encoding="utf-8")


def test_a_further_language_is_one_file(folder: Path) -> None:
    """A language that only a file knows says figures, periods and sentences, in its own words."""
    words = Wording(load_strings("qps", folder), "buddhist", 10)
    october = read_period("2026-10", 10)
    assert october is not None

    assert available_languages(folder) == ["en", "qps", "th"]
    assert words.strings.language == "qps"
    assert words.strings.language_name == "[English]"
    assert words.strings("button.search") == "[Search]"
    assert words.duration(Decimal(15), "working_day") == "[15\u00a0working\u00a0days]"
    assert words.period(october) == "[[Oct]\u00a02026]"
    assert words.money(Decimal(5), "THB") == "[5\u00a0baht]"


def test_a_language_that_differs_is_refused(folder: Path) -> None:
    """A missing key, an unknown key and another placeholder are all listed, when the file is loaded."""
    words = dict(EN)
    del words["button.search"]
    words["button.dance"] = "Dance"
    words["line.revised"] = "Revised on {day}"
    write(folder / "bad.yml", words)

    with pytest.raises(ValueError, match=r"bad\.yml differs from th\.yml") as raised:
        load_strings("bad", folder)

    for difference in ("button.search is missing", "button.dance is not known", "line.revised has other placeholders"):
        assert difference in str(raised.value)


def test_only_plain_text_and_plain_placeholders_load(folder: Path) -> None:
    """A number for a text, and a placeholder that reaches into an object, are refused."""
    write(folder / "bad.yml", {**EN, "button.search": "{a.b}"})
    (folder / "number.yml").write_text("button.search: 5\n", encoding="utf-8")

    with pytest.raises(ValueError, match="not a plain placeholder"):
        load_strings("bad", folder)
    with pytest.raises(ValueError, match="not text"):
        load_strings("number", folder)
