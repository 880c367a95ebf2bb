"""``python -m generator.demonstration DATA``: make the figures of the demonstration data again."""

import sys
from pathlib import Path

from generator.demonstration import write_figures

if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("python -m generator.demonstration DATA")
    write_figures(Path(sys.argv[1]))
