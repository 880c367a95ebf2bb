// What a fee comes to for one reader, line by line: the twin of case/fees.py.  Exact until the total, rounded once, half up.
import { compare, decimal, fits, holds } from "./answers.js";

const text = (digits, scale) => {
  const signed = digits < 0n ? "-" : "";
  const all = String(digits < 0n ? -digits : digits).padStart(scale + 1, "0");
  const part = all.slice(all.length - scale).replace(/0+$/, "");
  return signed + all.slice(0, all.length - scale) + (scale && part ? `.${part}` : "");
};

export function add(one, other) {
  const [[a, m], [b, n]] = [decimal(one), decimal(other)];
  const scale = Math.max(m, n);
  return text(a * 10n ** BigInt(scale - m) + b * 10n ** BigInt(scale - n), scale);
}

export function multiply(one, other) {
  const [[a, m], [b, n]] = [decimal(one), decimal(other)];
  return text(a * b, m + n);
}

// An amount in whole hundredths; a half goes up.  No amount is below nothing.
export function rounded(amount) {
  const [digits, scale] = decimal(amount);
  const by = 10n ** BigInt(Math.max(scale - 2, 0));
  const cents = scale < 2 ? digits * 10n ** BigInt(2 - scale) : (digits + by / 2n) / by;
  const all = String(cents).padStart(3, "0");
  return `${all.slice(0, -2)}.${all.slice(-2)}`;
}

function bands(tiers, given) {
  const number = given[tiers.question];
  const parts = [];
  let low = "0";
  tiers.rates.forEach((rate, index) => {
    const high = rate.up_to === undefined || compare(number, rate.up_to) < 0 ? number : rate.up_to;
    if (compare(high, low) > 0) {
      const size = add(high, multiply(low, "-1"));
      parts.push({ kind: "band", number: index, size, rate: rate.rate, result: multiply(size, rate.rate) });
    }
    low = rate.up_to ?? low;
  });
  return parts;
}

function factor(change, given) {
  const value = given[change.question];
  if (!change.bands) return fits(change.is, value) ? change.multiply : undefined;
  return change.bands.filter((band) => compare(band.from, value) <= 0).pop()?.multiply;
}

function partsOf(fee, given, count) {
  const parts = fee.tiers ? bands(fee.tiers, given) : [{ kind: "amount", number: 0, size: "1", rate: fee.amount, result: multiply(fee.amount, "1") }];
  let total = parts.map((part) => part.result).reduce(add, "0");
  const then = (kind, number, size, rate) => {
    total = multiply(size, rate);
    parts.push({ kind, number, size, rate, result: total });
  };
  (fee.adjustments || []).forEach((change, index) => {
    const by = factor(change, given);
    if (by !== undefined) then("adjustment", index, total, by);
  });
  if (fee.per && count !== undefined) then("count", 0, count, total);
  return { parts, exact: total };
}

// state: counted, not_applicable, open, beyond, per or words, as in fees.py.
export function reckon(fee, conditions, given, count) {
  const held = holds(conditions, given);
  if (held === false) return { state: "not_applicable", parts: [] };
  const needed = [...(fee.tiers ? [fee.tiers] : []), ...(fee.adjustments || [])];
  if (held === null || needed.some((one) => !(one.question in given))) return { state: "open", parts: [] };
  const last = fee.tiers?.rates.at(-1).up_to;
  if (last !== undefined && compare(given[fee.tiers.question], last) > 0) return { state: "beyond", parts: [] };
  const state = fee.when && !conditions ? "words" : fee.per && count === undefined ? "per" : "counted";
  return { state, ...partsOf(fee, given, count) };
}

// counts: by place in the list, of how many a fee is charged per.
export function sumUp(fees, items, given, counts) {
  const lines = fees.map((fee, index) => reckon(fee, items[`fee-${index}`]?.if, given, counts[index]));
  const exact = {};
  lines.forEach((line, index) => {
    const currency = fees[index].currency;
    if (line.state === "counted") exact[currency] = add(exact[currency] ?? "0", line.exact);
  });
  return { fees: lines, totals: Object.fromEntries(Object.entries(exact).map(([currency, amount]) => [currency, rounded(amount)])) };
}
