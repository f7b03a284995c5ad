"""The first step of a referral: the family was told of the club and said yes. After a no nothing is kept (REF-08)."""

from __future__ import annotations

from uuid import UUID

from werkzeug.wrappers import Response

from adapters.referrer import drafts as api
from adapters.web.forms import Form
from adapters.web.here import Here
from adapters.web.pages import Told
from adapters.web.referrer.door import DRAFT, pages
from adapters.web.referrer.draft import OFFER, Draft, keep
from adapters.web.referrer.said import check_asked
from adapters.web.referrer.steps import step, unregistered


@pages.page("/new", "referrer/asked.html")
def new(here: Here) -> Told:
    """The first step of a new one; nothing is kept before it is sent."""
    return {"draft": Draft(UUID(int=0)), "fresh": True, "today": here.desk.clock.today().isoformat()}


@pages.sends("/new", new)
def begin(here: Here, form: Form) -> Response:
    """The form's own id is the draft's: sent twice, it begins one draft."""
    return _asked(here, form, Draft(form.command_id))


@pages.page(f"{DRAFT}/asked", "referrer/asked.html")
def asked(here: Here, draft_id: UUID) -> Told:
    """The same of a draft, to look at again."""
    return {"draft": unregistered(here, draft_id), "fresh": False, "today": here.desk.clock.today().isoformat()}


@pages.sends(f"{DRAFT}/asked", asked)
def ask_again(here: Here, form: Form, draft_id: UUID) -> Response:
    return _asked(here, form, unregistered(here, draft_id))


@pages.page("/no", "referrer/no.html")
def said_no(here: Here) -> Told:
    """The family said no, and that is quite all right."""
    return {}


def _asked(here: Here, form: Form, draft: Draft) -> Response:
    if form.value("offer.said_yes") == "false":
        here.send(api.discard_draft, form, draft_id=draft.draft_id)
        return here.to(said_no)
    draft.take(form, OFFER)
    check_asked(here, draft)
    for group in ("adults", "children"):
        if not draft.count(group):
            draft.add(group)
    keep(here, draft)
    return step(here, "members", draft.draft_id)
