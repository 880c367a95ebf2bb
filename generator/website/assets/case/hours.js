// Whether a place is open, and when that changes: the twin of generator/case/hours.py, which gives the reasons.
// tests/vectors/hours.json holds the two equal.
import { DAYS, numberOf, textOf, weekdayOf, yearsOf } from "./days.js";

const DAY = 24 * 60;
const LOOK_AHEAD = 400;

// now: { day: "2026-11-22", minute: 510 }; calendar: what stands in the calendar's file, or null where a place keeps none.
export function openingAt(now, hours, calendar) {
  const closed = new Set(calendar?.days.map(({ date }) => date));
  const first = numberOf(now.day);
  const at = first * DAY + now.minute;
  const span = spansFrom(first, hours, closed).find(({ end }) => end > at);
  const open = Boolean(span) && span.start <= at;
  const changes = !span || (open && span.end >= (first + LOOK_AHEAD) * DAY) ? null : momentOf(span, open);
  const [least, most] = yearsOf(calendar ?? { days: [] });
  const listed = least <= Number(now.day.slice(0, 4)) && Number((changes ?? now).day.slice(0, 4)) <= most;
  return { open, changes, holiday: closed.has(now.day) && ofDay(hours, first).length > 0, estimate: Boolean(calendar) && !listed };
}

function minuteOf(time) {
  const [hour, minute] = time.split(":");
  return Number(hour) * 60 + Number(minute);
}

function ofDay(hours, day) {
  return hours.filter(({ days }) => days.includes(DAYS[weekdayOf(day)]));
}

function spansFrom(first, hours, closed) {
  const spans = [];
  for (let day = first; day < first + LOOK_AHEAD; day += 1) {
    if (closed.has(textOf(day))) continue;
    const opened = ofDay(hours, day).map(({ opens, closes }) => ({ start: minuteOf(opens), end: opens === "00:00" && closes === "23:59" ? DAY : minuteOf(closes) }));
    for (const { start, end } of opened.sort((one, other) => one.start - other.start)) {
      const last = spans.at(-1);
      if (last && day * DAY + start <= last.end) last.end = Math.max(last.end, day * DAY + end);
      else spans.push({ start: day * DAY + start, end: day * DAY + end });
    }
  }
  return spans;
}

function momentOf({ start, end }, open) {
  const minute = open ? end : start;
  const day = Math.floor((open ? end - 1 : start) / DAY);
  return { day: textOf(day), minute: minute - day * DAY };
}
