// Joins the engines to a service's page: questions, what they leave, checklist, sum.  What the reader chooses stays on this
// device and is never sent; what is added to the page is text, never markup.
import { asked, compare, counted, narrowed } from "./case/answers.js";
import { sumUp } from "./case/fees.js";
import { drawer, fill, find, made } from "./case/page.js";

const data = JSON.parse(document.getElementById("case").textContent);
const { questions = [], items = {}, documents = [], fees = [] } = data;
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const copied = (element) => [...(element?.childNodes ?? [])].map((node) => node.cloneNode(true));

// ---- what is kept ----
const kept = drawer(data.key);
const state = { answers: {}, ticks: [], counts: {} };

function load() {
  try {
    const was = { answers: {}, ticks: [], counts: {}, ...JSON.parse(kept.get()) };
    for (const question of questions) if (allowed(question, was.answers[question.id])) state.answers[question.id] = was.answers[question.id];
    state.ticks = documents.filter((document) => was.ticks.includes(document));
    for (const index of fees.keys()) if (readNumber(was.counts[index], 2)) state.counts[index] = was.counts[index];
  } catch { /* written by something else: then nothing was kept */ }
}

function save() {
  kept.put(Object.values(state).some((part) => Object.keys(part).length) ? JSON.stringify(state) : "");
}

// ---- numbers: typed with Thai digits, commas or spaces, kept as a plain decimal ----
function readNumber(typed, places) {
  const plain = String(typed ?? "").replace(/[๐-๙]/g, (digit) => digit.charCodeAt(0) - 0x0e50).replace(/[\s,]/g, "");
  const [, whole, part = ""] = plain.match(/^0*(\d{1,12})(?:\.(\d*?)0*)?$/) ?? [];
  if (whole && part.length <= places) return part ? `${whole}.${part}` : whole;
}

function allowed({ choices, places, from, to }, answer) {
  if (choices) return choices.includes(answer);
  if (places === undefined) return typeof answer === "boolean";
  return typeof answer === "string" && readNumber(answer, places) === answer && !(from && compare(from, answer) > 0) && !(to && compare(answer, to) > 0);
}

function grouped(number, least = 0) {
  const [whole, part = ""] = number.split(".");
  const decimals = part.padEnd(least, "0");
  return whole.replace(/\B(?=(\d{3})+$)/g, data.signs[0]) + (decimals && data.signs[1] + decimals);
}

function money(amount, currency) {
  const plain = amount.replace(/\.0+$/, "");
  return fill(data.money[currency], { amount: grouped(plain, plain.includes(".") ? 2 : 0) }).replaceAll(" ", "\u00a0");
}

// ---- lists: what is not for this reader goes below its list, in the same order ----
const folds = all("details.out").map((fold) => {
  const homes = new Map();
  for (const item of all(`[data-if^="${fold.dataset.out}-"]`)) {
    const home = item.parentElement;
    if (!homes.has(home)) homes.set(home, { inside: [], out: fold.appendChild(home.cloneNode(false)) });
    homes.get(home).inside.push(item);
  }
  for (const of of homes.values()) of.end = of.inside.at(-1).nextSibling;
  return [fold, homes];
});

function narrow(left) {
  for (const [fold, homes] of folds) {
    let outside = 0;
    for (const [home, { inside, out, end }] of homes) {
      const gone = inside.filter((item) => left[item.dataset.if] === false);
      for (const item of inside) if (!gone.includes(item)) home.insertBefore(item, end);
      out.append(...gone);
      out.hidden = !gone.length;
      outside += gone.length;
    }
    fold.hidden = !outside;
    const summary = fold.firstElementChild;
    summary.textContent = fill(summary.dataset.words, { n: outside });
  }
}

// ---- the panel: two unanswered questions at a time ----
const AT_ONCE = 2;
const form = find("case-form");
const boxOf = (id) => form.querySelector(`[data-question="${id}"]`);

function readAnswer({ id, choices, places }) {
  const typed = form.elements[id].value;
  if (places !== undefined) return readNumber(typed, places);
  return choices ? typed : { true: true, false: false }[typed];
}

function showQuestions() {
  const matter = asked(questions, items, state.answers);
  const waiting = matter.filter((id) => !(id in state.answers));
  for (const { id } of questions) {
    const box = boxOf(id);
    box.hidden = !matter.includes(id) || (waiting.indexOf(id) >= AT_ONCE && !box.contains(document.activeElement));
  }
  return waiting.length;
}

function showWrong({ id, places }) {
  if (places === undefined) return;
  const wrong = form.elements[id].value.trim() !== "" && !(id in state.answers);
  form.elements[id].setAttribute("aria-invalid", wrong);
  find(`wrong-${id}`).firstElementChild.hidden = !wrong;
}

function fillForm() {
  for (const question of questions) {
    const answer = state.answers[question.id];
    form.elements[question.id].value = answer === undefined ? "" : String(answer);
    if (answer === undefined) for (const radio of all("[type=radio]", boxOf(question.id))) radio.checked = false;
    showWrong(question);
  }
}

function answerLine([id, answer]) {
  const box = boxOf(id);
  const chosen = box.querySelector("input:checked + span");
  const said = chosen ? chosen.textContent : `${grouped(answer)} ${box.querySelector(".unit-word").textContent}`;
  return made("li", box.querySelector("legend, label").textContent, " ", made("b", said));
}

function startPanel() {
  for (const part of all("#case-panel, [data-case]")) part.hidden = false;
  const questionOf = (event) => questions.find((question) => question.id === event.target.name);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", (event) => showWrong(questionOf(event)));
  form.addEventListener("input", (event) => {
    const question = questionOf(event);
    const answer = readAnswer(question);
    delete state.answers[question.id];
    if (allowed(question, answer)) {
      state.answers[question.id] = answer;
      showWrong(question);
    }
    show();
  });
  find("case-clear").addEventListener("click", () => {
    state.answers = {};
    fillForm();
    show();
    form.querySelector("input").focus();
  });
  fillForm();
}

function showPanel(given, left, total) {
  const { dataset } = find("case-said");
  const waiting = showQuestions();
  const needed = documents.filter((_, index) => left[`document-${index}`] !== false);
  const said = [waiting ? fill(dataset.questions, { n: waiting }) : dataset.done];
  if (total) said.unshift(fill(dataset.total, { money: total }));
  if (documents.length) said.unshift(fill(dataset.left, { n: needed.length, all: documents.length }));
  say(find("case-said"), said.join(" · "));
  find("case-clear").disabled = !Object.keys(state.answers).length;
  const answered = Object.keys(given).length > 0;
  showGlance("documents", answered && documents.length && fill(dataset.part, { n: needed.length, all: documents.length }), dataset.yours);
  showGlance("fees", answered && total, dataset.yours);
  showGlance("channels", placesLeft(left, dataset.part), dataset.yours);
  showGlance("steps", timeLeft(left, dataset.unstated), dataset.yours);
  find("case-answers").replaceChildren(...Object.entries(given).map(answerLine));
}

// ---- the answers at the top of the page: the reader's own case says more ----
const lead = `level-${document.querySelector(".facts").dataset.of?.slice(0, -1)}`;
const channels = all('#channels [data-if^="channel-"]');
const times = all('#steps [data-if^="level-"]');
const glances = Object.fromEntries(["documents", "fees", "channels", "steps"].map((part) => {
  const figure = document.querySelector(`.facts dd:has(> a[href="#${part}"]) > b`);
  if (!figure) return [part];
  if (!figure.parentElement.querySelector(":scope > span")) figure.after(" ", made("span"));
  const detail = figure.parentElement.querySelector(":scope > span");
  return [part, { figure, detail, first: [copied(figure), copied(detail)] }];
}));

function placesLeft(left, part) {
  const open = channels.filter((item) => left[item.dataset.if] !== false);
  if (open.length === channels.length) return "";
  return open.length === 1 ? copied(open[0].querySelector("b")) : fill(part, { n: open.length, all: channels.length });
}

// The page speaks of one promise; where that is not the reader's, the first that is.
function timeLeft(left, unstated) {
  if (left[lead] !== false) return "";
  const own = times.find((item) => left[item.dataset.if] !== false && item.querySelector("dd > b"));
  return own ? copied(own.querySelector("dd > b")) : unstated;
}

function showGlance(part, words, yours) {
  if (!glances[part]) return;
  const { figure, detail, first } = glances[part];
  figure.replaceChildren(...(words ? [words].flat() : first[0]));
  detail.replaceChildren(...(words ? [yours] : first[1]));
}

// ---- the checklist: a tick belongs to a document as it is asked for now, and falls off when that changes ----
const boxes = all("input.ready");

function startChecklist() {
  boxes[0].closest("ol").classList.add("ticks");
  for (const [index, box] of boxes.entries()) {
    box.hidden = false;
    box.checked = state.ticks.includes(documents[index]);
    box.addEventListener("change", () => {
      state.ticks = documents.filter((_, at) => boxes[at].checked);
      show();
    });
  }
  find("tick-clear").addEventListener("click", () => {
    for (const box of boxes) box.checked = false;
    state.ticks = [];
    show();
    boxes.find((box) => !box.closest(".out")).focus();
  });
  find("case-print").addEventListener("click", () => {
    document.documentElement.classList.add("checklist");
    print();
  });
  addEventListener("afterprint", () => document.documentElement.classList.remove("checklist"));
}

function showTicks() {
  const said = document.querySelector(".ticked [role=status]");
  const needed = boxes.filter((box) => !box.closest(".out"));
  say(said, fill(said.dataset.words, { n: needed.filter((box) => box.checked).length, all: needed.length }));
  said.parentElement.hidden = false;
  find("tick-clear").hidden = !state.ticks.length;
}

// ---- the sum ----
const sum = find("sum");
const marked = ([text, language]) => Object.assign(made("span", text), language && { lang: language });

const blocks = sum && fees.map((fee, index) => {
  const item = document.querySelector(`[data-if="fee-${index}"]`);
  const block = { result: made("b"), lines: made("dl"), note: made("p"), when: copied(item.querySelector(".when, small")) };
  const title = made("span", ...copied(item.querySelector("[data-title]")));
  block.note.className = "small";
  block.box = made("div", made("p", title, " ", block.result), block.lines, block.note);
  if (fee.per) block.box.append(countField(fee, index, title.textContent));
  find("sum-lines").append(block.box);
  return block;
});

function countField(fee, index, title) {
  const words = fill(sum.dataset.count, { per: fee.per[0] });
  const field = Object.assign(made("input"), { type: "text", inputMode: "decimal", autocomplete: "off", maxLength: 12, value: state.counts[index] ?? "" });
  field.ariaLabel = `${title}: ${words}`;
  field.addEventListener("input", () => {
    const count = readNumber(field.value, 2);
    delete state.counts[index];
    if (count) state.counts[index] = count;
    field.ariaInvalid = String(field.value.trim() !== "" && !count);
    show();
  });
  return made("label", words, " ", field);
}

function lineOf({ kind, number, size, rate, result }, fee) {
  const unit = kind === "band" ? boxOf(fee.tiers.question).querySelector(".unit-word").textContent : fee.per?.[0];
  const said = kind === "adjustment" ? marked(fee.adjustments[number].title) : `${grouped(size)} ${unit}`;
  return made("div", made("dt", said, ` × ${grouped(rate)}`), made("dd", `= ${grouped(result, 2)}`));
}

function showFee(line, index) {
  const [fee, block] = [fees[index], blocks[index]];
  const amount = line.exact && money(line.exact, fee.currency);
  const each = amount && fee.per && !(index in state.counts);
  block.box.hidden = line.state === "not_applicable";
  block.result.textContent = each ? fill(sum.dataset.each, { money: amount, per: fee.per[0] }) : amount ?? "";
  block.lines.replaceChildren(...line.parts.filter((part) => part.kind !== "amount").map((part) => lineOf(part, fee)));
  block.note.replaceChildren(sum.dataset[line.state] ?? "", " ", ...(line.state === "words" ? block.when : []));
}

function showSum(given) {
  const { fees: lines, totals } = sumUp(fees, items, given, state.counts);
  lines.forEach(showFee);
  const due = lines.filter((line) => line.state !== "not_applicable");
  const apart = due.filter((line) => line.state !== "counted").length;
  const total = Object.entries(totals).map(([currency, amount]) => money(amount, currency)).join(" + ");
  find("sum-total").textContent = due.length ? total : sum.dataset.none;
  find("sum-total").parentElement.hidden = due.length > 0 && !total;
  find("sum-apart").textContent = apart ? fill(sum.dataset.apart, { n: apart }) : "";
  sum.hidden = false;
  return total;
}

// ---- everything again, whenever the reader changes something ----
function say(element, words) {
  if (element.textContent !== words) element.textContent = words; // read aloud once, and only where it changed
}

function show() {
  const given = counted(questions, items, state.answers);
  const left = narrowed(items, given);
  narrow(left);
  const total = sum ? showSum(given) : "";
  if (form) showPanel(given, left, total);
  if (boxes.length) showTicks();
  save();
}

load();
if (form) startPanel();
if (boxes.length) startChecklist();
show();
