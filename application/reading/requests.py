"""The requests of a realm for its officer, and the asker's own for a member of a family: how far each is, no contents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from application import recipients
from application.desk import Asker, Desk
from application.holds import respected
from application.perform import RoleNotHeld
from application.rights import RIGHTS_CASE, NoSuchRequest, evolved, household_of, receipt_shown
from application.views.rights import CorrectionRow, RequestRow
from domain.compartments import BY_NAME, RIGHTS
from domain.people import Role
from gdpr import answers, erasure, receipts
from gdpr.rights import RightsCase, Step, next_step
from gdpr.rights_facts import Right


def requests(asker: Asker, desk: Desk) -> list[Mapping[str, Any]]:
    """The realm's requests for its officer; the asker's own for a member of a family. Dates and decisions, no contents."""
    return [_line(row, desk) for row in _rows(asker, desk)]


def request(asker: Asker, request_id: UUID, desk: Desk) -> Mapping[str, Any]:
    """One request with what was decided, what would go now, and who is to be told. Raises NoSuchRequest."""
    row, case = own_case(asker, request_id, desk)
    held = desk.erasing.held(case.subject)
    planned = evolved(case, respected(case, {case.subject, *household_of(desk, case)}, desk))
    chosen = erasure.plan(planned, held, on=desk.clock.today())
    return {
        **_line(row, desk),
        "would_go": list(chosen.destroy) if case.right is Right.ERASURE else [],
        "stays": [
            {
                "compartment": kept.compartment,
                "purpose": BY_NAME[kept.compartment].purpose,
                "ground": kept.ground,
                "legal_basis": kept.legal_basis,
                "until": kept.until,
            }
            for kept in chosen.keep
        ],
        "corrections": [_correction(each) for each in desk.register.rows().where(CorrectionRow, request_id=request_id)],
        "recipients": _recipients(asker, case, desk),
        "restricted": sorted({name for _, name in case.restricted}),
        "collected": [
            {"on": each.on, "form": each.form, "sha256": each.sha256} for each in case.answering.collected
        ],
        "final_on": case.final.on if case.final is not None else None,
    }  # fmt: skip


def receipt(asker: Asker, request_id: UUID, desk: Desk) -> Mapping[str, Any]:
    """The receipt of a completed erasure, as it was issued; once it is final, with the day. Raises NoSuchRequest."""
    _, case = own_case(asker, request_id, desk)
    if case.completed is None or case.right is not Right.ERASURE:
        raise NoSuchRequest("request_id")
    return receipt_shown(receipts.issue(case, realm=desk.realm, completed_on=case.completed.on, sign=desk.erasing.sign))


def answer_check(asker: Asker, request_id: UUID, sha256: str, desk: Desk) -> Mapping[str, Any]:
    """When an answer with this SHA-256 (hexadecimal) was handed out in this case. Raises NotOurAnswer, NoSuchRequest."""
    _, case = own_case(asker, request_id, desk)
    found = answers.collected_as(case, sha256)
    return {"on": found.on, "form": found.form, "sha256": found.sha256}


def own_case(asker: Asker, request_id: UUID, desk: Desk) -> tuple[RequestRow, RightsCase]:
    """A request the asker may look at, with its case. Raises NoSuchRequest, RoleNotHeld."""
    row = next((row for row in _rows(asker, desk) if row.request_id == request_id), None)
    loaded = desk.register.load(RIGHTS_CASE, request_id)
    if row is None or loaded is None:
        raise NoSuchRequest("request_id")
    return row, loaded.state


def _rows(asker: Asker, desk: Desk) -> list[RequestRow]:
    rows = desk.register.rows()
    if asker.role is Role.OFFICER:
        desk.gate.note(asker.asks(desk, "rights"), "officer", RIGHTS)
        return rows.where(RequestRow)
    if asker.role is Role.FAMILY and asker.person_id is not None:
        return rows.where(RequestRow, asked_by=asker.person_id)
    raise RoleNotHeld("role")


def _line(row: RequestRow, desk: Desk) -> Mapping[str, Any]:
    return {
        "request_id": row.request_id,
        "right": row.right,
        "subject": row.subject,
        "asked_by": row.asked_by,
        "received_on": row.received_on,
        "due_on": row.due_on,
        "extended_because": row.extended_because,
        "extension_told_on": row.extension_told_on,
        "identity_checked_on": row.identity_checked_on,
        "decided": list(row.decided),
        "withheld": list(row.withheld),
        "names_of_staff": row.names_of_staff,
        "against": list(row.against),
        "compelling": row.compelling,
        "refused": row.refused,
        "answered_on": row.answered_on,
        "collected_on": row.collected_on,
        "completed_on": row.completed_on,
        "waits_for": _waits_for(row, desk),
        "overdue": row.completed_on is None and row.refused is None and row.due_on < desk.clock.today(),
        "version": row.version,
    }


def _waits_for(row: RequestRow, desk: Desk) -> Step:
    """What the case waits for; only of a case that may wait for something its facts are read."""
    if row.refused is not None or (row.completed_on is not None and (row.answered_on is None or row.collected_on)):
        return Step.NOTHING
    loaded = desk.register.load(RIGHTS_CASE, row.request_id)
    return next_step(loaded.state) if loaded is not None else Step.NOTHING


def _correction(row: CorrectionRow) -> Mapping[str, Any]:
    return {
        "number": row.number,
        "compartment": row.compartment,
        "field": row.field,
        "record": row.record,
        "state": row.state,
        "refused": row.refused,
        "decided_on": row.decided_on,
        "made_on": row.made_on,
    }


def _recipients(asker: Asker, case: RightsCase, desk: Desk) -> list[Mapping[str, Any]]:
    """Whom to tell. The family is told of people by their role; the officer has their pseudonyms (Art. 19, RIG-12)."""
    officer = asker.role is Role.OFFICER
    return [
        {
            "kind": each.kind,
            "recipient": each.recipient if officer or each.role is None else None,
            "role": each.role,
            "last_on": each.last_on,
            "told_on": each.told_on,
        }
        for each in recipients.of_case(desk, case, household_of(desk, case))
    ]
