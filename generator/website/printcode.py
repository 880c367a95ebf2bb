"""A page's address as a QR code, so that a reader finds the way back from paper."""

import zxingcpp


def print_code(address: str) -> tuple[str, str]:
    """Return a QR code as its size in modules and the path that draws its dark ones, each run a line of width 1."""
    code = zxingcpp.create_barcode(address, zxingcpp.BarcodeFormat.QRCode, ec_level="L")
    picture = code.to_image(add_quiet_zones=False)
    size, modules = picture.shape[0], bytes(memoryview(picture))  # type: ignore[arg-type]  # it is a buffer
    return str(size), "".join(_row(modules[y * size : (y + 1) * size], y) for y in range(size))


def _row(modules: bytes, y: int) -> str:
    """Return the dark runs of one row, whose light modules are 255; y is its middle, so that the line covers it."""
    runs = []
    x = 0
    for run in modules.split(b"\xff"):
        if run:
            runs.append(f"M{x} {y}.5h{len(run)}")
        x += len(run) + 1
    return "".join(runs)
