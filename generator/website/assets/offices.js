// The offices of the reader's own province stand first.  The choice is kept on this device for every page, and never sent.
import { drawer } from "./case/page.js";

const choice = document.getElementById("province");
const [own, list] = ["my-province", "provinces"].map((id) => document.getElementById(id));
const provinces = [...list.children];
const kept = drawer("province");

function show() {
  list.append(...provinces);
  own.append(...provinces.filter(({ dataset }) => choice.value && dataset.province === choice.value));
}

choice.value = [...choice.options].find(({ value }) => value === kept.get())?.value ?? "";
choice.parentElement.hidden = false;
choice.addEventListener("change", () => {
  kept.put(choice.value);
  show();
});
show();
