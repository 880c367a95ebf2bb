// The one script of every page.  Nothing that is read here needs it.
(() => {
  "use strict";
  const worker = document.currentScript.dataset.worker, root = document.documentElement;

  // A page that nobody rebuilt for days says so itself: only the reader's own clock can tell.
  const old = document.querySelector(".notice.old");
  const days = old ? Math.floor((Date.now() - Date.parse(old.dataset.asOf)) / 86400000) : 0;
  if (days > 2) {
    old.firstElementChild.textContent = old.dataset.words.replace("{n}", days);
    old.hidden = false;
  }

  // The menu closes by Escape and by a touch beside it.
  const menu = document.querySelector("details.menu");
  if (menu) {
    document.addEventListener("click", (event) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  }

  // Paper shows what is folded away on the screen.
  const folded = [];
  addEventListener("beforeprint", () => {
    for (const fold of document.querySelectorAll("details.fold:not([open])")) {
      fold.open = true;
      folded.push(fold);
    }
  });
  addEventListener("afterprint", () => {
    while (folded.length) folded.pop().open = false;
  });

  // What was read once opens without a connection: the worker keeps it, when the page has all that it needs.
  async function keep() {
    const address = new URL(worker, location).href;
    const policy = window.trustedTypes && trustedTypes.createPolicy("clearly", { createScriptURL: () => address });
    const made = await navigator.serviceWorker.register(policy ? policy.createScriptURL("") : address);
    const files = performance.getEntriesByType("resource").map((one) => one.name);
    const facts = { language: root.lang, title: document.querySelector("h1").textContent, asOf: document.querySelector(".notice.kept span").textContent };
    (made.installing || made.waiting || made.active).postMessage({ address: location.href, files, facts });
  }
  const kept = "kept" in root.dataset; // by the worker itself, which had nothing newer
  if (worker && navigator.serviceWorker && !kept) addEventListener("load", () => keep().catch(() => {})); // a browser that refuses keeps nothing
})();
