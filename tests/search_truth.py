"""What a query must find, by looking at every text: slow, and too simple to be wrong."""

from collections.abc import Iterable, Sequence

from generator.views.folding import fold
from generator.views.search import Entry, Group

LONG = 20  # a query of more letters that is found as typed is not looked for word by word (assets/search.js)


class Truth:
    """The folded texts under which each entry is found."""

    def __init__(
        self, entries: Iterable[Entry], groups: Iterable[Group], pairs: Sequence[tuple[str, str]] = ()
    ) -> None:
        names = {group.id: [fold(name) for name in group.names] for group in groups}
        self.texts = {entry.path: list(_texts(entry, names, pairs)) for entry in entries}

    def finds(self, query: str) -> set[str]:
        """Return the paths of what holds the query as typed, or all its words."""
        words = [word for word in map(fold, query.split()) if word]
        as_typed = self._holding("".join(words))
        long_words = [word for word in words if len(word) > 1]
        if len(long_words) < 2 or (as_typed and len("".join(words)) > LONG):
            return as_typed
        return as_typed | set.intersection(*map(self._holding, long_words))

    def _holding(self, text: str) -> set[str]:
        return {path for path, texts in self.texts.items() if any(text in other for other in texts)}


def _texts(entry: Entry, names: dict[str, list[str]], pairs: Sequence[tuple[str, str]]) -> Iterable[str]:
    """Yield title, other names, both with synonyms in place, summary, and the names of its groups."""
    own = [fold(text) for text in (entry.title, *entry.names)]
    yield from own
    yield from (
        text.replace(word, other) for text in own for word, other in pairs if word in text and other not in text
    )
    yield fold(entry.summary)
    for group in entry.groups:
        yield from names[group]
