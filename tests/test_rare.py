"""Rules that few files ever meet: what only an odd file reaches, each shown to be reached."""

import re
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from broken_data import AS_OF, BASE, SERVICE, problems_of
from made import made_agency, made_catalog, made_data, made_level, made_row, made_service, made_target

from generator.intake.cells import Wrong, read_day
from generator.intake.hygiene import check_text
from generator.intake.load import load_agency, load_catalog
from generator.intake.read_csv import locate
from generator.intake.read_text import read_text
from generator.intake.read_yaml import MOST_FAULTS, read_yaml
from generator.intake.references import check_references, index_of, withhold
from generator.problems import Place
from generator.stats import measure_agency
from generator.stats.published import withdrawn_services

OFFICE = "agencies/office/agency.yml"
FEES = "requirements: {fees: [{title: ค่าธรรมเนียม, currency: THB, amount: '1.00', adjustments: [%s]}]}\n"
QUESTIONS = (
    "questions: [{id: kind, ask: ชนิด, choices: [{id: car, title: รถ}, {id: truck, title: รถบรรทุก}]},"
    " {id: age, ask: อายุ, unit: ปี, from: 1, to: 60}, {id: firm, ask: นิติบุคคล}]\n"
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the good base of the broken data."""
    shutil.copytree(BASE, tmp_path / "data")
    return tmp_path / "data"


def put(root: Path, texts: Mapping[str, str]) -> None:
    """Add each text to the end of its file, which is made where there is none."""
    for file, text in texts.items():
        path = root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        path.write_text(before + text, encoding="utf-8")


def found(root: Path) -> list[tuple[str, str]]:
    """Return the code and the last step of the route of every problem."""
    return [(problem.code, str((problem.place.route or ("",))[-1])) for problem in problems_of(root)]


@pytest.mark.parametrize("cell", ["31/12/2800", "31-12-1500"])
def test_a_day_of_no_year_of_ours_suggests_none(cell: str) -> None:
    """A day in another form is suggested only where its year may be meant."""
    assert read_day(cell) == Wrong("date-form")


def test_a_jump_is_seen_beside_a_period_without_the_figure(root: Path) -> None:
    """A period that does not give a figure is passed over when another period's figure jumps."""
    rows = "".join(
        f"permit,time,2026-{month:02},,,{volume},\n" for month, volume in ((5, 9), (6, 9), (7, 9), (8, 9000))
    )
    put(root, {"agencies/office/performance/2026.csv": rows + "permit,time,2026-04,,,,\n"})

    assert ("figure-jump", "volume") in found(root)


def test_hours_of_steps_are_not_turned_into_calendar_days(root: Path) -> None:
    """Steps of more than a working day in hours say nothing about a promise in calendar days."""
    text = (root / SERVICE).read_text(encoding="utf-8").replace("working_day", "calendar_day")
    (root / SERVICE).write_text(
        f"{text}steps: [{{title: ตรวจ, duration: {{value: 9, unit: hour}}}}]\n", encoding="utf-8"
    )

    assert "steps-differ-from-promise" not in [code for code, _ in found(root)]


@pytest.mark.parametrize("number", [1101700203450, 812345678])
def test_a_number_without_quotes_is_looked_at_as_text(number: int) -> None:
    """Digits that YAML reads as a number are searched for personal data as text is."""
    assert [problem.code for problem in check_text(Place("a.yml"), {"note": str(number)})] == [
        problem.code for problem in check_text(Place("a.yml"), {"note": number})
    ]


def test_a_language_has_the_form_of_a_code(root: Path) -> None:
    """A language of the catalog that is no code of two letters or more is refused by its form."""
    text = (root / "catalog.yml").read_text(encoding="utf-8")
    (root / "catalog.yml").write_text(text.replace("[th]", "[th, 'E N']"), encoding="utf-8")

    assert ("language-form", "1") in found(root)


def test_the_catalogs_calendar_is_there(root: Path) -> None:
    """A calendar that the catalog names and no file holds is an unknown id, and the rest is read without one."""
    put(root, {"catalog.yml": "calendar: th-goverment\n", "calendars/th-government.yml": CALENDAR})
    catalog, _ = load_catalog(root)

    assert ("id-unknown", "calendar") in found(root)
    assert catalog is not None
    assert catalog.settings.calendar is None


CALENDAR = "id: th-government\ntitle: ราชการ\nweekend: [sat, sun]\ndays: [{date: 2026-01-01, title: ปีใหม่}]\n"


def test_a_manual_is_a_map(root: Path) -> None:
    """A central manual that is a list is refused as a whole."""
    put(root, {"manuals/licence.yml": "- title: คู่มือ\n"})

    assert ("file-not-a-map", "") in found(root)


def test_a_broken_list_is_named_once(root: Path) -> None:
    """A service that uses a broken list twice is told once."""
    put(root, {"vocabulary/topics.yml": "- {id: a}\n", SERVICE: "topics: [a, b]\n"})

    assert [code for code, _ in found(root)].count("shared-file-broken") == 1


def test_a_place_behind_the_last_cell_is_where_the_row_ends() -> None:
    """A column that a short row does not reach is pointed at behind its last cell."""
    position = locate("a,b,c\n1,22\n", 2, "c")

    assert (position.line, position.column) == (2, 3)


def test_a_text_in_memory_has_the_same_limit_as_a_file() -> None:
    """Bytes beyond the limit are refused before they are decoded."""
    text, faults = read_text(b"x" * 11, 10)

    assert text is None
    assert [fault.code for fault in faults] == ["file-too-large"]


def test_a_thousand_mistakes_are_enough() -> None:
    """Reading stops at the thousandth fault of one file."""
    _, faults = read_yaml("- yes\n" * (MOST_FAULTS + 50))

    assert len(faults) == MOST_FAULTS


def test_a_warning_about_a_cell_keeps_its_row(root: Path) -> None:
    """A note that points to a telephone is a warning, and its row stays."""
    table = "service_id,level_id,period,volume,within_target,note_th\npermit,time,2025-10,9,9,โทร 0 2123 4567\n"
    put(root, {"agencies/office/performance/notes.csv": table})
    catalog, _ = load_catalog(root)
    assert catalog is not None
    data = load_agency(root, "office", catalog, AS_OF)

    assert [problem.severity for problem in data.problems if problem.place.route[-1:] == ("note_th",)] == ["warning"]
    assert any(row.period.code == "2025-10" for row in data.observations)


def test_an_agency_that_names_no_successor_of_ours_is_withheld_whole(root: Path) -> None:
    """A successor that nobody knows is an error of the agency's file, and takes its services off the site."""
    put(root, {OFFICE: "status: merged\nreplaced_by: nowhere\n"})
    catalog, _ = load_catalog(root)
    assert catalog is not None
    data = load_agency(root, "office", catalog, AS_OF)
    less = withhold(data, check_references([index_of(data)]))

    assert less.agency is None
    assert less.services == {}
    assert [one.service_id for one in less.withheld_services] == ["permit"]


def test_a_merged_agency_names_its_successor(root: Path) -> None:
    """Merged without saying into which is an error."""
    put(root, {OFFICE: "status: merged\n"})

    assert ("replaced-by-missing", "status") in found(root)


def test_services_that_meet_again_are_no_circle(root: Path) -> None:
    """Two ways to the same first service are allowed: only a way back is a circle."""
    text = (root / SERVICE).read_text(encoding="utf-8")
    for name, after in {
        "left": "[office/permit]",
        "right": "[office/permit]",
        "end": "[office/left, office/right]",
    }.items():
        put(
            root,
            {f"agencies/office/services/{name}.yml": text.replace("id: permit", f"id: {name}") + f"after: {after}\n"},
        )

    assert not [code for code, _ in found(root) if "circle" in code]


@pytest.mark.parametrize(
    ("adjustment", "code"),
    [
        (
            "{title: อายุ, question: age, bands: [{from: 7, multiply: '0.8'}, {from: 6, multiply: '0.9'}]}",
            "tiers-not-ascending",
        ),
        ("{title: ชนิด, question: kind, is: true, multiply: '2'}", "answer-not-a-choice"),
        ("{title: อายุ, question: age, is: true, multiply: '2'}", "answer-not-a-number"),
        ("{title: นิติบุคคล, question: firm, is: car, multiply: '2'}", "answer-not-a-truth"),
        ("{title: อายุ, question: kind, bands: [{from: 7, multiply: '0.8'}]}", "question-not-a-number"),
        ("{title: อายุ, question: aged, bands: [{from: 7, multiply: '0.8'}]}", "id-unknown"),
        ("{title: นิติบุคคล, question: frim, is: true, multiply: '2'}", "id-unknown"),
    ],
)
def test_an_adjustment_asks_for_what_its_question_can_answer(root: Path, adjustment: str, code: str) -> None:
    """Bands climb and are over a number; an answer is one that the question has."""
    put(root, {SERVICE: QUESTIONS + FEES % adjustment})

    assert code in [one.removesuffix("-none-near") for one, _ in found(root)]


def test_a_condition_asks_for_what_its_question_can_answer(root: Path) -> None:
    """Each answer of a list is one that the question has."""
    fee = "requirements: {fees: [{title: ค่าธรรมเนียม, currency: THB, amount: '1.00', if: {kind: [car, boat]}}]}\n"
    put(root, {SERVICE: QUESTIONS + fee})

    assert ("id-unknown-none-near", "1") in found(root)


def test_a_year_that_lies_in_two_fiscal_years_is_in_none() -> None:
    """A half year that begins before October and ends after it is counted under no fiscal year."""
    agency = made_agency(reporting={"frequency": "half_year", "due_after_days": 15, "first_period": "2024-H1"})
    service = made_service(levels=[made_level(targets=[made_target("2024-01-01")])])
    rows = [made_row(code, 100, 95) for code in ("2024-H1", "2024-H2", "2025-H1")]
    level = measure_agency(made_catalog(), made_data(rows, [service], agency), AS_OF).services["permit"].levels[0]

    assert [year.year.code for year in level.by_year] == ["FY2026", "FY2025", "FY2024"]
    assert [year.span.volume for year in level.by_year if year.span.volume] == [100, 100]


def test_what_is_withdrawn_and_withheld_is_withheld() -> None:
    """A service that is there, or is being corrected, has that page and not the one of what is no more."""
    data = made_data([])
    result = measure_agency(made_catalog(), data, date(2026, 11, 22))

    assert withdrawn_services(data, result) == ()


def test_a_withheld_row_whose_period_cannot_be_read_is_of_no_period() -> None:
    """It holds back nothing else."""
    data = made_data([made_row("2026-10", 100, 95)], withheld=[("permit", "time", "2026-13", "", "")])
    level = measure_agency(made_catalog(), data, AS_OF).services["permit"].levels[0]

    assert [row.verdict for row in level.rows if row.period.code == "2026-10"] == ["met"]
    assert not [row for row in level.rows if re.search("2026-13", row.period.code)]
