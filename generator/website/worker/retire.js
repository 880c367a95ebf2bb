/* Takes the place of a worker that is not wanted any more: removes what it kept, and itself. */
"use strict";
addEventListener("install", (event) => event.waitUntil(skipWaiting()));
addEventListener("activate", (event) => event.waitUntil(retire()));

async function retire() {
  const ours = (await caches.keys()).filter((name) => name.startsWith(`clearly ${new URL(registration.scope).pathname} `));
  await Promise.all(ours.map((name) => caches.delete(name)));
  await registration.unregister();
}
