// What every script needs of the page.

export const find = (id) => document.getElementById(id);

export const fill = (pattern, facts) => pattern.replace(/\{(\w+)\}/g, (_, name) => facts[name]);

// A place for one text on this device.  Several sites may share a host's storage, so the site's own path is part of its name.
export function drawer(name) {
  const full = `clearly:${new URL("../..", import.meta.url).pathname}:${name}`;
  return {
    get() {
      try {
        return localStorage.getItem(full);
      } catch {
        return null; // refused
      }
    },
    put(text) {
      try {
        if (text) localStorage.setItem(full, text);
        else localStorage.removeItem(full);
      } catch { /* refused or full: the page works without */ }
    },
  };
}

export function made(tag, ...inside) {
  const element = document.createElement(tag);
  element.append(...inside.filter((one) => one !== ""));
  return element;
}
