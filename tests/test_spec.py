"""The rules of section 9 as tables: the code gives what they say, and the pages /methods/ print them."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from made import AS_OF, made_agency, made_catalog, made_data, made_level, made_row, made_service, made_target
from spec_tables import ROOT, period_of_code, read_spec, spec_names, with_tables

from generator.case.due import due_of
from generator.figures import percent_digits
from generator.model import Calendar, ClosedDay, in_force
from generator.results import AgencyResult, LevelResult, PeriodResult
from generator.stats import measure_agency, verdict
from generator.values import Duration

Given = dict[str, Any]


def share_of(text: str | None) -> Decimal | None:
    """Return a share as it was typed, None where there is none."""
    return None if text is None else Decimal(text)


def only_level(result: AgencyResult) -> LevelResult:
    """Return the result of an agency's one level."""
    (level,) = result.levels
    return level


def verdicts(given: Given, _spec: Given) -> Given:
    """Work out the verdict of counts."""
    share = share_of(given["share"])
    return {"verdict": verdict(given["status"], given["volume"], given["within_target"], share)}


def percentages(given: Given, _spec: Given) -> Given:
    """Work out how a result is printed."""
    share = share_of(given["share"])
    return {"printed": percent_digits(given["within_target"], given["volume"], share) + "%"}


def monthly_rows(rows: list[Given], **more: Any) -> tuple[list[Any], list[Any]]:
    """Rows of the months before AS_OF, and one target for each month."""
    codes = [f"2026-{11 - len(rows) + index:02}" for index in range(len(rows))]
    targets, seen = [], []
    for code, row in zip(codes, rows, strict=True):
        period = period_of_code(code)
        last_day = period.end.replace(day=1).toordinal() - 1
        targets.append(made_target(str(period.start), str(date.fromordinal(last_day)), row["share"]))
        status = {"status": row["status"]} if "status" in row else {}
        seen.append(made_row(code, row.get("volume"), row.get("within_target"), **status, **more))
    return targets, seen


def spans(given: Given, _spec: Given) -> Given:
    """Work out the headline over the months given."""
    targets, rows = monthly_rows(given["rows"])
    service = made_service(levels=[made_level(targets=targets)])
    span = only_level(measure_agency(made_catalog(), made_data(rows, [service]), AS_OF)).headline
    assert len(span.periods) == len(given["rows"])
    return {
        "within_target": span.within_target,
        "volume": span.volume,
        "needed": str(span.needed),
        "verdict": span.verdict,
    }


def periods(given: Given, spec: Given) -> Given:
    """Work out which of the targets judges a period."""
    period = period_of_code(given["period"])
    targets = [made_target(one["valid_from"], one["valid_to"], one["share"]) for one in spec["targets"]]
    service = made_service(levels=[made_level(targets=targets)])
    data = made_data([made_row(given["period"], 10, 9)], [service])
    level = only_level(measure_agency(made_catalog(), data, date(2028, 1, 1)))
    (row,) = [row for row in (*level.rows, *level.other_rows) if row.period == period]
    assert row.target == in_force(level.level.targets or (), period.start)
    share = row.target.share if row.target else None
    return {
        "first_day": str(period.start),
        "share": share and f"{share.normalize():f}",
        "changed": row.target_changed_inside,
    }


def rollups(given: Given, _spec: Given) -> Given:
    """Work out an agency's tally and sums."""
    services, rows = [], []
    for index, level in enumerate(given["levels"]):
        own = made_level(f"l-{index}", [made_target("2025-10-01", share=level["share"], reason="why")])
        reporting = {"frequency": level["grain"], "due_after_days": 15}
        name = f"s-{index}"
        services.append(made_service(name, [{**own, "measure": level["measure"]}], reporting=reporting))
        code = {"month": "2026-10", "fiscal_year": "FY2026"}[level["grain"]]
        key = {"service_id": name, "level_id": f"l-{index}"}
        rows.append(made_row(code, level["volume"], level["within_target"], **key))
    result = measure_agency(made_catalog(), made_data(rows, services), AS_OF)
    sums = [
        {"measure": one.measure, "grain": one.grain, "levels": one.levels, "within_target": one.span.within_target,
         "volume": one.span.volume}
        for one in result.rollups
    ]  # fmt: skip
    return {"met": result.tally.met, "judged": result.tally.judged, "sums": sums}


def coverage(given: Given, _spec: Given) -> Given:
    """Work out which reports are due and which came."""
    targets = [made_target(given["valid_from"], given["valid_to"])] if given["valid_from"] else []
    service = made_service(levels=[made_level(targets=targets)], status=given["service"])
    reporting = {"frequency": "month", "due_after_days": 15, "first_period": given["first_period"]}
    rows = [made_row(code, 10, 9) for code in given["came"]]
    data = made_data(rows, [service], made_agency(reporting=reporting))
    level = only_level(measure_agency(made_catalog(), data, date.fromisoformat(given["as_of"])))
    return {"reported": level.headline.reported, "due": level.headline.due, "last": level.rows[-1].coverage}


def shown(row: PeriodResult) -> str:
    """Return what becomes of the figures of a row."""
    if row.verdict == "suppressed":
        return "withheld"
    return "caution" if row.small else "figures"


def small_numbers(given: Given, _spec: Given) -> Given:
    """Work out how a row is shown."""
    part = {"channel": {"channel_id": "counter"}, "office": {"office_id": "bkk-1"}, "all": {}}[given["row"]]
    rows = [made_row("2026-10", given["volume"], given["within_target"], **part)]
    level = only_level(measure_agency(made_catalog(), made_data(rows), AS_OF))
    row = level.rows[-1] if given["row"] == "all" else level.breakdown_rows[0][3]
    return {"shown": shown(row)}


def protection(given: Given, _spec: Given) -> Given:
    """Work out which channels are hidden."""
    rows = [made_row("2026-10", **given["whole"])]
    for at, part in enumerate(given["parts"]):
        status = "suppressed" if part["volume"] is None else "final"
        rows.append(made_row("2026-10", **part, channel_id=f"c-{at}", status=status))
    level = only_level(measure_agency(made_catalog(), made_data(rows), AS_OF))
    return {"hidden": [at for at, row in enumerate(level.breakdown_rows) if row[3].volume is None]}


def revisions(given: Given, _spec: Given) -> Given:
    """Work out which revision counts."""
    rows = [
        made_row("2026-10", row["volume"], row["within_target"], revision=row["revision"])
        for row in given["revisions"]
        if not row.get("wrong")
    ]
    withheld = [("permit", "time", "2026-10", "", "")] if len(rows) < len(given["revisions"]) else []
    row = only_level(measure_agency(made_catalog(), made_data(rows, withheld=withheld), AS_OF)).rows[-1]
    return {
        "volume": row.volume,
        "within_target": row.within_target,
        "earlier": len(row.earlier),
        "coverage": row.coverage,
    }


def due(given: Given, spec: Given) -> Given:
    """Work out when a case is due."""
    value, unit = given["limit"]
    days = tuple(ClosedDay.model_construct(date=date.fromisoformat(day), title={}) for day in spec["closed"])
    calendar = Calendar.model_construct(id="x", title={}, weekend=("sat", "sun"), days=days)
    limit = Duration.model_construct(value=Decimal(str(value)), unit=unit)
    found = due_of(date.fromisoformat(given["filed"]), limit, calendar, given["paused"])
    return {"received": str(found.received), "due": str(found.due)} if found else {}


WORKED_OUT: dict[str, Callable[[Given, Given], Given]] = {
    "verdicts": verdicts,
    "percentages": percentages,
    "spans": spans,
    "periods": periods,
    "rollups": rollups,
    "coverage": coverage,
    "due": due,
    "small_numbers": small_numbers,
    "protection": protection,
    "revisions": revisions,
}
CASES = [(name, index) for name in spec_names() for index in range(len(read_spec(name)["rows"]))]


@pytest.mark.parametrize(("name", "index"), CASES)
def test_the_code_gives_what_the_table_says(name: str, index: int) -> None:
    """Each row of each table is what the code works out from the same input."""
    spec = read_spec(name)
    row = spec["rows"][index]

    assert WORKED_OUT[name](row["given"], spec) == row["gives"]


def test_every_table_is_worked_out() -> None:
    """No table is printed that is not tested."""
    assert spec_names() == sorted(WORKED_OUT)


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_page_prints_the_tables(language: str, request: pytest.FixtureRequest) -> None:
    """The page /methods/ shows every table, as it is tested.  `pytest --rewrite` brings it up to date."""
    path = ROOT / "content" / language / "methods.md"
    page = path.read_text("utf-8")
    if request.config.getoption("--rewrite", default=False):
        path.write_text(with_tables(page, language), "utf-8")
        page = path.read_text("utf-8")

    assert all(page.count(f"<!-- spec:{name} -->") == 1 for name in spec_names())
    assert page == with_tables(page, language)
