"""Rules between the records of one agency, and rules over its figures: section 10 of the data contract.

What makes a record wrong in itself is said where it is loaded; what is found here can be published as it is, and the
public data-quality page says so.  ``CHECKS`` lists the rules; the docstring of each is the rule.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from generator.intake.checks_figures import FIGURE_CHECKS
from generator.intake.checks_manual import MANUAL_CHECKS
from generator.intake.checks_paths import PATH_CHECKS
from generator.intake.checks_promise import PROMISE_CHECKS
from generator.intake.checks_words import words_plain
from generator.intake.seen import Check, Seen
from generator.intake.translations import texts_translated
from generator.model import Agency, Catalog, Observation, Service
from generator.problems import Problem

CHECKS: tuple[Check, ...] = (
    *PROMISE_CHECKS,
    *MANUAL_CHECKS,
    *PATH_CHECKS,
    texts_translated,
    words_plain,
    *FIGURE_CHECKS,
)


def check_agency(
    catalog: Catalog,
    agency: Agency,
    services: Mapping[str, Service],
    observations: Sequence[Observation],
    as_of: date,
) -> Iterator[Problem]:
    """Yield what the rules between records find in one agency; ``observations`` are sorted by key and revision."""
    seen = Seen(catalog, agency, services, observations, as_of)
    for check in CHECKS:
        yield from check(seen)
