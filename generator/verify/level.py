"""One promise: every period of it, its verdicts, its sums, and what a page says of it in sentences."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from generator.verify.printed import at_least, number, numbers, own_percent, part_of, percent, rate
from generator.verify.published import Period, Row, Site, day, due_of, grain_of, month_of, move

COUNTED, SILENT = ("met", "missed", "no_target"), ("not_reported", "not_due", "withheld")
WITH_COUNTS = (*COUNTED, "no_cases")
TIMED = ("processing_time", "waiting_time", "complaint_response")
FOR_EVER = "9999-12-31"
NOTHING: Row = {}  # one and the same, so that periods without a target are known to stand under the same one


class Seen(NamedTuple):
    """One period: its row and the target in force, empty where there is none, and when it was due."""

    period: Period
    row: Row
    target: Row
    verdict: str
    due: date | None

    def count(self, name: str) -> int:
        """Return a count of the row; 0 where it is not known."""
        return int(self.row.get(name) or 0)

    @property
    def counts(self) -> list[str]:
        """Return those that kept the promise, and all, as they are printed."""
        return numbers(self.row["within_target"], self.row["volume"])

    @property
    def percent(self) -> str:
        """Return the result in per cent, as it is printed."""
        return percent(self.count("within_target"), self.count("volume"), share_of(self.target))


class Span(NamedTuple):
    """The sums over some periods; ``share`` is the only one in force, if there is only one."""

    rows: list[Seen]
    kept: int
    volume: int
    verdict: str
    reported: int
    due: int
    share: Fraction | None

    @property
    def counts(self) -> list[str]:
        """Return those that kept the promise, and all, as they are printed."""
        return [number(self.kept), number(self.volume)]

    @property
    def periods(self) -> list[Period]:
        """Return the periods of the rows."""
        return [one.period for one in self.rows]


def share_of(target: Row) -> Fraction | None:
    """Return the share that a target promises."""
    return Fraction(target["target_share"]) if target.get("target_share") else None


def term(target: Row) -> list[str]:
    """Return the numbers of a target in a sentence."""
    return numbers(target["target_limit"]) + at_least(share_of(target))


def verdict_of(row: Row, target: Row) -> str:
    """Return the first rule that applies (data contract, section 9)."""
    share = share_of(target)
    if not row:
        return "not_reported"
    if row["status"] not in ("final", "provisional"):
        return row["status"]
    if row["volume"] == "0":
        return "no_cases"
    if not row["volume"] or not row["within_target"]:
        return "not_reported"
    if share is None:
        return "no_target"
    return "met" if int(row["within_target"]) >= share * int(row["volume"]) else "missed"


def span(rows: Iterable[Seen], as_of: date) -> Span:
    """Return the sums of the rows with cases, and how many of the reports that are due came."""
    listed = list(rows)
    counted, states = [one for one in listed if one.verdict in COUNTED], {one.verdict for one in listed}
    kept, volume = (sum(one.count(name) for one in counted) for name in ("within_target", "volume"))
    needed = sum((share_of(one.target) or 0) * one.count("volume") for one in counted)
    said = "no_cases" if "no_cases" in states and "suppressed" not in states else "not_reported"
    if counted:
        said = "no_target" if "no_target" in states else "met" if kept >= needed else "missed"
    due = [one.verdict not in SILENT for one in listed if one.due and one.due <= as_of]
    shares = {share_of(one.target) for one in counted}
    return Span(listed, kept, volume, said, sum(due), len(due), shares.pop() if len(shares) == 1 else None)


class Known(NamedTuple):
    """What the tables have of one promise; ``held`` are the periods whose rows are held back."""

    level: Row
    service: Row
    active: bool
    targets: list[Row]
    rows: list[Row]
    history: list[Row]
    held: set[str]


class Level:
    """One promise, with every period of its grain in order of time."""

    def __init__(self, site: Site, known: Known) -> None:
        self.site, self.known, self.targets, self.measure = site, known, known.targets, known.level["measure"]
        self.id, self.path = f"level-{known.level['level_id']}", known.service["page"]
        self.history = [one for one in known.history if not one["channel_id"] + one["office_id"]]
        self.wait = int(known.service["due_after_days"])
        whole = {site.period(one["period"]): one for one in known.rows if not one["channel_id"] + one["office_id"]}
        self.grain = _grain(grain_of(known.service), [period.grain for period in whole])
        self.begins, self.ends = self._duty()
        self.held = {site.period(code) for code in known.held} - whole.keys()
        reported = {site.period(one["period"]) for one in known.rows} | self.held
        periods = {*self._owed(), *(one for one in reported if one.grain == self.grain)}
        self.rows = [self._see(period, whole.get(period, {})) for period in sorted(periods)]
        self.others = [self._see(period, one) for period, one in sorted(whole.items()) if period.grain != self.grain]
        self.span, self.previous, self.current = self._headline()
        self.small = 0 < self.span.volume < site.small["caution_below"]
        self.now = self._in_force(str(site.as_of))
        self.promise, self.state = self._promise(), self._state()

    def _duty(self) -> tuple[str, str]:
        """Return from and to which first day of a period reports are owed; nothing where none is."""
        first = self.known.service["first_period"]
        if not self.known.active or not self.targets:
            return "", ""
        begins = min(one["target_valid_from"] for one in self.targets)
        owed = str(day(self.site.period(first).start)) if first else ""
        return max(begins, owed), max(one["target_valid_to"] or FOR_EVER for one in self.targets)

    def _is_owed(self, period: Period) -> bool:
        return period.grain == self.grain and (not self.begins or self.begins <= str(day(period.start)) <= self.ends)

    def _owed(self) -> Iterator[Period]:
        if self.begins:
            period = self.site.around(month_of(self.begins), self.grain)
            while day(period.end) <= self.site.as_of:
                if self._is_owed(period):
                    yield period
                period = move(period, 1)

    def _in_force(self, when: str) -> Row:
        found = (
            one for one in self.targets if one["target_valid_from"] <= when <= (one["target_valid_to"] or FOR_EVER)
        )
        return next(found, NOTHING)

    def _see(self, period: Period, row: Row) -> Seen:
        target = self._in_force(str(day(period.start)))
        due = due_of(period, self.wait) if self._is_owed(period) else None
        verdict = "withheld" if not row and period in self.held else verdict_of(row, target)
        if not row and verdict == "not_reported" and due and due > self.site.as_of:
            verdict = "not_due"
        return Seen(period, row, target, verdict, due)

    def _headline(self) -> tuple[Span, Span | None, bool]:
        """Return the last 12 months due, those before, and whether they are the site's last 12 months."""
        as_of, due = self.site.as_of, [one for one in self.rows if one.due and one.due <= self.site.as_of]
        year = self.site.last_year(self.grain, self.wait)
        current = bool(due) and due[-1].period >= year[0]
        if due and not current:
            year = [move(due[-1].period, step) for step in range(1 - len(year), 1)]
        before = [one for one in due if move(year[0], -len(year)) <= one.period < year[0]]
        now = span((one for one in due if one.period >= year[0]), as_of)
        return now, span(before, as_of) if before else None, current

    def _promise(self) -> Row:
        """Return the target that a page speaks of: in force, else the newest that was, else the one announced."""
        counted = [one for one in self.span.rows if one.verdict in COUNTED] or self.span.rows
        newest = counted[-1].target if counted else NOTHING
        later = [one for one in self.targets if one["target_valid_from"] > str(self.site.as_of)]
        return self.now or newest or (later or [NOTHING])[0]

    def _state(self) -> str:
        if self.span.verdict != "not_reported":
            return self.span.verdict
        given = [one.verdict for one in self.span.rows if one.verdict not in WITH_COUNTS]
        return given[-1] if given else "not_reported" if self.span.due else "not_due"

    def parts(self, kind: str) -> dict[str, list[Seen]]:
        """Return the rows of each channel, or each office, in the headline's periods."""
        found: dict[str, list[Seen]] = defaultdict(list)
        periods, other = set(self.span.periods), "office_id" if kind == "channel" else "channel_id"
        for row in self.known.rows:
            period = self.site.period(row["period"])
            if row[f"{kind}_id"] and not row[other] and period in periods:
                found[f"{kind} {row[f'{kind}_id']}"].append(self._see(period, row))
        return found

    # ---- what a page says ----

    def promised(self) -> list[str]:
        """Return the numbers of the promise: its limit, else its share."""
        return numbers(self.promise.get("target_limit")) or at_least(share_of(self.promise))

    def rate(self) -> list[str]:
        """Return the numbers of the result; of few cases only the counts are said."""
        return [] if self.small else rate(self.span.kept, self.span.volume, self.span.share)

    def covered(self) -> list[str]:
        """Return the numbers of how complete the reports are."""
        return part_of(self.span.reported, self.span.due, alone=True)

    def sentence(self) -> list[str]:
        """Return the numbers of the sentence that sets the promise beside its result."""
        found, site = self.span, self.site
        promise = self.promised() if self.measure != "other" else []
        if self.state not in COUNTED:
            return self._without_result(promise) + self._latest()
        counted = [one for one in found.rows if one.verdict in COUNTED]
        if self.state == "no_target" and not counted[-1].target:
            return [*site.spoken(found.periods), number(found.volume)]
        goal = at_least(found.share) if not self.small and self.state != "no_target" else []
        return [*promise, *site.spoken(found.periods), *self.rate(), *found.counts, *goal]

    def _without_result(self, promise: list[str]) -> list[str]:
        if self.state == "no_cases":
            return promise + self.site.spoken(self.span.periods)
        never = all(one.verdict in ("not_reported", "not_due") for one in (*self.rows, *self.others))
        newest = [one for one in self.rows if one.verdict == self.state]
        if not newest or (never and self.state == "not_reported"):
            return promise
        return [*([] if self.state == "not_applicable" else promise), *self.site.said(newest[-1].period)]

    def _latest(self) -> list[str]:
        latest = [one for one in self.rows if one.verdict in WITH_COUNTS][-1:]
        known = [one for one in latest if one.count("volume") and one.row["within_target"]]
        return [token for one in known for token in (*self.site.said(one.period), *one.counts)]

    def newest(self, name: str) -> Seen | None:
        """Return the newest period that has this figure."""
        return next((one for one in reversed(self.rows) if one.row.get(name)), None)

    def times(self) -> list[list[str]]:
        """Return the numbers of the newest p90 and of the newest median."""
        found = []
        for name, first in (("p90", ["9", "10"]), ("median", [])):
            seen = self.newest(name)
            if seen and seen.target.get("target_limit"):
                found.append([*self.site.short(seen.period), *first, number(seen.row[name])])
        return found

    def terms(self) -> list[str]:
        """Return the numbers of all targets and of the deadline in law."""
        found = [token for target in self.targets for token in term(target)]
        law = self.known.level["statutory_limit"] if self.targets else ""
        limit = self.promise.get("target_limit")
        longer = bool(law and limit) and self.known.level["statutory_unit"] == self.promise["target_unit"]
        if longer and Decimal(limit or 0) > Decimal(law):
            return found + numbers(law, limit, law)
        return found + numbers(law)

    def beside(self) -> list[str]:
        """Return the numbers that stand beside the result: times, open cases, what is not counted, the agency's own."""
        found = [token for times in self.times() for token in times] if self.measure in TIMED else []
        seen = self.newest("backlog")
        if seen and seen.count("backlog"):
            found += numbers(seen.row["backlog"], seen.row["backlog_overdue"])
        for one in [one for one in self.rows if one.verdict in WITH_COUNTS][-1:]:
            period, row = self.site.short(one.period), one.row
            notices = numbers(row["delay_notices_due"], row["delay_notices_sent"])
            found += [*period, *numbers(row["excluded"])] if one.count("excluded") else []
            found += [*period, *notices] if one.count("delay_notices_due") else []
            found += [*period, *numbers(row["complaints"])] if row["complaints"] else []
        return found + self._own()

    def _own(self) -> list[str]:
        for one in reversed(self.rows):
            own = one.row.get("reported_attainment")
            if own and one.verdict in COUNTED:
                ours = Fraction(one.count("within_target"), one.count("volume"))
                if abs(Fraction(own) - ours) > Fraction(5, 1000):
                    return [*self.site.short(one.period), own_percent(own), one.percent, *one.counts]
        return []

    def revised(self, rows: list[Seen]) -> list[str]:
        """Return the numbers of each correction of some periods."""
        found, shown = [], {one.period for one in rows}
        for old, new in pairwise(self.history):
            period = self.site.period(new["period"])
            if old["period"] == new["period"] and period in shown:
                known = [one for one in (old, new) if one["volume"] and one["within_target"]]
                counts = (token for one in known for token in numbers(one["within_target"], one["volume"]))
                found += [*self.site.short(period), number(new["revision"]), *counts]
        return found


def _grain(expected: str, reported: list[str]) -> str:
    """Return the grain that is owed; where all rows are of others, the one that most of them are of."""
    if not reported or expected in reported:
        return expected
    return max(sorted(set(reported), key=lambda one: (int(one.removeprefix("FY")), one)), key=reported.count)
