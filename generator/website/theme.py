"""All that knows Material: where the shell's document comes from, and the style sheet for Markdown.

The day the theme ends (May 2027), this module and ``templates/theme`` are what goes.  Under any other theme the
document is our own, in ``templates/document``, and Markdown is left to our own style sheet.
"""

import re
from pathlib import Path

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from generator.website.assets import FOLDER
from generator.website.chrome import SiteFacts
from generator.website.fragments import TEMPLATES
from generator.website.shell import Shell, make_shell, theme_context

MATERIAL = "material"
_STYLES = "assets/stylesheets/main.*.min.css"
_SOURCE_MAP = re.compile(rb"/\*# sourceMappingURL=.*?\*/")


def adapt_theme(config: MkDocsConfig) -> None:
    """Put our blocks, or our document, before the theme's, and take away the pages that it would add by itself."""
    overrides = str(TEMPLATES / ("theme" if config.theme.name == MATERIAL else "document"))
    if overrides not in config.theme.dirs:
        config.theme.dirs.insert(0, overrides)
    config.theme.static_templates.clear()


def take_theme_files(files: Files, config: MkDocsConfig) -> None:
    """Take the theme's files (scripts, maps, icons, styles) out of the build."""
    for file in list(files):
        if file.src_dir in config.theme.dirs:
            files.remove(file)


def styles_path(config: MkDocsConfig) -> str:
    """Return where the theme's style sheet stands in the site ("": none); its name holds a digest of its content."""
    return f"{FOLDER}/{_styles(config).name}" if config.theme.name == MATERIAL else ""


def write_styles(config: MkDocsConfig, site: Path) -> None:
    """Write the theme's style sheet, if it has one, without the address of a map that is not published."""
    if path := styles_path(config):
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(_SOURCE_MAP.sub(b"", _styles(config).read_bytes()))


def _styles(config: MkDocsConfig) -> Path:
    found = [path for folder in config.theme.dirs for path in Path(folder).glob(_STYLES)]
    if len(found) != 1:
        raise FileNotFoundError(f"the theme has {len(found)} files {_STYLES}, not one")
    return found[0]


def render_shell(env: jinja2.Environment, config: MkDocsConfig, facts: SiteFacts) -> Shell:
    """Return the shell of an edition; mkdocs' own pages find the same blocks under the same name."""
    env.globals["clearly"] = theme_context(facts)
    document = env.get_template("main.html").render(config=config, page=None, base_url=".", nav=())
    return make_shell(facts, document)
