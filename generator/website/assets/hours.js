// Open now?  The answer's script, its words and the closed days are fetched when a reader comes near the places.

const places = document.querySelector("ul.places[data-words]");
new IntersectionObserver((seen, watch) => {
  if (!seen.some(({ isIntersecting }) => isIntersecting)) return;
  watch.disconnect();
  import("./open.js").then(({ start }) => start(places)).catch(() => {}); // the hours stand there already
}, { rootMargin: "300px" }).observe(places);
