// What every script needs of the page.

export const find = (id) => document.getElementById(id);

export function made(tag, ...inside) {
  const element = document.createElement(tag);
  element.append(...inside.filter((one) => one !== ""));
  return element;
}
