"""A page's address as a QR code, so that a reader finds the way back from paper."""

from functools import lru_cache

import segno


@lru_cache(maxsize=8)
def print_code(address: str) -> tuple[int, str]:
    """Return a QR code as its size in modules and the path that draws its dark ones, each run a line of width 1.

    The mask is fixed: looking for the best of eight takes four times as long, and readers take any of them.
    """
    code = segno.make_qr(address, error="l", mask=3, boost_error=False)
    return len(code.matrix), "".join(_row(line, y) for y, line in enumerate(code.matrix))


def _row(line: bytearray, y: int) -> str:
    """Return the dark runs of one row; y is the row's middle, so that the line covers it."""
    runs = []
    x = 0
    for run in bytes(line).split(b"\x00"):
        if run:
            runs.append(f"M{x} {y}.5h{len(run)}")
        x += len(run) + 1
    return "".join(runs)
