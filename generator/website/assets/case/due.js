// When a case is due: the twin of generator/case/due.py, which gives the reasons of every rule here.
// tests/vectors/due.json holds the two equal.
import { DAYS, dateOf, daysAfter, numberOf, textOf, weekdayOf, yearsOf } from "./days.js";

const HOURS_A_DAY = 7;
const DAYS_A_MONTH = 30;
const DAYS_BETWEEN_REASONS = 7;
const LAST_YEAR = 2400;
const LAST_DAY = numberOf(`${LAST_YEAR}-12-31`);

// What stands in the calendar's file, ready to be asked why an office is closed on a day: "", "weekend" or "holiday".
export function closedBy(calendar) {
  const holidays = new Set(calendar.days.map((day) => day.date));
  const weekend = new Set((calendar.weekend ?? []).map((day) => DAYS.indexOf(day)));
  return (day) => (weekend.has(weekdayOf(day)) ? "weekend" : holidays.has(textOf(day)) ? "holiday" : "");
}

// When a case that was filed on a day is due; null where that lies beyond the years that we count.
export function dueOf(filed, promise, calendar, withoutClosed = false) {
  const why = closedBy(calendar);
  const length = lengthOf(promise, withoutClosed);
  const received = openFrom(numberOf(filed), why);
  const due = received === null ? null : lastDay(received, length, why);
  const open = due === null ? null : openFrom(due, why);
  if (open === null) return null;
  const [first, last] = yearsOf(calendar);
  return {
    received: textOf(received),
    due: textOf(due),
    open_on: textOf(open),
    visit: due === received,
    days: daysOf(received, due, why, length.onlyOpen),
    estimate: !(first <= yearOf(numberOf(filed)) && yearOf(open) <= last),
  };
}

// The last days for the first written reasons that a late case is owed, where the Act binds.
export function writtenReasons(due, howMany) {
  return Array.from({ length: howMany }, (_, at) => daysAfter(due, (at + 1) * DAYS_BETWEEN_REASONS));
}

const yearOf = (day) => dateOf(day).getUTCFullYear();

// Values have two decimals at most, so that hundredths are whole numbers and nothing is lost.
function lengthOf({ value, unit }, withoutClosed) {
  const hundredths = Math.round(Number(value) * 100);
  const days = Math.ceil(hundredths / 100);
  if (unit === "month") {
    const part = Math.ceil(((hundredths % 100) * DAYS_A_MONTH) / 100);
    return { months: Math.floor(hundredths / 100), days: part, onlyOpen: withoutClosed };
  }
  if (unit === "working_day" || unit === "calendar_day") {
    return { months: 0, days, onlyOpen: unit === "working_day" || withoutClosed };
  }
  const inAnHour = unit === "minute" ? 6000 : 100;
  if (hundredths <= HOURS_A_DAY * inAnHour) return { months: 0, days: 0, onlyOpen: withoutClosed };
  const hours = unit === "working_hour" ? HOURS_A_DAY : 24;
  return { months: 0, days: Math.ceil(hundredths / (hours * inAnHour)), onlyOpen: unit === "working_hour" || withoutClosed };
}

function openFrom(day, why) {
  while (day <= LAST_DAY && why(day)) day += 1;
  return day <= LAST_DAY ? day : null;
}

function lastDay(received, { months, days, onlyOpen }, why) {
  let last = monthsLater(received, months);
  if (last === null || !onlyOpen) return last === null || last + days > LAST_DAY ? null : last + days;
  let wanted = days;
  for (let day = received + 1; day <= last; day += 1) wanted += why(day) ? 1 : 0;
  for (; wanted && last !== null; wanted -= 1) last = openFrom(last + 1, why);
  return last;
}

function monthsLater(received, months) {
  if (!months) return received;
  const first = dateOf(received + 1);
  const at = first.getUTCFullYear() * 12 + first.getUTCMonth() + months;
  const [year, month] = [Math.floor(at / 12), at % 12];
  if (year > LAST_YEAR) return null;
  const last = Date.UTC(year, month + 1, 0) / 86400000;
  const same = Date.UTC(year, month, first.getUTCDate()) / 86400000;
  return same <= last ? same - 1 : last;
}

function daysOf(received, due, why, onlyOpen) {
  const days = [];
  let number = 0;
  for (let day = received + 1; day <= due; day += 1) {
    const closed = why(day);
    const counts = !(closed && onlyOpen);
    number += counts ? 1 : 0;
    days.push({ date: textOf(day), number: counts ? number : 0, closed });
  }
  return days;
}
