"""Check what stands at an address against what was built: the list of sums, status.json, and twenty files by chance.

    python3 .ci/published.py URL SUM [--pauses 60 180 360]

SUM is that of SHA256SUMS as it was built.  A cache of GitHub Pages lives ten minutes, so that what differs is looked at
three times more.  It needs no package: it runs where nothing of ours is installed.
"""

import argparse
import hashlib
import random
import sys
import time
from collections.abc import Iterator
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import urlopen

LIST = "SHA256SUMS"
ALWAYS = "status.json"
BY_CHANCE = 20


def differences(url: str, expected: str) -> Iterator[str]:
    """Yield what is not as it was built: the whole list, or else the files that differ from it."""
    told = _read(f"{url}/{LIST}")
    if _sum(told) != expected:
        yield f"{LIST} is not the one that was built"
        return
    sums = {name: known for known, _, name in (line.partition("  ") for line in told.decode().splitlines())}
    names = [ALWAYS, *random.sample(sorted(sums.keys() - {ALWAYS}), min(BY_CHANCE, len(sums) - 1))]
    yield from (f"{name} is not the one that was built" for name in names if _of(url, name) != sums.get(name))


def _of(url: str, name: str) -> str:
    return _sum(_read(f"{url}/{quote(name)}"))


def _read(url: str) -> bytes:
    """Return what stands at an address; nothing where there is nothing."""
    try:
        with urlopen(url, timeout=30) as answer:  # an address that our own workflow gives
            content: bytes = answer.read()
            return content
    except (URLError, TimeoutError, ConnectionError):
        return b""


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def main() -> int:
    """Look until nothing differs, or all tries are used up; say what differs."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("url")
    options.add_argument("sum")
    options.add_argument("--pauses", type=float, nargs="*", default=[60, 180, 360], help="seconds before each new try")
    given = options.parse_args()
    for pause in (0, *given.pauses):
        time.sleep(pause)
        found = list(differences(given.url.rstrip("/"), given.sum))
        sys.stdout.writelines(f"{line}\n" for line in found or ["what is published is what was built"])
        if not found:
            return 0
    return 1


if __name__ == "__main__":
    sys.exit(main())
