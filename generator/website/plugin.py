"""mkdocs builds the prose of one language and a shell; the plugin sees to everything else.

One ``mkdocs build`` is several: the first edition's, and in its last event the next one's.  The last writes every
generated page into the shells, and mkdocs sees none of them: in its navigation 1,000 pages cost a minute.
"""

from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import ClassVar, Literal

import jinja2
from mkdocs.commands.build import build
from mkdocs.config import config_options, load_config
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from generator.locales import STRINGS_FOLDER
from generator.website.earlier import keep_earlier
from generator.website.offline import WORKER, write_worker
from generator.website.plan import Plan, RefusedError, Request, facts_of, make_plan
from generator.website.press import publish
from generator.website.prose import add_prose, prose_view
from generator.website.publish import Edition, Published, page_html
from generator.website.sums import write_sums
from generator.website.theme import adapt_theme, render_shell, styles_path, take_theme_files, write_styles


class ClearlyOptions(Config):  # type: ignore[no-untyped-call]  # mkdocs' own
    """What ``mkdocs.yml`` may say.  Without ``as_of`` it is today; without ``languages`` they are the catalog's.

    Without ``offline`` nothing is kept on readers' devices, and what was kept is removed.
    """

    data_dir = config_options.Type(str, default="sla_data")
    as_of = config_options.Optional(config_options.Type(str))
    languages = config_options.ListOfItems(config_options.Type(str), default=[])
    offline = config_options.Type(bool, default=True)


class ClearlyPlugin(BasePlugin[ClearlyOptions]):  # type: ignore[no-untyped-call]  # mkdocs' own
    """The adapter between mkdocs' events and our stages.  mkdocs keeps one for all editions and rebuilds."""

    # What our own commands ask for, instead of mkdocs.yml: data already read, or what to read for every preview.
    asked: ClassVar[Plan | Request | None] = None
    published: ClassVar[Published | None] = None

    def __init__(self) -> None:
        self._preview = False
        self._site = Path()
        self._kept = ExitStack()
        self._plan: Plan | None = None
        self._editions: list[Edition] = []
        self._written_in: dict[str, str] = {}

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Learn whether this is a preview."""
        self._preview = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the data, once for all editions, and turn mkdocs to the language whose turn it is."""
        content = Path(config.docs_dir)
        if self._plan is None:
            self._site = Path(config.site_dir)
            self._plan = self._planned(config, content)
        config.docs_dir = str(content / self._language)
        config.use_directory_urls = True
        adapt_theme(config)
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Take the theme's files out, and fill up the prose that this language lacks."""
        take_theme_files(files, config)
        self._written_in = add_prose(files, config, self._work.content, self._work.prose_languages(self._language))
        return files

    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> jinja2.Environment:
        """Make this edition's shell."""
        language = self._language
        facts = facts_of(self._work, language, styles_path(config), WORKER if self.config.offline else "")
        shell = render_shell(env, config, facts)
        pages = [(file.page, self._written_in[file.src_uri]) for file in files.documentation_pages() if file.page]
        prose = {page.url: prose_view(page, facts, written_in) for page, written_in in pages}
        self._editions.append(Edition(language, facts.prefix, facts.t, facts.w, shell, prose))
        return env

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Return a prose page in the shell."""
        edition = self._editions[-1]
        return page_html(edition, edition.prose[page.url]).decode()

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Build the next edition or, after the last, everything that is no prose."""
        if len(self._editions) < len(self._work.siblings):
            folder = str(self._site / self._work.siblings[len(self._editions)].prefix)
            build(load_config(config.config_file_path, site_dir=folder, strict=config.strict))
            return
        write_styles(config, self._site)
        type(self).published = publish(self._work, self._editions, self._site)
        keep_earlier(self._work.request.previous, self._site)
        if not self._work.preview:
            write_worker(self._site, self._editions, self.config.offline)
        write_sums(self._site, self._work.request.jobs)
        self._end()

    def on_build_error(self, *, error: Exception) -> None:
        """Let go of what was read."""
        self._end()

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: object) -> LiveReloadServer:
        """Watch the data, the words, the prose of every language and the templates."""
        request = self._request(config)
        for folder in (request.data, STRINGS_FOLDER, Path(config.docs_dir).parent, Path(__file__).parent):
            server.watch(str(folder))
        return server

    @property
    def _work(self) -> Plan:
        assert self._plan is not None, "mkdocs calls on_config first"
        return self._plan

    @property
    def _language(self) -> str:
        """The language whose turn it is: editions are begun in order, and done when their shell is made."""
        return self._work.siblings[len(self._editions)].language

    def _request(self, config: MkDocsConfig) -> Request:
        """What the command line asks for, or else mkdocs.yml, whose paths start at its own folder."""
        if isinstance(self.asked, Request):
            return self.asked
        data = Path(config.config_file_path).parent / self.config.data_dir
        as_of = date.fromisoformat(self.config.as_of) if self.config.as_of else None
        return Request(data, as_of, tuple(self.config.languages), config.strict)

    def _planned(self, config: MkDocsConfig, content: Path) -> Plan:
        """Return the plan; what it keeps open is closed in the end."""
        if isinstance(self.asked, Plan):
            return self.asked
        plan = make_plan(self._request(config), content, config.site_url or "", self._preview)
        try:
            return self._kept.enter_context(plan)
        except RefusedError as refused:
            raise PluginError(f"{refused}; `python -m generator check` says which") from None

    def _end(self) -> None:
        self._kept.close()
        self._plan, self._editions = None, []
