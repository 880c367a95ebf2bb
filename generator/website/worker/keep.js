/* Pages that were read once open without a connection.  A page comes from the site as long as that answers; what is named
   by its content comes from the device.  SITE stands before this (offline.py): what the pages for lost connections need. */
"use strict";
const SCOPE = new URL(registration.scope);
const NAME = `clearly ${SCOPE.pathname} `;
const FIRST = `${NAME}first ${SITE.version}`, PAGES = `${NAME}pages`, FILES = `${NAME}files`, INDEX = `${NAME}index`;
const MOST = { [PAGES]: 60, [FILES]: 120, [INDEX]: 200 }; // about 8 MB, where a page has 100 KB
const IS_FILE = /^(assets|data\/calendars)\//, IS_INDEX = /^assets\/search\//;
const BY_CONTENT = /^assets\/(search\/.+|.+\.[0-9a-f]{8}\.[^/]+)$/;
const NAMES_FILE = /(?:href|src)="([^"]*assets\/[^"]+)"/g;

// A new worker takes over at once: pages ask for files by their content, and none is ever given those of another build.
addEventListener("install", (event) => {
  const first = caches.open(FIRST).then((cache) => cache.addAll(SITE.files.map((path) => new Request(SCOPE.href + path, { cache: "no-cache" }))));
  event.waitUntil(first.then(() => skipWaiting()));
});
addEventListener("activate", (event) => event.waitUntil(takeOver()));
addEventListener("fetch", (event) => {
  const url = new URL(event.request.url), path = pathOf(url);
  if (event.request.method !== "GET" || path === null) return;
  if (event.request.mode !== "navigate") {
    if (IS_FILE.test(path)) event.respondWith(file(event, url, path));
  } else if (/(^|\/)[^/.]*$|\.html$/.test(path)) event.respondWith(page(event, url, path));
});
addEventListener("message", (event) => event.waitUntil(remember(event.data)));

function pathOf(url) { // from the site's root; null outside it
  return url.href.startsWith(SCOPE.href) ? url.pathname.slice(SCOPE.pathname.length) : null;
}

async function takeOver() {
  const old = (await caches.keys()).filter((name) => name.startsWith(`${NAME}first `) && name !== FIRST);
  await Promise.all(old.map((name) => caches.delete(name)));
  if (registration.navigationPreload) await registration.navigationPreload.enable(); // the site is asked while this starts
  await clients.claim();
}

// ---- pages: from the site; where it does not answer as they were kept, and say so ----
async function page(event, url, path) {
  let answer;
  try {
    answer = (await event.preloadResponse) || (await fetch(event.request));
  } catch (lost) {
    return (await kept(url)) || away(path);
  }
  if (answer.status === 404) event.waitUntil(caches.open(PAGES).then((cache) => cache.delete(bare(url))));
  return answer.status < 500 ? answer : (await kept(url)) || answer;
}

function bare(url) {
  return url.origin + url.pathname;
}

async function kept(url) {
  const cache = await caches.open(PAGES), found = await cache.match(bare(url));
  if (found) return html((await found.text()).replace("<html", "<html data-kept"), 200);
  return (await cache.match(`${bare(url)}/`)) ? Response.redirect(`${bare(url)}/`) : null;
}

async function away(path) { // in the language of the address; its links hold wherever the site stands
  const prefix = Object.keys(SITE.away).sort((a, b) => b.length - a.length).find((start) => path.startsWith(start));
  const found = await (await caches.open(FIRST)).match(SCOPE.href + SITE.away[prefix]);
  return html((await found.text()).split(`="${SITE.base}`).join(`="${SCOPE.pathname}`), 503);
}

function html(text, status) {
  return new Response(text, { status, headers: { "Content-Type": "text/html; charset=utf-8" } });
}

// ---- files ----
async function file(event, url, path) {
  const found = await caches.match(url.href, { ignoreVary: true });
  if (found && BY_CONTENT.test(path)) return found;
  let answer;
  try {
    answer = await fetch(event.request);
  } catch (lost) {
    if (found) return found;
    throw lost;
  }
  if (answer.status === 200 && !(found && unchanged(found, answer))) event.waitUntil(keep(url.href, answer.clone()));
  return answer;
}

function unchanged(one, other) {
  return ["ETag", "Last-Modified"].some((name) => one.headers.get(name) && one.headers.get(name) === other.headers.get(name));
}

async function keep(href, answer) {
  const cache = await caches.open(IS_INDEX.test(pathOf(new URL(href))) ? INDEX : FILES);
  await cache.put(href, answer);
}

// ---- what is kept of a page: first all that it needs, then the page; the oldest goes ----
async function remember({ address, files, facts }) {
  const url = new URL(address), answer = await fetch(bare(url), { cache: "force-cache" }); // just read: it comes from the device
  if (!answer.ok || answer.redirected || pathOf(url) === null) return;
  const text = await answer.text(), named = Array.from(text.matchAll(NAMES_FILE), (found) => new URL(found[1], bare(url)).href);
  const needed = new Set(named.concat(files).filter((href) => isNeeded(new URL(href))));
  for (const href of needed) if (!(await held(href))) return;
  const headers = { "Content-Type": "text/html; charset=utf-8", "X-Facts": encodeURIComponent(JSON.stringify({ ...facts, needed: [...needed] })) };
  const pages = await caches.open(PAGES);
  await pages.delete(bare(url));
  await pages.put(bare(url), new Response(text, { headers }));
  await Promise.all([trim(PAGES), trim(INDEX), trim(FILES).then(forget)]);
}

function isNeeded(url) {
  const path = pathOf(url);
  return path !== null && IS_FILE.test(path) && !IS_INDEX.test(path);
}

async function held(href) {
  if (await (await caches.open(FILES)).match(href, { ignoreVary: true })) return true;
  const answer = await fetch(href, { cache: "force-cache" });
  if (answer.ok) await keep(href, answer);
  return answer.ok;
}

async function trim(name) { // what was put in last stands last
  const cache = await caches.open(name), old = (await cache.keys()).slice(0, -MOST[name]);
  await Promise.all(old.map((request) => cache.delete(request)));
  return new Set(old.map((request) => request.url));
}

async function forget(gone) { // a page that lacks a file is no page
  const pages = await caches.open(PAGES);
  for (const request of gone.size ? await pages.keys() : []) {
    const { needed } = JSON.parse(decodeURIComponent((await pages.match(request)).headers.get("X-Facts")));
    if (needed.some((href) => gone.has(href))) await pages.delete(request);
  }
}
