"""What a service costs, on paper: bands as tables, so that anyone can work a fee out with a pencil."""

from collections.abc import Iterator

from generator.views.fees import Fees, FeeView
from generator.views.paper_parts import Entry, Grid, GridRow, Piece, plain, text
from generator.views.words import Line, Mixed, Said, Words


def fee_pieces(words: Words, fees: Fees) -> Iterator[Piece]:
    """Yield the fees in bands with all that changes them, the plain ones, and the questions that they depend on."""
    if fees.word:
        yield text(fees.word)
    for fee in fees.fees:
        if fee.tiers:
            yield from _banded(words, fee)
    entries = [_plain_fee(fee) for fee in fees.fees if not fee.tiers]
    entries.append(Entry(plain(words.line("manual.manual_copy_fee")), side=(fees.copy,)))
    yield Piece("entries", entries=tuple(entries))
    if fees.asks:
        yield Piece("heading", (plain(words.line("service.depends_on")),))
        yield Piece("list", tuple(_between(one.ask, one.answers) for one in fees.asks))


def _banded(words: Words, fee: FeeView) -> Iterator[Piece]:
    yield Piece("heading", ((fee.title,),))
    for condition in fee.conditions:
        yield text(condition)
    yield text((fee.ask, Said(" "), Said(words.line("service.tiers_how"))))
    unit = fee.unit.text
    head = words.strings("service.band", unit=unit), words.strings("service.rate", unit=unit)
    no_end = words.line("service.no_upper_end")
    rows = (GridRow(plain(tier.band), (plain(tier.rate), plain(tier.total or no_end))) for tier in fee.tiers)
    yield Piece("grid", grid=Grid((), (*head, words.strings("service.band_total")), tuple(rows)))
    for change in fee.changes:
        yield text((change.title, Said(": "), change.ask))
        yield Piece("list", change.rows)


def _plain_fee(fee: FeeView) -> Entry:
    changes = ((change.title, Said(" · "), *row) for change in fee.changes for row in change.rows)
    return Entry((fee.title,), (*fee.conditions, *changes), (fee.amount,))


def _between(ask: Said, answers: tuple[Said, ...]) -> Mixed:
    parts = [part for answer in answers for part in (Said(Line(" / ")), answer)]
    return (ask, Said(" "), *parts[1:])
