"""Compare two sites that were built on different stacks: the same addresses, and at each the same words and figures.

    python tests/same_site.py ONE OTHER

What it prints are the differences; there are none if its status is 0.  Data, pictures, scripts and indexes are compared
byte for byte, pages by what stands in their head, header, main part and footer.  Left out are only the boxes of the theme
around these parts, the theme's style sheet with the link to it, and what all this shows in: the list of sums, and the
version of the worker, which is a sum of the pages for lost connections.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

THEME_STYLES = re.compile(r"assets/main\.[0-9a-f]+\.min\.css")
SUMS, WORKER = "SHA256SUMS", "sw.js"
_LINK_TO_STYLES = re.compile(rf'<link rel="stylesheet" href="[./]*{THEME_STYLES.pattern}">\s*')
_PARTS = re.compile(
    r'<html lang="[^"]*"|<head>.*?</head>|<header.*?</header>|<footer.*?</footer>'
    r'|<div id="main".*?(?=\s*(?:</div>\s*)*</main>)',
    re.DOTALL,
)


def differences(one: Path, other: Path) -> Iterator[str]:
    """Yield what differs, address by address."""
    names, others = _names(one), _names(other)
    yield from (f"only in {one}: {name}" for name in sorted(names - others))
    yield from (f"only in {other}: {name}" for name in sorted(others - names))
    yield from (f"differs: {name}" for name in sorted(names & others) if _content(one / name) != _content(other / name))


def _names(site: Path) -> set[str]:
    names = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    return {name for name in names if not THEME_STYLES.fullmatch(name) and name != SUMS}


def _content(path: Path) -> object:
    if path.name == WORKER:
        return re.sub(rb'^const SITE = \{"version":"[0-9a-f]{8}"', b"", path.read_bytes())
    if path.suffix != ".html":
        return path.read_bytes()
    parts = _PARTS.findall(_LINK_TO_STYLES.sub("", path.read_text(encoding="utf-8")))
    assert len(parts) == 5, f"{path} has {len(parts)} parts, not five"
    return [" ".join(part.split()) for part in parts]


if __name__ == "__main__":
    told = list(differences(Path(sys.argv[1]), Path(sys.argv[2])))
    sys.stdout.writelines(f"{line}\n" for line in told)
    sys.exit(bool(told))
