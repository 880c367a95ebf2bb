"""JSON Schemas for editors, made from the model, so that there is one description of the format.

A service file whose first line names its schema (see ``scaffolds/``) is completed and checked while it is typed, by any
editor that has a YAML language server.  ``check`` says more than a schema can; the schema says it sooner.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from generator.model import Agency, Calendar, CatalogFile, Law, Manual, Service, SharedDocument, Topic, Withdrawn
from generator.texts import Strings, load_strings
from generator.values import Record

Schema = dict[str, Any]

ADDRESS = "https://json-schema.org/draft/2020-12/schema"
LANGUAGES = ("th", "en")
FILES: dict[str, type[Record]] = {
    "agency": Agency,
    "calendar": Calendar,
    "catalog": CatalogFile,
    "manual": Manual,
    "service": Service,
}
LISTS: dict[str, type[Record]] = {
    "documents": SharedDocument,
    "laws": Law,
    "life_events": Topic,
    "topics": Topic,
    "withdrawn": Withdrawn,
}
# Records of which one key or the other is needed (data contract, section 3).
EITHER = {
    "Document": ("document", "title"),
    "Fee": ("amount", "tiers"),
    "LegalBasis": ("law", "title"),
    "Target": ("limit", "share"),
}
# Sections of a service that inherits may say what they add to the central manual's (data contract, section 8).
ADDABLE = {"channels": "Scope", "documents": "Requirements", "fees": "Requirements"}
ADDABLE_LISTS = ("steps", "complaints")


def schemas() -> dict[str, Schema]:
    """Return each kind of file's schema by its name."""
    found = {name: _of_record(record) for name, record in FILES.items()}
    for name, record in LISTS.items():
        item = _of_record(record)
        defs = {**item.pop("$defs", {}), record.__name__: item}
        found[name] = {"type": "array", "items": {"$ref": f"#/$defs/{record.__name__}"}, "minItems": 1, "$defs": defs}
    found["service"] = _inheriting(found["service"])
    return {name: {"$schema": ADDRESS, "$id": f"{name}.json", **schema} for name, schema in sorted(found.items())}


def write_schemas(folder: Path) -> Iterator[Path]:
    """Write ``<folder>/<kind>.json`` for each kind of file, and yield what was written."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, schema in schemas().items():
        path = folder / f"{name}.json"
        path.write_text(schema_text(schema), encoding="utf-8", newline="\n")
        yield path


def schema_text(schema: Schema) -> str:
    """Return a schema as its file has it."""
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _of_record(record: type[Record]) -> Schema:
    """Return one record's schema, with what each key means, in both languages."""
    schema: Schema = _stated(record.model_json_schema(by_alias=True))
    languages = [load_strings(language) for language in LANGUAGES]
    for name, part in ((record.__name__, schema), *schema.get("$defs", {}).items()):
        part.pop("description", None)  # our own docstring, which speaks to programmers
        if name in EITHER:
            part["anyOf"] = [{"required": [key]} for key in EITHER[name]]
        for key, field in part.get("properties", {}).items():
            field["description"] = _told(name, key, languages)
    return schema


def _told(record: str, key: str, languages: Sequence[Strings]) -> str:
    """Return what a key means: in this record if that differs, else wherever it stands."""
    own = f"field.{record.lower()}.{key}"
    return " · ".join(words(own if words.has(own) else f"field.{key}") for words in languages)


def _inheriting(schema: Schema) -> Schema:
    """Return the service's schema for a service that may inherit: then a list may also be ``{add: [...]}``."""
    records = {"": schema, **schema["$defs"]}
    for key, record in (*((key, "") for key in ADDABLE_LISTS), *ADDABLE.items()):
        properties = records[record]["properties"]
        properties[key] = _or_added(properties[key])
    own = [key for key in schema["required"] if key not in ("id", "status")]
    return {**schema, "required": ["id", "status"], "anyOf": [{"required": own}, {"required": ["inherits"]}]}


def _or_added(field: Schema) -> Schema:
    words = {"description": field["description"]}
    options = field.get("anyOf") or [{key: value for key, value in field.items() if key not in words}]
    lists = next(option for option in options if option.get("type") == "array")
    add = {**lists, "description": " · ".join(load_strings(language)("field.add") for language in LANGUAGES)}
    added = {"type": "object", "properties": {"add": add}, "required": ["add"], "additionalProperties": False}
    return {**words, "anyOf": [*options, added]}


def _stated(schema: Any) -> Any:  # noqa: ANN401  # JSON is what it is
    """Return a schema without null, which the contract never allows: a key is there with a value, or it is not there.

    Choices become one flat ``anyOf``, and the titles that pydantic makes of names are left out.
    """
    if isinstance(schema, list):
        return [_stated(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    unsaid = {"anyOf", "oneOf", *(key for key, value in schema.items() if _is_noise(key, value))}
    plain = {key: _stated(value) for key, value in schema.items() if key not in unsaid}
    options = list(_options(schema))
    if not options:
        return plain
    return {**options[0], **plain} if len(options) == 1 else {**plain, "anyOf": options}


def _is_noise(key: str, value: object) -> bool:
    return (key == "title" and isinstance(value, str)) or (key == "default" and value is None)


def _options(schema: Schema) -> Iterator[Schema]:
    """Yield what a value may be, whatever is nested in what, but null."""
    for option in (*schema.get("anyOf", ()), *schema.get("oneOf", ())):
        if option.keys() & {"anyOf", "oneOf"}:
            yield from _options(option)
        elif option != {"type": "null"}:
            yield _stated(option)
