"""The order of names against ICU itself: a browser's ``Intl.Collator`` sorts as our own key does, string by string."""

import random
import re
from collections.abc import Iterator
from itertools import pairwise, product

import pytest
from browser import opened
from playwright.sync_api import Browser
from sites import REPOSITORY

from generator.views.alphabet import alphabetical, initial

pytestmark = pytest.mark.browser

CONSONANTS = "".join(map(chr, range(0x0E01, 0x0E2F)))
LEADING, FOLLOWING, TONES = "เแโใไ", "ะัาำิีึืุูๅ", "่้๊๋"
SIGNS = (*"็์ฯๆ ฺ", "-", " ", "/", "(", ")", ".", "“", "ๆ ", "–", "\u200b")
LATIN = (*"abzABZé0129๐๑๙", "co", "Co", "2569", "๒๕๖๙")
# What is known to be hard: a vowel written before its consonant, marks that count only between equal words, the two
# vocalic letters with their long sign, abbreviation and repetition, numbers of either kind, Latin, spaces, hyphens.
HARD = ["เก", "แก", "โก", "ใก", "ไก", "กา", "เกา", "แกะ", "โกน", "ใกล้", "ไกล", "กก", "กขค", "เขา", "ขาว", "เขต", "แขก", "เเขก", "เกาะ", "เก่า", "เก้า", "เก๊า", "เก๋า", "เก็บ", "เก็ง", "เกม", "เกณฑ์", "ก็", "กอ", "ก่อ", "ก้อ", "ก๊อ", "ก๋อ", "กอง", "ก่อง", "ก้อง", "กอก", "การ", "การ์ด", "การ์ตูน", "กาน", "การณ์", "กำ", "ก่ำ", "ก้ำ", "กำไร", "กำมะ", "กิ", "กี", "กึ", "กื", "กุ", "กู", "กฺ", "กํ", "ฤ", "ฤๅ", "ฤา", "ฤดู", "ฤๅษี", "ฤทธิ์", "รฤก", "รา", "ริ", "เรา", "ฦ", "ฦๅ", "ฦา", "ลา", "ลุ", "เลา", "ว", "ฦๅชา", "พฤกษา", "พรึก", "พฤติ", "พลา", "ฯ", "ฯลฯ", "กรุงเทพฯ", "กรุงเทพ", "กรุงเทพมหานคร", "ๆ", "ต่างๆ", "ต่าง", "ๆ", "ต่างๆนานา", "ต่าง", "ต่างจาก", "บริษัท", "บริษัทฯ", "สุข", "สุขา", "สุข์", "จันทร์", "จันทร", "จันทรา", "เสาร์", "เสา", "เสาะ", "ทราย", "ทรัพย์", "ทรัพยากร", "1", "2", "10", "๑", "๒", "๑๐", "1ก", "๑ก", "ก1", "ก๑", "กA", "กa", "Aก", "aก", "A", "a", "B", "b", "é", "e", "É", "ที่", "1", "ที่", "๑", "ที่1", "ที่ดิน", "ที่-ดิน", "ที่", "ดิน", "(ที่ดิน)", "“ที่ดิน”", "น.ส.๓", "น.ส.3", "นส3", "ภ.ง.ด.90"]  # fmt: skip
# A mark that stands on no letter, or on ๆ or ฯ, is not Thai; ICU drops some of them and keeps others.
ON_NOTHING = re.compile("(?<![ก-ฮะ-ฺเ-ๅ็-๎])[็-๎]")
ORDER = """([language, names]) => {
  const order = new Intl.Collator(language);
  return names.slice(1).map((name, at) => Math.sign(order.compare(names[at], name)));
}"""


def of_the_data() -> list[str]:
    """Return every line of Thai in the demonstration data, whole, and each run of Thai letters in it."""
    files = sorted((REPOSITORY / "sla_data").glob("**/*.yml"))
    lines = {line for path in files for line in re.findall(r"th: *(.+?),? *$", path.read_text("utf-8"), re.MULTILINE)}
    return sorted(lines | {run for line in lines for run in re.findall("[ก-๛]+", line)})


def made(chance: random.Random) -> str:
    """Return a name of syllables as Thai writes them, with signs, digits and Latin between some of them."""

    def syllable() -> str:
        parts = (
            chance.choice(["", "", *LEADING]),
            chance.choice(CONSONANTS),
            chance.choice(["", *FOLLOWING]),
            chance.choice(["", "", "", *TONES, "็"]),
            chance.choice(["", chance.choice(CONSONANTS), chance.choice(CONSONANTS) + "์"]),
        )
        return "".join(parts)

    others = chance.choice([SIGNS, SIGNS, LATIN])
    return "".join(syllable() + chance.choice(["", "", "", chance.choice(others)]) for _ in range(chance.randint(1, 3)))


def names() -> Iterator[str]:
    """Yield thousands of names: the words of the data, the hard cases alone, in pairs, and made ones."""
    chance = random.Random(20260101)
    data = of_the_data()
    yield from (*data, *HARD)
    yield from (f"ก{sign}{rest}" for sign in (*FOLLOWING, *TONES, *SIGNS) for rest in ("", "า", "ก"))
    yield from (one + other for one, other in product(HARD[:60], HARD[::7]))
    yield from (made(chance) for _ in range(6000))
    for _ in range(2000):  # words of the data with a mark more
        word = chance.choice(data)
        at = chance.randrange(len(word)) + 1
        yield word[:at] + chance.choice([*TONES, *SIGNS]) + word[at:]


@pytest.mark.parametrize("language", ["th", "en"])
def test_names_are_in_the_order_of_icu(chromium: Browser, language: str) -> None:
    """Of any two neighbours in our order ICU says the same: before, or equal where our key says equal."""
    ordered = sorted(
        {name for name in names() if not ON_NOTHING.search(name)}, key=lambda name: alphabetical(name, language)
    )
    keys = [alphabetical(name, language)[:3] for name in ordered]
    with opened(chromium) as (page, _):
        said = page.evaluate(ORDER, [language, ordered])

    ours = [-1 if key < other else 0 for key, other in pairwise(keys)]
    different = [
        (one, other, our, icu)
        for (one, other), our, icu in zip(pairwise(ordered), ours, said, strict=True)
        if our != icu
    ]
    assert len(ordered) > 9000
    assert different == []


def test_a_name_stands_under_its_consonant() -> None:
    """A leading vowel, a tone or a bracket is never a letter of its own; numbers share one."""
    heads = {name: initial(name, "th") for name in ("โอน", "แจ้ง", "“ใบ”", "ฤดู", "๓ ปี", "30 บาท", "e-Service", "Éclair")}

    assert list(heads.values()) == ["อ", "จ", "บ", "ฤ", "0–9", "0–9", "E", "E"]
