// Narrows the list of services.  What is chosen stands in the address: a narrowed list can be linked, and the back button
// takes one choice back.  What services have (views/facets.py) is fetched when a reader first asks.
import { fill } from "./case/page.js";

const [finder, panel, form, show, chips, clear, said, list, more, whole] = [
  "finder", "finder-panel", "finder-form", "finder-show", "finder-chosen", "finder-clear", "finder-said", "finder-results", "finder-more", "all-services",
].map((id) => document.getElementById(id));
const words = JSON.parse(document.getElementById("finder-words").textContent);
const FIRST_LETTER = 0x23, LEFT_OUT = 0x5c, LETTERS = 91; // as views/facets.py writes numbers
const ROWS = 20, MANY = 15; // of a list of more choices a reader finds one by typing

const kept = new Map();
let facets = null, total = 0, chunk = 1, found = [], shown = 0, turn = 0;

// ---- reading ----
function get(name) {
  if (!kept.has(name)) {
    kept.set(name, fetch(finder.dataset.index + name).then((answer) => {
      if (!answer.ok) throw new Error(name);
      return answer.json();
    }));
    kept.get(name).catch(() => kept.delete(name));
  }
  return kept.get(name);
}

function numbers({ of, width }) {
  return Array.from({ length: of.length / width }, (_, at) => {
    let number = 0;
    for (let place = at * width; place < (at + 1) * width; place++) {
      const code = of.charCodeAt(place);
      number = number * LETTERS + code - FIRST_LETTER - (code > LEFT_OUT);
    }
    return number;
  });
}

// A service is found when it has one of the choices of every facet where something is chosen.  A choice's count is what
// choosing it would find beside what is chosen elsewhere: of services that nothing else keeps out.
function narrow() {
  const passes = facets.map(({ sets, chosen }) => sets.map((set) => !chosen.size || set.some((choice) => chosen.has(choice))));
  const tallies = facets.map(({ sets }) => sets.map(() => 0));
  found = [];
  for (let service = 0; service < total; service++) {
    const kept_out = facets.map((_, at) => at).filter((at) => !passes[at][facets[at].of[service]]);
    if (!kept_out.length) found.push(service);
    if (kept_out.length < 2) for (const at of kept_out.length ? kept_out : facets.keys()) tallies[at][facets[at].of[service]]++;
  }
  return facets.map(({ sets, choices }, at) => choices.map((_, choice) => sets.reduce((sum, set, n) => sum + (set.includes(choice) ? tallies[at][n] : 0), 0)));
}

// ---- the address ----
function read() {
  const asked = new URLSearchParams(location.search);
  for (const facet of facets) {
    const ids = asked.getAll(facet.id);
    facet.chosen = new Set(facet.choices.map((_, at) => at).filter((at) => ids.includes(facet.choices[at][0])));
    for (const box of facet.boxes) box.checked = facet.chosen.has(facet.boxes.indexOf(box));
  }
}

function write() {
  const address = new URL(location.href);
  address.hash = "";
  for (const facet of facets) {
    address.searchParams.delete(facet.id);
    for (const choice of facet.chosen) address.searchParams.append(facet.id, facet.choices[choice][0]);
  }
  history.pushState(null, "", address);
}

// ---- what the reader sees ----
const number = (n) => n.toLocaleString(words.language);
const services = (n) => fill(n === 1 ? words.one : words.many, { n: number(n) });

function made(tag, facts = {}, ...inside) {
  const element = Object.assign(document.createElement(tag), facts);
  element.append(...inside);
  return element;
}

function draw(facet) { // one facet, folded: its name, and a box for each choice
  facet.counts = facet.choices.map(() => made("span", { className: "n" }));
  facet.boxes = facet.choices.map(([value]) => made("input", { type: "checkbox", name: facet.id, value }));
  facet.some = made("span", { className: "n" });
  const lines = facet.choices.map(([, title], at) => made("li", {}, made("label", {}, facet.boxes[at], made("span", {}, title), facet.counts[at])));
  const inside = made("fieldset", {}, made("legend", { className: "hide" }, facet.title), made("ul", {}, ...lines));
  if (lines.length > MANY) inside.insertBefore(typed(lines), inside.lastChild);
  facet.boxes.forEach((box, at) => box.addEventListener("change", () => {
    facet.chosen[box.checked ? "add" : "delete"](at);
    change();
  }));
  return made("details", { className: "fold" }, made("summary", {}, facet.title, " ", facet.some), inside);
}

function typed(lines) {
  const field = made("input", { type: "search", autocomplete: "off" });
  field.setAttribute("aria-label", words.narrow);
  field.placeholder = words.narrow;
  field.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  field.addEventListener("input", () => {
    for (const line of lines) line.hidden = !line.textContent.toLowerCase().includes(field.value.trim().toLowerCase());
  });
  return field;
}

function drawChips() {
  const all = facets.flatMap((facet) => [...facet.chosen].map((choice) => [facet, choice]));
  chips.replaceChildren(...all.map(([facet, choice], at) => {
    const [, name] = facet.choices[choice];
    const chip = made("button", { type: "button", className: "plainbtn" }, name, made("span", { ariaHidden: "true" }, " ×"));
    chip.setAttribute("aria-label", fill(words.remove, { name }));
    chip.addEventListener("click", () => {
      facet.chosen.delete(choice);
      facet.boxes[choice].checked = false;
      change();
      (chips.querySelectorAll("button")[Math.min(at, all.length - 2)] || panel.firstElementChild).focus();
    });
    return made("li", {}, chip);
  }));
  return all.length;
}

async function draws() { // everything that depends on what is chosen
  const counts = narrow(), some = drawChips();
  facets.forEach((facet, at) => {
    facet.some.textContent = facet.chosen.size ? number(facet.chosen.size) : "";
    facet.boxes.forEach((box, choice) => {
      facet.counts[choice].textContent = number(counts[at][choice]);
      box.disabled = !counts[at][choice] && !box.checked;
    });
  });
  clear.hidden = !some;
  whole.hidden = some > 0;
  show.hidden = !some;
  show.textContent = fill(words.show, { services: services(found.length) });
  list.replaceChildren();
  shown = 0;
  said.textContent = !some ? "" : found.length ? fill(words.found, { services: services(found.length), all: number(total) }) : words.none;
  more.hidden = true;
  turn++;
  if (some) await rows();
}

async function rows() {
  const mine = turn, now = found.slice(shown, shown + ROWS);
  const records = await Promise.all(now.map(async (service) => (await get(`d${Math.floor(service / chunk)}.json`))[service % chunk]));
  if (mine !== turn) return;
  shown += now.length;
  list.append(...records.map(([title, path, agency, , , note]) => {
    const link = made("a", { href: finder.dataset.home + path }, title);
    return made("li", {}, link, ...[agency, note].filter(Boolean).flatMap((told) => [" ", made("span", {}, told)]));
  }));
  more.hidden = shown >= found.length;
}

// ---- what the reader does ----
function failed() {
  said.textContent = words.failed;
  whole.hidden = false;
}

function change() {
  write();
  draws().catch(failed);
}

async function start() {
  if (facets) return;
  const got = await get("facets.json");
  if (facets) return; // asked for twice
  total = got.services;
  chunk = got.chunk;
  facets = got.facets.map((facet) => ({ ...facet, of: numbers(facet) }));
  form.append(...facets.map(draw));
  read();
  await draws();
}

panel.addEventListener("toggle", () => start().catch(failed));
addEventListener("popstate", () => { if (facets) { read(); draws().catch(failed); } });
form.addEventListener("submit", (event) => event.preventDefault());
show.addEventListener("click", () => { panel.open = false; said.focus(); });
clear.addEventListener("click", () => {
  for (const facet of facets) {
    facet.chosen.clear();
    for (const box of facet.boxes) box.checked = false;
  }
  change();
  panel.firstElementChild.focus();
});
more.addEventListener("click", async () => {
  const at = shown;
  await rows().catch(failed);
  list.children[at]?.querySelector("a").focus();
});
finder.hidden = false;
if (location.search) start().catch(failed);
