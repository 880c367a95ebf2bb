"""Ten thousand services to search in: 2,000 different ones, each at five agencies, in the words that such titles use.

Invented, seeded, and as varied as real titles are: an index of a few repeated titles would be smaller than a true one.
"""

import random
from collections.abc import Iterator

from generator.views.search import Entry, Group

SERVICES = 10_000
SUBJECTS = 2_000
AGENCIES = 300
VERBS = (
    "การขอ", "การขอต่ออายุ", "การขอใบแทน", "การขอแก้ไข", "การแจ้ง", "การแจ้งยกเลิก", "การจดทะเบียน", "การโอน", "การขอสำเนา",
    "การขึ้นทะเบียน", "การขออนุญาต", "การตรวจสอบ", "การรับรอง", "การชำระ", "การขอคืน", "การอุทธรณ์", "การร้องเรียนเกี่ยวกับ",
    "การขอรับความช่วยเหลือด้าน", "การลงทะเบียน", "การเปลี่ยนแปลงรายการ", "การขอข้อมูล", "การยื่นแบบ", "การเพิกถอน", "การขอเช่า",
)  # fmt: skip
OBJECTS = (
    "บัตรประจำตัวประชาชน", "ทะเบียนบ้าน", "ใบอนุญาตขับรถ", "ภาษีรถประจำปี", "กรรมสิทธิ์รถ", "หนังสือเดินทาง", "สูติบัตร", "มรณบัตร",
    "ทะเบียนสมรส", "ทะเบียนหย่า", "ชื่อสกุล", "เลขหมายประจำบ้าน", "โฉนดที่ดิน", "หนังสือรับรองการทำประโยชน์", "ราคาประเมินที่ดิน",
    "อาคารชุด", "ใบอนุญาตก่อสร้างอาคาร", "การดัดแปลงอาคาร", "การรื้อถอนอาคาร", "ถังน้ำมัน", "ป้ายโฆษณา", "ตลาดเอกชน", "โรงแรม",
    "สถานบริการ", "สุรา", "ยาสูบ", "ไพ่", "โรงงาน", "เครื่องจักร", "วัตถุอันตราย", "สารเคมี", "ปุ๋ย", "เมล็ดพันธุ์", "พืชคุ้มครอง",
    "สัตว์ป่า", "สัตว์เลี้ยง", "ฟาร์มสุกร", "โรงฆ่าสัตว์", "เรือประมง", "ท่าเทียบเรือ", "อากาศยาน", "โดรน", "วิทยุสมัครเล่น", "คลื่นความถี่",
    "กิจการไปรษณีย์", "มิเตอร์ไฟฟ้า", "น้ำประปา", "น้ำบาดาล", "เครื่องหมายการค้า", "สิทธิบัตร", "ลิขสิทธิ์", "สิ่งบ่งชี้ทางภูมิศาสตร์",
    "บริษัทจำกัด", "ห้างหุ้นส่วน", "งบการเงิน", "สมาคม", "มูลนิธิ", "สหกรณ์", "กองทุนหมู่บ้าน", "สถานพยาบาล", "ร้านขายยา", "เครื่องสำอาง",
    "อาหารเสริม", "เครื่องมือแพทย์", "ร้านอาหาร", "หาบเร่แผงลอย", "นวดแผนไทย", "เบี้ยยังชีพผู้สูงอายุ", "เบี้ยความพิการ",
    "เงินอุดหนุนเด็กแรกเกิด", "เงินสงเคราะห์บุตร", "ประโยชน์ทดแทนกรณีว่างงาน", "กองทุนเงินทดแทน", "บัตรคนพิการ", "แรงงานต่างด้าว",
    "ใบอนุญาตทำงาน", "การอยู่ต่อในราชอาณาจักร", "สัญชาติไทย", "ถิ่นที่อยู่", "มัคคุเทศก์", "ธุรกิจนำเที่ยว", "ครูต่างชาติ",
    "โรงเรียนเอกชน", "ทุนการศึกษา", "วุฒิการศึกษา", "อาวุธปืน", "วัตถุระเบิด", "ประวัติอาชญากรรม", "ค่าปรับจราจร", "รถบรรทุก", "รถแท็กซี่",
    "รถโดยสารประจำทาง", "ทางเชื่อมถนนหลวง", "พลังงานแสงอาทิตย์", "รังสี", "แร่", "ป่าชุมชน", "อุทยานแห่งชาติ", "ศิลปวัตถุ", "ภาพยนตร์",
    "หนังสือพิมพ์", "การพนันชิงโชค", "การเรี่ยไร", "ฌาปนกิจสงเคราะห์", "สุสาน", "มูลฝอย", "สิ่งปฏิกูล", "ไขมันและน้ำเสีย", "ต้นไม้ริมทาง",
)  # fmt: skip
CASES = (
    "กรณีบุคคลธรรมดา", "กรณีนิติบุคคล", "กรณีสูญหายหรือถูกทำลาย", "กรณีหมดอายุ", "ครั้งแรก", "ชั่วคราว", "ในเขตควบคุมมลพิษ", "เพื่อการส่งออก",
    "เพื่อการศึกษาวิจัย", "ทางอิเล็กทรอนิกส์", "กรณีเร่งด่วน", "สำหรับผู้พิการ", "สำหรับคนต่างด้าว", "สำหรับเด็กอายุต่ำกว่า 15 ปี", "ประเภทที่ 2",
    "เกิน 50 แรงม้า", "ไม่เกิน 2,000 ตารางเมตร", "ตามมติคณะรัฐมนตรี", "กรณีรับมรดก", "กรณีเปลี่ยนชื่อ", "โดยผู้รับมอบอำนาจ", "นอกสถานที่",
    "ข้ามจังหวัด", "ณ จุดเดียวเบ็ดเสร็จ", "แบบกลุ่ม", "รายปี", "รายเดือน", "ย้อนหลัง", "กรณีแจ้งเกินกำหนด", "กรณีไม่มีหลักฐานเดิม",
)  # fmt: skip
DOCUMENTS = (
    "สำเนาบัตรประจำตัวประชาชน", "หนังสือมอบอำนาจ", "แผนที่ตั้ง", "แบบแปลน", "ใบรับรองแพทย์", "หลักฐานการชำระเงิน", "รูปถ่าย", "สัญญาเช่า",
    "หนังสือยินยอมเจ้าของที่ดิน", "รายงานการประชุม", "ใบแจ้งความ", "หนังสือรับรองเงินเดือน", "ผลตรวจวิเคราะห์", "บัญชีรายชื่อพนักงาน",
)  # fmt: skip
PURPOSES = (
    "เมื่อย้ายที่อยู่หรือเปลี่ยนเจ้าของ", "ก่อนเริ่มประกอบกิจการ", "ภายใน 15 วันนับแต่วันที่มีการเปลี่ยนแปลง", "เพื่อใช้สิทธิตามกฎหมาย", "สำหรับผู้มีรายได้น้อย",
    "ที่ตั้งอยู่ในเขตเทศบาล", "ซึ่งชำรุดหรืออ่านไม่ออก", "เมื่อครบกำหนดอายุ", "เพื่อขอลดหย่อนภาษี", "แทนผู้ที่เดินทางมาเองไม่ได้", "ก่อนเปิดภาคเรียน",
    "สำหรับกิจการขนาดเล็ก", "เมื่อพบความเสียหายจากภัยธรรมชาติ", "เพื่อแสดงต่อสถานทูต", "ที่ค้างชำระไม่เกินสามปี",
)  # fmt: skip
PLACES = (
    "เชียงใหม่", "ลำพูน", "น่าน", "แพร่", "พะเยา", "ตาก", "สุโขทัย", "พิจิตร", "กำแพงเพชร", "ชัยนาท", "สระบุรี", "นครนายก", "จันทบุรี", "ตราด",
    "ระยอง", "ชลบุรี", "สระแก้ว", "ขอนแก่น", "อุดรธานี", "เลย", "หนองคาย", "บึงกาฬ", "ยโสธร", "มุกดาหาร", "สกลนคร", "บุรีรัมย์", "ศรีสะเกษ",
    "กาญจนบุรี", "ราชบุรี", "ชุมพร", "ระนอง", "พังงา", "ภูเก็ต", "กระบี่", "ตรัง", "พัทลุง", "สตูล", "ปัตตานี", "ยะลา", "นราธิวาส",
)  # fmt: skip
ENGLISH = (
    "licence", "renewal", "permit", "registration", "certificate", "vehicle", "building", "land", "transfer", "copy", "foreign",
    "company", "partnership", "food", "medicine", "factory", "water", "electricity", "school", "teacher", "hospital", "animal",
    "fishing", "vessel", "aircraft", "radio", "trade", "mark", "patent", "tax", "refund", "pension", "allowance", "worker", "travel",
    "guide", "firearm", "museum", "forest", "mineral", "waste",
)  # fmt: skip
KINDS = ("counter", "online", "app", "post", "phone", "kiosk")


def made_entries() -> list[Entry]:
    """Return 10,000 services; the same in every run."""
    chance = random.Random(2569)
    subjects = chance.sample([(verb, thing, case) for verb in VERBS for thing in OBJECTS for case in CASES], SUBJECTS)
    return [entry for at, subject in enumerate(subjects) for entry in _at_agencies(at, subject, chance)]


def made_groups() -> list[Group]:
    """Return the agencies, topics and kinds of channel under which the services are found too."""
    agencies = [Group(f"agency:{number}", (_agency(number), f"ทม.{number}")) for number in range(AGENCIES)]
    topics = [Group(f"topic:{at}", (thing,)) for at, thing in enumerate(OBJECTS[::5])]
    return [*agencies, *topics, *(Group(f"channel:{kind}", (kind, f"ช่องทาง {kind}")) for kind in KINDS)]


def made_queries() -> list[str]:
    """Return 67 things to type: pairs of letters that are everywhere, words that are, and long and precise ones."""
    chance = random.Random(90)
    entries = made_entries()
    pairs = ["กา", "าร", "รข", "ขอ", "อน", "นท", "ที", "ใบ", "รา", "ระ", "15", "ตร", "ปร", "บอ"]
    words = [
        "การ",
        "การขอ",
        "ขออนุญาต",
        "ทะเบียน",
        "ใบอนุญาต",
        "บัตร",
        "ประชาชน",
        "เทศบาล",
        "หนังสือ",
        "ต่ออายุ",
        "กรณี",
        "อาคาร",
    ]
    english = ["licence", "tax", "re", "building permit", "foreign worker"]
    joined = [
        "ต่อ ใบอนุญาต",
        "ทะเบียน รถ",
        "ขอ สำเนา ทะเบียนบ้าน",
        "การขอ กรณี",
        "online ใบอนุญาต",
        "เทศบาล ทะเบียน",
        "ช่องทาง online",
    ]
    misspelt = ["ทเบียนบ้าน", "ไบอนุญาด", "หนังสือเดินทาน", "เครื่องสำอางค์", "มิเตอไฟฟ้า", "xitot", "[y9iประ", "เทดสะบาน", "พรบ"]
    nowhere = ["การขอใบอนุญาตดำน้ำลึกในทะเล", "ทะเบียนสมรถสมรัก"]  # and so the nearest names are looked for
    titles = [entry.title for entry in chance.sample(entries, 8)]
    summaries = [entry.summary[5:40] for entry in chance.sample(entries, 6)]
    names = [entry.names[0] for entry in chance.sample(entries, 4)]
    return [*pairs, *words, *joined, *english, *misspelt, *nowhere, *titles, *summaries, *names]


def _at_agencies(at: int, subject: tuple[str, str, str], chance: random.Random) -> Iterator[Entry]:
    verb, thing, case = subject
    name = f"{verb}{thing} {case}"
    purpose, paper = chance.choice(PURPOSES), chance.choice(DOCUMENTS)
    for number in chance.sample(range(AGENCIES), SERVICES // SUBJECTS):
        own = chance.random() < 0.2  # one in five words it in its own way
        yield Entry(
            path=f"agencies/agency-{number:03}/service-{at:04}/",
            title=f"{name} ในพื้นที่{chance.choice(PLACES)}" if own else name,
            agency=_agency(number),
            names=(f"{verb.removeprefix('การ')}{thing}", f"{thing}{case.removeprefix('กรณี')}", _in_english(*subject)),
            summary=f"{verb.removeprefix('การ')}{thing}{purpose} ใช้{chance.choice(DOCUMENTS) if own else paper}",
            groups=(f"agency:{number}", f"topic:{OBJECTS.index(thing) // 5}", *_channels(chance)),
        )


def _in_english(verb: str, thing: str, case: str) -> str:
    """Return a title in another language, as every service of two languages has one."""
    at, of, for_ = VERBS.index(verb), OBJECTS.index(thing), CASES.index(case)
    return " ".join(ENGLISH[number % len(ENGLISH)] for number in (at, of, of // 3 + 7, for_ + 11)).capitalize()


def _channels(chance: random.Random) -> tuple[str, ...]:
    return tuple(f"channel:{kind}" for kind in chance.sample(KINDS, 2))


def _agency(number: int) -> str:
    return f"เทศบาลเมืองตัวอย่าง{PLACES[number % len(PLACES)]} {number}"
