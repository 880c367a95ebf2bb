"""What is taken from the files of the site that was published last, and what of them is no longer good enough."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from made import made_catalog, made_data, made_row, made_service, made_withdrawn

from generator.intake.load_published import (
    gone_agency,
    keep_agencies,
    keep_last_good,
    keep_lists,
    keep_vanished,
    same_site,
)
from generator.model import AgencyData, WithheldRow, WithheldService
from generator.problems import Place, Problem

CATALOG = made_catalog()
SERVICE = {
    "id": "permit",
    "title": {"en": "Permit"},
    "type": "permit",
    "status": "active",
    "service_levels": [
        {
            "id": "time",
            "measure": "processing_time",
            "title": {"en": "Time"},
            "targets": [{"valid_from": "2025-10-01", "share": 0.90}],
        }
    ],
}
COLUMNS = [
    "service_id", "level_id", "period", "channel_id", "office_id", "volume", "within_target", "median", "status",
    "revision", "reported_on", "reported_attainment", "note_en",
]  # fmt: skip
NEWEST = ["permit", "time", "2026-10", None, "", 120, 111, 3.50, "provisional", 1, "2026-11-12", 0.925, "Recounted"]
OLDER = ["permit", "time", "2026-10", None, "", 120, 100, 4, None, None, None, None, ""]
PUBLISHED = {
    "as_of": "2026-11-20",
    "service": SERVICE,
    "performance": {"columns": COLUMNS, "rows": [NEWEST]},
    "history": {"columns": COLUMNS, "rows": [OLDER, NEWEST]},
    "withheld_keys": [["time", "2026-09", "", ""]],
}
AGENCY = {
    "id": "office",
    "title": {"en": "Office"},
    "kind": "department",
    "reporting": {"frequency": "month", "due_after_days": 15},
}
Site = Callable[..., Path]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Write a published service, agency and catalog, changed by these keys; None leaves a file out."""

    def write(service: Any = PUBLISHED, agency: Any = None, catalog: Any = None, **more: Any) -> Path:
        service = {**service, **more} if isinstance(service, dict) else service
        files = {"agencies/office/permit": service, "agencies/office": agency, "catalog": catalog}
        for name, content in files.items():
            path = tmp_path / "data" / f"{name}.json"
            path.parent.mkdir(parents=True, exist_ok=True)
            if content is not None:
                path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return tmp_path

    return write


def withheld(**more: Any) -> AgencyData:
    """Return an agency whose one service is withheld today."""
    data = replace(made_data([]), services={}, withheld_services=(WithheldService("permit", {}),))
    return replace(data, **more)


def kept(previous: Path | None, data: AgencyData | None = None) -> AgencyData:
    """Return an agency's data with what was published last."""
    return keep_last_good(data or withheld(), CATALOG, previous)


def test_a_service_and_its_rows_are_kept_as_they_were(site: Site) -> None:
    """Every cell comes back with its type: exact decimals, days, notes, and what an empty cell means."""
    data = kept(site())
    older, newest = data.observations
    file = "data/agencies/office/permit.json"

    assert data.services["permit"].title == {"en": "Permit"}
    assert data.kept == {"permit": date(2026, 11, 20)}
    assert data.withheld_keys == {("permit", "time", "2026-09", "", "")}
    assert (older.revision, older.volume, older.within_target, older.median, older.status) == (0, 120, 100, 4, "final")
    assert (older.reported_on, older.reported_attainment, older.notes, older.channel_id) == (None, None, {}, "")
    assert (newest.period.code, newest.revision, newest.within_target, newest.status) == (
        "2026-10",
        1,
        111,
        "provisional",
    )
    assert (newest.median, newest.reported_attainment) == (Decimal("3.5"), Decimal("0.925"))
    assert (newest.reported_on, newest.notes) == (date(2026, 11, 12), {"en": "Recounted"})
    assert (older.file, older.line, newest.file, newest.line) == (file, 0, file, 0)


def test_a_row_of_a_part_is_kept_as_a_part(site: Site) -> None:
    """With its channel and its office, and every count under its own name."""
    counts = [
        "received",
        "backlog",
        "backlog_overdue",
        "excluded",
        "delay_notices_due",
        "delay_notices_sent",
        "complaints",
    ]
    columns = ["service_id", "level_id", "period", "channel_id", "office_id", "volume", "within_target", *counts, "p90"]
    cells = ["permit", "time", "2026-10", "web", "north", 120, 111, *range(1, 8), 9.5]
    (row,) = kept(site(history=None, performance={"columns": columns, "rows": [cells]})).observations

    assert (row.channel_id, row.office_id, row.p90) == ("web", "north", Decimal("9.5"))
    assert [getattr(row, name) for name in counts] == list(range(1, 8))


def test_what_was_kept_already_stays_with_its_first_day(site: Site) -> None:
    """A service that was kept when it was published last was good on an earlier day."""
    assert kept(site(kept_from="2026-10-01")).kept == {"permit": date(2026, 10, 1)}


def test_kept_rows_stand_beside_the_good_ones(site: Site) -> None:
    """What is good today stays, services are in the order of their ids, and days kept before are not forgotten."""
    good = made_data([made_row("2026-10", 5, 5, service_id="zoo")], [made_service("zoo")])
    data = replace(
        good,
        withheld_services=(WithheldService("permit", {}),),
        withheld_keys=frozenset({("zoo", "time", "2026-09", "", "")}),
        kept={"ark": date(2026, 1, 1)},
    )
    after = kept(site(), data)

    assert list(after.services) == ["permit", "zoo"]
    assert [row.service_id for row in after.observations] == ["zoo", "permit", "permit"]
    assert {key[0] for key in after.withheld_keys} == {"zoo", "permit"}
    assert after.kept == {"ark": date(2026, 1, 1), "permit": date(2026, 11, 20)}


@pytest.mark.parametrize(
    "service",
    [
        None,
        "{",
        "[]",
        {**PUBLISHED, "service": None},
        {**PUBLISHED, "service": {**SERVICE, "type": "unheard of"}},
        {**PUBLISHED, "service": {**SERVICE, "title": {"en": "Call 081 234 5678"}}},
        {**PUBLISHED, "withheld": True},
    ],
)
def test_what_makes_no_record_today_is_not_kept(site: Site, service: Any) -> None:
    """No file, no JSON, no map, no service, one of another time, one with personal data, or none that was shown."""
    data = withheld()

    assert kept(site(service), data) == data


def test_nothing_is_kept_where_nothing_is_withheld(site: Site) -> None:
    """Without an earlier site, without a withheld service, or beside one that is there, the data stays as it is."""
    previous = site()
    good = made_data([])
    both = replace(good, withheld_services=(WithheldService("permit", {}),))

    assert kept(None).services == {}
    assert kept(previous, good) is good
    assert kept(previous, both).observations == ()


def test_rows_of_a_period_that_is_none_are_left_out(site: Site) -> None:
    """A period that cannot be read today belongs nowhere; the other rows are kept."""
    rows = [["permit", "time", "2026-13", *NEWEST[3:]], NEWEST]
    data = kept(site(history=None, performance={"columns": COLUMNS, "rows": rows}))

    assert [row.period.code for row in data.observations] == ["2026-10"]


def test_what_is_withdrawn_is_not_kept(site: Site) -> None:
    """A service that was withdrawn whole stays away; of one of which figures were withdrawn only these do."""
    whole = withheld(withdrawn={0: made_withdrawn("permit")})
    part = withheld(withdrawn={0: made_withdrawn("permit", level_id="time", period="2026-10")})
    other = withheld(withdrawn={0: made_withdrawn("permit", level_id="time", period="2026-09"), 1: made_withdrawn("x")})

    assert kept(site(), whole).services == {}
    assert (kept(site(), part).observations, [*kept(site(), part).services]) == ((), ["permit"])
    assert len(kept(site(), other).observations) == 2


def test_a_withheld_agency_is_kept_with_its_day(site: Site) -> None:
    """Its own file is taken from the site, with the day that it was good; without one all stays withheld."""
    nobody = withheld(agency=None)
    data = kept(site(agency={"as_of": "2026-11-19", "agency": AGENCY}), nobody)

    assert data.agency is not None
    assert (data.agency.title, data.kept_from) == ({"en": "Office"}, date(2026, 11, 19))
    assert [*data.services] == ["permit"]


def test_an_agency_that_was_never_published_stays_withheld(site: Site) -> None:
    """Where its file makes no agency, its services are not kept either."""
    nobody = withheld(agency=None)

    assert kept(site(), nobody) is nobody


def test_lists_are_kept_below_those_of_today(site: Site) -> None:
    """An entry that is gone today comes back, one that is there stays as it is, one that is no entry is left out."""
    topics = [{"id": "home", "title": {"en": "Home"}}, {"id": "work", "title": {"en": "Once"}}, {"id": "UPPER"}]
    today = keep_lists(CATALOG, site(catalog={"topics": [{"id": "work", "title": {"en": "Work"}}]}))
    after = keep_lists(today, site(catalog={"topics": topics}))

    assert [(name, topic.title["en"]) for name, topic in after.topics.items()] == [("home", "Home"), ("work", "Work")]
    assert (after.laws, after.calendars) == (CATALOG.laws, CATALOG.calendars)


def test_lists_stay_where_none_were_published(site: Site, tmp_path: Path) -> None:
    """Without an earlier site, or a catalog in it, the catalog is the one of today."""
    assert keep_lists(CATALOG, None) is CATALOG
    assert keep_lists(CATALOG, site()) is CATALOG
    assert keep_lists(CATALOG, tmp_path / "nowhere") is CATALOG


def test_nothing_vanishes_from_another_site(site: Site) -> None:
    """What was published counts only where it stands at the address of today's catalog."""
    here, nowhere = made_catalog(url="https://a.example.go.th/"), made_catalog()
    previous = site(catalog={"catalog": {"url": "https://a.example.go.th/"}})

    assert same_site(here, previous) == previous
    assert same_site(made_catalog(url="https://b.example.go.th/"), previous) is None
    assert same_site(nowhere, previous) is None
    assert same_site(here, None) is None
    assert same_site(here, site(catalog={"other": 1})) is None
    assert same_site(nowhere, site(catalog={"catalog": {"title": "x"}})) == previous
    assert same_site(nowhere, site(catalog="{")) is None


def test_an_agency_that_was_published_stays_named(site: Site) -> None:
    """Its folder is gone and it is still there, in the order of the ids; a file that holds no agency names none."""
    previous = site(agency={"agency": AGENCY})
    (previous / "data/agencies/empty.json").write_text("{}", encoding="utf-8")
    today = replace(CATALOG, agency_ids=("ark", "port"))

    assert keep_agencies(today, previous).agency_ids == ("ark", "office", "port")
    assert keep_agencies(replace(CATALOG, agency_ids=("office",)), previous).agency_ids == ("office",)
    assert keep_agencies(today, None) == today


def test_an_agency_whose_folder_is_gone_is_withheld() -> None:
    """Nobody has said that it is to go, so this is an error that withholds it whole."""
    data = gone_agency("office")

    assert (data.agency_id, data.agency, data.services, data.observations) == ("office", None, {}, ())
    assert data.problems == (
        Problem("past-agency-removed", "error", Place("agencies/office"), {"value": "office"}, "agency"),
    )


def test_a_service_whose_file_is_gone_is_withheld(site: Site) -> None:
    """It keeps its title among the withheld, in the order of the ids, and is an error at the file that is gone."""
    data = replace(made_data([], [made_service("ark")]), withheld_services=(WithheldService("zoo", {}),))
    after = keep_vanished(data, site())

    assert after.withheld_services == (WithheldService("permit", {"en": "Permit"}), WithheldService("zoo", {}))
    assert after.problems == (
        Problem(
            "past-removed",
            "error",
            Place("agencies/office/services/permit.yml"),
            {"name": "permit", "old": "Permit", "value": "permit"},
            "service",
        ),
    )
    assert keep_vanished(data, None) == data


def test_what_somebody_speaks_of_has_not_vanished(site: Site) -> None:
    """A service that is there, is withheld or was withdrawn whole; an entry about a level takes no service back."""
    other = made_service("ark")
    level = replace(made_data([], [other]), withdrawn={0: made_withdrawn("permit", level_id="time")})
    previous = site()

    for data in (
        made_data([]),
        replace(made_data([], [other]), withheld_services=(WithheldService("permit", {}),)),
        replace(made_data([], [other]), withdrawn={0: made_withdrawn("permit")}),
    ):
        assert keep_vanished(data, previous) == data
    assert [one.service_id for one in keep_vanished(level, previous).withheld_services] == ["permit"]


@pytest.mark.parametrize("service", [{**PUBLISHED, "service": None}, {**PUBLISHED, "service": "x"}, "{"])
def test_a_file_that_holds_no_service_is_no_service(site: Site, service: Any) -> None:
    """The page of a withdrawn service, and what cannot be read, were no services."""
    data = made_data([], [made_service("ark")])

    assert keep_vanished(data, site(service)) == data


def test_the_rows_of_a_vanished_service_are_not_complained_about(site: Site) -> None:
    """Their service is withheld already; what other services and files have wrong is told as before."""
    file, other = "agencies/office/performance/2026.csv", "agencies/office/performance/2025.csv"

    def wrong(name: str, line: int) -> Problem:
        return Problem("id-unknown", "error", Place(name, (line, "service_id")), {}, "row")

    data = replace(
        made_data([], [made_service("ark")]),
        withheld_rows=(
            WithheldRow("permit", "time", "2026-10", file, 2),
            WithheldRow("ark", "time", "2026-10", file, 3),
        ),
        withheld_keys=frozenset({("permit", "time", "2026-10", "", ""), ("ark", "time", "2026-10", "", "")}),
        problems=(wrong(file, 2), wrong(file, 3), wrong(other, 2), Problem("x", "error", Place(file))),
    )
    after = keep_vanished(data, site())

    assert [row.line for row in after.withheld_rows] == [3]
    assert after.withheld_keys == {("ark", "time", "2026-10", "", "")}
    assert after.problems[:-1] == data.problems[1:]
    assert after.problems[-1].code == "past-removed"


def test_nothing_of_a_withheld_agency_is_told_twice(site: Site) -> None:
    """Its own file is the mistake: its services stay named, without an error for each."""
    data = replace(made_data([], [made_service("ark")]), agency=None, services={})
    untitled = site({**PUBLISHED, "service": {"id": "permit"}})

    assert keep_vanished(data, untitled).withheld_services == (WithheldService("permit", {}),)
    assert keep_vanished(data, untitled).problems == ()
    assert keep_vanished(made_data([], [made_service("ark")]), untitled).problems[0].facts["old"] == ""
