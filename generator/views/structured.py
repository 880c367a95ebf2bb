"""A service as schema.org describes it, encoded so that it may stand in a ``<script>`` element."""

from collections.abc import Mapping
from typing import Any

import orjson

from generator.model import Agency, Catalog, Channel, Service
from generator.views.words import Words

# What could end the element or, in old browsers, a line of script.
UNSAFE = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def structured_service(words: Words, catalog: Catalog, agency: Agency, service: Service, path: str) -> str:
    """Return JSON-LD of a GovernmentService: what it is, who gives it, and how to ask for it."""
    assert service.title is not None
    channels = (service.scope.channels if service.scope else None) or ()
    described: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "name": words.text(service.title).text,
        "alternateName": list((service.also_called or {}).get(words.language, ())),
        "description": words.text(service.summary).text if service.summary else "",
        "url": page_url(words, catalog, path),
        "inLanguage": words.language,
        "sameAs": list(service.same_as or ()),
        "provider": _provider(words, agency),
        "availableChannel": [_channel(words, channel) for channel in channels],
    }
    return encoded(_filled(described))


def encoded(value: Mapping[str, Any]) -> str:
    """Return JSON without a character that could end the script element around it."""
    return orjson.dumps(value).decode().translate(UNSAFE)


def page_url(words: Words, catalog: Catalog, path: str) -> str:
    """Return a page's whole address in the reader's language, or "" where the catalog has no address."""
    if not catalog.settings.url:
        return ""
    edition = "" if words.language == words.first else f"{words.language}/"
    return f"{catalog.settings.url.rstrip('/')}/{edition}{path}"


def _provider(words: Words, agency: Agency) -> dict[str, Any]:
    return _filled(
        {
            "@type": "GovernmentOrganization",
            "name": words.text(agency.title).text,
            "url": agency.url,
            "telephone": agency.phone,
            "email": agency.email,
        }
    )


def _channel(words: Words, channel: Channel) -> dict[str, Any]:
    phone = {"@type": "ContactPoint", "telephone": channel.phone} if channel.phone else None
    return _filled(
        {
            "@type": "ServiceChannel",
            "name": words.text(channel.title).text,
            "serviceUrl": channel.url,
            "servicePhone": phone,
            "serviceLocation": _place(words, channel),
        }
    )


def _place(words: Words, channel: Channel) -> dict[str, Any] | None:
    if not channel.address and not channel.location:
        return None
    address = " ".join(words.text(channel.address).text.split()) if channel.address else None
    geo = None
    if channel.location:
        latitude, longitude = channel.location
        geo = {"@type": "GeoCoordinates", "latitude": float(latitude), "longitude": float(longitude)}
    return _filled({"@type": "Place", "address": address, "geo": geo})


def _filled(record: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if value}
