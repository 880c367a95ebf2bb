"""What one build makes: which data, which day, which editions, and where they stand."""

import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from generator.intake.held_back import HeldBack
from generator.locales import available_languages, load_strings
from generator.pipeline import Clock, Prepared, Step, Unreadable, prepare, silent
from generator.problems import Problem
from generator.texts import Strings, Wording
from generator.website.assets import asset_paths
from generator.website.chrome import Sibling, SiteFacts, site_facts
from generator.website.fragments import environment


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for: no day is today where the catalog is, no languages are all of the catalog's.

    ``previous`` is the folder of what was published last, None where nothing was.  Without ``papers`` no manual and no
    poster is set as a PDF, and no page links one.
    """

    data: Path
    as_of: date | None = None
    languages: tuple[str, ...] = ()
    strict: bool = False
    jobs: int | None = None
    step: Step = silent
    previous: Path | None = None
    papers: bool = True


@dataclass(frozen=True)
class Plan:
    """What is built.  ``content`` holds the prose; ``url`` is where the site stands, with a slash at its end, or ""."""

    request: Request
    prepared: Prepared
    siblings: tuple[Sibling, ...]
    content: Path
    url: str
    preview: bool

    @cached_property
    def commit(self) -> str | None:
        """Return the commit that the data stands at; None outside git, or where git is not to be had."""
        command = ["git", "-C", str(self.request.data), "rev-parse", "HEAD"]
        try:
            return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
        except (OSError, subprocess.CalledProcessError):
            return None

    @property
    def languages(self) -> tuple[str, ...]:
        """Return the languages of the editions, the one at the site's root first."""
        return tuple(sibling.language for sibling in self.siblings)

    def prose_languages(self, language: str) -> tuple[str, ...]:
        """Return the languages whose prose an edition may show, best first: its own, the site's, English, any other."""
        there = sorted(folder.name for folder in self.content.iterdir() if folder.is_dir())
        return tuple(dict.fromkeys((language, *self.languages, "en", *there)))


class RefusedError(Exception):
    """Nothing can be published; the problems say why."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(f"nothing is published: {len(problems)} problems")
        self.problems = tuple(problems)


class TooMuchError(RefusedError):
    """More than a fifth of all services is withheld: something is wrong that no single official did."""

    def __init__(self, problems: Sequence[Problem], held_back: HeldBack) -> None:
        super().__init__(problems)
        self.held_back = held_back


@contextmanager
def make_plan(request: Request, content: Path, url: str = "", preview: bool = False) -> Iterator[Plan]:
    """Read and check the data, and yield what to build from it; what was read is kept until the context ends.

    Raises RefusedError where nothing can be published: no readable catalog, errors and ``strict``, or, but in a preview,
    too much that is withheld.
    """
    for remembered in (load_strings, environment, asset_paths) if preview else ():  # it shows what changed since
        remembered.cache_clear()
    with prepare(request.data, clock(request.as_of), request.jobs, request.step, request.previous) as prepared:
        if isinstance(prepared, Unreadable):
            raise RefusedError(prepared.problems)
        errors = [problem for problem in prepared.problems if problem.severity == "error"]
        if errors and request.strict:
            raise RefusedError(errors)
        if prepared.held_back.too_much and not preview:
            raise TooMuchError(errors, prepared.held_back)
        languages = request.languages or prepared.catalog.settings.languages
        stands = url or prepared.catalog.settings.url or ""
        yield Plan(request, prepared, siblings_of(languages), content, stands, preview)


def siblings_of(languages: Sequence[str]) -> tuple[Sibling, ...]:
    """Return the editions of a site: the first at its root, each other in a folder of its code.

    A language without interface words is a ValueError.
    """
    unknown = sorted(set(languages) - set(available_languages()))
    if unknown:
        raise ValueError(f"no interface words for {', '.join(unknown)}; there are {', '.join(available_languages())}")
    return tuple(
        Sibling(language, load_strings(language).language_name, f"{language}/" if place else "")
        for place, language in enumerate(languages)
    )


def facts_of(plan: Plan, language: str, prose_styles: str, worker: str) -> SiteFacts:
    """Return what the chrome of one edition says; a preview has neither a policy nor a worker."""
    words = words_of(plan, language)
    facts = site_facts(plan.prepared.catalog, plan.siblings, words, plan.prepared.as_of, plan.url)
    facts = replace(facts, prose_styles=prose_styles, worker=worker)
    return replace(facts, policy="", worker="") if plan.preview else facts


def words_of(plan: Plan, language: str) -> tuple[Strings, Wording]:
    """Return the interface's words and the wording of one language."""
    settings = plan.prepared.catalog.settings
    strings = load_strings(language)
    return strings, Wording(strings, settings.era, settings.fiscal_year_starts)


def clock(as_of: date | None) -> Clock:
    """Return the clock that says what day it is in a timezone.

    ``SOURCE_DATE_EPOCH`` stands still for whoever builds the same site again (reproducible-builds.org).
    """

    def today(timezone: str) -> date:
        if as_of is not None:
            return as_of
        stopped = os.environ.get("SOURCE_DATE_EPOCH")
        now = datetime.fromtimestamp(int(stopped), UTC) if stopped else datetime.now(UTC)
        return now.astimezone(ZoneInfo(timezone)).date()

    return today
