"""The floors, the doors and the sizes of the code, which the tables below hold and comments never could."""

import ast
import statistics
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import generator

ROOT = Path(generator.__file__).parent

# Who may import whom: only what stands on a lower floor, or on the same one; but the two stages of floor 3 are blind
# to each other.  What is not named here is a sibling of the pipeline, on floor 5.
FLOORS = {
    0: ("__init__", "workers"),
    1: ("problems", "periods", "texts", "dates", "figures", "locales", "claims"),
    2: ("model", "values", "results", "case"),
    3: ("intake", "stats"),
    4: ("views",),
    6: ("cli", "website", "__main__"),
}
SIBLINGS = 5
BLIND = 3

# Where each dependency may be imported, and nowhere else: leaving one behind must stay a small change.
DOORS = {
    "yaml": ("intake/read_yaml.py", "locales.py"),
    "pydantic": ("model*", "values.py", "intake/load*", "schema.py"),
    "pydantic_core": ("model*", "values.py", "intake/load*"),
    "pandas": ("intake/read_csv.py", "stats*", "views/datasets*"),
    "xlsxwriter": ("views/datasets*",),
    "pyarrow": ("views/datasets*",),
    "orjson": ("views/*", "cli*", "website/*"),
    "typst": ("paper/typeset.py",),
    "zxingcpp": ("website/*",),
    "jinja2": ("website/*",),
    "mkdocs": ("website/*",),
    "material": ("website/*",),
    "click": ("cli*",),
    "rich": ("cli*",),
}
# What works every figure out again: short enough that anyone can read it.
VERIFYING, MOST_LINES = "verify.py", 149
CLOCK_DOORS = ("cli.py", "website/plan.py")
CLOCKS = {"now", "today", "utcnow", "time", "time_ns", "localtime", "gmtime"}

TREES = {path.relative_to(ROOT).as_posix(): ast.parse(path.read_bytes()) for path in sorted(ROOT.rglob("*.py"))}
FUNCTIONS = [
    (f"{name}:{node.lineno} {node.name}", node)
    for name, tree in TREES.items()
    for node in ast.walk(tree)
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
]
LINES = {title: (node.end_lineno or node.lineno) - node.lineno + 1 for title, node in FUNCTIONS}


def test_imports_go_down_only() -> None:
    """A module imports from lower floors and from its own, and intake and stats know nothing of each other."""
    wrong = [
        f"{name} imports {part}"
        for name, imported in _imports()
        if imported.startswith("generator.")
        for part in [imported.split(".")[1]]
        if not _may_import(_part(name), part)
    ]

    assert wrong == []


def test_each_dependency_has_one_door() -> None:
    """A library is imported where its door is, and nowhere else."""
    wrong = [
        f"{name} imports {imported}"
        for name, imported in _imports()
        if not _open(name, DOORS.get(imported.split(".")[0], ("*",)))
    ]

    assert wrong == []


def test_verifying_is_a_second_implementation() -> None:
    """What works figures out again shares no code with what printed them, and needs the standard library alone."""
    wrong = [
        f"{name} imports {imported}"
        for name, imported in _imports()
        if name == VERIFYING and imported.split(".")[0] not in sys.stdlib_module_names
    ]

    assert wrong == []
    assert (ROOT / VERIFYING).read_text("utf-8").count("\n") <= MOST_LINES


def test_no_relative_imports() -> None:
    """Every import says its whole name, so that the floors can be read from it."""
    wrong = [name for name, tree in TREES.items() for node in ast.walk(tree) if getattr(node, "level", 0)]

    assert wrong == []


def test_nothing_prints() -> None:
    """Words reach a terminal through click and rich, never through print."""
    wrong = [name for name, call in _calls() if isinstance(call.func, ast.Name) and call.func.id == "print"]

    assert wrong == []


def test_the_clock_is_outside() -> None:
    """Two modules ask what day it is, for a check and for a build; everywhere else `as_of` is an argument."""
    wrong = [
        f"{name}:{call.lineno}"
        for name, call in _calls()
        if isinstance(call.func, ast.Attribute) and call.func.attr in CLOCKS and not _open(name, CLOCK_DOORS)
    ]

    assert wrong == []


def test_functions_are_short() -> None:
    """No function is longer than 40 lines, and the median is under 10."""
    assert {title: lines for title, lines in LINES.items() if lines > 40} == {}
    assert statistics.median(LINES.values()) < 10


def test_functions_say_what_they_return() -> None:
    """Every function has a return annotation."""
    assert [title for title, node in FUNCTIONS if node.returns is None] == []


def _imports() -> Iterator[tuple[str, str]]:
    """Yield every module with the full name of each module it imports."""
    for name, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                yield from ((name, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module == "generator":
                yield from ((name, f"generator.{alias.name}") for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield name, node.module


def _calls() -> Iterator[tuple[str, ast.Call]]:
    """Yield every module with each call in it."""
    for name, tree in TREES.items():
        yield from ((name, node) for node in ast.walk(tree) if isinstance(node, ast.Call))


def _may_import(upper: str, lower: str) -> bool:
    """Return whether one part of the package may import another."""
    above, below = _floor(upper), _floor(lower)
    return upper == lower or below < above or (below == above != BLIND)


def _floor(part: str) -> int:
    """Return the floor of a part: by its own name or, for `model_service`, by the name that it begins with."""
    for floor, parts in FLOORS.items():
        if part in parts or part.partition("_")[0] in parts:
            return floor
    return 0 if part.startswith("__version") else SIBLINGS


def _part(name: str) -> str:
    """Return the module or the package right below `generator` that a file belongs to."""
    return name.partition("/")[0].removesuffix(".py")


def _open(name: str, doors: tuple[str, ...]) -> bool:
    """Return whether a file is one of the doors."""
    return any(fnmatch(name, door) for door in doors)
