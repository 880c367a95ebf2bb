"""However a Thai word is spelt, in a real browser it finds the services that it finds as the dictionary spells it."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest
from browser import opened, serving
from playwright.sync_api import Browser, Page
from sites import built
from spellings import ALIKE, ONE_MORE, PARTED, TONELESS, Spelling, cuts
from test_browser_search import DATA, finds, told_of

from generator.views.folding import fold, loosen
from generator.views.search import Entry, Group, write_index

pytestmark = pytest.mark.browser

TERMS = 500
SHORTEST, LONGEST = 6, 40  # letters of what is also looked for with one letter more, less or other (assets/search.js)
# The demonstration has hardly a digit, and no SARA AM with a tone: services of water, in its index beside its own.
WATER = (
    "การขอใช้น้ำประปา", "น้ำบาดาล 2 บ่อ", "ใบอนุญาตทำน้ำแข็ง", "การค้ำประกัน 3 ปี", "เรือข้ามแม่น้ำ", "ที่ดินริมน้ำ 50 วา", "น้ำมันเชื้อเพลิง",
    "บ่อบำบัดน้ำเสีย", "ทำน้ำดื่มบรรจุขวด", "สินเชื่อดอกเบี้ยต่ำ 1 ปี", "ค่าแรงขั้นต่ำ 400", "การจดทะเบียนซ้ำ", "ถ้ำและน้ำตก", "ตลาดน้ำ 7 แห่ง",
)  # fmt: skip


@dataclass(frozen=True)
class Known:
    """The page of search; 500 terms with what each finds; and by path the folded titles, names, and names of groups."""

    page: Page
    terms: dict[str, list[str]]
    names: dict[str, list[str]]
    groups: dict[str, list[str]]

    def finds(self, spelling: Spelling) -> dict[str, tuple[str, list[str]]]:
        """Return the terms that are another text as spelt, each with that text and what it finds."""
        spelt = {term: spelling(term) for term in self.terms if spelling(term) != term}
        found = finds(self.page, *spelt.values())
        return {term: (text, paths) for (term, text), paths in zip(spelt.items(), found, strict=True)}

    def named(self, term: str, *, with_groups: bool) -> set[str]:
        """Return what a term is a part of the title or of another name of, or of the name of its agency or topic."""
        part = fold(term)
        kinds = (self.names, self.groups) if with_groups else (self.names,)
        return {path for kind in kinds for path, names in kind.items() if any(part in name for name in names)}


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[Known]:
    """The demonstration's page of search, loaded once, and 500 terms."""
    entries, groups, pairs = told_of("th")
    entries += [Entry(f"water/{at}/", title, "") for at, title in enumerate(WATER)]
    folder = tmp_path_factory.mktemp("spellings")
    write_search(
        folder, built(tmp_path_factory, "demonstration", DATA), write_index(folder / "index", entries, groups, pairs)
    )
    with serving(folder) as address, opened(chromium) as (page, log):
        page.goto(f"{address}search/")
        terms = terms_of(entries, groups)
        of_groups = {group.id: [fold(name) for name in group.names] for group in groups}
        yield Known(
            page,
            dict(zip(terms, finds(page, *terms), strict=True)),
            {entry.path: [fold(name) for name in (entry.title, *entry.names)] for entry in entries},
            {entry.path: [name for group in entry.groups for name in of_groups[group]] for entry in entries},
        )
        assert log.console == []


def write_search(folder: Path, site: Path, index: str) -> None:
    """Write the page of search of a site, with all that it needs but its index: it asks this one."""
    shutil.copytree(site / "assets", folder / "assets", ignore=shutil.ignore_patterns("search"))
    page = (site / "search/index.html").read_text(encoding="utf-8")
    (folder / "search").mkdir()
    asks = re.sub('data-index="[^"]+"', f'data-index="../index/{index}/"', page)
    (folder / "search/index.html").write_text(asks, encoding="utf-8")


def terms_of(entries: list[Entry], groups: tuple[Group, ...]) -> list[str]:
    """Return titles, other names and names of groups, and parts of them that begin and end where a reader could part them."""
    names = sorted({name for entry in entries for name in (entry.title, *entry.names)})
    chance, terms = Random(2569), dict.fromkeys([*names, *sorted({name for group in groups for name in group.names})])
    while len(terms) < TERMS:
        name = chance.choice(names)
        begin, end = sorted(chance.sample(cuts(name), 2))
        if len(part := name[begin:end].strip()) >= 6:
            terms[part] = None
    return list(terms)


def test_every_term_finds_what_it_names(known: Known) -> None:
    """Each of the 500 terms finds every service of whose title, other names, agency or topics it is a part."""
    missed = {term: known.named(term, with_groups=True) - set(paths) for term, paths in known.terms.items()}

    assert len(known.terms) == TERMS
    assert {term: paths for term, paths in missed.items() if paths} == {}
    assert [term for term, paths in known.terms.items() if not paths] == []


@pytest.mark.parametrize("name", ALIKE)
def test_what_looks_alike_finds_the_same(name: str, known: Known) -> None:
    """What no reader can tell apart, and what the wrong keyboard makes of it, finds the same in the same order."""
    found = known.finds(ALIKE[name])

    assert len(found) >= 10
    assert {text: paths for term, (text, paths) in found.items() if paths != known.terms[term]} == {}


@pytest.mark.parametrize("name", PARTED)
def test_what_is_parted_finds_it_all(name: str, known: Known) -> None:
    """A space in the midst of a word hides nothing."""
    found = known.finds(PARTED[name])

    assert len(found) > TERMS / 2
    assert {text for term, (text, paths) in found.items() if not set(known.terms[term]) <= set(paths)} == set()


@pytest.mark.parametrize("name", TONELESS)
def test_what_lacks_tones_finds_what_it_names(name: str, known: Known) -> None:
    """Without one of its tones, or all, a term finds every service of whose title, names, agency or topics it is a part."""
    found = known.finds(TONELESS[name])
    missed = {text: known.named(term, with_groups=True) - set(paths) for term, (text, paths) in found.items()}

    assert len(found) > TERMS / 4
    assert {text: paths for text, paths in missed.items() if paths} == {}


@pytest.mark.parametrize("name", ONE_MORE)
def test_a_letter_twice_finds_what_it_names(name: str, known: Known) -> None:
    """With one letter twice a term of six to forty letters finds every service of whose title or other name it is a part."""
    found = known.finds(ONE_MORE[name])
    missed = {
        text: known.named(term, with_groups=False) - set(paths)
        for term, (text, paths) in found.items()
        if SHORTEST <= len(loosen(fold(text))) <= LONGEST
    }

    assert len(missed) > TERMS / 4
    assert {text: paths for text, paths in missed.items() if paths} == {}
