"""What may lie where in the data folder: section 1 of the data contract.  Nothing is opened here."""

import os
import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from generator.intake.hygiene import shown
from generator.problems import Place, Problem
from generator.values import ID_PATTERN, suggested_id

CSV_NAME: Final = re.compile(r"[A-Za-z0-9._-]+\.csv", re.ASCII)
YAML_NAME: Final = re.compile(r".+\.yml")
FOLDER: Final = re.compile(r".+")
VOCABULARIES: Final = ("topics", "life_events", "documents", "laws")
LONGEST_ID: Final = 64
# Names that addresses of the site or some file system need; the languages of the catalog are added.
RESERVED: Final = frozenset(
    ["index", "assets", "search", "data", "api", "en", "th", "sitemap", "404", "con", "prn", "aux", "nul"]
    + [f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)]
)


@dataclass(frozen=True, slots=True)
class Folder:
    """What a folder holds that belongs there: names of files and of folders, sorted; and what is wrong with the rest."""

    files: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def list_folder(root: Path, folder: str, files: re.Pattern[str] | None, folders: re.Pattern[str] | None) -> Folder:
    """Return the entries of a folder whose names match; a missing folder is empty.

    Symbolic links, dot-files, other names and names that differ only in case or Unicode form are problems.
    """
    path = root / folder
    if not path.is_dir() or path.is_symlink():
        return Folder()
    good: dict[bool, list[str]] = {True: [], False: []}
    refused, problems = [], []
    entries = sorted(os.scandir(path), key=lambda entry: entry.name)
    for entry in entries:
        is_folder = entry.is_dir(follow_symlinks=False)
        problem = _refused(folder, entry, folders if is_folder else files)
        if problem is None:
            good[is_folder].append(entry.name)
        else:
            refused.append(entry.name)
            problems.append(problem)
    problems += _twins(folder, [entry.name for entry in entries])
    return Folder(tuple(good[False]), tuple(good[True]), tuple(refused), tuple(problems))


def check_id(place: Place, value: str, languages: Collection[str]) -> Iterator[Problem]:
    """An id has the form of an id and is no name that addresses need."""
    if not ID_PATTERN.fullmatch(value) or len(value) > LONGEST_ID:
        yield Problem("id-form", "error", place, {"value": shown(value), "suggestion": suggested_id(value)})
    elif value in RESERVED or value in {language.lower() for language in languages}:
        yield Problem("id-reserved", "error", place, {"value": value, "suggestion": f"{value}-service"})


def _refused(folder: str, entry: "os.DirEntry[str]", allowed: re.Pattern[str] | None) -> Problem | None:
    file = _joined(folder, entry.name)
    if entry.is_symlink():
        return Problem("file-symlink", "error", Place(file), {"file": file})
    if entry.name.startswith("."):
        return Problem("file-hidden", "error", Place(file), {"file": file})
    is_other = not entry.is_file(follow_symlinks=False) and not entry.is_dir(follow_symlinks=False)
    if is_other or allowed is None or not allowed.fullmatch(entry.name):
        return _unexpected(file, entry)
    return None


def _unexpected(file: str, entry: "os.DirEntry[str]") -> Problem:
    """A file that does not belong, with the name it should have or the folder it probably belongs to."""
    stem, _, extension = entry.name.rpartition(".")
    if entry.is_dir(follow_symlinks=False):
        return Problem("folder-unexpected", "error", Place(file), {"file": file})
    # What is neither a file nor a folder, a pipe say, is never opened: reading it might never end.
    if not entry.is_file(follow_symlinks=False):
        return Problem("file-unexpected-kind", "error", Place(file), {"file": file})
    if extension.lower() in ("yaml", "yml") and extension != "yml":
        return Problem("file-extension", "error", Place(file), {"file": file, "suggestion": f"{stem}.yml"})
    if extension.lower() == "csv" and "/performance/" in f"/{file}":
        name = re.sub(r"[^A-Za-z0-9._-]+", "-", stem).strip("-") or "results"
        return Problem("file-name", "error", Place(file), {"file": file, "suggestion": f"{name}.csv"})
    home = {"csv": "agencies/<agency_id>/performance/", "yml": "agencies/<agency_id>/services/"}.get(extension.lower())
    if home is None:
        return Problem("file-unexpected-kind", "error", Place(file), {"file": file})
    return Problem("file-unexpected", "error", Place(file), {"file": file, "suggestion": home})


def _twins(folder: str, names: Sequence[str]) -> Iterator[Problem]:
    """Names that differ only in case or Unicode form are one name on some computers."""
    first: dict[str, str] = {}
    for name in names:
        same = unicodedata.normalize("NFC", name).casefold()
        if same in first:
            file = _joined(folder, name)
            yield Problem("file-name-twin", "error", Place(file), {"file": file, "other": _joined(folder, first[same])})
        first.setdefault(same, name)


def _joined(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name
