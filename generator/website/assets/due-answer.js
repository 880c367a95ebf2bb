// The answer to "when will mine be done", with its count, what is owed when it is late, and a file for a calendar.
import { daysAfter, daysBetween, weekday, yearsOf } from "./case/days.js";
import { dueOf, writtenReasons } from "./case/due.js";
import { icsOf } from "./case/ics.js";
import { find, made } from "./case/page.js";
import { fetched, wordsOf } from "./case/words.js";

const MONTHS_DRAWN = 4;
const REASONS_NAMED = 3;
const { due: data } = JSON.parse(document.getElementById("case").textContent);
function classed(name, element) {
  element.className = name;
  return element;
}

const small = (...inside) => classed("small", made("p", ...inside));
const hidden = (words) => classed("hide", made("span", words));

export async function start(form, write, today) {
  const words = wordsOf(await fetched(form.dataset.words));
  const { say } = words;
  const calendars = {};
  const [day, choice] = [form.elements["due-day"], form.elements["due-option"]];
  const language = document.documentElement.lang;
  const titles = new Map();
  let answered = false;

  const chosen = () => data.options[choice ? choice.value : 0];
  const rowOf = ({ level, calendar }) => find("due").querySelector(`[data-option="${level} ${calendar}"]`);

  async function calendarOf({ calendar }) {
    calendars[calendar] ??= fetched(`${form.dataset.calendars}${calendar}.json`);
    try {
      return await calendars[calendar];
    } catch (error) {
      delete calendars[calendar];
      throw error;
    }
  }

  // Promises that the reader's answers leave out are no choice; the script of the questions puts their rows aside.
  function offer() {
    if (!choice) return;
    for (const one of choice.options) {
      one.hidden = one.disabled = Boolean(document.querySelector(`[data-if="${data.options[one.value].level}"]`)?.closest(".out"));
    }
    const left = [...choice.options].filter((one) => !one.disabled);
    if (choice.selectedOptions[0]?.disabled && left.length) choice.value = left[0].value;
    day.labels[0].textContent = choice.selectedOptions[0].dataset.ask;
  }

  function sayDay() {
    find("due-said").textContent = day.value ? words.dateLong(day.value) : "";
  }

  async function answer() {
    answered = true;
    offer();
    sayDay();
    const option = chosen();
    if (!day.value) return tell(say("due.no_day"));
    const target = option.targets.find(({ from, to }) => from <= day.value && (!to || day.value <= to));
    if (!target) return tell(say("due.no_promise", { day: words.dateLong(day.value) }));
    try {
      const calendar = await calendarOf(option);
      const due = dueOf(day.value, target, calendar, option.paused);
      return due ? show(option, target, calendar, due) : tell(say("due.beyond"));
    } catch {
      return tell(form.dataset.failed);
    }
  }

  function tell(sentence, ...more) {
    if (find("due-answer").textContent !== sentence) find("due-answer").textContent = sentence;
    find("due-told").replaceChildren(...more);
    find("due-told").hidden = !more.length;
  }

  function show(option, target, calendar, due) {
    for (const one of calendar.days) titles.set(one.date, one);
    const limit = words.duration(target);
    const from_day = say(`due.from.${option.starts}`, { day: words.dateLong(day.value) });
    const result = say(due.visit ? "due.result_visit" : "due.result", { from_day, day: words.dateLong(due.due), limit });
    const holidays = due.days.filter(({ closed }) => closed === "holiday");
    tell(
      `${result} · ${stateOf(due.due)}`,
      ...[
        due.received !== day.value && say("due.received", { day: words.dateLong(due.received) }),
        due.open_on !== due.due && say("due.closed_due", { day: words.dateLong(due.open_on) }),
        due.estimate ? say("due.estimate", yearWords(calendar)) : unannounced(calendar, due.due.slice(0, 4)),
      ].filter(Boolean).map((sentence) => made("p", sentence)),
      ...(holidays.length && holidays.length < 20 ? [made("p", say("due.skipped")), named(holidays)] : []),
      ...picture(due),
      classed("acts", made("p", file(option, due, result))),
    );
    dateTheRest(option, calendar, due);
    write("filed", words.dateLong(day.value));
    write("due", words.dateLong(due.due));
    write("today", words.date(today()));
    write("limit", limit);
    write("rule", rowOf(option)?.querySelector("[data-rule]").textContent);
  }

  function stateOf(due) {
    const left = daysBetween(today(), due);
    if (!left) return say("due.today");
    return left > 0 ? say("due.left", { days: words.days(left) }) : say("due.passed", { days: words.days(-left) });
  }

  function yearWords(calendar) {
    const [first, last] = [...yearsOf(calendar), new Date().getFullYear(), new Date().getFullYear()];
    return { first: words.year(first), last: words.year(last) };
  }

  function unannounced(calendar, year) {
    const confirmed = calendar.days.some(({ date, source }) => source && date.startsWith(year));
    return !confirmed && say("due.unannounced", { year: words.year(Number(year)) });
  }

  function named(holidays) {
    return classed("dots", made("ul", ...holidays.map(({ date }) => {
      const { title, source } = titles.get(date);
      const known = title[language] ? language : Object.keys(title)[0];
      const name = made("span", title[known]);
      if (known !== language) name.lang = known;
      return made("li", `${words.date(date)} `, name, source ? "" : ` (${say("service.closed_unconfirmed")})`);
    })));
  }

  // ---- the count, month by month ----
  function picture(due) {
    const marks = new Map(due.days.map((one) => [one.date, one]));
    const months = [];
    for (let first = `${due.received.slice(0, 7)}-01`; first <= due.due; first = nextMonth(first)) months.push(first);
    if (due.visit || months.length > MONTHS_DRAWN) return [];
    const all = due.days.every(({ number }) => number);
    const drawn = made("div", ...months.map((first) => monthTable(first, due, marks)));
    return [classed(all ? "months-counted all" : "months-counted", drawn), small(say(all ? "due.legend_all" : "due.legend"))];
  }

  function nextMonth(first) {
    return `${daysAfter(first, 31).slice(0, 7)}-01`;
  }

  function monthTable(first, due, marks) {
    const heads = words.weekdays.map(({ name, short }) => {
      const head = made("th", made("span", short));
      head.firstChild.setAttribute("aria-hidden", "true");
      head.append(hidden(name));
      head.scope = "col";
      return head;
    });
    const cells = Array.from({ length: weekday(first) }, () => made("td"));
    for (let date = first; date < nextMonth(first); date = daysAfter(date, 1)) cells.push(cellOf(date, due, marks.get(date)));
    const rows = [];
    for (let at = 0; at < cells.length; at += 7) rows.push(made("tr", ...cells.slice(at, at + 7)));
    return made("table", made("caption", words.monthOf(first)), made("thead", made("tr", ...heads)), made("tbody", ...rows));
  }

  function cellOf(date, due, mark) {
    const number = String(Number(date.slice(8)));
    if (date === due.received) return classed("start", made("td", number, made("small", say("due.start"))));
    if (!mark) return made("td", number);
    const shown = mark.closed ? made("s", number) : made("b", number);
    const beneath = mark.number ? made("small", hidden(`${say("due.nth")} `), String(mark.number)) : hidden(` ${say("due.not_counted")}`);
    return classed([mark.number ? "counted" : "closed", date === due.due ? "last" : ""].join(" ").trim(), made("td", shown, beneath));
  }

  // ---- when it is late ----
  function dateTheRest(option, calendar, due) {
    const after = daysAfter(due.due, 1);
    const complaining = after > today() ? after : today();
    const answered = data.answer && dueOf(complaining, data.answer, calendar);
    const sentences = {
      due: say("due.late", { day: words.dateLong(due.due) }),
      reasons: data.act && say("due.reasons", { days: words.listed(words.dates(writtenReasons(due.due, REASONS_NAMED))) }),
      answer: answered && say("due.complaint", { from_day: words.dateLong(complaining), day: words.dateLong(answered.due) }),
    };
    if (due.due >= today()) sentences.letter = say("late.letter_early", { day: words.dateLong(after) });
    for (const place of document.querySelectorAll("[data-dated]")) {
      place.textContent = sentences[place.dataset.dated] || "";
      place.hidden = !place.textContent;
    }
  }

  // ---- the file for a calendar, made on this device ----
  let made_before = "";
  function file(option, due, result) {
    const service = document.querySelector("h1").textContent;
    const url = document.querySelector("link[rel=canonical]")?.href ?? location.href.split("#")[0];
    const text = icsOf({
      uid: `${due.due}-${option.level}-${location.pathname.replaceAll("/", "-")}@${location.hostname}`,
      stamp: new Date().toISOString(),
      day: due.due,
      next: daysAfter(due.due, 1),
      title: say("due.ics_title", { service }),
      text: say("due.ics_text", { result, url }),
      url,
    });
    URL.revokeObjectURL(made_before);
    made_before = URL.createObjectURL(new Blob([text], { type: "text/calendar" }));
    const link = made("a", say("due.ics"));
    Object.assign(link, { href: made_before, download: `${due.due}.ics` });
    return link;
  }

  const again = () => (answered ? answer() : (offer(), sayDay()));
  day.addEventListener("input", again);
  choice?.addEventListener("change", again);
  document.addEventListener("input", ({ target }) => form.contains(target) || again());
  offer();
  sayDay();
  return { answer };
}
