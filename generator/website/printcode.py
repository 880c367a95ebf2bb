"""A page's address as a QR code, so that a reader finds the way back from paper."""

import re

import zxingcpp

_RUNS = re.compile(rb"\x00+|\xff+")  # dark modules, and light ones
_LARGEST = 177  # modules, of all sizes of code
_STEPS = {
    **{b"\x00" * length: f"h{length}" for length in range(1, _LARGEST)},
    **{b"\xff" * length: f"m{length} 0" for length in range(1, _LARGEST)},
}


def print_code(address: str) -> tuple[str, str]:
    """Return a QR code as its size in modules and the path that draws its dark ones, each run a line of width 1.

    The mask is fixed: looking for the best of eight takes five times as long, and readers take any of them.
    """
    code = zxingcpp.create_barcode(address, zxingcpp.BarcodeFormat.QRCode, ec_level="L", data_mask=3)
    picture = code.to_image(add_quiet_zones=False)
    size, modules = picture.shape[0], bytes(memoryview(picture))  # type: ignore[arg-type]  # it is a buffer
    return str(size), "".join([_row(modules[y * size : (y + 1) * size], y) for y in range(size)])


def _row(modules: bytes, y: int) -> str:
    """Return the dark runs of one row; y is its middle, so that the line covers it."""
    return f"M0 {y}.5" + "".join(map(_STEPS.__getitem__, _RUNS.findall(modules.rstrip(b"\xff"))))
