// Days are texts, "2026-11-22"; within, they are numbers since 1970.

export const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
export const numberOf = (day) => Date.parse(`${day}T00:00:00Z`) / 86400000;
export const dateOf = (day) => new Date(day * 86400000);
export const textOf = (day) => dateOf(day).toISOString().slice(0, 10);
export const weekdayOf = (day) => (((day + 4) % 7) + 7) % 7; // 0 is Sunday
export const daysAfter = (day, days) => textOf(numberOf(day) + days);
export const daysBetween = (from, to) => numberOf(to) - numberOf(from);
export const weekday = (day) => weekdayOf(numberOf(day));

// The first and the last year whose closed days are listed; nothing where none is.
export function yearsOf({ days }) {
  const years = days.map(({ date }) => Number(date.slice(0, 4)));
  return years.length ? [Math.min(...years), Math.max(...years)] : [];
}
