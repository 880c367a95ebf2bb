"""How a reader says that a page is wrong, without an account: an e-mail that is prepared, and what to do without one."""

from dataclasses import dataclass
from urllib.parse import quote

from generator.model import Agency, Catalog
from generator.views.page import Link
from generator.views.places import Phone, phone_of
from generator.views.structured import page_url
from generator.views.words import Line, Said, Words

SHORT_COMMIT = 7
# Programs that open such a link take about 2,000 letters of it, and a Thai letter is nine of them.
LONGEST_TITLE = 40


@dataclass(frozen=True, slots=True)
class WrongPage:
    """The e-mail, to a role mailbox; None where none is known.  ``version`` is what to name by telephone."""

    write: Link | None
    phone: Phone | None
    version: Line


def wrong_page(words: Words, catalog: Catalog, agency: Agency, page: tuple[str, Said], commit: str) -> WrongPage:
    """Return how to report a mistake on a page, by its path and title, to its agency; else to the site's publisher."""
    path, title = page
    email = agency.email or catalog.settings.publisher.email
    version = _version(words, commit)
    body = words.strings("wrong.body", url=page_url(words, catalog, path) or path, version=version)
    subject = words.strings("wrong.subject", title=_short(title.text))
    address = f"mailto:{email}?subject={_in_link(subject)}&body={_in_link(body)}"
    write = Link(words.strings("wrong.write", email=email), address) if email else None
    return WrongPage(write, phone_of(agency.phone), version)


def _version(words: Words, commit: str) -> Line:
    date = words.wording.date(words.as_of)
    return (
        words.line("wrong.version", date=date, commit=commit[:SHORT_COMMIT])
        if commit
        else words.line("wrong.day", date=date)
    )


def _short(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else f"{title[:LONGEST_TITLE]}…"


def _in_link(text: str) -> str:
    """Return a text as a link holds it; lines end as in e-mail (RFC 6068, section 5)."""
    return quote(text.replace("\u00a0", " ").replace("\n", "\r\n"), safe="")
