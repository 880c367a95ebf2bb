"""A third language is a strings file and nothing else: no code, no template, no prose."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from sites import AS_OF, REPOSITORY
from test_site import broken_links, page, pages

CODE = "qps"  # the code of a pseudo-language for tests
# What is no sentence: rules and directions that the program reads, and lists of words to search with.
NO_SENTENCES = {"plural", "shell.direction", "search.synonyms", "search.agency_names"}


def pseudo(sentence: str) -> str:
    """Return a sentence that a reader of English can read and a test can tell from English; placeholders stay."""
    parts = re.split(r"(\{\w+\})", sentence)
    return (
        "⟦"
        + "".join(part if part.startswith("{") else part.translate(str.maketrans("aeiou", "áéíóú")) for part in parts)
        + "⟧"
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of a copy of the project whose only change is a strings file and the catalog's list of languages."""
    copy = tmp_path_factory.mktemp("clone")
    for folder in ("generator", "content", "sla_data"):
        shutil.copytree(REPOSITORY / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(REPOSITORY / "mkdocs.yml", copy)
    strings = copy / "generator" / "strings"
    words: dict[str, str] = yaml.safe_load((strings / "en.yml").read_text(encoding="utf-8"))
    third = {key: value if key in NO_SENTENCES else pseudo(value) for key, value in words.items()}
    (strings / f"{CODE}.yml").write_text(yaml.safe_dump(third, allow_unicode=True), encoding="utf-8")
    catalog = copy / "sla_data" / "catalog.yml"
    text = catalog.read_text(encoding="utf-8")
    changed = re.sub(r"^languages: \[th, en\]", f"languages: [th, en, {CODE}]", text, flags=re.MULTILINE)
    assert changed != text
    catalog.write_text(changed, encoding="utf-8")
    command = [sys.executable, "-m", "generator", "build", "--as-of", AS_OF, "--no-papers"]
    environment = {**os.environ, "PYTHONPATH": str(copy)}
    done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return copy / "site"


def test_every_page_stands_in_the_third_language(site: Path) -> None:
    """The third edition has the pages of the second, each in its own language."""
    second = {path.relative_to(site / "en") for path in pages(site / "en")}
    third = {path.relative_to(site / CODE) for path in pages(site / CODE)}

    assert third == second
    assert {next(page(path).all("html"))["lang"] for path in pages(site / CODE)} == {CODE}


def test_the_interface_speaks_the_third_language(site: Path) -> None:
    """Every heading of a manual comes from the strings file."""
    shown = page(site / CODE / "agencies/land-transport/annual-vehicle-tax/index.html")
    headings = [text for element, language, text in shown.texts if element == "h2" and language == CODE]

    assert headings
    assert all(text.strip().startswith("⟦") for text in headings), headings


def test_no_link_of_three_languages_is_broken(site: Path) -> None:
    """All three editions link to each other and to themselves without a break."""
    broken = list(broken_links(site, "https://clearly.example.go.th/sla/"))

    assert not broken, "\n".join(broken[:20])
