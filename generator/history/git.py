"""Data as it stood at a commit, read from git without a checkout; nothing is guessed where history was cut off."""

import subprocess
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

FILES = ("100644", "100755")  # a link is no file; the check of the data refuses it


class GitError(Exception):
    """Earlier data cannot be had; ``key`` names the sentence that ``facts`` fill."""

    def __init__(self, key: str, **facts: object) -> None:
        super().__init__(f"{key}: {facts}")
        self.key = key
        self.facts = facts


class Commit(NamedTuple):
    """A commit, and when it was made, with its zone."""

    id: str
    moment: datetime


def commit_of(data: Path, named: str) -> str:
    """Return the id of a commit by any name; GitError where it is not there."""
    found = _git(data, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{named}^{{commit}}")
    if found is None:
        raise GitError("git_shallow" if is_shallow(data) else "git_unknown", value=named, folder=data)
    return found.decode().strip()


def is_shallow(data: Path) -> bool:
    """Return whether the repository holds a part of its history only; GitError where there is no repository."""
    told = _git(data, "rev-parse", "--is-shallow-repository")
    if told is None:
        raise GitError("git_none", folder=data)
    return told.strip() == b"true"


def commits(data: Path, since: str | None) -> Iterator[Commit]:
    """Yield the commits that changed the data, oldest first, along the first parents: each is a state that was published.

    ``since`` is the first of them; without it the history must be whole.
    """
    if is_shallow(data):
        raise GitError("git_shallow", value=since or "HEAD", folder=data)
    first = commit_of(data, since) if since else None
    span = [f"{first}..HEAD"] if first else ["HEAD"]
    told = _git(data, "log", "--first-parent", "--reverse", "--format=%H %cI", *span, "--", ".") or b""
    begun = _git(data, "show", "--no-patch", "--format=%H %cI", first) if first else b""
    for line in ((begun or b"") + told).decode().splitlines():
        name, moment = line.split()
        yield Commit(name, datetime.fromisoformat(moment))


def export(data: Path, commit: str, folder: Path) -> Path:
    """Write the data of a commit into a folder, and return it; it stays empty where the commit has none."""
    listed = _git(data, "ls-tree", "-r", "-z", commit, ".") or b""
    entries = [entry.decode("utf-8", "surrogateescape").partition("\t") for entry in listed.split(b"\0") if entry]
    files = [(name, about.split()[2]) for about, _, name in entries if about.split()[0] in FILES]
    told = _git(data, "cat-file", "--batch", fed="".join(f"{blob}\n" for _, blob in files).encode()) or b""
    at = 0
    for name, _ in files:
        start = told.index(b"\n", at) + 1
        end = start + int(told[at:start].split()[2])
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(told[start:end])
        at = end + 1
    return folder


def _git(data: Path, *arguments: str, fed: bytes = b"") -> bytes | None:
    """Return what git says of the repository around a folder; None where it fails or is not to be had."""
    command = ["git", "-C", str(data), *arguments]
    try:
        return subprocess.run(command, input=fed, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
