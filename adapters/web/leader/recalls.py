"""After a family has taken something back: whom to tell, which sheets to collect, and that it was done."""

from __future__ import annotations

from uuid import UUID

from werkzeug.wrappers import Response

from adapters.leader import course as course_api
from adapters.leader import recalls as api
from adapters.web.forms import Form
from adapters.web.here import Here
from adapters.web.leader.door import pages
from adapters.web.pages import Told
from adapters.web.words import N_

_CONSENT = "/courses/<uuid:course_id>/recalls/<uuid:consent_id>"


@pages.page("/courses/<uuid:course_id>/recalls", "leader/recalls.html")
def recalls(here: Here, course_id: UUID) -> Told:
    own = here.ask(course_api.own_course, course_id=course_id)
    return {
        "own": own,
        "families": {family["family_id"]: family for family in own["families"]},
        "recalls": here.ask(api.recalls, course_id=course_id),
    }


@pages.sends(f"{_CONSENT}/readers/<uuid:reader>", recalls, done=N_("Det er noteret, at I har talt om det."))
def told(here: Here, form: Form, course_id: UUID, consent_id: UUID, reader: UUID) -> Response:
    here.send(api.tell_a_reader, form, consent_id=consent_id, reader=reader)
    return here.to(recalls, course_id=course_id, done="told")


@pages.sends(f"{_CONSENT}/sheets/<uuid:sheet>", recalls, done=N_("Det er noteret, hvad der skete med arket."))
def sheet_dealt_with(here: Here, form: Form, course_id: UUID, consent_id: UUID, sheet: UUID) -> Response:
    here.send(api.deal_with_a_sheet, form, consent_id=consent_id, sheet=sheet)
    return here.to(recalls, course_id=course_id, done="sheet_dealt_with")
