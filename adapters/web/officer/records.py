"""What law asks a controller to have in writing, and who may do what: Art. 30, the annex to the assessment, roles, recalls."""

from __future__ import annotations

from werkzeug.wrappers import Response

from adapters.officer import log, recalls, records, roles
from adapters.web.here import Here
from adapters.web.officer.door import pages
from adapters.web.pages import Told


@pages.page("/records", "officer/records.html")
def processing(here: Here) -> Told:
    return {"record": here.ask(records.art30)}


@pages.downloads("/records/art30.pdf")
def art30(here: Here) -> Response:
    return _file(here.ask(records.art30_page), "application/pdf", "art30.pdf")


@pages.downloads("/records/dpia.md")
def annex(here: Here) -> Response:
    """The annex to the impact assessment, as text to put into one."""
    return _file(here.ask(records.dpia)["markdown"].encode(), "text/markdown; charset=utf-8", "dpia-annex.md")


@pages.page("/matrix", "officer/matrix.html")
def matrix(here: Here) -> Told:
    """Who may see what: a table of the policy, by kind of data."""
    lines: dict[str, list[dict[str, str]]] = {}
    for line in here.ask(log.matrix):
        lines.setdefault(line["compartment"], []).append(line)
    return {"lines": lines}


@pages.page("/roles", "officer/roles.html")
def held_roles(here: Here) -> Told:
    return {"roles": here.ask(roles.roles)}


@pages.page("/recalls", "officer/recalls.html")
def open_recalls(here: Here) -> Told:
    """What is still to be asked back after consents were taken back."""
    return {"recalls": here.ask(recalls.open_recalls)}


def _file(content: bytes, kind: str, name: str) -> Response:
    answer = Response(content, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
