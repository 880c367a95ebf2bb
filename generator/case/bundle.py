"""What the steps of a journey ask for together: each paper once, and the fees that can be added."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.case.journey import Charge, Need, Paper, Step


@dataclass(frozen=True, slots=True)
class Asked:
    """What one step asks of one paper: its lines with the service of each, and how many of it everybody needs.

    ``always``: every place of the step asks for it, whatever one answers.  ``stated``: all such lines say how many.
    """

    step: int
    lines: tuple[tuple[str, Paper], ...]
    originals: int
    copies: int
    always: bool
    stated: bool


@dataclass(frozen=True, slots=True)
class Bundled:
    """One paper of a journey, with every step that asks for it.

    Originals are shown and taken back, so that the most any one step asks for does for all; copies stay where they are
    handed in, so that they are added.
    """

    key: str
    asked: tuple[Asked, ...]

    @property
    def paper(self) -> Paper:
        """Return its first line, which tells what it is called."""
        return self.asked[0].lines[0][1]

    @property
    def originals(self) -> int:
        """Return how many originals everybody needs."""
        return max(one.originals for one in self.asked)

    @property
    def copies(self) -> int:
        """Return how many copies everybody needs."""
        return sum(one.copies for one in self.asked)

    @property
    def always(self) -> bool:
        """Return whether everybody needs it somewhere."""
        return any(one.always for one in self.asked)

    @property
    def held(self) -> bool:
        """Return whether the State already holds it, as one of those says that ask for it."""
        return any(paper.held is True for one in self.asked for _, paper in one.lines)


@dataclass(frozen=True, slots=True)
class Bill:
    """The fees of a journey.

    ``sums`` are of what everybody pays, by currency; ``each``: some of it is counted once, where it is paid for each copy
    or vehicle.  ``open`` depends on answers, with the name of its service; ``differing`` are the steps whose places ask differently,
    ``unstated`` those that do not say what they cost.  Neither is in the sums.
    """

    sums: Mapping[str, Decimal]
    each: bool
    open: tuple[tuple[str, Charge], ...]
    differing: tuple[int, ...]
    unstated: tuple[int, ...]


def papers_of(steps: Sequence[Step]) -> tuple[Bundled, ...]:
    """Return every paper once, in the order in which the steps first ask for them."""
    asked: dict[str, list[Asked]] = {}
    for at, step in enumerate(steps):
        for one in _asked(at, step):
            asked.setdefault(one.lines[0][1].key, []).append(one)
    return tuple(Bundled(key, tuple(found)) for key, found in asked.items())


def bill_of(steps: Sequence[Step]) -> Bill:
    """Return what the steps cost together."""
    sums: dict[str, Decimal] = {}
    each, differing, unstated = False, [], []
    for at, step in enumerate(steps):
        if any(need.fees is None for need in step.needs):
            unstated.append(at)
        elif any(fixed_of(need) != fixed_of(step.needs[0]) for need in step.needs):
            differing.append(at)
        else:
            each = each or any(fee.per for fee in _fixed(step.needs[0]))
            for currency, amount in fixed_of(step.needs[0]).items():
                sums[currency] = sums.get(currency, Decimal(0)) + amount
    return Bill(dict(sorted(sums.items())), each, tuple(_open(steps)), tuple(differing), tuple(unstated))


def fixed_of(need: Need) -> Mapping[str, Decimal]:
    """Return what everybody pays for one service, by currency: each fee once, whatever it is paid for."""
    sums: dict[str, Decimal] = {}
    for fee in _fixed(need):
        sums[fee.currency] = sums.get(fee.currency, Decimal(0)) + (fee.amount or Decimal(0))
    return sums


def is_fixed(fee: Charge) -> bool:
    """Return whether everybody pays this fee, and as much."""
    return fee.amount is not None and not (fee.varies or fee.when or fee.if_)


def _fixed(need: Need) -> list[Charge]:
    return [fee for fee in need.fees or () if is_fixed(fee)]


def _open(steps: Sequence[Step]) -> Iterator[tuple[str, Charge]]:
    """Yield what depends on answers; what several places of a step ask alike, once."""
    for step in steps:
        seen: list[Charge] = []
        for need in step.needs:
            for fee in need.fees or ():
                if not is_fixed(fee) and fee not in seen:
                    seen.append(fee)
                    yield need.name, fee


def _asked(at: int, step: Step) -> Iterator[Asked]:
    lines: dict[str, list[tuple[str, Paper]]] = {}
    for need in step.needs:
        for paper in need.papers or ():
            lines.setdefault(paper.key, []).append((need.name, paper))
    for found in lines.values():
        places = [[paper for name, paper in found if name == need.name and not paper.if_] for need in step.needs]
        always = all(places)
        yield Asked(
            step=at,
            lines=tuple(found),
            originals=max(sum(one.originals or 0 for one in place) for place in places) if always else 0,
            copies=max(sum(one.copies or 0 for one in place) for place in places) if always else 0,
            always=always,
            stated=all(_is_stated(one) for place in places for one in place),
        )


def _is_stated(paper: Paper) -> bool:
    return paper.originals is not None or paper.copies is not None
