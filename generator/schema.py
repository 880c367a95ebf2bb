"""JSON Schemas for editors, made from the model, so that there is one description of the format.

A service file that starts with the line ``MODELINE`` is completed and checked while it is typed, by any editor that has
a YAML language server.  ``check`` says more than a schema can; the schema says it sooner.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from generator.model import Agency, Calendar, CatalogFile, Law, Manual, Service, SharedDocument, Topic
from generator.texts import Strings, load_strings
from generator.values import Record

MODELINE = "# yaml-language-server: $schema={path}"
ADDRESS = "https://json-schema.org/draft/2020-12/schema"
FILES: dict[str, type[Record]] = {
    "agency": Agency,
    "calendar": Calendar,
    "catalog": CatalogFile,
    "manual": Manual,
    "service": Service,
}
LISTS: dict[str, type[Record]] = {"documents": SharedDocument, "laws": Law, "life_events": Topic, "topics": Topic}
# Sections of a service that inherits may say what they add to the central manual's (data contract, section 8).
ADDABLE = {"channels": "scope", "documents": "requirements", "fees": "requirements"}
ADDABLE_LISTS = ("steps", "complaints")


def schemas() -> dict[str, dict[str, Any]]:
    """Return each kind of file's schema by its name."""
    found = {name: _described(_stated(record.model_json_schema(by_alias=True))) for name, record in FILES.items()}
    for name, record in LISTS.items():
        item = _described(_stated(record.model_json_schema(by_alias=True)))
        found[name] = {
            "type": "array",
            "items": {"$ref": f"#/$defs/{record.__name__}"},
            "$defs": {**item.pop("$defs", {}), record.__name__: item},
        }
    found["service"] = _may_add(found["service"])
    return {name: {"$schema": ADDRESS, "$id": f"{name}.json", **schema} for name, schema in sorted(found.items())}


def write_schemas(folder: Path) -> Iterator[Path]:
    """Write ``<folder>/<kind>.json`` for each kind of file, and yield what was written."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, schema in schemas().items():
        path = folder / f"{name}.json"
        path.write_text(json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n", encoding="utf-8")
        yield path


def _described(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema with what each field means, in both languages, where the words have it."""
    languages = (load_strings("th"), load_strings("en"))
    for record in (schema, *schema.get("$defs", {}).values()):
        for name, field in record.get("properties", {}).items():
            told = _told(name, languages)
            if told:
                field["description"] = told
    return schema


def _told(name: str, languages: tuple[Strings, ...]) -> str:
    return " · ".join(words("field." + name) for words in languages if words.has("field." + name))


def _may_add(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the service's schema, in which a list may also be ``{add: [...]}``, and only the id and status are needed."""
    defs, properties = schema["$defs"], schema["properties"]
    for name in ADDABLE_LISTS:
        properties[name] = _or_added(properties[name])
    for name, section in ADDABLE.items():
        record = defs[section.capitalize()]["properties"]
        record[name] = _or_added(record[name])
    return {**schema, "required": ["id", "status"]}


def _or_added(field: dict[str, Any]) -> dict[str, Any]:
    options = field.get("anyOf", [field])
    lists = next(option for option in options if option.get("type") == "array")
    added = {"type": "object", "properties": {"add": lists}, "required": ["add"], "additionalProperties": False}
    kept = {key: value for key, value in field.items() if key == "description"}
    return {**kept, "anyOf": [*options, added]}


def _stated(schema: Any) -> Any:  # noqa: ANN401  # JSON is what it is
    """Return a schema without null, which the contract never allows: a key is there with a value, or it is not there."""
    if isinstance(schema, list):
        return [_stated(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    plain = {key: _stated(value) for key, value in schema.items() if not (key == "default" and value is None)}
    options = [flat for option in plain.pop("anyOf", ()) for flat in option.get("anyOf", [option])]
    options = [option for option in options if option != {"type": "null"}]
    if len(options) == 1:
        return {**options[0], **plain}
    return {**plain, "anyOf": options} if options else plain
