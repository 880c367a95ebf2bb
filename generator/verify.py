"""Every figure of a built site, worked out again in SQL from the tables that it publishes, and from nothing else.

``claims`` says how a page claims what each of its numbers is, and ``verify.sql`` what follows from the tables.  Digits that
claim nothing are a difference, and so is the mark of another verdict; ``data-typed`` is what somebody wrote.
"""

import csv
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

Place = dict[str, str | bool]  # what numbers are about: "path" and "at", and whether the reader is "thai"

# What claims something, what says of what the claims are, the mark of a verdict, and digits anywhere else.
PART = re.compile(
    r"(?s)<(data|time|\w+(?=[^>]* data-(?:at|figures)=))\b([^>]*)>(.*?)</\1>"
    r'|<([^>]* (?:data-(?:of|rows)|class="mark)[^>]*)>|(?<=>)([^<]*\d[^<]*)'
)
TYPED = re.compile(r"(?s)<(\w+)[^>]* data-typed.*?</\1>|<(script|code|pre|form)\b.*?</\2>")
NUMBER = re.compile(r"(?<![#\d])\d+(?:,\d{3})*(?:\.\d+)?(?![^<]*>)")
CODE = re.compile(r"^(FY)?(\d{4})(?:-([QH]?)(\d+))?(?:-(\d+))?$")  # of a period or a day
TERM = re.compile(r"(\w+)\.?(\w*):([^;+~/]*);?([\w,]*)|([a-z]\w+)@?([\w-]*)|([+~/])|([^+~/]+)")
SILENT = ["not_reported", "not_due", "withheld"]  # no table has a row for any of them
ABOVE = re.compile(r"agencies/|documents/|(?<!services/)life-events/")  # after it stands what the page is about
KEYS = ("agency_id", "service_id", "level_id", "channel_id", "office_id")
AT = {"performance": "period", "history": "period || 'r' || revision", "targets": "target_valid_from"}


def verify(root: Path) -> Iterator[tuple[str, str, str, str]]:
    """Yield every page or table that differs from its tables: where, what is claimed, what is found, what is expected."""
    tables = _tables(root / "data")
    yield from tables.execute("SELECT * FROM differences")
    for page in sorted(root.rglob("index.html")):
        html, address = page.read_text("utf-8"), page.relative_to(root).parent.as_posix()
        about, thai = "".join(ABOVE.split(f"{address}/", 1)[1:]), 'lang="th"' in html[:200]
        yield from ((address, *one) for one in _page(tables, {"path": about, "at": "", "thai": thai}, html))


def _tables(data: Path) -> sqlite3.Connection:
    """Return the published tables, each row with its path and its place in time, and what ``verify.sql`` makes of them."""
    catalog = json.loads((data / "catalog.json").read_text("utf-8"))
    settings = {**catalog, **catalog["catalog"], **catalog["catalog"]["small_numbers"]}
    shift, era = (13 - settings["fiscal_year_starts"]) % 12, 543 if settings["era"] == "buddhist" else 0
    tables = sqlite3.connect("")  # a file of its own, gone when it is closed
    tables.create_function("setting", 1, settings.get)
    tables.create_function("said", 2, lambda code, thai: _said(shift, code, era * thai))
    tables.create_function("since", 1, lambda code: _months(shift, code)[0])
    tables.create_function("year", 1, lambda code: _months(shift, code)[2])
    for file in sorted(data.glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as lines:
            _load(tables, file.stem, csv.reader(lines))
    tables.executescript(Path(__file__).with_suffix(".sql").read_text("utf-8"))
    return tables


def _load(tables: sqlite3.Connection, table: str, rows: Iterator[list[str]]) -> None:
    names = next(rows)
    path = " || '/' || ".join(key for key in KEYS if key in names) or "''"
    columns = ", ".join(f'"{name}" TEXT' for name in names)
    place = f"path AS (rtrim({path}, '/') || '/'), at AS ({AT.get(table, repr(''))})"
    tables.execute(f"CREATE TABLE {table} ({columns}, {place})")
    tables.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(names))})", rows)
    tables.execute(f"CREATE INDEX {table}_at ON {table} (path, at)")


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
    found = CODE.match(first)
    if not found:
        return first.lstrip("=")
    since, until, _ = _months(shift, first)
    if last:
        return str((_months(shift, last)[1] - since) // (until - since))
    months = (since, until - 1) if found[1] and found[3] else (until - 1,)
    return f"{(found[5] or '').lstrip('0')} {' '.join(str(month // 12 + ahead) for month in months)}"


def _term(found: re.Match[str]) -> str:
    table, column, tests, distinct, cell, at, operator, code = found.groups("")
    if operator:
        return {"+": " + ", "~": " - ", "/": " || '/' || "}[operator]
    if code or cell in ("at", "reported_on"):
        return f"said({repr(code) if code else ':at' if cell == 'at' else cell}, :thai)"
    if cell:
        return f"(SELECT {cell} FROM cells WHERE path = :path AND at = {at!r})" if at else cell
    where = "path BETWEEN :path AND :path || '~'"
    for name, but, first, last in re.findall(r"(\w+)(=|!)([\w-]*)(?:\.\.([\w-]+))?", tests):
        listed = f"{'NOT ' if but == '!' else ''}instr(';' || {name} || ';', ';{first};')"
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
        own = named.get("data-figures") or (at and rows) or named.get("datetime") or named.get("value", "")
        claims = re.sub(r"drawn:([#\w-]+)", lambda one: str(html.count(f'"{one[1]}"')), own if inside else "")
        where = place | ({"path": f"{place['path']}{at[1:]}/"} if at.startswith("/") else {"at": at})
        found, expected = NUMBER.findall(within or words), _ask(tables, claims, where)
        for mark in re.findall(r'class="mark (\w+)', within or tag):
            right = _ask(tables, "verdict" if at else "state", where) or (at and SILENT)
            found += [] if mark in right or claims.endswith(f"={mark}") else [mark]
        if len(found) != len(expected) or not all(map(_agrees, found, expected)):
            yield f"{where['path']} {at} {claims}", " ".join(found), " ".join(expected)


def _ask(tables: sqlite3.Connection, claims: str, place: Place) -> list[str]:
    """Return the numbers that claims come to, a part with its whole and its bound; none where no table has what is named."""
    terms = ", ".join(TERM.sub(_term, claim) for claim in claims.split())
    query = f"SELECT {terms} FROM (SELECT 1) LEFT JOIN cells ON path = :path AND at = :at"
    with suppress(sqlite3.Error):
        values = tables.execute(query, place).fetchone() if terms else ()
        return " ".join(str(value) for value in values if value is not None).split()
    return []


@lru_cache(65536)
def _agrees(printed: str, value: str) -> bool:
    """Return whether digits are a number; of a part, its per cent cut off, and on the same side of the bound."""
    digits = printed.replace(",", "")
    number, whole, bound = f"{value}//".replace("*", digits).split("/")[:3]
    exact = Fraction(number) / Fraction(whole) * 100 if whole else Fraction(number)
    side = Fraction(bound) * 100 if bound else 0 if whole else exact
    shown, scale = Fraction(digits), 10 ** len(printed.partition(".")[2])
    return shown * scale == exact * scale // 1 and (shown >= side) == (exact >= side)
