"""One audience's pages, and how each is declared: what it shows, what its forms send, and where one goes from there.

An audience's folder holds its pages beside its templates:

    pages = Pages("leader", Role.LEADER, title=N_("Klubleder"), only_in=RealmKind.RED_BARNET)

    @pages.page("/courses/<uuid:course_id>", "leader/course.html")
    def course(here: Here, course_id: UUID) -> Told:
        return {"course": here.ask(api.my_course, course_id=course_id)}

    @pages.sends("/courses/<uuid:course_id>/confidentiality", course, done=N_("Tak. Du har accepteret tavshedspligten."))
    def accept(here: Here, form: Form, course_id: UUID) -> Response:
        here.send(api.accept_confidentiality, form, course_id=course_id)
        return here.to(course, course_id=course_id, done="accept")

What a form sends is refused on the page it stands on: with what was typed, a summary, and each error at its field.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, g, make_response, render_template, request

from adapters.problems import HANDLED, refusal_of
from adapters.texts import told
from adapters.web.door import come_in
from adapters.web.forms import Form
from adapters.web.here import Here, url_of
from domain.compartments import RealmKind
from domain.errors import NotFound, Refusal
from domain.people import Role
from gdpr.gate import NotForThisReader

Told = Mapping[str, Any]
"""What a template is told, by name."""
Page = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom one page of an audience is for."""

    roles: frozenset[Role]
    only_in: RealmKind | None

    def is_for(self, here: Here) -> bool:
        return here.role in self.roles and self.only_in in (None, here.desk.kind)


class Pages:
    """The pages below `/<realm>/<name>`, for people in one of these roles; `only_in` as for an `Audience`.

    `title` names the place on every page of it; `start` is its first page; `menu` the pages one can always go to.
    """

    def __init__(
        self, name: str, *roles: Role, title: str, only_in: RealmKind | None = None, languages: tuple[str, ...] = ("da", "en")
    ) -> None:  # fmt: skip
        self.name = name
        self.roles = roles
        self.title = title
        self.only_in = only_in
        self.languages = languages
        self.start: Page | None = None
        self.menu: list[tuple[str, Page]] = []
        self._meant: dict[Page, Meant] = {}
        self.done: dict[str, str] = {}
        self._paths: dict[Page, str] = {}
        self.blueprint = Blueprint(
            f"pages-{name}", f"adapters.web.{name}", url_prefix=f"/<realm>/{name}", template_folder="templates"
        )

    def page(
        self,
        path: str,
        template: str,
        *,
        menu: str = "",
        start: bool = False,
        roles: Collection[Role] = (),
        only_in: RealmKind | None = None,
    ) -> Callable[[Page], Page]:
        """A page that is shown, and may be asked for again at will; it changes nothing. `roles` and `only_in` are said of
        one that is for fewer people or realms than the others; it is in nobody else's menu."""
        meant = Meant(frozenset(roles or self.roles), only_in)

        def put(show: Page) -> Page:
            def view(realm: str, **ids: Any) -> Response:
                here = come_in(self, realm)
                if not meant.is_for(here):
                    raise NotFound
                return self.rendered(here, template, show(here, **ids))

            self._route(path, show, view, "GET")
            show.template = template  # type: ignore[attr-defined]
            self._meant[show] = meant
            if menu:
                self.menu.append((menu, show))
            if start:
                self.start = show
            return show

        return put

    def downloads(self, path: str) -> Callable[[Page], Page]:
        """A file to keep: the function answers a Response."""

        def put(give: Page) -> Page:
            def view(realm: str, **ids: Any) -> Response:
                answer: Response = give(come_in(self, realm), **ids)
                return answer

            self._route(path, give, view, "GET")
            return give

        return put

    def sends(self, path: str, shown_on: Page, *, done: str = "") -> Callable[[Page], Page]:
        """What a form sends. The function gives the command and answers where to go; a refusal comes back on the page
        that the form stands on. `done` is said there, when the address names what was done."""

        def put(take: Page) -> Page:
            def view(realm: str, **ids: Any) -> Response:
                here = come_in(self, realm)
                form = Form.read(request.path, request.form.lists())
                g.form = form
                try:
                    answer: Response = take(here, form, **ids)
                except HANDLED as refusal:
                    return self._refused(here, form, refusal, shown_on, ids)
                return answer

            self._route(path, take, view, "POST")
            if done:
                self.done[take.__name__] = done
            return take

        return put

    def rendered(self, here: Here, template: str, said: Told, status: int = 200) -> Response:
        """A page of this audience; whatever it says on top of the usual is in `said`."""
        g.here, g.pages = here, self
        return make_response(render_template(template, **said), status)

    def menu_for(self, here: Here) -> list[tuple[str, Page]]:
        """The pages this person can always go to."""
        return [(title, page) for title, page in self.menu if self._meant[page].is_for(here)]

    def _refused(self, here: Here, form: Form, refusal: Exception, shown_on: Page, ids: Mapping[str, Any]) -> Response:
        if not isinstance(refusal, Refusal) or isinstance(refusal, NotFound | NotForThisReader):
            raise refusal
        status, form.errors = errors_of(refusal, here.language)
        form.stale = status == 412
        wanted = {name: ids[name] for name in re.findall(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>", self._paths[shown_on])}
        template: str = shown_on.template  # type: ignore[attr-defined]
        return self.rendered(here, template, shown_on(here, **wanted), status)

    def _route(self, path: str, named: Page, view: Callable[..., Response], method: str) -> None:
        name = named.__name__
        self._paths[named] = path
        named.endpoint = f"{self.blueprint.name}.{name}"  # type: ignore[attr-defined]
        self.blueprint.add_url_rule(path, name, view, methods=[method])

    def address(self, realm: str, page: Page | None = None, **ids: Any) -> str:
        """Of one of these pages, by its function; else of the first."""
        assert self.start is not None
        return url_of(realm, page or self.start, **ids)


def errors_of(refusal: Exception, language: str) -> tuple[int, dict[str, str]]:
    """The status of a refusal, and what it says by the field of a form; under "" what is about no one field."""
    status, errors, facts = refusal_of(refusal)
    found = {_field(place): told(code, language, facts) for place, code in errors.items()}
    return status, found or {"": told(getattr(refusal, "code", "refused"), language, facts)}


def _field(place: str) -> str:
    """The field of a form that a JSON pointer means: /children/0/given_name is children.0.given_name. What is no pointer
    is a header or a part of the address, and no field."""
    return place[1:].replace("/", ".") if place.startswith("/") else ""
