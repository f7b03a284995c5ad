"""The site: the API and every audience's pages in one application, with what all pages share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import Flask, Response, g, make_response, render_template, request, url_for
from jinja2 import StrictUndefined, Undefined
from markupsafe import Markup
from werkzeug.exceptions import HTTPException

from adapters.http import create_app
from adapters.identity import House
from adapters.labels import label, labelled
from adapters.problems import HANDLED, RETRY_AFTER, problem_of_http, refusal_of
from adapters.web import guards, words
from adapters.web.audiences import PAGES
from adapters.web.door import LoggedOut, language_of, session, site
from adapters.web.forms import AGAIN, TOKEN, Form
from adapters.web.here import url_of
from adapters.web.login import blueprint as login
from adapters.web.pages import Pages
from adapters.web.site import Site
from adapters.web.start import start
from gdpr.gate import NotForThisReader


def create_site(house: House, site: Site) -> Flask:
    """The API and the pages of a house."""
    app = create_app(house)
    app.extensions["tillid-site"] = site
    app.static_folder = "web/static"
    app.root_path = str(words.HERE.parent)
    app.template_folder = "web/templates"
    app.add_url_rule("/static/<path:filename>", "static", app.send_static_file)
    _speak(app)
    app.limiter = guards.guard(app)  # type: ignore[attr-defined]
    app.register_blueprint(start)
    app.register_blueprint(login)
    for pages in PAGES:
        app.register_blueprint(pages.blueprint)
    for kind in HANDLED:
        app.register_error_handler(kind, _refused)
    app.register_error_handler(HTTPException, _failed)
    app.register_error_handler(LoggedOut, _send_again)
    return app


def _speak(app: Flask) -> None:
    """What every template may say."""
    env = app.jinja_env
    env.undefined = StrictUndefined
    env.trim_blocks = env.lstrip_blocks = True
    env.add_extension("jinja2.ext.i18n")
    env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: words.translations(language()).gettext(text),
        lambda one, many, n: words.translations(language()).ngettext(one, many, n),
        newstyle=True,
    )
    env.globals.update(
        form=form, url=_url, language=language, direction=lambda: words.direction(language()), here=_here,
        pages=lambda: g.get("pages"), session=session, site=site, done=_done, again=AGAIN, this_form=_this_form,
        label=lambda value, kind: label(value, kind, language()), address=_address,
        labelled=lambda values, kind: labelled(values, kind, language()),
    )  # fmt: skip
    env.filters.update(
        shown=shown,
        day=lambda value, form="long": words.day(value, language(), form),
        moment=lambda value: words.moment(value, language()),
        month=lambda value: words.month(value, language()),
        number=lambda value: words.number(value, language()),
    )


def language() -> str:
    return str(g.language if "language" in g else language_of())


def _here() -> Any:
    return g.get("here")


def _url(page: Callable[..., Any] | str, **ids: Any) -> str:
    """The address of a page of the realm one is in; of a text, the page's name, as `course` or `leader.course`."""
    if isinstance(page, str):
        name = page if "." in page else f"{g.pages.name}.{page}"
        return url_for(f"pages-{name}", realm=g.here.realm, **ids)
    return url_of(g.here.realm, page, **ids)


def _address() -> str:
    """The page one is on, to come back to; of one that could not be shown nothing is told, not even its address."""
    return request.path if request.method == "GET" and "sorry" not in g else url_for("start.index")


def form(name: str, *, key: object = "", version: int | None = None, **ids: Any) -> Form:
    """A form by the name of what it sends: as it came back if it was just sent, else a new one."""
    action = _url(name, **ids)
    posted: Form | None = g.get("form")
    if posted is not None and posted.action == action and posted.key == str(key):
        posted.version = version
        return posted
    return Form(action, str(key), version=version)


def _this_form() -> Form | None:
    """The form that came back on this page, if one did."""
    return g.get("form")


def _done() -> str:
    """What was just done, as the page that did it says it."""
    pages: Pages | None = g.get("pages")
    return pages.done.get(request.args.get("done", ""), "") if pages is not None else ""


def shown(value: Any, instead: str = "") -> str | Markup:
    """A value as the API shows it: itself; that it was erased; or `instead` for what was never there or is not shown."""
    if isinstance(value, Undefined) or value is None or value == "":
        return instead
    if isinstance(value, Mapping):
        return Markup('<span class="erased">{}</span>').format(words.translations(language()).gettext("slettet"))
    if isinstance(value, list | tuple):
        return Markup(", ").join(shown(one) for one in value)
    return str(value)


def _refused(refusal: Exception) -> Response:
    """A page for what could not be shown. What is not there and what is not for this reader look the same."""
    status, _, _ = refusal_of(refusal)
    if isinstance(refusal, NotForThisReader) or status == 403:
        status = 404
    return _sorry(status)


def _failed(error: HTTPException) -> Any:
    if request.path.startswith("/api/"):
        return problem_of_http(error)
    if error.response is not None or error.code is None or error.code < 400:
        return error
    return _sorry(error.code)


def _sorry(status: int) -> Response:
    known = status if status in (403, 404, 405, 410, 413, 429, 503) else 500 if status >= 500 else 400
    for name in ("form", "here", "pages"):
        g.pop(name, None)
    g.sorry = True
    answer = make_response(render_template("sorry.html", status=known), status)
    if status == 503:
        answer.headers["Retry-After"] = str(RETRY_AFTER)
    return answer


def _send_again(_: LoggedOut) -> Response:
    """What was typed while the session ended: shown as kept, to be sent again. Nothing of it is stored on the server."""
    kept = [(name, text) for name, found in request.form.lists() for text in found if name not in (TOKEN, AGAIN)]
    status = 401 if session() is None else 409
    return make_response(render_template("send_again.html", kept=kept), status)
