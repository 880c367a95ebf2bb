"""Pages that people write, in Markdown: which file speaks in which language, and what it becomes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from generator.views.page import Link, PageView
from generator.website.chrome import MENU, SiteFacts, chrome_part
from generator.website.shell import PROSE

_TABLE = re.compile(r"<table>.*?</table>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Markdown:
    """The content of a prose page: HTML that mkdocs made.  ``language`` is empty where it is the page's own."""

    html: Markup
    language: str


def add_prose(files: Files, config: MkDocsConfig, content: Path, languages: Sequence[str]) -> dict[str, str]:
    """Add the prose that the first of these languages lacks from the others; return each file's language by its path."""
    written_in = {file.src_uri: languages[0] for file in files}
    for language in languages[1:]:
        folder = content / language
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            name = path.relative_to(folder).as_posix()
            if name not in written_in:
                written_in[name] = language
                files.append(File(name, str(folder), config.site_dir, config.use_directory_urls))
    return written_in


def prose_view(page: Page, facts: SiteFacts, written_in: str) -> PageView:
    """Return the view of a Markdown page.  Its front matter gives ``title`` and ``description``."""
    path = "" if page.url == "./" else page.url
    section, *below = path.strip("/").split("/")
    section_name = facts.t(f"nav.{section.replace('-', '_')}") if section in MENU else ""
    return PageView(
        path=path,
        template=PROSE,
        title=str(page.meta.get("title", page.title)),
        description=str(page.meta.get("description", "")),
        content=Markdown(
            _with_scrolling_tables(page.content or "", facts), "" if written_in == facts.language else written_in
        ),
        section=section,
        crumbs=(Link(facts.t("nav.home"), ""), *([Link(section_name, f"{section}/")] if below else [])),
        demonstration=facts.demonstration,
    )


def _with_scrolling_tables(html: str, facts: SiteFacts) -> Markup:
    """A wide table scrolls by itself, in a named region that the keyboard reaches, and so does code."""
    numbers = count(1)
    html = html.replace("<pre>", '<pre tabindex="0">')
    return Markup(_TABLE.sub(lambda table: chrome_part("table", facts, table=Markup(table[0]), n=next(numbers)), html))
