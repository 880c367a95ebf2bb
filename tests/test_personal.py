"""How surely personal data are found, and how seldom official texts are taken for them: 2,000 of each, from a seed.

All ids, numbers and addresses are drawn by chance; no person is known to have them.
"""

import random
from collections import Counter
from collections.abc import Callable

import pytest

from generator.intake.hygiene import check_text, shown
from generator.problems import Place

SEED = 20261122
MANY = 2000
PLACE = Place("agencies/a/services/b.yml", ("summary", "th"))
THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
WIDE = str.maketrans("0123456789@", "０１２３４５６７８９＠")
AROUND = (
    "{} ", "ผู้ยื่นคำขอ {} มาติดต่อ", "เลขประจำตัวประชาชน {}", "ติดต่อ {} ได้ทุกวัน", "ของนาย ก. ({}) และผู้ค้ำ", "โทร.{}",
    "ข้อมูล: {}, ตามคำขอที่ 12/2569", "see {} for the case of 2026-10-01", "รายที่ 1 {} รายที่ 2", "บัตรเลขที่ {} ออกเมื่อ 1 ต.ค. 2568",
)  # fmt: skip
# What official texts count, number and date: # is a digit by chance.
CLEAN = (
    "ที่ มท 08#8.2/ว #### ลงวันที่ # มกราคม 256#", "บัญชีเลขที่ ###-#-#####-#", "โฉนดที่ดินเลขที่ ##### เล่ม ### หน้า ##",
    "ปีงบประมาณ พ.ศ. 256# (1 ต.ค. 256# – 30 ก.ย. 256#)", "ISBN 978-616-#####-#-#", "ทุนจดทะเบียน #,###,###.## บาท",
    "เลขประจำตัวผู้เสียภาษีของหน่วยงาน 0994000######", "นิติบุคคลเลขที่ 01055########", "พ.ร.บ. อำนวยความสะดวกฯ พ.ศ. 25## มาตรา ##",
    "เลขที่โครงการ 6#########", "รหัสงบประมาณ ##########################", "หนังสือที่ กค 0409.4/ว ### และ กค 0421.3/#####",
    "พิกัด 13.######, 100.######", "เปิด 08.30–16.30 น. โทร. 0 2### #### ต่อ ####", "สายด่วน 1### หรือ 02-###-####", "รหัสไปรษณีย์ #####",
    "แบบ ภ.ง.ด. ## ฉบับที่ ###/256#", "ทะเบียนรถ กข #### กรุงเทพมหานคร", "อัตรา 0.## 0.## 0.## และ 1.00", "ระหว่างวันที่ 2026-0#-1# ถึง 2026-1#-2#",
    "ส่งที่ saraban@office.go.th อ้างถึง ####/256#", "ใบอนุญาตเลขที่ ##/####-## หมดอายุ 31/12/256#", "https://www.example.go.th/?id=1############",
    "เครื่องวัดหมายเลข ########", "มอก. ####-256# ข้อ #.#.#", "ประกาศ เล่ม 13# ตอนพิเศษ ### ง", "คำขอที่ 256#-##-######", "จำนวน ##,### ราย จาก ###,### ราย",
    "1. ## 2. ## 3. ## 4. ## 5. ##", "ตาราง 1 2 3 4 5 6 7 8 9 10 11 12", "สินค้ารหัส 885##########",
)  # fmt: skip


def citizen_id(chance: random.Random) -> str:
    """Return an id with its check digit: the first digit from 1 to 8, the next four an office's."""
    first = f"{chance.randrange(1, 9)}{chance.randrange(10**11):011}"
    total = sum(int(digit) * weight for digit, weight in zip(first, range(13, 1, -1), strict=True))
    return first + str((11 - total % 11) % 10)


def grouped(digits: str, between: str, *sizes: int) -> str:
    """Return digits in groups of these sizes."""
    ends = [sum(sizes[: index + 1]) for index in range(len(sizes))]
    return between.join(digits[end - size : end] for end, size in zip(ends, sizes, strict=True))


SPELLINGS: dict[str, Callable[[str, tuple[int, ...]], str]] = {
    "together": lambda digits, _: digits,
    "with hyphens": lambda digits, sizes: grouped(digits, "-", *sizes),
    "with spaces": lambda digits, sizes: grouped(digits, " ", *sizes),
    "in Thai digits": lambda digits, sizes: grouped(digits, "-", *sizes).translate(THAI),
    "in full-width digits": lambda digits, sizes: digits.translate(WIDE),
    "with what nobody sees": lambda digits, sizes: grouped(digits, "\u200b", *sizes),
    "with thin spaces": lambda digits, sizes: grouped(digits, "\u2009", *sizes),
}


def planted(chance: random.Random, number: int) -> tuple[str, str]:
    """Return personal data and how it is spelled: an id, a mobile number or a private address in turn."""
    spelling = list(SPELLINGS)[number // 3 % len(SPELLINGS)]
    spell = SPELLINGS[spelling]
    if number % 3 == 0:
        return spell(citizen_id(chance), (1, 4, 5, 2, 1)), spelling
    if number % 3 == 1:
        return spell(f"0{chance.choice('689')}{chance.randrange(10**8):08}", (3, 3, 4)), spelling
    name = "".join(chance.choices("abcdefghijklmnop", k=chance.randrange(3, 9)))
    provider = chance.choice(("gmail.com", "hotmail.com", "yahoo.co.th", "outlook.co.th", "icloud.com", "Live.com"))
    address = f"{name}{chance.choice(('', '.', '_'))}{chance.randrange(100)}@{provider}"
    forms = (
        address,
        address.upper(),
        address.replace("@", "＠"),
        address.replace("@", " (at) "),
        address.replace("@", "[at]"),
        f"<{address}>",
    )
    return forms[number // 3 % len(forms)], spelling


def alarms(text: str) -> set[str]:
    """Return the codes of personal data that a text raises."""
    return {problem.code for problem in check_text(PLACE, text) if problem.code.startswith("personal-")}


def test_personal_data_are_found() -> None:
    """Of 2,000 planted in seven spellings at least 99 in a hundred are found, and none of those is quoted."""
    chance = random.Random(SEED)
    missed: Counter[str] = Counter()
    for number in range(MANY):
        value, spelling = planted(chance, number)
        text = chance.choice(AROUND).format(value)
        missed[spelling] += not alarms(text)
        assert not alarms(text) or value not in shown(text)

    assert missed.total() <= MANY * 0.01, missed


@pytest.mark.parametrize("digits", ["Arabic", "Thai"])
def test_official_texts_are_nobody_s(digits: str) -> None:
    """Of 2,000 texts full of numbers at most one in a hundred raises an alarm."""
    chance = random.Random(SEED)
    false: Counter[str] = Counter()
    for number in range(MANY):
        pattern = CLEAN[number % len(CLEAN)]
        text = "".join(chance.choice("0123456789") if letter == "#" else letter for letter in pattern)
        false[pattern] += bool(alarms(text.translate(THAI) if digits == "Thai" and "http" not in text else text))

    assert false.total() <= MANY * 0.01, +false
