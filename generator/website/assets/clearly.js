// The one script of every page.  Nothing that is read here needs it.
(() => {
  "use strict";

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
})();
