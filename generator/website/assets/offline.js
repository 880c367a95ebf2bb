// The page for lost connections lists what is at hand, and opens what was asked for as soon as it can.
(async () => {
  "use strict";
  addEventListener("online", () => location.reload());
  const { scope } = await navigator.serviceWorker.ready;
  const cache = await caches.open(`clearly ${new URL(scope).pathname} pages`);
  const list = document.getElementById("kept");
  for (const request of (await cache.keys()).reverse()) {
    const copy = await cache.match(request);
    if (!copy) continue; // it went while the others were read
    const facts = JSON.parse(decodeURIComponent(copy.headers.get("X-Facts")));
    const item = document.createElement("li"), link = document.createElement("a"), asOf = document.createElement("span");
    link.href = request.url;
    link.textContent = facts.title;
    item.lang = facts.language;
    asOf.textContent = facts.asOf;
    item.append(link, " ", asOf);
    list.append(item);
  }
  document.getElementById("kept-part").hidden = !list.children.length;
})();
