"""What happens between the realms and beside the commands: letters are taken in, consents reach their last day."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid5

from application.consents import ExpireConsent
from application.desk import Asker, Desk
from application.handovers import COURSE_NEWS, HANDOVER, ReceiveHandover, ReceiveNews
from application.perform import perform
from application.ports import Context, Outcome
from application.views.consents import ConsentRow
from domain.compartments import RealmKind
from domain.consent import Answer
from domain.people import Role
from gdpr.ports import SubjectErased
from infrastructure.journal import Letter

BETWEEN_REALMS = UUID("5f0a6c0e-0000-4000-8000-000000000001")
"""The pseudonym under which news of courses arrive and consents reach their last day; no person does that."""


def taker_in(desk: Desk) -> Callable[[Letter], None]:
    """How a realm takes in a letter: by its use case, in the name of whoever sent it."""

    def take_in(letter: Letter) -> None:
        content = json.loads(letter.body)
        actor = UUID(content["handed_over_by"]) if letter.kind == HANDOVER else BETWEEN_REALMS
        asker = Asker(actor, Role.COORDINATOR, letter.received.message_id)
        command: Any
        if letter.kind == HANDOVER:
            command = ReceiveHandover(from_realm=letter.received.from_realm, body=letter.body)
        elif letter.kind == COURSE_NEWS:
            command = ReceiveNews(body=letter.body)
        else:
            raise LookupError(f"nobody takes in a letter of the kind {letter.kind}")
        try:
            perform(command, asker, desk, command_id=letter.received.message_id, received=letter.received)
        except SubjectErased:
            # Who was erased meanwhile, or a course that is over, asks for nothing any more: noted as taken in.
            now = desk.clock.now()
            context = Context(actor, Role.COORDINATOR, None, letter.received.message_id, now, now)
            outcome = Outcome("NothingToTakeIn", actor, {})
            desk.register.save(context, [], outcome=outcome, received=letter.received)

    return take_in


@contextmanager
def each_in_its_turn() -> Iterator[Callable[[Callable[[], Any]], Any]]:
    """Try one thing after another, whatever becomes of those before; raise the first failure at the end."""
    failures: list[Exception] = []

    def attempt(step: Callable[[], Any]) -> Any:
        try:
            return step()
        except Exception as error:
            failures.append(error)
            return None

    yield attempt
    if failures:
        raise failures[0]


def let_consents_expire(desk: Desk) -> None:
    """End the consents whose last day has passed, so that their keys go (INT-09)."""
    if desk.kind is not RealmKind.RED_BARNET:
        return
    today = desk.clock.today()
    for row in desk.register.rows().where(ConsentRow, answer=Answer.YES, ended_on=None):
        if row.until is not None and row.until < today:
            command_id = uuid5(row.consent_id, "expiry")
            asker = Asker(BETWEEN_REALMS, Role.OFFICER, command_id)
            perform(ExpireConsent(consent_id=row.consent_id), asker, desk, command_id=command_id)
