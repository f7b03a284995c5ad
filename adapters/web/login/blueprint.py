"""Where everything about logging in is hung up: the pages of the login, and that of an invitation's code."""

from __future__ import annotations

from flask import Blueprint, g

from adapters.web.door import language_of

blueprint = Blueprint("login", __name__, template_folder="templates")


@blueprint.before_request
def _speak() -> None:
    g.language = language_of()
