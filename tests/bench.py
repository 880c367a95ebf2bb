"""Measure a national data set: generate, check and build it, and print what each stage takes and how large the site is.

    python tests/bench.py [--agencies 300] [--services 10000] [--months 120] [--keep FOLDER]

Figures are printed, never asserted: they belong to the machine.  Ratios between stages of one run are what to compare.
"""

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

AS_OF = "2026-11-22"
MEGA = 1_000_000
SUBJECTS = (
    "ใบอนุญาตก่อสร้างอาคาร", "ทะเบียนบ้าน", "บัตรประจำตัวประชาชน", "ทะเบียนพาณิชย์", "ใบอนุญาตจำหน่ายอาหาร", "โฉนดที่ดิน",
    "ทะเบียนสมรส", "หนังสือเดินทาง", "ภาษีรถประจำปี", "ใบอนุญาตขับรถ", "เบี้ยยังชีพผู้สูงอายุ", "น้ำประปา", "มิเตอร์ไฟฟ้า",
    "ใบอนุญาตโรงงาน", "สวัสดิการคนพิการ", "ทะเบียนสัตว์เลี้ยง", "ใบอนุญาตโรงแรม", "ป้ายโฆษณา", "ทุนการศึกษา", "สถานบริบาล",
)  # fmt: skip
VERBS = ("การขอ", "การต่ออายุ", "การแก้ไขรายการใน", "การขอใบแทน", "การโอน", "การยกเลิก", "การตรวจสอบ", "การขอสำเนา")
PLACES = ("ในเขตเมือง", "นอกเขตเมือง", "สำหรับนิติบุคคล", "สำหรับบุคคลธรรมดา", "กรณีเร่งด่วน", "กรณีสูญหาย", "ครั้งแรก", "ประจำปี")
CATALOG = """title: {th: ข้อมูลทดสอบความเร็ว, en: Benchmark data}
description: {th: ข้อมูลสมมติเพื่อวัดความเร็ว, en: Invented data for measuring speed}
publisher: {title: {th: ผู้ทดสอบ, en: Tester}}
url: https://clearly.example.go.th/sla/
languages: [th, en]
timezone: Asia/Bangkok
currency: THB
fiscal_year_starts: 10
era: buddhist
licence: {id: CC-BY-4.0, title: CC BY 4.0, url: https://creativecommons.org/licenses/by/4.0/}
required_sections: [scope, requirements, service_levels, steps, complaints]
demonstration: true
"""


@dataclass(frozen=True)
class Size:
    """How large the data set is."""

    agencies: int
    services: int
    months: int


def generate(root: Path, size: Size) -> None:
    """Write a data set of this size; the same size gives the same bytes."""
    root.mkdir(parents=True, exist_ok=True)
    (root / "catalog.yml").write_text(CATALOG, encoding="utf-8")
    periods = list(_months(size.months))
    for number in range(size.agencies):
        count = size.services // size.agencies + (number < size.services % size.agencies)
        _agency(root / "agencies" / f"agency-{number:04}", number, count, periods)


def _months(count: int) -> Iterator[str]:
    year, month = 2026, 10
    codes = []
    for _ in range(count):
        codes.append(f"{year}-{month:02}")
        year, month = (year - 1, 12) if month == 1 else (year, month - 1)
    yield from reversed(codes)


def _agency(folder: Path, number: int, count: int, periods: list[str]) -> None:
    (folder / "services").mkdir(parents=True, exist_ok=True)
    (folder / "performance").mkdir(exist_ok=True)
    first = periods[0]
    agency = (
        f"id: {folder.name}\ntitle: {{th: หน่วยงานทดสอบที่ {number}, en: Test agency {number}}}\nkind: local\n"
        f'reporting: {{frequency: month, due_after_days: 15, first_period: "{first}"}}\ndemonstration: true\n'
    )
    (folder / "agency.yml").write_text(agency, encoding="utf-8")
    chance = random.Random(number)
    files: dict[str, list[str]] = {}
    for service in range(count):
        service_id = f"service-{service:03}"
        text = _service(service_id, number * 31 + service * 7, first)
        (folder / "services" / f"{service_id}.yml").write_text(text, encoding="utf-8")
        for period in periods:
            files.setdefault(period[:4], []).append(_row(service_id, period, chance))
    header = "service_id,level_id,period,volume,within_target,received,backlog,backlog_overdue,median,p90\n"
    for year, rows in files.items():
        (folder / "performance" / f"{year}.csv").write_text(header + "".join(rows), encoding="utf-8")


def _row(service_id: str, period: str, chance: random.Random) -> str:
    volume = chance.randrange(20, 900)
    within = volume - chance.randrange(0, volume // 5)
    backlog = chance.randrange(0, 90)
    median = chance.randrange(2, 8)
    return f"{service_id},time,{period},{volume},{within},{volume + 3},{backlog},{backlog // 9},{median},{median + 6}\n"


def _service(service_id: str, seed: int, first: str) -> str:
    verb, subject = VERBS[seed % len(VERBS)], SUBJECTS[seed // 3 % len(SUBJECTS)]
    title = f"{verb}{subject} {PLACES[seed // 5 % len(PLACES)]}"
    documents = "".join(
        f"    - {{title: {{th: เอกสารประกอบที่ {n} ของ{subject}, en: Supporting document {n}}}, issuer: {{th: หน่วยงานผู้ออกที่ {n}, en: Issuer {n}}}, originals: 1, copies: {n % 3}, held_by_state: {'true' if n % 2 else 'false'}}}\n"
        for n in range(1, 9)
    )
    steps = "".join(
        f"  - {{title: {{th: ขั้นตอนที่ {n} ตรวจ{subject}, en: Step {n} of the check}}, unit: {{th: ฝ่ายที่ {n}, en: Unit {n}}}, duration: {{value: 3, unit: working_day}}}}\n"
        for n in range(1, 6)
    )
    criteria = "".join(
        f"    - {{th: ผู้ยื่นคำขอต้องมีคุณสมบัติข้อที่ {n} ตามหลักเกณฑ์ของ{subject} และยื่นภายในเวลาที่กำหนดไว้, en: The applicant meets condition {n} and files in time}}\n"
        for n in range(1, 9)
    )
    return f"""id: {service_id}
title: {{th: {title}, en: Service {seed} of the benchmark}}
also_called: {{th: [{subject}ด่วน {seed % 97}, ขอ{subject}], en: [quick service {seed % 97}]}}
summary: {{th: บริการ{title} สำหรับประชาชนทั่วไปในพื้นที่รับผิดชอบ ยื่นได้ทุกวันทำการ, en: An invented service for measuring speed}}
type: permit
status: active
scope:
  audience: [citizen, business]
  outputs: [{{th: ใบ{subject}, en: The certificate}}]
  channels:
    - id: counter
      type: counter
      title: {{th: ที่สำนักงาน, en: At the office}}
      address: {{th: ถนนทดสอบ เขตทดสอบ, en: Test Road}}
      hours: [{{days: [mon, tue, wed, thu, fri], opens: "08:30", closes: "16:30"}}]
    - {{id: online, type: online, title: {{th: เว็บไซต์, en: Website}}, url: https://www.example.go.th/{service_id}}}
requirements:
  criteria:
{criteria}  documents:
{documents}  fees:
    - {{title: {{th: ค่าธรรมเนียม, en: Fee}}, amount: "{seed % 900 + 10}.00", currency: THB, per: {{th: ฉบับ, en: copy}}}}
  forms: none
  manual_copy_fee: none
service_levels:
  - id: time
    measure: processing_time
    title: {{th: พิจารณาแล้วเสร็จ, en: Decided}}
    clock: {{starts: complete_application, stops: result_notified, pauses: [waiting_for_applicant]}}
    targets:
      - {{valid_from: {first}-01, valid_to: 2024-09-30, limit: {{value: 20, unit: working_day}}, share: 0.85}}
      - {{valid_from: 2024-10-01, limit: {{value: 15, unit: working_day}}, share: 0.90}}
steps:
{steps}complaints:
  - {{type: phone, title: {{th: ศูนย์บริการ, en: Service centre}}, phone: "0 2000 0000", answer_within: {{value: 15, unit: working_day}}}}
"""


class Memory(threading.Thread):
    """Watches how much memory a process and its children hold together (proportional set size), five times a second."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.peak, self.over = pid, 0, threading.Event()

    def run(self) -> None:
        """Keep the highest sum seen until told that it is over."""
        while not self.over.wait(0.2):
            self.peak = max(self.peak, sum(_held(pid) for pid in _family(self.pid)))


def _family(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = task.read_text(encoding="ascii").split()
        except OSError:
            continue
        for child in children:
            yield from _family(int(child))


def _held(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


@contextmanager
def stage(name: str) -> Iterator[Callable[[list[str]], None]]:
    """Give a way to run a command, and print what it took when it is done."""

    def run(command: list[str]) -> None:
        before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        memory = Memory(process.pid)
        memory.start()
        status = process.wait()
        memory.over.set()
        wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        print(
            f"{name:<10} wall {wall:7.1f} s   CPU {cpu:7.1f} s   peak {memory.peak / MEGA:7.0f} MB   exit {status}",
            flush=True,
        )

    yield run


def sizes(site: Path) -> None:
    """Print how many files of each kind the site has, and how large they are."""
    count, total = Counter[str](), Counter[str]()
    for path in site.rglob("*"):
        if path.is_file():
            kind = path.suffix or path.name
            count[kind] += 1
            total[kind] += path.stat().st_size
    for kind, held in total.most_common():
        print(f"{kind:<10} {count[kind]:7} files {held / MEGA:9.1f} MB")
    print(f"{'all':<10} {count.total():7} files {total.total() / MEGA:9.1f} MB")


def main() -> None:
    """Run the benchmark as asked on the command line."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--agencies", type=int, default=300)
    asked.add_argument("--services", type=int, default=10_000)
    asked.add_argument("--months", type=int, default=120)
    asked.add_argument("--keep", type=Path, default=None, help="write here and leave it")
    asked.add_argument("--papers", action="store_true", help="then build with papers, twice")
    chosen = asked.parse_args()
    size = Size(chosen.agencies, chosen.services, chosen.months)
    print(f"{size.agencies} agencies, {size.services} services, {size.months} months; {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as folder:
        root = chosen.keep or Path(folder)
        started = time.perf_counter()
        generate(root / "sla_data", size)
        print(f"{'generate':<10} wall {time.perf_counter() - started:7.1f} s")
        common = [sys.executable, "-m", "generator"]
        with stage("check") as run:
            run([*common, "check", str(root / "sla_data"), "--as-of", AS_OF])
        building = [*common, "build", "--data", str(root / "sla_data"), "--site", str(root / "site"), "--as-of", AS_OF]
        with stage("build") as run:
            run([*building, "--no-papers"])
        if chosen.papers:
            for name in ("papers", "next night"):  # all are set; then each is taken from the site that is replaced
                with stage(name) as run:
                    run(building)
        with stage("tar") as run:  # the bytes alone, for the ratio
            run(["tar", "-cf", "/dev/null", "-C", str(root), "site"])
        sizes(root / "site")


if __name__ == "__main__":
    main()
