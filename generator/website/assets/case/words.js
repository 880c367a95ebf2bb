// Days and lengths of time in words, from the patterns of strings/<language>.yml: the twin of generator/dates.py.
import { DAYS, weekday } from "./days.js";

const isThai = (letter) => letter >= "\u0e00" && letter <= "\u0e7f";
const parted = (pattern, value) => isThai(pattern) && value !== "" && !isThai(value) && !/\s/.test(value);
const two = (number) => String(number).padStart(2, "0");
const glued = (words) => words.replaceAll(" ", "\u00a0");

// A pattern with its facts, and a space where a figure or a Latin word would touch a Thai letter.
export function filled(pattern, facts) {
  let [said, value] = ["", ""];
  pattern.split(/\{(\w+)\}/).forEach((piece, at) => {
    const before = said.at(-1) ?? "";
    if (at % 2) {
      value = String(facts[piece]);
      said += (parted(before, value[0] ?? "") ? " " : "") + value;
    } else {
      said += (parted(piece[0] ?? "", value.at(-1) ?? "") ? " " : "") + piece;
      value = "";
    }
  });
  return said;
}

export async function fetched(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(address);
  return answer.json();
}

export function wordsOf(patterns) {
  const say = (key, facts = {}) => filled(patterns[key], facts);
  const counted = (key, n) => glued(say(`${key}.${patterns.plural === "one" && Number(n) === 1 ? "one" : "other"}`, { n }));
  const parts = (day) => day.split("-").map(Number);
  const year = (number) => number + patterns.years_ahead;
  const month = (day) => say(`month_short.${parts(day)[1]}`);
  const listed = (words) => words.reduce((list, one, at) =>
    at === words.length - 1 ? say("list.last", { list, last: one }) : say("list.more", { list, next: one }));
  const date = (day) => glued(say("date", { day: parts(day)[2], month: month(day), year: year(parts(day)[0]) }));
  const yearless = (day) => glued(say("date.yearless", { day: parts(day)[2], month: month(day) }));
  return {
    say,
    year,
    date,
    listed: (words) => (words.length ? listed(words) : ""),
    days: (n) => counted("count.days", n),
    duration: ({ value, unit }) => counted(`duration.${unit}`, value.replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "").replace(".", patterns["number.decimal"])),
    dateLong: (day) => say("date.long", { weekday: say(`weekday.${DAYS[weekday(day)]}`), date: date(day) }),
    dates: (days) => days.map((day, at) => (parts(day)[0] === parts(days[at + 1] ?? "0")[0] ? yearless(day) : date(day))),
    time: (minute) => say("time", { hour: two(Math.floor(minute / 60)), minute: two(minute % 60) }),
    monthOf: (day) => glued(`${month(day)} ${year(parts(day)[0])}`),
    weekdays: DAYS.map((day) => ({ name: patterns[`weekday.${day}`], short: patterns[`weekday_short.${day}`] })),
  };
}
