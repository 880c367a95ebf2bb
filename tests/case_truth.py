"""What answers leave and what fees come to, worked out so simply that it cannot be wrong: by trying and by counting.

It reads the manual as it is typed and shares no code with the engines.  ``python tests/case_truth.py`` writes the vectors anew.
"""

import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

VECTORS = Path(__file__).parent / "vectors"
LISTS = {
    "document": ("requirements", "documents"),
    "fee": ("requirements", "fees"),
    "channel": ("scope", "channels"),
    "level": ("service_levels",),
    "step": ("steps",),
}
Raw = Mapping[str, Any]


def read(name: str) -> tuple[dict[str, Raw], list[Raw]]:
    """Return the manuals of a file of vectors, with exact numbers, and its vectors."""
    told = [
        json.loads((VECTORS / one).read_text(encoding="utf-8"), parse_float=Decimal) for one in ("manuals.json", name)
    ]
    return told[0], told[1]


def items(manual: Raw) -> dict[str, Raw]:
    """Return by key all that an ``if`` may stand on."""
    found = {}
    for kind, route in LISTS.items():
        listed: Any = manual
        for step in route:
            listed = listed.get(step, {}) if isinstance(listed, dict) else ()
        for number, one in enumerate(listed or ()):
            found[f"{kind}-{one['id'] if kind == 'level' else number}"] = one
    return found


def fits(answer: Any, value: Any) -> bool:
    """Return whether a typed answer is what an ``if`` waits for."""
    if isinstance(answer, dict):
        number = Fraction(value)
        return Fraction(answer.get("from", number)) <= number <= Fraction(answer.get("to", number))
    return value in answer if isinstance(answer, list) else value == answer and type(value) is type(answer)


def meant(item: Raw, answers: Raw) -> bool:
    """Return whether all conditions of an item hold, every question being answered."""
    return all(fits(answer, answers[name]) for name, answer in item.get("if", {}).items())


def left(manual: Raw, given: Raw) -> dict[str, bool | None]:
    """Return by key whether an item is meant whatever else is answered; None where that depends."""
    found = {}
    for key, item in items(manual).items():
        kinds = {meant(item, answers) for answers in _completions(manual, given, item.get("if", {}))}
        found[key] = kinds.pop() if len(kinds) == 1 else None
    return found


def asked(manual: Raw, given: Raw) -> list[str]:
    """Return the questions that still change something, in order, each judged by the answers before it alone."""
    before: dict[str, Any] = {}
    found = []
    for question in manual["questions"]:
        name = question["id"]
        if any(_changes(manual, item, name, before) for item in items(manual).values()):
            found.append(name)
            if name in given:
                before[name] = given[name]
    return found


def _changes(manual: Raw, item: Raw, name: str, before: Raw) -> bool:
    """Return whether, for some answers to the other questions, this one decides on an item or on a fee that is due."""
    conditions = item.get("if", {})
    used = name in {item.get("tiers", {}).get("question"), *(one["question"] for one in item.get("adjustments", ()))}
    for answers in _completions(manual, before, conditions):
        if used and meant(item, answers):
            return True
        if name in conditions and len({meant(item, {**answers, name: value}) for value in _values(manual, name)}) > 1:
            return True
    return False


def _completions(manual: Raw, given: Raw, conditions: Raw) -> Iterator[dict[str, Any]]:
    names = list(conditions)
    choices = [[given[name]] if name in given else _values(manual, name) for name in names]
    return (dict(zip(names, values, strict=True)) for values in itertools.product(*choices))


def _values(manual: Raw, name: str) -> list[Any]:
    """Return answers on both sides of every number that is compared with a question's."""
    question = next(one for one in manual["questions"] if one["id"] == name)
    if "choices" in question:
        return [choice["id"] for choice in question["choices"]]
    if "unit" not in question:
        return [True, False]
    return edges(manual, name)


def edges(manual: Raw, name: str) -> list[str]:
    """Return the numbers at, right below and right above every end that the manual writes, as far as they can be given."""
    question = next(one for one in manual["questions"] if one["id"] == name)
    numbers = [question.get("from", Decimal(0)), question.get("to", Decimal(1000))]
    for item in items(manual).values():
        numbers += [number for number in item.get("if", {}).get(name, {}).values() if name in item.get("if", {})]
        tiers = item.get("tiers", {})
        numbers += [rate["up_to"] for rate in tiers.get("rates", ()) if tiers["question"] == name and "up_to" in rate]
        for change in item.get("adjustments", ()):
            numbers += [band["from"] for band in change.get("bands", ()) if change["question"] == name]
    unit = Decimal(1).scaleb(-max(places(number) for number in numbers))
    near = {number + step for number in numbers for step in (-unit, Decimal(0), unit)}
    return [plain(number) for number in sorted(near) if numbers[0] <= number <= numbers[1]]


def places(number: Decimal) -> int:
    """Return how many decimals a number needs."""
    return len(plain(number).partition(".")[2])


def plain(number: Decimal | Fraction) -> str:
    """Return a finite decimal without zeros at its end."""
    exact = Fraction(number)
    scale = next(scale for scale in range(60) if (exact * 10**scale).denominator == 1)
    digits = str(abs(exact.numerator * 10**scale // exact.denominator)).rjust(scale + 1, "0")
    return ("-" if exact < 0 else "") + (f"{digits[:-scale]}.{digits[-scale:]}" if scale else digits)


def reckoned(fee: Raw, given: Raw, count: str | None) -> tuple[str, list[list[Any]], str | None]:
    """Return a fee's state, its lines as kind, number, size, rate and result, and what it comes to."""
    conditions = fee.get("if", {})
    if any(name in given and not fits(answer, given[name]) for name, answer in conditions.items()):
        return "not_applicable", [], None
    needed = {*conditions, *(one["question"] for one in fee.get("adjustments", ()))} | {
        name for name in (fee.get("tiers", {}).get("question"),) if name
    }
    if needed - given.keys():
        return "open", [], None
    lines, total = _base(fee, given)
    if total is None:
        return "beyond", [], None
    for number, change in enumerate(fee.get("adjustments", ())):
        factor = _factor(change, given)
        if factor is not None:
            lines.append(["adjustment", number, plain(total), plain(factor), plain(total * factor)])
            total *= factor
    if "per" in fee and count is not None:
        lines.append(["count", 0, count, plain(total), plain(total * Fraction(count))])
        total *= Fraction(count)
    words = "when" in fee and not conditions
    return "words" if words else "per" if "per" in fee and count is None else "counted", lines, plain(total)


def _base(fee: Raw, given: Raw) -> tuple[list[list[Any]], Fraction | None]:
    """Return the lines before any adjustment: every unit of a number is put into its band, one by one."""
    if "amount" in fee:
        return [["amount", 0, "1", plain(Fraction(fee["amount"])), plain(Fraction(fee["amount"]))]], Fraction(
            fee["amount"]
        )
    number = Fraction(given[fee["tiers"]["question"]])
    unit = Fraction(1, 10 ** places(Decimal(given[fee["tiers"]["question"]])))
    ends = [Fraction(rate["up_to"]) if "up_to" in rate else None for rate in fee["tiers"]["rates"]]
    units = [0] * len(ends)
    at = 0
    for nth in range(1, int(number / unit) + 1):
        while at < len(ends) and ends[at] is not None and nth * unit > (ends[at] or 0):
            at += 1
        if at == len(ends):
            return [], None
        units[at] += 1
    rates = [Fraction(rate["rate"]) for rate in fee["tiers"]["rates"]]
    lines = [
        ["band", index, plain(many * unit), plain(rates[index]), plain(many * unit * rates[index])]
        for index, many in enumerate(units)
        if many
    ]
    return lines, sum((many * unit * rates[index] for index, many in enumerate(units)), Fraction(0))


def _factor(change: Raw, given: Raw) -> Fraction | None:
    value = given[change["question"]]
    if "bands" not in change:
        return Fraction(change["multiply"]) if value == change["is"] and type(value) is type(change["is"]) else None
    factor = None
    for band in change["bands"]:
        if Fraction(value) >= Fraction(band["from"]):
            factor = Fraction(band["multiply"])
    return factor


def totals(fees: Sequence[Raw], given: Raw, counts: Mapping[str, str]) -> dict[str, str]:
    """Return by currency what is counted, in hundredths, a half going up."""
    found: dict[str, Fraction] = {}
    for number, fee in enumerate(fees):
        state, _, exact = reckoned(fee, given, counts.get(str(number)))
        if state == "counted" and exact is not None:
            found[fee["currency"]] = found.get(fee["currency"], Fraction(0)) + Fraction(exact)
    return {currency: _cents(total) for currency, total in found.items()}


def _cents(total: Fraction) -> str:
    cents = str((total * 200 + 1) // 2).rjust(3, "0")
    return f"{cents[:-2]}.{cents[-2:]}"


def inputs(manual: Raw, many: int) -> Iterator[dict[str, Any]]:
    """Yield sets of answers in which every edge of every question comes up, beside ever other answers; some are left out."""
    values = {question["id"]: _values(manual, question["id"]) for question in manual["questions"]}
    for nth in range(many):
        given = {}
        for place, (name, answers) in enumerate(values.items()):
            if (nth + 3 * place) % 5 or nth % 2:
                given[name] = answers[(nth + place * (nth // len(answers))) % len(answers)]
        yield given


def vectors_of(name: str, manual: Raw, many: int) -> tuple[list[Raw], list[Raw]]:
    """Return what the engines must give for a manual: the answers that are left, and the sums."""
    fees = [fee for key, fee in items(manual).items() if key.startswith("fee-")]
    answers, sums = [], []
    for nth, given in enumerate(inputs(manual, many)):
        answers.append({"manual": name, "given": given, "asked": asked(manual, given), "left": left(manual, given)})
        counts = {
            str(number): ("1", "3", "2.5")[nth % 3] for number, fee in enumerate(fees) if "per" in fee and nth % 4
        }
        lines = [reckoned(fee, given, counts.get(str(number))) for number, fee in enumerate(fees)]
        told = [{"state": state, "parts": parts, "exact": exact} for state, parts, exact in lines]
        sums.append(
            {"manual": name, "given": given, "counts": counts, "fees": told, "totals": totals(fees, given, counts)}
        )
    return answers, sums


def main() -> None:
    """Write both files of vectors anew for the manuals in ``vectors/manuals.json``."""
    manuals, _ = read("answers.json")
    found = [vectors_of(key, manual, 70) for key, manual in manuals.items()]
    for place, name in enumerate(("answers.json", "fees.json")):
        lines = [json.dumps(vector, ensure_ascii=False) for one in found for vector in one[place]]
        (VECTORS / name).write_text("[\n " + ",\n ".join(lines) + "\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
