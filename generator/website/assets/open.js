// Says beside each place whether it is open, by the clock of the offices and not of the reader, and says it anew each minute.
import { daysAfter, yearsOf } from "./case/days.js";
import { openingAt } from "./case/hours.js";
import { fetched, wordsOf } from "./case/words.js";

const { zone, places } = JSON.parse(document.getElementById("case").textContent).hours;
const EVERY = 20_000; // milliseconds
const clock = new Intl.DateTimeFormat("en-CA", { timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" });

function nowThere() {
  const part = Object.fromEntries(clock.formatToParts(new Date()).map(({ type, value }) => [type, value]));
  return { day: `${part.year}-${part.month}-${part.day}`, minute: Number(part.hour) * 60 + Number(part.minute) };
}

export async function start(list) {
  const ids = [...new Set(places.map(({ calendar }) => calendar).filter(Boolean))];
  const [patterns, ...read] = await Promise.all([list.dataset.words, ...ids.map((id) => `${list.dataset.calendars}${id}.json`)].map(fetched));
  const { say, ...words } = wordsOf(patterns);
  const calendars = Object.fromEntries(ids.map((id, at) => [id, read[at]]));
  const shown = [...list.querySelectorAll(".open")];

  function titleOf({ title }) {
    return title[document.documentElement.lang] ?? Object.values(title)[0];
  }

  function sentenceOf(now, { open, changes, holiday }, closed) {
    if (!changes) return say(open ? "open.always" : "open.never");
    const facts = { time: words.time(changes.minute), day: words.dateLong(changes.day), holiday: holiday ? titleOf(closed) : "" };
    const when = changes.day === now.day ? "today" : changes.day === daysAfter(now.day, 1) ? "tomorrow" : "later";
    if (open) return say(when === "today" ? "open.now" : "open.now_later", facts);
    const why = holiday ? "holiday_" : "";
    return say(`open.${why}${when}`, facts);
  }

  function told(now, { hours, calendar, keeps }) {
    const [days, kept] = [calendars[calendar], keeps ? calendars[calendar] : null];
    const closed = days?.days.find(({ date }) => date === now.day);
    const opening = openingAt(now, hours, kept);
    const unknown = !keeps && closed && opening.open && opening.changes;
    return [opening, [
      sentenceOf(now, opening, closed),
      unknown && say("open.ask", { holiday: titleOf(closed) }),
      opening.estimate && say("open.estimate", { year: words.year(yearsOf(kept)[1] ?? Number(now.day.slice(0, 4))) }),
    ]];
  }

  function show() {
    const now = nowThere();
    for (const [at, place] of places.entries()) {
      const [{ open }, sentences] = told(now, place);
      const said = sentences.filter(Boolean).join(" · ");
      if (shown[at].textContent === said) continue;
      shown[at].textContent = said;
      shown[at].classList.toggle("closed", !open);
      shown[at].hidden = false;
    }
  }

  show();
  setInterval(show, EVERY);
  document.addEventListener("visibilitychange", show);
}
