"""Where a page comes from and where its data is: unit, review, source file, licence, citation, downloads."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath

from generator.model import Agency, Catalog, Channel, Licence, Office, Reporting, Service, ServiceLevel, Withdrawn
from generator.results_log import Logged
from generator.texts import Text, capital
from generator.views.page import Link
from generator.views.structured import page_url
from generator.views.words import Line, Mixed, Said, Words
from generator.views.wrong import WrongPage, wrong_page

DATA_FOLDER = "sla_data"  # where the data stands in the repository (data contract, section 1)


@dataclass(frozen=True, slots=True)
class Around:
    """What the page needs of the rest of the site: titles by "agency/service", and sizes by address, in bytes.

    ``logged`` are the changes of what the agency published, oldest first; ``withdrawn`` is what it took back;
    ``commit`` is where the data stands, "" outside git.
    """

    titles: Mapping[str, Text] = field(default_factory=dict)
    sizes: Mapping[str, int] = field(default_factory=dict)
    logged: tuple[Logged, ...] = ()
    withdrawn: tuple[Withdrawn, ...] = ()
    commit: str = ""


@dataclass(frozen=True, slots=True)
class FileLink:
    """A file of data.  ``path`` starts at the site's root; ``size`` is empty where it is not known."""

    format: str
    what: Line
    path: str
    size: str


@dataclass(frozen=True, slots=True)
class Papers:
    """The service on paper: its files, and which version they are, as a name and in words."""

    files: tuple[FileLink, ...]
    version: str
    said: Line


@dataclass(frozen=True, slots=True)
class Fact:
    """A name and its value; ``iso`` is the day that the value says, ``links`` stand after it."""

    name: Line
    value: Mixed
    iso: str = ""
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class About:
    """The last two parts of the page."""

    files: tuple[FileLink, ...]
    citation: Line
    facts: tuple[Fact, ...]
    source: str
    wrong: WrongPage
    actions: tuple[Link, ...]


def about_of(words: Words, catalog: Catalog, agency: Agency, service: Service, around: Around) -> About:
    """Return the downloads and what is to be known of the page."""
    folder = f"data/agencies/{agency.id}"
    source = f"agencies/{agency.id}/services/{service.id}.yml"
    title = words.text(service.title or {})
    return About(
        files=(
            _file(words, around, "CSV", f"{folder}/{service.id}.csv"),
            _file(words, around, "JSON", f"{folder}/{service.id}.json"),
            _file(words, around, "XLSX", f"{folder}.xlsx"),
        ),
        citation=_citation(words, catalog, agency, service),
        facts=(*_facts(words, catalog, agency, service), *_withdrawn(words, agency, service, around.withdrawn)),
        source=source,
        wrong=wrong_page(words, catalog, agency, (f"agencies/{agency.id}/{service.id}/", title), around.commit),
        actions=tuple(_actions(words, catalog, source)),
    )


def papers_of(words: Words, sizes: Mapping[str, int], version: str, since: date) -> Papers:
    """Return the links to PDFs, by their addresses from the site's root, each of a kind that its name tells."""
    files = (
        FileLink("PDF", words.line(f"service.file_{PurePosixPath(path).stem}"), path, words.wording.size(size))
        for path, size in sizes.items()
    )
    return Papers(tuple(files), version, version_words(words, version, since))


def version_words(words: Words, version: str, since: date) -> Line:
    """Return which version of a service's papers this is, and since when it has stood so."""
    return words.line("paper.version", version=version, date=words.wording.date(since))


def service_links(words: Words, around: Around, names: Iterable[str]) -> tuple[Link, ...]:
    """Return the links to services of any agency, named as agency/service; a draft has no page and is left out."""
    said = ((name, words.text(around.titles[name] or {words.first: name})) for name in names if name in around.titles)
    return tuple(Link(title.text, f"agencies/{name}/", title.language) for name, title in said)


def _file(words: Words, around: Around, kind: str, path: str) -> FileLink:
    size = around.sizes.get(path)
    what = words.line(f"service.file_{kind.lower()}")
    return FileLink(kind, what, path, words.wording.size(size) if size is not None else "")


def _citation(words: Words, catalog: Catalog, agency: Agency, service: Service) -> Line:
    assert service.title is not None
    return words.line(
        "cite",
        publisher=words.text(catalog.settings.publisher.title).text,
        year=words.wording.year(words.as_of.year),
        title=f"{words.text(service.title).text} ({words.text(agency.title).text})",
        date=words.wording.date(words.as_of),
        url=page_url(words, catalog, f"agencies/{agency.id}/{service.id}/"),
    )


def _facts(words: Words, catalog: Catalog, agency: Agency, service: Service) -> list[Fact]:
    licence = agency.licence or catalog.settings.licence
    unit = (words.text(service.unit),) if service.unit else (Said(words.line("not_stated")),)
    found = [Fact(words.line("manual.unit"), unit), *_review(words, service)]
    found += _topics(words, catalog, service)
    found.append(
        Fact(words.line("service.reporting"), (Said(reporting_words(words, service.reporting or agency.reporting)),))
    )
    if service.inherits:
        others = Link(words.strings("same.link"), f"services/same/{service.inherits}/")
        title = (manual_title(words, catalog, service.inherits), Said(Line(" · ")))
        found.append(Fact(words.line("term.central_manual"), title, links=(others,)))
    found.append(Fact(words.line("term.licence"), (), links=(_licence(words, licence),)))
    if service.same_as:
        found.append(Fact(words.line("service.same_as"), (), links=tuple(Link(url, url) for url in service.same_as)))
    return found


def _review(words: Words, service: Service) -> list[Fact]:
    """Return when the manual was read through last and is to be next, and by how much that is overdue."""
    review = service.review
    if review is None or (review.reviewed_on is None and review.review_due is None):
        return [Fact(words.line("term.reviewed_on"), (Said(words.line("not_stated")),))]
    found = []
    for key, day in (("term.reviewed_on", review.reviewed_on), ("term.review_due", review.review_due)):
        if day is not None:
            found.append(Fact(words.line(key), (Said(Line(words.wording.date(day))),), day.isoformat()))
    if review.review_due is not None and review.review_due < words.as_of:
        late = words.wording.count("days", (words.as_of - review.review_due).days)
        found.append(Fact(words.line("service.review_state"), (Said(words.line("review.over", days=late)),)))
    return found


def _withdrawn(words: Words, agency: Agency, service: Service, withdrawn: Sequence[Withdrawn]) -> Iterator[Fact]:
    """Yield each level or figure of the service that was taken back: which, when, and why."""
    for entry in withdrawn:
        if entry.service_id == service.id and entry.level_id:
            told = words.mixed(
                "withdrawn.told",
                what=_part(words, agency, service, entry),
                date=words.wording.date(entry.withdrawn_on),
                reason=words.text(entry.reason),
            )
            yield Fact(words.line("withdrawn.part"), told)


def _part(words: Words, agency: Agency, service: Service, entry: Withdrawn) -> str:
    """Return which figures an entry names: the promise, the period, the channel and the office."""
    channels = service.scope.channels if service.scope else None
    parts = (
        _title(words, service.service_levels, entry.level_id),
        words.wording.period(entry.period) if entry.period else "",
        _title(words, channels, entry.channel_id),
        _title(words, agency.offices, entry.office_id),
    )
    return " · ".join(filter(None, parts))


def _title(words: Words, known: Iterable[ServiceLevel | Channel | Office] | None, wanted: str | None) -> str:
    """Return what an id is called; the id where it is gone too."""
    return next((words.text(one.title).text for one in known or () if one.id == wanted), wanted or "")


def _topics(words: Words, catalog: Catalog, service: Service) -> list[Fact]:
    """Return the topics and life events by name, and the kind of service."""
    found = []
    if service.type:
        found.append(
            Fact(
                words.line("filter.type"), (Said(Line(capital(words.strings(f"closed.service_type.{service.type}")))),)
            )
        )
    for key, ids, shared in (
        ("filter.topic", service.topics, catalog.topics),
        ("filter.life_event", service.life_events, catalog.life_events),
    ):
        said = [words.text(shared[name].title) for name in ids or () if name in shared]
        if said:
            language = next((one.language for one in said if one.language), "")
            names = words.wording.list_of([one.text for one in said])
            found.append(Fact(words.line(key), (Said(Line(names), language),)))
    return found


def reporting_words(words: Words, reporting: Reporting) -> Line:
    """Return how often results are owed, how soon, and from when."""
    facts = {
        "frequency": words.strings(f"closed.frequency.{reporting.frequency}"),
        "days": words.wording.count("days", reporting.due_after_days),
    }
    if reporting.first_period is None:
        return words.line("service.reports", **facts)
    return words.line("service.reports_since", period=words.wording.period(reporting.first_period), **facts)


def manual_title(words: Words, catalog: Catalog, manual_id: str) -> Said:
    """Return what a central manual is called; its id where it has no title."""
    title = catalog.manuals.get(manual_id, {}).get("title")
    if isinstance(title, Mapping):
        return words.text({str(language): str(said) for language, said in title.items()})
    return words.text({words.first: title}) if isinstance(title, str) else Said(manual_id)


def _licence(words: Words, licence: Licence) -> Link:
    said = words.text(licence.title)
    return Link(f"{said.text} ({licence.id})", licence.url or "", said.language)


def _actions(words: Words, catalog: Catalog, source: str) -> list[Link]:
    """Return the links into the repository: the file as it stands, a change to it, and a report."""
    repository = (catalog.settings.repository or "").rstrip("/")
    if not repository:
        return []
    return [
        Link(words.strings("service.see_source"), f"{repository}/blob/main/{DATA_FOLDER}/{source}"),
        Link(words.strings("button.suggest_edit"), f"{repository}/edit/main/{DATA_FOLDER}/{source}"),
        Link(words.strings("wrong.account"), f"{repository}/issues/new/choose"),
    ]
