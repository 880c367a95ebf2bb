// Which questions matter for one reader, and what is left: the twin of case/answers.py.
// Numbers are decimals as text ("12.50"), from the page's block and from the reader, and never floats.

// A decimal as [whole, scale]: its digits as one BigInt, and how many of them are decimals.
export function decimal(text) {
  const [whole, part = ""] = text.split(".");
  return [BigInt(whole + part), part.length];
}

export function compare(one, other) {
  const [[a, m], [b, n]] = [decimal(one), decimal(other)];
  const difference = a * 10n ** BigInt(n) - b * 10n ** BigInt(m);
  return difference > 0n ? 1 : difference < 0n ? -1 : 0;
}

export function fits(answer, value) {
  if (Array.isArray(answer)) return answer.includes(value);
  if (typeof answer !== "object") return answer === value;
  return (answer.from === undefined || compare(answer.from, value) <= 0) && (answer.to === undefined || compare(value, answer.to) <= 0);
}

// true: all hold; false: one fails; null: open, as long as none fails and one is not given yet.
export function holds(conditions, given) {
  const found = Object.keys(conditions || {}).map((name) => (name in given ? fits(conditions[name], given[name]) : null));
  return found.includes(false) ? false : found.includes(null) ? null : true;
}

// The questions on which something still depends.  Only answers before a question decide whether it is asked.
export function asked(questions, items, given) {
  const before = {};
  return questions.map((question) => question.id).filter((id) => {
    const matters = Object.values(items).some((item) => (id in (item.if || {}) || (item.uses || []).includes(id)) && holds(item.if, before) !== false);
    if (matters && id in given) before[id] = given[id];
    return matters;
  });
}

export function counted(questions, items, given) {
  return Object.fromEntries(asked(questions, items, given).filter((id) => id in given).map((id) => [id, given[id]]));
}

export function narrowed(items, given) {
  return Object.fromEntries(Object.keys(items).map((key) => [key, holds(items[key].if, given)]));
}
