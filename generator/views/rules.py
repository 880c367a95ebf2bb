"""The public page of rules: everything that can be wrong with a contribution, and what to type instead."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.claims import typed
from generator.locales import placeholders
from generator.model import Catalog
from generator.problems import Severity
from generator.texts import capital
from generator.views.page import Link, PageView
from generator.views.words import Line, Words

PREFIX, HINT = "problem.", ".hint"
# What can be published although it is wrong; every other code is an error.  tests/test_lists.py holds this list to the
# reports of tests/broken.
WARNINGS = frozenset({
    "all-row-missing", "attainment-differs", "breakdown-small", "cell-formula", "channel-outside-level",
    "choice-unused", "clock-not-stated", "condition-never-holds", "delay-notices-exceed-due", "figure-drop",
    "figure-jump", "figure-repeated", "first-period-grain", "hours-overlap", "improvement-units-differ",
    "level-without-target", "manual-copy-fee-not-stated", "path-without-channel", "path-without-fee",
    "path-without-promise", "period-grain", "promise-beyond-law", "promise-without-limit", "promise-without-share",
    "question-unused", "ranges-leave-hole", "record-untranslated", "reported-on-future", "retired-without-replacement",
    "review-overdue", "service-reference-draft", "steps-differ-from-promise", "text-email", "text-phone", "text-sentence-long", "text-stiff", "text-translation-missing", "text-without-space",
    "tiers-end-early", "url-look-alike", "url-not-https",
})  # fmt: skip
# The first group whose beginnings fit takes a code; the last one takes all that are left.
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("files", ("file-", "folder-", "encoding-", "line-", "shared-file-", "agency-")),
    ("yaml", ("yaml-", "key-", "value-", "list-", "section-", "none-", "add-")),
    ("tables", ("row-", "header-", "table-", "cell-", "quote-", "note-", "revision-", "status-", "all-row-")),
    (
        "figures",
        (
            "number-", "count-", "within-", "backlog-", "delay-", "median-", "attainment-", "figure-", "breakdown-",
            "complaints-",
        ),
    ),
    ("dates", ("date-", "period-", "year-", "month-", "time-", "first-period-", "reported-on-", "timezone-")),
    ("texts", ("text-", "url-", "email-", "personal-", "language-", "record-", "location-")),
    ("names", ("id-", "after-", "replaced-", "service-", "retired-", "channel-")),
    ("history", ("past-", "withdrawn-")),
    ("manuals", ("",)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its code, which is its place on the page, how grave it is, what is wrong, and what to type."""

    code: str
    severity: Line
    message: Line
    hint: Line


@dataclass(frozen=True, slots=True)
class RuleGroup:
    """Rules of one kind."""

    id: str
    title: Line
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class RulesView:
    """The page of rules."""

    count: Line
    groups: tuple[RuleGroup, ...]


def rules_page(catalog: Catalog, words: Words) -> PageView:
    """Return the page of all rules, from the sentences of their codes."""
    codes = codes_of(words)
    groups = ((name, [code for code in codes if group_of(code) == name]) for name, _ in GROUPS)
    count = words.line("rules.count", rules=words.wording.count("rules", len(codes)))
    return PageView(
        path="for-agencies/rules/",
        template="rules.html",
        title=words.strings("rules.title"),
        description=typed(str(count)),
        content=RulesView(count, tuple(_group(words, name, members) for name, members in groups if members)),
        section="for-agencies",
        crumbs=(Link(words.strings("nav.home"), ""), Link(words.strings("nav.for_agencies"), "for-agencies/")),
        demonstration=catalog.settings.demonstration,
    )


def codes_of(words: Words) -> list[str]:
    """Return the codes of all problems, sorted: those that have a sentence."""
    patterns = words.strings.patterns
    return sorted(key.removeprefix(PREFIX) for key in patterns if key.startswith(PREFIX) and not key.endswith(HINT))


def group_of(code: str) -> str:
    """Return the name of the group that a code belongs to."""
    return next(name for name, beginnings in GROUPS if code.startswith(beginnings))


def severity_of(code: str) -> Severity:
    """Return how grave a problem is."""
    return "warning" if code in WARNINGS else "error"


def rule_of(words: Words, code: str) -> Rule:
    """Return a rule in words; what differs from case to case stands in brackets, by its name."""
    return Rule(
        code=code,
        severity=Line(capital(words.strings(f"closed.severity.{severity_of(code)}"))),
        message=Line(capital(_filled(words, f"{PREFIX}{code}"))),
        hint=Line(capital(words.strings("report.hint", hint=_filled(words, f"{PREFIX}{code}{HINT}")))),
    )


def _group(words: Words, name: str, codes: list[str]) -> RuleGroup:
    return RuleGroup(name, words.line(f"rules.group.{name}"), tuple(rule_of(words, code) for code in codes))


def _filled(words: Words, key: str) -> str:
    return words.strings(key, **dict(_bracketed(words, key)))


def _bracketed(words: Words, key: str) -> Iterator[tuple[str, str]]:
    for name in placeholders(words.strings.patterns[key]):
        label = f"rules.fact.{name}"
        yield name, f"[{words.strings(label) if words.strings.has(label) else name}]"
