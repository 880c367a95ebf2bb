"""What stands between ``<main>`` and ``</main>``, and the chrome around it, from our own templates.

They are no mkdocs templates: everything is escaped, and an unknown name is an error, never an empty string.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import jinja2

from generator.texts import Strings, Wording
from generator.views.page import PageView
from generator.website.assets import asset_path
from generator.website.marked import FILTERS
from generator.website.script_words import script_words_path

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class PageWords:
    """What a fragment speaks and points with: the interface's words, and the way to the edition's and the site's root.

    ``home`` and ``root`` are prefixes that end in "/": "./", "../../", or a whole path where the page has no fixed
    place of its own, as the page for addresses that do not exist.
    """

    language: str
    t: Strings
    w: Wording
    home: str
    root: str


def render_body(view: PageView, words: PageWords) -> str:
    """Return the page's own part as HTML."""
    return _template(view.template).render(
        view=view.content, page=view, t=words.t, w=words.w, home=words.home, root=words.root, language=words.language
    )


def render_chrome(name: str, facts: Mapping[str, object]) -> str:
    """Return one part of what stands around every page, as HTML."""
    return _template(f"chrome/{name}").render(facts)


def load_templates() -> None:
    """Read every template, so that processes forked from this one need not."""
    for name in environment().list_templates(filter_func=lambda name: not name.startswith("theme/")):
        _template(name)


@lru_cache(maxsize=1)
def environment() -> jinja2.Environment:
    """Return the environment of our templates: escaping always, strict, and blind to the file system elsewhere."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    made.globals["asset"] = asset_path
    made.globals["script_words"] = script_words_path
    # Data for scripts: Thai letters as they are, in half the bytes; what could end the element is still escaped.
    made.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":"), "sort_keys": True}
    made.filters |= FILTERS
    return made


def _template(name: str) -> jinja2.Template:
    return environment().get_template(name)
