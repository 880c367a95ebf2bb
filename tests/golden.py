"""Golden files: what a view or a drawing is, word for word; `--rewrite` brings them up to date for a review."""

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest

GOLDEN = Path(__file__).parent / "golden"


def as_json(value: Any) -> str:
    """Return a record as JSON that a reviewer reads: one value a line, letters as they are."""
    plain = dataclasses.asdict(value) if dataclasses.is_dataclass(value) else value
    return json.dumps(plain, ensure_ascii=False, indent=1, default=str) + "\n"


def assert_golden(name: str, text: str, request: pytest.FixtureRequest) -> None:
    """Compare with the golden file of that name, or write it."""
    path = GOLDEN / name
    if request.config.getoption("--rewrite"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")

    assert path.exists(), f"{name} is missing; run pytest --rewrite and look at it"
    assert text == path.read_text(encoding="utf-8"), f"{name} differs; run pytest --rewrite and look at the change"
