"""Figures: what the reported counts say, by section 9 of the data contract.  Exact; whole numbers and ratios only.

``verdicts`` judges one row, ``due`` knows which reports are owed, ``spans`` adds up; ``levels`` and ``agencies`` put them
together.  Nothing here reads a file, writes one, or knows a word of a reader's language.
"""

from generator.results import attainment
from generator.stats.agencies import measure_agency, measure_country, summary_of
from generator.stats.due import reporting_of
from generator.stats.published import Published, current_rows, revised_rows, withdrawn_services
from generator.stats.verdicts import verdict, verdict_of

__all__ = [
    "Published",
    "attainment",
    "current_rows",
    "measure_agency",
    "measure_country",
    "reporting_of",
    "revised_rows",
    "summary_of",
    "verdict",
    "verdict_of",
    "withdrawn_services",
]
