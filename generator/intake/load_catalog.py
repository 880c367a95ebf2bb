"""catalog.yml, the shared lists, the calendars and the central manuals become a Catalog.

A broken list is named in ``Catalog.broken``: the services that use it are withheld.  A broken catalog.yml withholds all.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Final
from zoneinfo import available_timezones

from generator.intake.checks_words import unplain
from generator.intake.hygiene import shown
from generator.intake.load_records import (
    Context,
    Source,
    errors_in,
    holding_back,
    make_record,
    read_source,
    without_spoiled,
)
from generator.intake.load_service import context_of, rules_of
from generator.intake.load_shared import shared_ids_known
from generator.intake.nearest import nearest, unknown_id
from generator.intake.rules import ids_repeated
from generator.intake.scalars import Plain
from generator.intake.translations import check_shared_texts, untranslated
from generator.intake.tree import FOLDER, VOCABULARIES, YAML_NAME, Folder, check_id, list_folder
from generator.model import Calendar, Catalog, CatalogFile, Law, Manual, SharedDocument, Topic
from generator.problems import Place, Problem, Route
from generator.texts import available_languages
from generator.values import LANGUAGE_PATTERN, Record

CATALOG_FILE: Final = "catalog.yml"
_TOP_FOLDERS: Final = re.compile("agencies|calendars|vocabulary|manuals")
_KINDS: Final[Mapping[str, type[Record]]] = {
    "topics": Topic,
    "life_events": Topic,
    "documents": SharedDocument,
    "laws": Law,
}
_NOT_IN_MANUAL: Final = ("id", "status")


@dataclass(slots=True)
class _Shared:
    """What is read beside catalog.yml, as it is gathered."""

    problems: list[Problem] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    lists: dict[str, dict[str, Record]] = field(default_factory=dict)
    calendars: dict[str, Calendar] = field(default_factory=dict)
    manuals: dict[str, Mapping[str, Plain]] = field(default_factory=dict)


def load_catalog(root: Path) -> tuple[Catalog | None, list[Problem]]:
    """Return what all agencies share, or None where catalog.yml cannot be read, and every problem outside agencies/."""
    top = list_folder(root, "", re.compile(re.escape(CATALOG_FILE)), _TOP_FOLDERS)
    problems = list(top.problems)
    settings, found = _settings(root, CATALOG_FILE in top.files)
    problems += found
    if settings is None:
        return None, problems
    agencies, found = _agency_ids(root, settings)
    problems += found
    catalog, found = _with_shared(root, settings, agencies)
    return catalog, [*problems, *found, *check_shared_texts(catalog)]


def _settings(root: Path, there: bool) -> tuple[CatalogFile | None, list[Problem]]:
    if not there:
        return None, [Problem("file-missing", "error", Place(CATALOG_FILE), {"file": CATALOG_FILE})]
    source = read_source(root, CATALOG_FILE)
    if not isinstance(source.data, dict):
        return None, list(source.problems) or [Problem("file-not-a-map", "error", source.place(()), {})]
    first = _first_language(source.data.get("languages"))
    context: Context = {"first_language": first, "fiscal_year_starts": 1}
    settings, problems = make_record(CatalogFile, source.data, source.place, context)
    if settings is not None:
        problems += _settings_make_sense(settings, source)
    problems = [*source.problems, *without_spoiled(problems, (source,))]
    return (None if errors_in(problems) else settings), problems


def _first_language(languages: Plain) -> str:
    first = languages[0] if isinstance(languages, tuple) and languages else ""
    return first if isinstance(first, str) else ""


def _settings_make_sense(settings: CatalogFile, source: Source) -> Iterator[Problem]:
    """Every language has interface words, and the timezone is one that computers know."""
    known = available_languages()
    for index, language in enumerate(settings.languages):
        place = source.place(("languages", index))
        if not LANGUAGE_PATTERN.fullmatch(language):
            yield Problem("language-form", "error", place, {"value": shown(language)})
        elif language not in known:
            facts = {"value": shown(language), "language": language, "allowed": " ".join(known)}
            yield Problem("language-without-words", "error", place, facts)
    zones = _timezones()
    if settings.timezone not in zones:
        facts = {"value": shown(settings.timezone), "nearest": nearest(settings.timezone, zones) or "Asia/Bangkok"}
        yield Problem("timezone-unknown", "error", source.place(("timezone",)), facts)


@cache
def _timezones() -> frozenset[str]:
    return frozenset(available_timezones())  # it walks through a folder of hundreds of files


def _agency_ids(root: Path, settings: CatalogFile) -> tuple[tuple[str, ...], list[Problem]]:
    """Return the folder of every agency whose name can be an id."""
    listing = list_folder(root, "agencies", None, FOLDER)
    problems = list(listing.problems)
    ids = []
    for name in listing.folders:
        found = list(check_id(Place(f"agencies/{name}"), name, settings.languages))
        problems += holding_back(found, "agency")
        if not found:
            ids.append(name)
    return tuple(ids), problems


def _with_shared(root: Path, settings: CatalogFile, agencies: tuple[str, ...]) -> tuple[Catalog, list[Problem]]:
    shared = _Shared()
    context = context_of(Catalog(settings))
    _read_vocabularies(root, context, shared)
    _read_calendars(root, settings, context, shared)
    settings, problems = _with_known_calendar(settings, shared)
    catalog = _catalog(settings, shared, agencies)
    _read_manuals(root, catalog, context, shared)
    return _catalog(settings, shared, agencies), [*shared.problems, *problems]


def _catalog(settings: CatalogFile, shared: _Shared, agencies: tuple[str, ...]) -> Catalog:
    lists: dict[str, dict[str, Record]] = {name: shared.lists.get(name, {}) for name in VOCABULARIES}
    return Catalog(
        settings,
        **lists,  # type: ignore[arg-type]  # each name's records are of the kind that _KINDS gives
        calendars=shared.calendars,
        manuals=shared.manuals,
        broken=frozenset(shared.broken),
        agency_ids=agencies,
    )


def _with_known_calendar(settings: CatalogFile, shared: _Shared) -> tuple[CatalogFile, list[Problem]]:
    """Return settings whose calendar can be used: without a broken one no due date is worked out, rather than a wrong one."""
    if settings.calendar is None or settings.calendar in shared.calendars:
        return settings, []
    without = settings.model_copy(update={"calendar": None})
    if f"calendars/{settings.calendar}" in shared.broken:
        return without, []
    place = Place(CATALOG_FILE, ("calendar",))
    return without, [unknown_id(place, "calendar", settings.calendar, shared.calendars, "calendars/")]


def _listing(root: Path, folder: str, files: re.Pattern[str], shared: _Shared) -> Folder:
    listing = list_folder(root, folder, files, None)
    shared.problems += listing.problems
    prefix = "" if folder == "vocabulary" else f"{folder}/"  # as ``_note`` names them
    shared.broken |= {f"{prefix}{name.removesuffix('.yml')}" for name in listing.refused}
    return listing


def _read_vocabularies(root: Path, context: Context, shared: _Shared) -> None:
    names = re.compile("(?:" + "|".join(VOCABULARIES) + r")\.yml")
    for file in _listing(root, "vocabulary", names, shared).files:
        name = file.removesuffix(".yml")
        source = read_source(root, f"vocabulary/{file}")
        items, problems = _vocabulary(source, _KINDS[name], context)
        shared.lists[name] = items
        _note(shared, name, (*source.problems, *without_spoiled(problems, (source,))))


def _vocabulary(source: Source, kind: type[Record], context: Context) -> tuple[dict[str, Record], list[Problem]]:
    if not isinstance(source.data, tuple):
        return {}, [] if source.data is None else [Problem("file-not-a-list", "error", source.place(()), {})]
    items: list[Record] = []
    problems: list[Problem] = []
    for index, data in enumerate(source.data):
        record, found = make_record(kind, data, partial(_place_of_item, source, index), context)
        problems += found
        items += [record] if record is not None else []
    if not problems:
        problems += [
            Problem(found.code, "error", source.place(found.route), {"field": "id", **found.facts})
            for found in ids_repeated(items, ())  # type: ignore[arg-type]  # every kind of list has ids
        ]
    return {record.id: record for record in items}, problems  # type: ignore[attr-defined]


def _place_of_item(source: Source, index: int, route: Route) -> Place:
    return source.place((index, *route))


def _read_calendars(root: Path, settings: CatalogFile, context: Context, shared: _Shared) -> None:
    for file in _listing(root, "calendars", YAML_NAME, shared).files:
        calendar_id = file.removesuffix(".yml")
        source = read_source(root, f"calendars/{file}")
        calendar, problems = None, list(check_id(source.place(()), calendar_id, settings.languages))
        if source.data is not None:
            calendar, found = make_record(Calendar, source.data, source.place, context)
            problems += found
        if calendar is not None and calendar.id != calendar_id:
            facts = {"value": shown(calendar.id), "name": calendar_id}
            problems.append(Problem("id-differs-from-name", "error", source.place(("id",)), facts))
        _note(shared, f"calendars/{calendar_id}", (*source.problems, *without_spoiled(problems, (source,))))
        if calendar is not None and f"calendars/{calendar_id}" not in shared.broken:
            shared.calendars[calendar_id] = calendar


def _read_manuals(root: Path, catalog: Catalog, context: Context, shared: _Shared) -> None:
    for file in _listing(root, "manuals", YAML_NAME, shared).files:
        manual_id = file.removesuffix(".yml")
        source = read_source(root, f"manuals/{file}")
        problems = [
            *check_id(source.place(()), manual_id, catalog.settings.languages),
            *_manual_problems(source, catalog, context),
        ]
        _note(shared, f"manuals/{manual_id}", (*source.problems, *without_spoiled(problems, (source,))))
        if f"manuals/{manual_id}" not in shared.broken and isinstance(source.data, dict):
            shared.manuals[manual_id] = source.data


def _manual_problems(source: Source, catalog: Catalog, context: Context) -> Iterator[Problem]:
    """A manual is a service without its id and status; what its services complete is checked with them."""
    if not isinstance(source.data, dict):
        if source.data is not None:
            yield Problem("file-not-a-map", "error", source.place(()), {})
        return
    for key in _NOT_IN_MANUAL:
        if key in source.data:
            yield Problem("key-not-in-manual", "error", Place(source.file, (key,), of_key=True), {"value": key})
    data = {key: value for key, value in source.data.items() if key not in _NOT_IN_MANUAL}
    manual, problems = make_record(Manual, data, source.place, context)
    yield from problems
    if manual is not None:
        yield from shared_ids_known(manual, catalog, source.place)
        yield from untranslated(manual, source.place(()), catalog)
        yield from unplain(manual, source.place(()), catalog)
        # A level's channel and an answer's question may be the service's own, so an unknown one is no mistake here.
        yield from (found for found in rules_of(manual, source.place) if not found.code.startswith("id-unknown"))


def _note(shared: _Shared, name: str, problems: tuple[Problem, ...]) -> None:
    shared.problems += holding_back(problems, "service")
    if errors_in(problems):
        shared.broken.add(name)
