"""The table of goals names only what there is."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
GOALS = (ROOT / "tests" / "GOALS.md").read_text(encoding="utf-8")
ROWS = [line.split(" | ") for line in GOALS.splitlines() if line.startswith("| R")]


def test_every_goal_has_a_row_with_its_command() -> None:
    """R2 to R24 stand once, in order, each with a command, or else said to be unmeasured."""
    assert [row[0] for row in ROWS] == [f"| R{number}" for number in range(2, 25)]
    assert [row[0] for row in ROWS if "`" not in row[3] and "not measured" not in row[2]] == []


def test_commands_are_there() -> None:
    """Every test file, script and make target that a row names exists."""
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    commands = " ".join(row[3] for row in ROWS)
    named = {name for words in re.findall(r"make ([a-z ]+)", commands) for name in words.split()}

    assert named <= targets
    assert [path for path in re.findall(r"(?:tests|\.ci)/[\w./]+", commands) if not (ROOT / path).exists()] == []
