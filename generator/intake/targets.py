"""Which promise of a level is in force on a day."""

from datetime import date

from generator.model import ServiceLevel, Target


def target_on(level: ServiceLevel, day: date) -> Target | None:
    """Return the target in force on a day; its first and its last day belong to it."""
    for target in level.targets or ():
        if target.valid_from <= day and (target.valid_to is None or day <= target.valid_to):
            return target
    return None
