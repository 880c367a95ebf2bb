"""The smallest data folder that makes a site: one agency with one service and one row, in two languages."""

from pathlib import Path

CATALOG = """\
title: {th: ชัดเจน, en: Clearly}
publisher: {title: {th: ศูนย์ตัวอย่าง, en: Sample Centre}}
url: https://clearly.example.go.th/sla/
languages: [th, en]
timezone: Asia/Bangkok
currency: THB
fiscal_year_starts: 10
era: buddhist
licence: {id: CC-BY-4.0, title: CC BY 4.0, url: https://creativecommons.org/licenses/by/4.0/}
required_sections: []
demonstration: true
"""
AGENCY = """\
id: sample
title: {th: หน่วยงานตัวอย่าง, en: Sample Agency}
kind: department
reporting: {frequency: month, due_after_days: 15}
"""
SERVICE = """\
id: permit
title: {th: ขออนุญาต, en: Permit}
type: permit
status: active
service_levels:
  - id: time
    measure: processing_time
    title: {th: เวลา, en: Time}
    targets: [{valid_from: 2025-10-01, limit: {value: 5, unit: working_day}, share: 0.90}]
"""
ROWS = "service_id,level_id,period,volume,within_target\npermit,time,2026-10,120,111\n"
FILES = {
    "catalog.yml": CATALOG,
    "agencies/sample/agency.yml": AGENCY,
    "agencies/sample/services/permit.yml": SERVICE,
    "agencies/sample/performance/2026.csv": ROWS,
}


def write_small(root: Path) -> Path:
    """Write the data, and return the folder."""
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root
