"""The pages of the login: where to log in, back from there, up to a higher level, and out again."""

from __future__ import annotations

import logging
from urllib.parse import quote

from flask import Response, abort, current_app, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from adapters.problems import RETRY_AFTER
from adapters.web.assurance import Assurance
from adapters.web.choosing import note_choice
from adapters.web.door import carrying, cookie_name, house, in_use, local, session, site
from adapters.web.levels import needed
from adapters.web.login import flow
from adapters.web.login.blueprint import blueprint
from adapters.web.login.client import Client, Identified, LoginCancelled, LoginRefused, ProviderUnreachable
from adapters.web.login.providers import For, Provider
from adapters.web.sessions import Session

_log = logging.getLogger("tillid.login")
INVITATION = "/invitation"
"""The page for a login that is bound to nobody yet: a code from an invitation is typed there."""


@blueprint.get("/login")
def choose() -> Answer:
    """Where people of each kind log in. With nowhere set up, as in the demonstration, the start page knows what to do."""
    if not site().providers:
        return redirect(url_for("start.index", next=local(request.args.get("next"))), 303)
    offered = {kind: [one for one in _providers() if kind in one.for_] for kind in For}
    return make_response(render_template("login/choose.html", offered=offered, next=local(request.args.get("next"))))


@blueprint.post("/login/<name>")
def begin(name: str) -> Answer:
    """On to the provider that was chosen."""
    return _onward(_client(name), local(request.form.get("next")) or "/", Assurance.NONE)


@blueprint.get("/login/<name>/callback")
def callback(name: str) -> Answer:
    """Back from the provider: into a session, when everything fits, else to a page that says what to do now."""
    client, answer = _client(name), request.args.to_dict()
    begun = flow.found_again(name, answer)
    try:
        if begun is None:
            raise LoginRefused("no_login_under_way")
        who = client.finish(begun, answer, _callback_of(client.provider))
    except LoginCancelled as refused:
        return _not_logged_in(name, refused.reason, "cancelled", 400)
    except LoginRefused as refused:
        return _not_logged_in(name, refused.reason, "refused", 400)
    except ProviderUnreachable:
        return _not_logged_in(name, "unreachable", "unreachable", 503)
    if who.assurance < max(begun.wanted, Assurance.LOW):
        # Said once and ended here: to ask the same provider again would lead around in a circle.
        return _not_logged_in(name, "assurance", "too_low", 403)
    return _let_in(client.provider, who, begun.wanted, begun.back)


@blueprint.get("/login/higher")
def higher() -> Answer:
    """What a surer login is for, and where one reaches it: where one came from, if that is sure enough."""
    here, wanted, back = session(), _level_of_the_role_in_use(), local(request.args.get("next")) or "/"
    if here is None or here.assurance >= wanted:
        return redirect(back, 303)
    reaching = _reaching(wanted)
    own = [provider for provider in reaching if provider.name == here.provider]
    return make_response(render_template("login/higher.html", reaching=own or reaching, next=back))


@blueprint.post("/step-up")
def step_up() -> Answer:
    """Log in again, more surely, for the role in use. Who is not logged in any more simply logs in."""
    client, wanted = _client(request.form.get("provider", "")), _level_of_the_role_in_use()
    if client.provider not in _reaching(wanted):
        return _not_logged_in(client.provider.name, "beyond_provider", "too_low", 403)
    return _onward(client, local(request.form.get("next")) or "/", wanted)


@blueprint.post("/logout")
def logout() -> Answer:
    """Out here, and then at the provider, so that the next person at this computer is not let in as this one."""
    here = session()
    _end_here()
    answer = _logged_out_there(here) or redirect(url_for("login.logged_out"), 303)
    answer.delete_cookie(cookie_name(), secure=site().secure, httponly=True, samesite="Lax", path="/")
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@blueprint.get("/logged-out")
def logged_out() -> str:
    """Where a logout ends, also one that went by the provider."""
    return render_template("login/logged_out.html")


@blueprint.post("/login/<name>/backchannel-logout")
def backchannel_logout(name: str) -> Answer:
    """A provider says that a login is over (OIDC Back-Channel Logout 1.0): the sessions that came of it end here too."""
    client = _client(name)
    try:
        asked = client.logout_asked(request.form.get("logout_token", ""))
    except (LoginRefused, ProviderUnreachable) as refused:
        _log.warning("logout refused provider=%s reason=%s request=%s", name, refused, g.request_id)
        return Response(status=400)
    sessions, ended = site().sessions, 0
    if asked.provider_session is not None:
        ended = sessions.end_of(provider_session=_session_at(client.provider, asked.provider_session))
    elif asked.subject is not None:
        actor = site().bindings.actor_of(site().bindings.digest(client.provider.issuer, asked.subject))
        ended = sessions.end_of(actor=actor) if actor is not None else 0
    _log.info("logout provider=%s sessions=%d request=%s", name, ended, g.request_id)
    return Response(status=200)


def _let_in(provider: Provider, who: Identified, wanted: Assurance, back: str) -> Answer:
    """A new session under a new token; whatever session the browser had before is over."""
    now, here = house().clock.now(), session()
    login = site().bindings.digest(who.issuer, who.subject)
    actor = site().bindings.actor_of(login)
    if wanted and here is not None and here.actor != actor:
        return _not_logged_in(provider.name, "another_person", "another_person", 403)
    _end_here()
    token, new = site().sessions.open(
        now, actor=actor, provider=provider.name, assurance=who.assurance, login=login,
        provider_session=_session_at(provider, who.provider_session) if who.provider_session else None,
    )  # fmt: skip
    if wanted and here is not None and (chosen := in_use(here)) is not None:
        # A surer login of the same person: the role in use stays, and what was being written is not lost.
        realm, held = chosen
        note_choice(house().desk(realm), new, held)
        token = site().sessions.renew(token, now, actor=actor, choice=here.choice) or token
    _log.info(
        "logged in provider=%s assurance=%s session=%s request=%s",
        provider.name, who.assurance.name.lower(), new.session_id, g.request_id,
    )  # fmt: skip
    return carrying(redirect(INVITATION if actor is None else back, 303), token)


def _end_here() -> None:
    """The session of this browser is over, also for the page that is shown next."""
    site().sessions.end(request.cookies.get(cookie_name(), ""))
    g.session = None


def _onward(client: Client, back: str, wanted: Assurance) -> Answer:
    begun = flow.begin(client.provider.name, back, wanted)
    try:
        address = client.begin(begun.flow, begun.state, _callback_of(client.provider))
    except ProviderUnreachable:
        return _not_logged_in(client.provider.name, "unreachable", "unreachable", 503)
    return begun.carried(_sent_on("login/onward.html", address, client.provider))


def _sent_on(template: str, address: str, provider: Provider) -> Response:
    """A page that leads on to a provider by itself.

    Not a redirect: the pages' policy says that forms go to us alone (`form-action 'self'`), and a browser holds the
    redirects behind a form to it, also those by which a broker leads on to places that we do not know.
    """
    answer = make_response(render_template(template, there=address, provider=provider))
    answer.headers["Refresh"] = f"0;url={address}"
    return answer


def _logged_out_there(here: Session | None) -> Answer | None:
    """On to where the provider logs out; None when there is nothing to log out of, or no way to."""
    if here is None or here.provider not in site().providers:
        return None
    client = _client(here.provider)
    try:
        address = client.end_session_url(site().origin + url_for("login.logged_out"))
    except ProviderUnreachable:
        return None
    return None if address is None else _sent_on("login/onward_out.html", address, client.provider)


def _not_logged_in(provider: str, reason: str, kind: str, status: int) -> Response:
    _log.warning("login refused provider=%s reason=%s request=%s", provider, reason, g.request_id)
    answer = make_response(render_template("login/refused.html", kind=kind), status)
    if status == 503:
        answer.headers["Retry-After"] = str(RETRY_AFTER)
    return answer


def _level_of_the_role_in_use() -> Assurance:
    """NONE for who is not logged in, or in no role."""
    here = session()
    chosen = in_use(here) if here is not None else None
    return Assurance.NONE if chosen is None else needed(chosen[1].role, site().levels)


def _reaching(level: Assurance) -> list[Provider]:
    return [provider for provider in _providers() if provider.max_assurance >= level]


def _providers() -> list[Provider]:
    return list(site().providers.values())


def _client(name: str) -> Client:
    """One for each provider, as it remembers how the provider describes itself."""
    provider = site().providers.get(name)
    if provider is None:
        abort(404)
    known: dict[str, Client] = current_app.extensions.setdefault("tillid-login", {})
    return known.setdefault(name, Client(provider))


def _callback_of(provider: Provider) -> str:
    return site().origin + url_for("login.callback", name=provider.name)


def _session_at(provider: Provider, sid: str) -> str:
    """A provider's session by the provider too: no provider can end what another began."""
    return f"{provider.name}:{quote(sid)}"
