// Joins the engines to a service's page: the questions, the lists they narrow, the checklist and the sum.
// What the reader chooses stays on this device and is never sent; what is added to the page is text, never markup.
import { asked, compare, counted, narrowed } from "./case/answers.js";
import { sumUp } from "./case/fees.js";

const data = JSON.parse(document.getElementById("case").textContent);
const { questions = [], items = {}, documents = [], fees = [] } = data;
const find = (id) => document.getElementById(id);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const filled = (words, facts) => words.replace(/\{(\w+)\}/g, (_, name) => facts[name]);

// ---- what is kept on this device: several sites may share its storage, so the site's own path is part of the name ----
const NAME = `clearly:${new URL("..", import.meta.url).pathname}:${data.key}`;
const state = { answers: {}, ticks: [], counts: {} };

function load() {
  try {
    const kept = JSON.parse(localStorage.getItem(NAME)) || {};
    for (const question of questions) if (allowed(question, kept.answers?.[question.id])) state.answers[question.id] = kept.answers[question.id];
    state.ticks = documents.filter((document) => kept.ticks?.includes(document));
    fees.forEach((fee, index) => { if (readNumber(kept.counts?.[index], 2)) state.counts[index] = kept.counts[index]; });
  } catch { /* storage is refused or holds something else: then nothing was kept */ }
}

function save() {
  try {
    const empty = !Object.keys(state.answers).length && !state.ticks.length && !Object.keys(state.counts).length;
    if (empty) localStorage.removeItem(NAME);
    else localStorage.setItem(NAME, JSON.stringify(state));
  } catch { /* storage is refused or full: the page works without */ }
}

// ---- numbers: typed with Thai digits, commas or spaces, kept as a plain decimal ----
function readNumber(typed, places) {
  const plain = String(typed ?? "").replace(/[๐-๙]/g, (digit) => digit.charCodeAt(0) - 0x0e50).replace(/[\s,]/g, "");
  const found = plain.match(/^0*(\d{1,12})(?:\.(\d*?)0*)?$/);
  if (!found || (found[2] || "").length > places) return undefined;
  return found[2] ? `${found[1]}.${found[2]}` : found[1];
}

function allowed(question, answer) {
  if (question.choices) return question.choices.includes(answer);
  if (question.places === undefined) return typeof answer === "boolean";
  if (typeof answer !== "string" || readNumber(answer, question.places) !== answer) return false;
  return (!question.from || compare(question.from, answer) <= 0) && (!question.to || compare(answer, question.to) <= 0);
}

function grouped(amount, least = 0) {
  const [whole, part = ""] = amount.split(".");
  const decimals = part.padEnd(least, "0");
  return whole.replace(/\B(?=(\d{3})+$)/g, data.signs[0]) + (decimals ? data.signs[1] + decimals : "");
}

const money = (amount, currency) => {
  const plain = amount.replace(/\.0+$/, "");
  return filled(data.money[currency], { amount: grouped(plain, plain.includes(".") ? 2 : 0) }).replace(/ /g, "\u00a0");
};

// ---- lists: what is not for this reader goes below its list, in the same order ----
const folds = all("details.out").map((fold) => {
  const homes = new Map();
  for (const item of all(`[data-if^="${fold.dataset.out}-"]`)) {
    const home = item.parentElement;
    if (!homes.has(home)) homes.set(home, { items: [], out: fold.appendChild(home.cloneNode(false)) });
    homes.get(home).items.push(item);
  }
  for (const [, of] of homes) of.end = of.items.at(-1).nextSibling;
  return { fold, homes };
});

function narrow(left) {
  for (const { fold, homes } of folds) {
    let outside = 0;
    for (const [home, of] of homes) {
      const gone = of.items.filter((item) => left[item.dataset.if] === false);
      for (const item of of.items) if (!gone.includes(item)) home.insertBefore(item, of.end);
      of.out.append(...gone);
      of.out.hidden = !gone.length;
      outside += gone.length;
    }
    fold.hidden = !outside;
    fold.firstElementChild.textContent = filled(fold.firstElementChild.dataset.words, { n: outside });
  }
}

// ---- the panel: two unanswered questions at a time ----
const AT_ONCE = 2;
const form = find("case-form");

function readAnswer(question) {
  const field = form.elements[question.id];
  if (question.places !== undefined) return readNumber(field.value, question.places);
  return question.choices ? field.value || undefined : { true: true, false: false }[field.value];
}

function showQuestions() {
  const matter = asked(questions, items, state.answers);
  let waiting = 0;
  for (const box of all("[data-question]", form)) {
    const id = box.dataset.question;
    const open = matter.includes(id) && !(id in state.answers);
    box.hidden = !matter.includes(id) || (open && waiting >= AT_ONCE && !box.contains(document.activeElement));
    if (open) waiting += 1;
  }
  return waiting;
}

function showWrong(question) {
  const field = form.elements[question.id];
  const wrong = field.value.trim() !== "" && !(question.id in state.answers);
  field.setAttribute("aria-invalid", wrong);
  find(`wrong-${question.id}`).firstElementChild.hidden = !wrong;
}

function fillForm() {
  for (const question of questions) {
    const answer = state.answers[question.id];
    if (question.places === undefined) for (const radio of form.elements[question.id]) radio.checked = radio.value === String(answer);
    else {
      form.elements[question.id].value = answer ?? "";
      showWrong(question);
    }
  }
}

function listAnswers(given) {
  find("case-answers").replaceChildren(...Object.keys(given).map((id) => {
    const box = form.querySelector(`[data-question="${id}"]`);
    const line = document.createElement("li");
    const chosen = box.querySelector("input:checked + span");
    line.append(box.querySelector("legend, label").textContent, " ", chosen ? chosen.textContent : `${grouped(given[id])} ${box.querySelector(".unit-word").textContent}`);
    return line;
  }));
}

function panel() {
  if (!form) return;
  for (const part of all("#case-panel, [data-case]")) part.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", (event) => {
    const question = questions.find((one) => one.id === event.target.name);
    const answer = readAnswer(question);
    if (allowed(question, answer)) state.answers[question.id] = answer;
    else delete state.answers[question.id];
    if (question.id in state.answers && question.places !== undefined) showWrong(question);
    show();
  });
  form.addEventListener("change", (event) => {
    const question = questions.find((one) => one.id === event.target.name);
    if (question.places !== undefined) showWrong(question);
  });
  find("case-clear").addEventListener("click", () => {
    state.answers = {};
    fillForm();
    show();
    form.querySelector("input").focus();
  });
  fillForm();
}

// ---- the checklist: a tick belongs to a document as it is asked for, and falls off when that changes ----
const boxes = all("input.ready");

function checklist() {
  for (const [index, box] of boxes.entries()) {
    box.hidden = false;
    box.closest("ol").classList.add("ticks");
    box.checked = state.ticks.includes(documents[index]);
    box.addEventListener("change", () => {
      state.ticks = documents.filter((_, at) => boxes[at].checked);
      show();
    });
  }
  if (!boxes.length) return;
  find("tick-clear").addEventListener("click", () => {
    for (const box of boxes) box.checked = false;
    state.ticks = [];
    show();
    boxes[0].focus();
  });
  find("case-print").addEventListener("click", () => {
    document.documentElement.classList.add("checklist");
    print();
  });
  addEventListener("afterprint", () => document.documentElement.classList.remove("checklist"));
}

function showTicks(left) {
  if (!boxes.length) return;
  const said = document.querySelector(".ticked [role=status]");
  const needed = boxes.filter((_, index) => left[`document-${index}`] !== false);
  say(said, filled(said.dataset.words, { n: needed.filter((box) => box.checked).length, all: needed.length }));
  said.parentElement.hidden = false;
  find("tick-clear").hidden = !state.ticks.length;
}

// ---- the sum ----
const sum = find("sum");
const made = (tag, ...inside) => {
  const element = document.createElement(tag);
  element.append(...inside);
  return element;
};
const copied = (nodes) => [...nodes].map((node) => node.cloneNode(true));
const marked = ([text, language]) => {
  const span = made("span", text);
  if (language) span.lang = language;
  return span;
};

const blocks = sum ? fees.map((fee, index) => {
  const item = document.querySelector(`[data-if="fee-${index}"]`);
  const block = { result: made("b"), lines: made("dl"), note: made("p"), box: made("div") };
  block.note.className = "small";
  block.when = copied(item.querySelector(".when, small")?.childNodes ?? []);
  block.box.append(made("p", made("span", ...copied(item.querySelector("[data-title]").childNodes)), " ", block.result), block.lines, block.note);
  if (fee.per) block.box.append(countField(fee, index));
  find("sum-lines").append(block.box);
  return block;
}) : [];

function countField(fee, index) {
  const label = made("label", filled(sum.dataset.count, { per: fee.per[0] }), " ");
  const field = document.createElement("input");
  Object.assign(field, { type: "text", inputMode: "decimal", autocomplete: "off", maxLength: 12, value: state.counts[index] ?? "" });
  field.addEventListener("input", () => {
    const count = readNumber(field.value, 2);
    if (count) state.counts[index] = count;
    else delete state.counts[index];
    field.setAttribute("aria-invalid", field.value.trim() !== "" && !count);
    show();
  });
  label.append(field);
  return label;
}

function lineOf(part, fee) {
  const unit = part.kind === "band" ? form.querySelector(`[data-question="${fee.tiers.question}"] .unit-word`).textContent : "";
  const rate = grouped(part.rate, part.kind === "count" ? 2 : 0);
  if (part.kind === "adjustment") return [marked(fee.adjustments[part.number].title), ` × ${rate}`];
  return part.kind === "amount" ? [] : [`${grouped(part.size)} ${unit || fee.per[0]} × ${rate}`];
}

const STATES = { open: "open", beyond: "beyond", words: "words" };

function showFee(line, index) {
  const [fee, block] = [fees[index], blocks[index]];
  block.box.hidden = line.state === "not_applicable";
  const per = line.state === "per" || (line.state === "words" && fee.per && !(index in state.counts));
  const amount = line.exact === undefined ? "" : money(line.exact, fee.currency);
  block.result.textContent = per ? filled(sum.dataset.per, { money: amount, per: fee.per[0] }) : amount;
  const told = line.parts.filter((part) => part.kind !== "amount");
  block.lines.replaceChildren(...told.map((part) => made("div", made("dt", ...lineOf(part, fee)), made("dd", `= ${grouped(part.result, 2)}`))));
  block.note.replaceChildren(...(STATES[line.state] ? [sum.dataset[line.state], " "] : []), ...(line.state === "words" ? block.when : []));
}

function showSum(given) {
  if (!sum) return "";
  const { fees: lines, totals } = sumUp(fees, items, given, state.counts);
  lines.forEach(showFee);
  const due = lines.filter((line) => line.state !== "not_applicable");
  const left = due.filter((line) => line.state !== "counted").length;
  const total = Object.entries(totals).map(([currency, amount]) => money(amount, currency)).join(" + ");
  find("sum-total").textContent = due.length ? total || "–" : sum.dataset.none;
  const uncounted = find("sum-uncounted");
  uncounted.hidden = !left;
  uncounted.textContent = filled(sum.dataset.uncounted, { n: left });
  sum.hidden = false;
  return total;
}

// ---- everything again, whenever the reader changes something ----
function say(element, words) {
  if (element.textContent !== words) element.textContent = words; // a screen reader reads what changes, once
}

function show() {
  const given = counted(questions, items, state.answers);
  const left = narrowed(items, given);
  narrow(left);
  const waiting = form ? showQuestions() : 0;
  showTicks(left);
  const total = showSum(given);
  if (form) {
    const words = find("case-said").dataset;
    const remaining = documents.filter((_, index) => left[`document-${index}`] !== false).length;
    const said = [waiting ? filled(words.questions, { n: waiting }) : words.done];
    if (total) said.unshift(filled(words.total, { money: total }));
    if (documents.length) said.unshift(filled(words.left, { n: remaining, all: documents.length }));
    say(find("case-said"), said.join(" · "));
    find("case-clear").disabled = !Object.keys(state.answers).length;
    listAnswers(given);
  }
  save();
}

load();
panel();
checklist();
show();
