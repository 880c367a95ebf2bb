// When will mine be done: shows the form and the letter's fields.  What the answer takes is fetched when a reader asks.

const form = document.getElementById("due-form");
const letter = document.getElementById("letter-form");
const today = () => new Date(Date.now() - new Date().getTimezoneOffset() * 60000).toISOString().slice(0, 10);

// ---- the letter: what is typed goes into it and nowhere else ----
export function write(blank, words) {
  for (const place of document.querySelectorAll(`[data-blank="${blank}"]`)) {
    place.dataset.dots ??= place.textContent;
    place.textContent = words || place.dataset.dots;
  }
}

if (letter) {
  letter.hidden = false;
  letter.addEventListener("input", ({ target }) => write(target.name, target.value.trim()));
  letter.addEventListener("submit", (event) => {
    event.preventDefault();
    document.documentElement.classList.add("letter-only");
    print();
  });
  addEventListener("afterprint", () => document.documentElement.classList.remove("letter-only"));
}

// ---- the due date ----
let page = null;

async function load() {
  try {
    page ??= import("./due-answer.js").then(({ start }) => start(form, write, today));
    return await page;
  } catch {
    page = null;
    document.getElementById("due-answer").textContent = form.dataset.failed;
    return null;
  }
}

form.elements["due-day"].value = today();
form.hidden = false;
form.addEventListener("focusin", load, { once: true });
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const { answer } = (await load()) ?? {};
  if (answer) await answer();
});
