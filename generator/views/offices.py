"""The offices of an agency by province, and what each kept of a service's promises."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.model import Agency, Office
from generator.texts import in_language
from generator.views.alphabet import Key, alphabetical
from generator.views.page import Link
from generator.views.parts import PlaceResult
from generator.views.places import geo_of
from generator.views.words import Line, Said, Words

FEW = 5  # offices that a reader sees at once: more of them are folded away, and the province is asked for


@dataclass(frozen=True, slots=True)
class OfficeLine:
    """A place where the public is served: its name, latitude and longitude where they are known, and what it kept."""

    title: Said
    geo: str
    result: PlaceResult | None


@dataclass(frozen=True, slots=True)
class Province:
    """The offices of one province, in alphabetical order.

    ``name`` is the same in every language, so that a choice holds in all of them; it is empty where none is stated, and
    so is ``title`` where no office states one.
    """

    name: str
    title: Said
    offices: tuple[OfficeLine, ...]


@dataclass(frozen=True, slots=True)
class Offices:
    """Offices by province, in alphabetical order, those without one last.

    ``chooser``: a reader may name a province.  ``more`` leads to all of the agency's offices, where these are only some.
    """

    provinces: tuple[Province, ...]
    told: Line
    chooser: bool
    more: Link | None = None


def offices_of(words: Words, offices: Sequence[Office], results: Mapping[str, PlaceResult]) -> Offices:
    """Return offices with what each kept, by its id."""
    named: dict[str, list[Office]] = {}
    for office in offices:
        named.setdefault(_province(words, office), []).append(office)
    provinces = tuple(
        sorted((_listed(words, name, some, results) for name, some in named.items()), key=_in_order(words))
    )
    if [one.name for one in provinces] == [""]:
        provinces = (replace(provinces[0], title=Said("")),)
    told = words.line("place.every_office", offices=words.wording.count("offices", len(offices)))
    return Offices(provinces, told, len(offices) > FEW and len(provinces) > 1)


def reporting_offices(words: Words, agency: Agency, results: Mapping[str, PlaceResult]) -> Offices:
    """Return the offices that report on a service: the data does not say of the others that they offer it."""
    offices = agency.offices or ()
    shown = offices_of(words, [office for office in offices if office.id in results], results)
    more = Link(words.strings("place.all_offices"), f"agencies/{agency.id}/#offices")
    return replace(shown, more=more if offices else None)


def _province(words: Words, office: Office) -> str:
    return in_language(office.province or {}, words.first, words.first)[0].strip()


def _listed(words: Words, name: str, offices: Sequence[Office], results: Mapping[str, PlaceResult]) -> Province:
    stated = offices[0].province
    title = words.text(stated) if stated else Said(words.line("place.no_province"))
    lines = [
        OfficeLine(words.text(office.title), geo_of(words, office.location), results.get(office.id))
        for office in offices
    ]
    return Province(name, title, tuple(sorted(lines, key=lambda line: alphabetical(line.title.text, words.language))))


def _in_order(words: Words) -> Callable[[Province], tuple[bool, Key, str]]:
    return lambda one: (not one.name, alphabetical(one.title.text, words.language), one.name)
