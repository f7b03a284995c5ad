"""The last step: all of it in plain words, to be turned to the family on the screen, and then sent."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from werkzeug.wrappers import Response

from adapters.referrer import drafts, families, referrals
from adapters.web.forms import Form
from adapters.web.here import Here
from adapters.web.pages import Told
from adapters.web.referrer import plain
from adapters.web.referrer.door import DRAFT, pages
from adapters.web.referrer.draft import GROUNDS, MEMBERS, Draft, keep, open_draft
from adapters.web.referrer.grounds import choices, grounds
from adapters.web.referrer.referral import referral
from adapters.web.referrer.said import family_body, referral_body, several
from adapters.web.referrer.start import start
from adapters.web.referrer.steps import children_of, finished
from adapters.web.words import N_
from domain.text import age_in_years
from gdpr.gate import NotForThisReader


@pages.page(DRAFT, "referrer/preview.html")
def preview(here: Here, draft_id: UUID) -> Told:
    """What is sent, to whom, and what is never sent; of a draft that is not finished its first open step instead."""
    draft = open_draft(here, draft_id)
    finished(here, draft)
    said = draft.said(GROUNDS)
    family = _typed(here, draft) if draft.family_id is None else _registered(here, draft.family_id)
    return {
        "draft": draft,
        "family": family,
        "two_homes": len({home for one in family["adults"] for home in one["households"]}) > 1,
        "said": said,
        "ticked": several(said.get("criteria")),
        "judged": draft.numbered("judgements"),
        "plain_criteria": plain.CRITERIA,
        "plain_judgements": plain.JUDGEMENTS,
        **choices(here),
    }


@pages.sends(f"{DRAFT}/sending", grounds, done=N_("Tak. Henvisningen er sendt, og koordinatoren kan se den nu."))
def send(here: Here, form: Form, draft_id: UUID) -> Response:
    """Register the family and refer it. What was done the first time is not done again: the ids come from the draft."""
    try:
        draft = open_draft(here, draft_id)
    except NotForThisReader:
        return here.to(start)  # sent a moment ago, by the same button
    finished(here, draft)
    if draft.family_id is None:
        body = family_body(draft, here.desk.clock.today())
        made = here.send(families.register_family, draft.command("register"), body)
        draft.family_id = UUID(made["family_id"])
        keep(here, draft)
    body = referral_body(draft, draft.family_id, children_of(here, draft))
    referred = here.send(referrals.refer, draft.command("refer"), body)
    # The referral has it discarded too, but only when the register comes to it.
    here.send(drafts.discard_draft, form, draft_id=draft_id)
    return here.to(referral, referral_id=UUID(referred["referral_id"]), done="send")


@pages.page(f"{DRAFT}/discarding", "referrer/discard.html")
def discarding(here: Here, draft_id: UUID) -> Told:
    """Before a draft is thrown away."""
    return {"draft_id": open_draft(here, draft_id).draft_id}


@pages.sends(f"{DRAFT}/discarding", discarding, done=N_("Kladden er smidt ud, og intet af den er gemt."))
def discard(here: Here, form: Form, draft_id: UUID) -> Response:
    here.send(drafts.discard_draft, form, draft_id=draft_id)
    return here.to(start, done="discard")


def _typed(here: Here, draft: Draft) -> dict[str, Any]:
    """The family as it stands in the form."""
    today = here.desk.clock.today()
    body = family_body(draft, today)
    adults = [
        {**adult, "comes": adult["comes"] == "true", "households": [adult["household"]]} for adult in body["adults"]
    ]
    children = [{**child, "age": age_in_years(child["birth_month"], today)} for child in body["children"]]
    said = draft.said(MEMBERS)
    return {
        "adults": adults,
        "children": list(enumerate(children)),
        "language": said.get("language", "dansk"),
        "needs_translation": said.get("needs_translation") == "true",
    }


def _registered(here: Here, family_id: UUID) -> dict[str, Any]:
    """The family as the register has it."""
    known = here.ask(families.family, family_id=family_id)
    children = [pair for pair in enumerate(known["children"]) if not pair[1]["erased_on"]]
    return {**known, "adults": [one for one in known["adults"] if not one["erased_on"]], "children": children}
