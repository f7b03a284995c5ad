"""Which language is read aloud to a family: the one chosen on the page, else its own if we speak it, else Danish."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any

from flask import g, request

_TAGS = {
    "dansk": "da",
    "danish": "da",
    "engelsk": "en",
    "english": "en",
    "arabisk": "ar",
    "arabic": "ar",
    "العربية": "ar",
}


def spoken(family: Mapping[str, Any], known: Container[str]) -> str:
    form = g.get("form")
    typed = form.value("language") if form is not None else ""
    own = family.get("language")
    stated = own.strip().lower() if isinstance(own, str) else ""
    wanted = (typed, request.args.get("language", ""), _TAGS.get(stated, stated))
    return next((language for language in wanted if language in known), "da")
