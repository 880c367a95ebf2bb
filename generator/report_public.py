"""What of a problem may be published: nothing that tells a figure by channel or office, or which of them is small.

The report of ``check`` tells all, for whoever runs it has the files; the site's list of problems stands beside the
tables from which a figure that is told here could be subtracted.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from generator.intake.positions import Located
from generator.intake.read_csv import read_rows
from generator.intake.table import COUNTS, TIMES
from generator.problems import Place, Problem

MASK: Final = "•••"
SMALL: Final = "breakdown-small"
_FIGURES: Final = (*COUNTS, *TIMES, "reported_attainment")
_TELLING: Final = frozenset({*_FIGURES, "value", "suggestion", "reported", "computed"})  # facts that may hold a figure


def without_small_places(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield the problems; small rows are told once for each file, since their lines would tell them from others."""
    told = set()
    for problem in problems:
        if problem.code != SMALL:
            yield problem
        elif problem.place.file not in told:
            told.add(problem.place.file)
            yield replace(problem, place=Place(problem.place.file))


def without_figures(problem: Problem, located: Located) -> Problem:
    """Return a problem without the figures of a row by channel or office, be they many or few."""
    if not problem.place.file.endswith(".csv") or not _tells_figures(problem, located):
        return problem
    return replace(problem, facts={name: MASK if name in _TELLING else fact for name, fact in problem.facts.items()})


def _tells_figures(problem: Problem, located: Located) -> bool:
    """Return whether a problem is about a figure, or a whole row, by channel or office."""
    line, *column = problem.place.route or (0,)
    if not isinstance(line, int) or not 1 <= line <= len(located.lines) or (column and column[0] not in _FIGURES):
        return False
    header = next(text for text in located.lines if text.strip())
    rows = read_rows(f"{header}\n{located.lines[line - 1]}").rows
    if len(rows) != 2 or len(rows[0][1]) != len(rows[1][1]):
        return True  # nobody can say what the row is about
    cells = dict(zip(rows[0][1], rows[1][1], strict=True))
    return bool(cells.get("channel_id") or cells.get("office_id"))
