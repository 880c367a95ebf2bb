"""Every figure of a built site, worked out again in SQL from the tables that it publishes, and from nothing else.

``claims`` says how a page claims what each of its numbers is.  Digits that claim nothing are a difference, and so is the
mark of another verdict; ``data-typed`` is what somebody wrote, and holds no figure.
"""

import csv
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from functools import lru_cache, partial
from itertools import product
from pathlib import Path

Difference = tuple[str, str, str, str]  # a page or a table, what is claimed there, what is found, what is expected
Place = dict[str, str | int]  # what numbers are about: "path", "at", and how far the reader's era is "ahead"

# What claims something, what says of what the claims are, the mark of a verdict, and digits anywhere else.
PART = re.compile(
    r"<(data|time|\w+(?=[^>]* data-(?:at|figures)=))\b([^>]*)>(.*?)</\1>"
    r'|<([^>]* (?:data-(?:of|rows)|class="mark)[^>]*)>|(?<=>)([^<]*\d[^<]*)',
    re.DOTALL,
)
TYPED = re.compile(r"<(\w+)[^>]* data-typed.*?</\1>|<(script|code|pre|form)\b.*?</\2>", re.DOTALL)
NUMBER = re.compile(r"(?<![#\d])\d+(?:,\d{3})*(?:\.\d+)?(?![^<]*>)")
CODE = re.compile(r"^(FY)?(\d{4})(?:-([QH]?)(\d+))?(?:-(\d+))?$")  # of a period or a day
TERM = re.compile(r"(\w+)\.?(\w*):([^;+~/]*);?([\w,]*)|([a-z]\w+)@?([\w-]*)|([+~/])|([^+~/]+)")
SILENT = ["not_reported", "not_due", "withheld"]  # no table has a row for any of them
KEYS = ("agency_id", "service_id", "level_id", "channel_id", "office_id")
AT = {"performance": "period", "history": "period || 'r' || revision", "targets": "target_valid_from"}
COLUMNS = {
    "reported_on": "said(reported_on, :ahead)",
    "reported_attainment": "nullif(reported_attainment, '') || '/1'",
    "revision": "nullif(revision, '0')",
    "share": "nullif(target_share, '') || '/1/' || target_share",
    "rate": "nullif(within_target, '') || '/' || nullif(volume + 0, 0) || '/' || ifnull(target_share, '')",
}
# Which columns of which tables follow from others, and what they must be.
CHECKS = (
    ("performance history", "{0}", "{0}", "attainment target_share target_limit verdict"),
    ("service_levels", "{0}", "{0}", "volume within_target verdict judged_volume judged_within_target"),
    ("service_levels", "{0}", "{0}", "reports_received reports_due"),
    ("services agencies", "{0}", "service_levels.{0}:current=true", "reports_received reports_due"),
    (
        "services agencies",
        "promises_{0}",
        "service_levels:current=true,verdict={0}",
        "met missed no_target no_cases not_reported",
    ),
)
# Reports beside the target in force, and reports that are due.  Then what each comes to, those of a year, and the last due.
CELLS = """
CREATE TABLE results AS SELECT r.*, l.path AS level, state, statutory_limit, t.target_share AS share, t.target_limit AS time,
    newest AND r.path = l.path AND form(period) = form(span_first) AS own, r.at BETWEEN span_first AND span_last AS recent,
    newest AND instr(';' || owed || ';', ';' || r.at || ';') AS due
    FROM (SELECT *, iif(within_target <> '', nullif(volume + 0, 0), NULL) AS cases
        FROM (SELECT *, 1 AS newest FROM performance UNION ALL SELECT *, 0 FROM history)) r
    LEFT JOIN service_levels l USING (agency_id, service_id, level_id)
    LEFT JOIN targets t ON t.path = l.path AND printf('%d-%02d', since(period) / 12, since(period) % 12 + 1) || '-01'
        BETWEEN t.at AND ifnull(nullif(t.target_valid_to, ''), '~');
INSERT INTO results (path, level, state, statutory_limit, at, own, due, recent)
    SELECT l.path, l.path, state, statutory_limit, value, 1, value <> '', value BETWEEN span_first AND span_last
    FROM service_levels l, json_each('["' || replace(owed, ';', '","') || '"]')
    WHERE NOT EXISTS (SELECT 1 FROM performance p WHERE p.path = l.path AND p.at = value);
CREATE TABLE cells AS SELECT path, span AS at, span = at AND own AS own, state, statutory_limit, received, backlog,
    backlog_overdue, median, p90, excluded, delay_notices_due, delay_notices_sent, complaints, reported_on,
    reported_attainment, revision, iif(span = at, volume, sum(cases)) AS volume,
    iif(span = at, within_target, sum(iif(cases, within_target, NULL))) AS within_target,
    sum(iif(bound <> '', cases, NULL)) AS judged_volume, sum(iif(bound <> '', within_target, NULL)) AS judged_within_target,
    iif(min(bound) = max(bound), min(bound), NULL) AS target_share, time AS target_limit,
    iif(cases, printf('%d.%06d', within_target / cases, within_target * 1000000 / cases % 1000000), '') AS attainment,
    count(*) FILTER (WHERE due AND verdict <> 'not_reported') AS reports_received, count(*) FILTER (WHERE due) AS reports_due,
    CASE WHEN span = nullif(at, '') AND ifnull(status, '') NOT IN ('final', 'provisional') THEN status
        WHEN path <> level AND total(status = 'suppressed') THEN 'suppressed'
        WHEN total(cases AND bound = '') THEN 'no_target'
        WHEN count(cases) THEN iif(sum(within_target * 1000000 - cases * millionths(bound)) >= 0, 'met', 'missed')
        WHEN total(volume = '0') AND NOT total(status = 'suppressed') THEN 'no_cases' ELSE 'not_reported' END AS verdict
    FROM (SELECT *, iif(cases OR span = at, ifnull(share, ''), NULL) AS bound FROM (
        SELECT *, at AS span FROM results UNION ALL SELECT *, '' FROM results WHERE recent AND (due OR at = '')
        UNION ALL SELECT *, year(at) || 'y' FROM results WHERE own AND at <> ''))
    GROUP BY path, span HAVING span NOT LIKE '%y' OR reports_due;
UPDATE cells SET volume = NULL, within_target = NULL WHERE verdict = 'suppressed';
INSERT INTO cells (path, at, target_share, target_limit) SELECT path, at, target_share, target_limit FROM targets;
CREATE INDEX cell ON cells (path, at);
CREATE VIEW columns AS SELECT '' AS path, m.name AS of FROM sqlite_master m JOIN pragma_table_info(m.name);
"""


def verify(root: Path) -> Iterator[Difference]:
    """Yield every difference between the pages of a site and its tables, and between tables that follow from each other."""
    catalog = json.loads((root / "data/catalog.json").read_text("utf-8"))["catalog"]
    tables = _tables(root / "data", catalog["small_numbers"], (13 - catalog["fiscal_year_starts"]) % 12)
    for of, column, claim, names in CHECKS:
        for table, name in product(of.split(), names.split()):
            right = f"({_query(claim.format(name))})".replace(":path", "p.path").replace(":at", "p.at")
            both = f"{column.format(name)} AS found, ifnull({right}, '') || '' AS expected"
            wrong = tables.execute(f"SELECT path || at, {both} FROM {table} p WHERE found <> expected")
            yield from ((f"data/{table}.csv", f"{one[0]} {column.format(name)}", *one[1:]) for one in wrong)
    for page in sorted(root.rglob("index.html")):
        html, address = page.read_text("utf-8"), page.relative_to(root).parent.as_posix()
        ahead = 543 if catalog["era"] == "buddhist" and 'lang="th"' in html[:200] else 0
        place: Place = {"path": f"{address}/".partition("agencies/")[2], "at": "", "ahead": ahead}
        yield from () if "<h1 data-manual" in html else ((address, *one) for one in _page(tables, place, html))


def _tables(data: Path, small_numbers: dict[str, int], shift: int) -> sqlite3.Connection:
    """Return the published tables, each row with its path and its place in time, and the cells that follow from them."""
    tables = sqlite3.connect("")  # a file of its own, gone when it is closed
    tables.create_function("said", 2, partial(_said, shift))
    tables.create_function("since", 1, lambda code: _months(shift, code)[0])
    tables.create_function("year", 1, lambda code: _months(shift, code)[2])
    tables.create_function("form", 1, lambda code: re.sub(r"\d", "0", code or ""))
    tables.create_function("millionths", 1, lambda share: int(Fraction(share or 0) * 1000000))
    tables.execute("CREATE TABLE settings (path, caution_below, suppress_below)")
    tables.execute("INSERT INTO settings VALUES ('', :caution_below, :suppress_below)", small_numbers)
    for file in sorted(data.glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as lines:
            rows = csv.reader(lines)
            names = next(rows)
            path, at = " || '/' || ".join(key for key in KEYS if key in names), AT.get(file.stem, "''")
            columns = ", ".join(f'"{name}" TEXT' for name in names)
            tables.execute(f"CREATE TABLE {file.stem} ({columns}, path AS (rtrim({path}, '/') || '/'), at AS ({at}))")
            tables.executemany(f"INSERT INTO {file.stem} VALUES ({', '.join('?' * len(names))})", rows)
        tables.execute(f"CREATE INDEX {file.stem}_at ON {file.stem} (path, at)")
    tables.executescript(CELLS)
    return tables


@lru_cache(4096)
def _months(shift: int, code: str) -> tuple[int, int, str | None]:
    """Return a period's first month, counted from the year 0, the first month after it, and the year that holds it whole."""
    [(fiscal, year, letter, part, _)] = CODE.findall(code)
    size = {"Q": 3, "H": 6}.get(letter, 1) if part else 12
    first = int(year) * 12 + (int(part or 1) - 1) * size - (shift if fiscal else 0)
    years = {f"FY{(month + shift) // 12}" for month in (first, first + size - 1)} if len(code) > 4 else {code}
    return first, first + size, years.pop() if len(years) == 1 else None


def _said(shift: int, code: str | None, ahead: int) -> str:
    """Return the numbers in the words of a code: of a day it and its year, of a period its years, of a span its length."""
    first, _, last = (code or "=").partition("..")
    if not CODE.match(first):
        return first.lstrip("=")
    [(fiscal, _, letter, _, day)] = CODE.findall(first)
    since, until, _ = _months(shift, first)
    if last:
        return str((_months(shift, last)[1] - since) // (until - since))
    months = (since, until - 1) if fiscal and letter else (until - 1,)
    return f"{day.lstrip('0')} {' '.join(str(month // 12 + ahead) for month in months)}"


@lru_cache(4096)
def _query(claims: str) -> str:
    """Return what claims are in SQL: numbers alone, or with their whole and with a bound after a stroke."""
    terms = ", ".join(TERM.sub(_term, claim) for claim in claims.split())
    return f"SELECT {terms} FROM (SELECT 1) LEFT JOIN cells ON path = :path AND at = :at"


def _term(found: re.Match[str]) -> str:
    table, column, tests, distinct, cell, at, operator, code = found.groups("")
    if operator:
        return {"+": " + ", "~": " - ", "/": " || '/' || "}[operator]
    if code or cell == "at":
        return f"said({repr(code) if code else ':at'}, :ahead)"
    if cell:
        column = COLUMNS.get(cell, cell)
        return f"(SELECT {column} FROM cells WHERE path = :path AND at = {at!r})" if at else column
    where = "path BETWEEN :path AND :path || '~'"
    for name, first, last in re.findall(r"(\w+)=([\w-]*)(?:\.\.([\w-]+))?", tests):
        listed = f"instr(';' || {name} || ';', ';{first};')"
        where += f" AND {name} BETWEEN '{first}' AND '{last}'" if last else f" AND {listed}"
    counted = f"count(DISTINCT nullif({distinct.replace(',', ' || ')}, ''))" if distinct else "count(*)"
    return f"(SELECT {f'ifnull(sum({column}), 0)' if column else counted} FROM {table} WHERE {where})"


def _page(tables: sqlite3.Connection, place: Place, html: str) -> Iterator[tuple[str, str, str]]:
    """Yield what is claimed, found and expected where a page has other digits, or the mark of another verdict."""
    base, rows = place["path"], ""
    about = re.search(r'<meta name="description" content="([^"]*)"([^>]*)>', html) or ("", "", "")
    main = TYPED.sub("", html[html.index("<main") : html.index("</main>")])
    for _, inside, within, tag, words in PART.findall(f'<p{about[2]}>{about[1]}</p><hr data-of="">{main}'):
        named = dict(re.findall(r'([\w-]+)="([^"]*)"', inside or tag))
        if "data-of" in named:
            place["path"] = named["data-of"][1:] if named["data-of"][:1] == "/" else f"{base}{named['data-of']}"
        rows, at = named.get("data-rows", rows), named.get("data-at", "")
        claims = inside and (
            named.get("data-figures") or (at and rows) or named.get("datetime") or named.get("value", "")
        )
        claims = re.sub(r"drawn:([#\w-]+)", lambda one: str(html.count(f'"{one[1]}"')), claims)
        where = place | ({"path": f"{place['path']}{at[1:]}/"} if at.startswith("/") else {"at": at})
        found, expected = NUMBER.findall(within or words), _ask(tables, claims, where)
        for mark in re.findall(r'class="mark (\w+)', within or tag):
            right = _ask(tables, "verdict" if at else "state", where) or (at and SILENT)
            found += [] if mark in right or claims.endswith(f"={mark}") else [mark]
        if len(found) != len(expected) or not all(map(_agrees, found, expected)):
            yield f"{where['path']} {at} {claims}", " ".join(found), " ".join(expected)


def _ask(tables: sqlite3.Connection, claims: str, place: Place) -> list[str]:
    """Return the numbers that claims come to; none where they name what no table has."""
    with suppress(sqlite3.Error):
        values = tables.execute(_query(claims), place).fetchone() if claims else ()
        return " ".join(str(value) for value in values if value is not None).split()
    return []


@lru_cache(65536)
def _agrees(printed: str, value: str) -> bool:
    """Return whether digits are a number; of a part, its per cent cut off, and on the same side of the bound."""
    if value == "*":
        return True
    number, whole, bound = f"{value}//".split("/")[:3]
    exact = Fraction(number) / Fraction(whole) * 100 if whole else Fraction(number)
    side = Fraction(bound) * 100 if bound else 0 if whole else exact
    shown, scale = Fraction(printed.replace(",", "")), 10 ** len(printed.partition(".")[2])
    return shown * scale == exact * scale // 1 and (shown >= side) == (exact >= side)
