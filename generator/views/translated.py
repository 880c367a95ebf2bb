"""In which languages a record is written in full: what the page on data quality counts as translated."""

from collections.abc import Iterator, Mapping, Sequence

from generator.texts import Text
from generator.values import Record

# Names that people type instead of the title: each language has its own, and none owes another a translation.
# ``if`` maps questions to answers, which are ids and no text.
_NO_TEXTS = frozenset({"also_called", "if_"})


def languages_of(record: Record, languages: Sequence[str]) -> tuple[str, ...]:
    """Return those of the languages, in their order, in which every text of the record is written."""
    left = list(languages)
    for text in texts_of(record):
        left = [language for language in left if language in text]
        if not left:
            break
    return tuple(left)


def texts_of(value: object) -> Iterator[Text]:
    """Yield every text of a record by language, in the order of its fields."""
    if isinstance(value, Record):
        for name in type(value).model_fields:
            if name not in _NO_TEXTS:
                yield from texts_of(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from texts_of(item)
    elif isinstance(value, Mapping):
        yield value
