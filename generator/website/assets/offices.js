// The offices of the reader's own province stand first.  The choice is kept on this device for every page, and never sent.
const choice = document.getElementById("province");
const [own, list] = ["my-province", "provinces"].map((id) => document.getElementById(id));
const provinces = [...list.children];
const NAME = `clearly:${new URL("..", import.meta.url).pathname}:province`; // several sites may share a host's storage

function kept() {
  try {
    return localStorage.getItem(NAME);
  } catch {
    return null; // refused
  }
}

function keep(name) {
  try {
    if (name) localStorage.setItem(NAME, name);
    else localStorage.removeItem(NAME);
  } catch { /* refused or full: the page works without */ }
}

function show() {
  list.append(...provinces);
  own.append(...provinces.filter(({ dataset }) => choice.value && dataset.province === choice.value));
}

choice.value = [...choice.options].find(({ value }) => value === kept())?.value ?? "";
choice.parentElement.hidden = false;
choice.addEventListener("change", () => {
  keep(choice.value);
  show();
});
show();
