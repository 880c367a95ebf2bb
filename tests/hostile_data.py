"""Hostile and broken input by class: good data, one thing done to one file, and what ``check`` must say of it.

``hostile/<class>.yml`` lists cases.  ``in`` is a file of the good data, by a short name or its own; it gets another text
(``put``), another text somewhere (``swap: [old, new]``), more at its end (``add``), another encoding (``encode``), raw
bytes at its end (``hex``), company (``also``), or becomes a symbolic link (``link``).  ``⟪x×9⟫`` stands for nine times x.  ``says`` are the
problems: line and column in that file and the code, the file named where it is another.  ``hint`` must stand in a hint,
``secret`` in no report.
"""

import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import broken_data
import yaml

FOLDER: Final = Path(__file__).parent / "hostile"
SHORT: Final = {
    "agency": "agencies/office/agency.yml",
    "calendar": "calendars/national.yml",
    "catalog": "catalog.yml",
    "documents": "vocabulary/documents.yml",
    "laws": "vocabulary/laws.yml",
    "life_events": "vocabulary/life_events.yml",
    "manual": "manuals/central.yml",
    "service": "agencies/office/services/permit.yml",
    "table": "agencies/office/performance/2026.csv",
    "topics": "vocabulary/topics.yml",
    "withdrawn": "agencies/office/withdrawn.yml",
}
MOST_SAID: Final = 6


@dataclass(frozen=True, slots=True)
class Case:
    """One hostile input: its class and name, what is done to which file, and what is said."""

    group: str
    name: str
    done: dict[str, Any]

    @property
    def file(self) -> str:
        """Return the file that something is done to."""
        return SHORT.get(self.done["in"], self.done["in"])


def groups() -> list[str]:
    """Return the names of all classes, sorted."""
    return sorted(path.stem for path in FOLDER.glob("*.yml"))


def cases_of(group: str) -> list[Case]:
    """Return the cases of one class."""
    listed = yaml.safe_load((FOLDER / f"{group}.yml").read_text(encoding="utf-8"))
    return [Case(group, one["case"], one) for one in listed]


def write_base(data: Path) -> Path:
    """Write good data with a file of every kind, and return the folder."""
    shutil.copytree(broken_data.BASE, data)
    shutil.copytree(FOLDER / "_base", data, dirs_exist_ok=True)
    return data


def make(case: Case, root: Path) -> Path:
    """Write the data of a case below ``root`` and return its folder."""
    data = write_base(root / "data")
    path = data / case.file
    path.parent.mkdir(parents=True, exist_ok=True)
    for other, text in case.done.get("also", {}).items():
        (data / other).write_text(text, encoding="utf-8")
    if "link" in case.done:
        path.unlink(missing_ok=True)
        path.symlink_to(case.done["link"])
    else:
        path.write_bytes(_content(case, path))
    return data


def _content(case: Case, path: Path) -> bytes:
    done = case.done
    text = _grown(done["put"]) if "put" in done else path.read_text(encoding="utf-8") if path.exists() else ""
    if "swap" in done:
        old, new = done["swap"]
        assert old in text, f"{case.name}: {old!r} is not in {case.file}"
        text = text.replace(old, _grown(new), 1)
    text += _grown(done.get("add", ""))
    return bytes(text.encode(done.get("encode", "utf-8"))) + bytes.fromhex(done.get("hex", ""))


def _grown(text: str) -> str:
    return re.sub("⟪(.+?)×([0-9]+)⟫", lambda found: found[1] * int(found[2]), text, flags=re.DOTALL)


def said(case: Case, report: str) -> list[str]:
    """Return what a report in JSON says, as cases list it; after the sixth problem how many there are."""
    problems = json.loads(report)["problems"]
    lines = [
        f"{'' if one['file'] == case.file else one['file'] + ':'}{one['line']}:{one['column']} {one['code']}"
        for one in problems
    ]
    return lines if len(lines) <= MOST_SAID else [*lines[:3], f"{len(lines)} in all"]


def rewrite(group: str, results: dict[str, list[str]]) -> None:
    """Write a class anew, with what its cases now say; the diff is reviewed like code."""
    path = FOLDER / f"{group}.yml"
    heading = path.read_text(encoding="utf-8").partition("\n- case:")[0].strip()
    listed = [{**case.done, "says": results.get(case.name, case.done.get("says"))} for case in cases_of(group)]
    text = "\n".join(_block(one) for one in listed)
    path.write_text(f"{heading}\n\n{text}" if heading.startswith("#") else text, encoding="utf-8")


def _block(one: dict[str, Any]) -> str:
    return yaml.safe_dump([one], allow_unicode=True, sort_keys=False, width=1000)
