"""Every figure of a built site, worked out again from the tables that it publishes, and from nothing else.

A page says what each of its numbers is made of.  ``data-of="agency/service/level first..last"``, below the page's own
address, is what the numbers after it are about.  ``value`` of a ``data``, ``datetime`` of a ``time`` and ``data-figures``
have a formula (``formulas``) for each number inside them, in order; ``data-rows`` has those of each row that follows, and
of each ``data-at`` in a chart.  Digits that claim nothing are a difference, and so is the mark of another verdict than
counts and targets give.  ``data-typed`` is what somebody wrote, or how a verdict is drawn, and holds no figure.
"""

import csv
import heapq
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from generator.formulas import Known, Row, Value, results, target, total, values, verdict

# What places a row in time; a problem has no place, and so its file stands for it.
WHEN = {"targets": "target_valid_from", "performance": "period", "history": "period", "problems": "file"}
VERDICTS = ("met", "missed", "no_target", "no_cases", "not_reported")
SUMS = {f"promises_{one}": f"service_levels:current=true,verdict={one}" for one in VERDICTS} | {
    f"reports_{one}": f"service_levels.reports_{one}:current=true" for one in ("received", "due")
}
SILENT = ("not_reported", "not_due", "withheld")  # the tables have no row for any of them
TYPED = re.compile(r"<(\w+)[^>]* data-typed.*?</\1>|<(script|code|pre|form)\b.*?</\2>", re.DOTALL)
TAG = re.compile(r"<(/?)([\w-]+)([^>]*)>([^<]*)")
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
NUMBER = re.compile(r"(?<![#\d])\d+(?:,\d{3})*(?:\.\d+)?")


class Difference(NamedTuple):
    """A place on a page or in a table with what it claims: the numbers and the mark found there, and those expected."""

    page: str
    claim: str
    found: str
    expected: str


def verify(root: Path) -> Iterator[Difference]:
    """Yield every difference between the pages of a site and its tables; the results of one agency at a time are in memory."""
    catalog = json.loads((root / "data/catalog.json").read_text("utf-8"))["catalog"]
    sizes, kept = Counter(catalog["small_numbers"]), dict[str, dict[str, Row]]()
    tables = {path.stem: _read(path, sizes) for path in sorted((root / "data").glob("*.csv"))}
    ahead = 543 if catalog.get("era") == "buddhist" else 0
    known = Known(catalog["fiscal_year_starts"], ahead, {"sizes": {"": [dict(sizes)]}}, {})
    list(tables.pop("revisions"))  # in the order of its log, so that it is only counted
    pages = _pages(root)
    named = {name for page in pages[""] for name in re.findall(r'data-of="/([^"/]+)/', page.read_text("utf-8"))}
    for agency, some in groupby(heapq.merge(*tables.values(), key=_agency), _agency):
        known = known._replace(cells=_cells(some, known.rows))
        kept |= known.cells if agency in named else {}
        yield from _results(known)
        for page in pages.pop(agency, ()):
            yield from _page(known, page.relative_to(root).parent.as_posix(), page.read_text("utf-8"))
    known.rows["sizes"][""] = [{name: str(size) for name, size in sizes.items()}]
    for page in (page for some in pages.values() for page in some):
        yield from _page(known._replace(cells=kept), page.relative_to(root).parent.as_posix(), page.read_text("utf-8"))


def _pages(root: Path) -> dict[str, list[Path]]:
    """Return the pages of each agency, and the others under no name."""
    pages: dict[str, list[Path]] = defaultdict(list)
    for page in sorted(root.rglob("index.html")):
        pages[
            page.relative_to(root).as_posix().partition("agencies/")[2].removesuffix("index.html").partition("/")[0]
        ].append(page)
    return pages


def _agency(one: tuple[str, str, Row]) -> str:
    return one[0]


def _read(path: Path, sizes: Counter[str]) -> Iterator[tuple[str, str, Row]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        sizes[f"{path.stem}_columns"] = len(reader.fieldnames or ())
        for row in reader:
            sizes[f"{path.stem}_rows"] += 1
            yield row["agency_id"] or "~", path.stem, row


def _cells(some: Iterable[tuple[str, str, Row]], rows: dict[str, dict[str, list[Row]]]) -> dict[str, dict[str, Row]]:
    """Return an agency's cells, and add its rows to those of all agencies, but for results."""
    cells: dict[str, dict[str, Row]] = defaultdict(dict)
    for _, name, row in some:
        keys = [row.get(f"{one}_id", "") for one in ("agency", "service", "level", "channel", "office")]
        when = row[WHEN[name]] if name in WHEN else "."
        cells["/".join(keys).rstrip("/")][f"{when}r{row['revision']}" if name == "history" else when] = row
        for path in {"", keys[0], "/".join(keys[:2]).rstrip("/")} if name == "problems" or name not in WHEN else ():
            rows.setdefault(name, defaultdict(list))[path].append(row)
    return cells


def _results(known: Known) -> Iterator[Difference]:
    """Yield the cells that the generator worked out, where counts and promises give another: targets, verdicts and sums."""
    for path, rows in known.cells.items():
        for when, row in rows.items():
            if "period" in row:
                goal, counted = target(known, path, row["period"]), row["status"] in ("final", "provisional")
                right = {name: goal.get(name, "") for name in ("target_share", "target_limit")}
                right["verdict"] = verdict([row]) if counted else row["status"]
            elif when == "." and "owed" in row:
                span = f"{row['span_first']}..{row['span_last']}" if row["span_first"] else ""
                own, own_sums = known._replace(path=path, span=span), ("volume", "within_target")
                right = {name: _text(total(own, name, "")) if span else "" for name in own_sums}
                right["reports_due"] = _text(total(own, f"owed@{span}", "")) if span else "0"
            else:
                own = known._replace(path=path)
                right = {name: _text(total(own, formula, "")) for name, formula in SUMS.items() if name in row}
            if right.items() - row.items():
                found = " ".join(row[name] for name in right)
                yield Difference("data", f"{path} {when} {' '.join(right)}", found, " ".join(right.values()))


def _text(number: Decimal | None) -> str:
    return "" if number is None else f"{number}"


def _page(known: Known, address: str, html: str) -> Iterator[Difference]:
    """Yield the differences on a page, reading it from its beginning to its end; one made of manuals alone has no figure."""
    if "<h1 data-manual" in html:
        return
    base, main = address.partition("agencies/")[2], TYPED.sub("", html[html.index("<main") : html.index("</main>")])
    about = re.search(r'<meta name="description" content="([^"]*)"([^>]*)>', html) or ("", "", "")
    known = known._replace(html=html, path=base, ahead=known.ahead if 'lang="th"' in html[:200] else 0)
    opened, claim, rows, row, mark, numbers = "", "", "", "", "", list[str]()
    for closing, tag, inside, text in TAG.findall(f'<p{about[2]}>{about[1]}</p><hr data-of="">{main}<hr>'):
        named = dict(ATTRIBUTE.findall(inside)) if inside else {}
        if (closing and tag == opened) or (numbers and not opened):
            wrong = _wrong(known, claim, row, (numbers, mark))
            if wrong:
                yield Difference(address, " ".join(filter(None, (known.path, known.span, row, claim))), *wrong)
            opened, claim, row, mark, numbers = "", "", "", "", []
        if "data-of" in named:
            below, _, span = named["data-of"].partition(" ")
            path = below[1:] if below[:1] == "/" else "/".join(filter(None, (base, below)))
            known = known._replace(path=path, span=span)
        rows, kinds = named.get("data-rows", rows), named.get("class", "").split()
        value = named.get("datetime") or (named.get("value", "") if tag == "data" else "")
        row = row or (value if opened == "tr" else "")
        if (
            not opened
            and not closing
            and (value or (tag == "tr" and rows) or {"data-figures", "data-at"} & named.keys())
        ):
            opened, claim, row = tag, named.get("data-figures") or value or rows, named.get("data-at", "")
        mark = kinds[1] if kinds[:1] == ["mark"] and not _is(known, kinds[1], row) else mark
        numbers += NUMBER.findall(text)


def _wrong(known: Known, claim: str, row: str, found: tuple[list[str], str]) -> tuple[str, str] | None:
    """Return the numbers and the mark that are found and those that are expected, where they are not the same."""
    numbers, mark = found
    try:
        expected = [one for formula in claim.split() for one in values(known, formula, row)]
    except (KeyError, ValueError):  # a claim that names what no table has
        return " ".join(numbers), ""
    if len(numbers) == len(expected) and all(map(_agrees, numbers, expected)) and claim.endswith(mark):
        return None
    return " ".join(filter(None, (*numbers, mark))), " ".join(map(_said, expected))


def _said(value: Value | None) -> str:
    return "" if value is None else str(value.number if value.whole is None else value.number * 100 / value.whole)


def _agrees(printed: str, value: Value | None) -> bool:
    if value is None:
        return True
    shown, scale = Decimal(printed.replace(",", "")), 10 ** len(printed.partition(".")[2])
    if value.whole is None:
        return shown == value.number
    sides = value.share is None or (shown >= value.share) == (value.number * 100 >= value.share * value.whole)
    return sides and shown * scale == value.number * 100 * scale // value.whole


def _is(known: Known, mark: str, row: str) -> bool:
    """Return whether a promise, a part of it or one of its periods has this verdict, or the state that its page gives."""
    found, own = results(known, row), known.cells.get(known.path, {}).get(".", {}).get("state")
    if row.startswith("/"):
        return mark == ("suppressed" if any(one["verdict"] == "suppressed" for one in found) else verdict(found))
    if row:
        return mark == found[0]["verdict"] if found and "period" in found[0] else mark in SILENT
    return mark == own and (mark not in VERDICTS[:3] or mark == verdict(found))
