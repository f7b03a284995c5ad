"""What a municipality holds about a member of a family and its children, the referral in plain words among it (REF-26)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from application.desk import Asker, Desk
from application.ports import Rows
from application.reading.opening import Answers, Opening
from application.reading.own_members import CHILD, EVERYTHING, STANDS, Scope, ask_members, family_of, lines, mine
from application.views.municipality import CustodyRow, Ground, ReferralRow, Step, TownFamily
from domain.lists import CRITERIA
from gdpr.ports import Absent


def own_town(asker: Asker, person: UUID, desk: Desk, scope: Scope = EVERYTHING) -> Mapping[str, Any]:
    """Members, custody and referrals, as far as they are the asker's own."""
    rows = desk.register.rows()
    family_id, members = family_of(rows, person, desk)
    if family_id is None:
        return {"realm": desk.realm, "members": [], "referrals": []}
    own = scope.of(mine(members, person))
    opening = scope.opening(asker, desk)
    ask_members(opening, own, person)
    family = rows.get(TownFamily, family_id=family_id)
    opening.ask("language", family.language if family is not None else None, CHILD)
    custody = [
        line
        for line in rows.where(CustodyRow, family_id=family_id)
        if line.adult_id == person and scope.about in (None, person, line.child_id)
    ]
    for line in custody:
        opening.ask((line.child_id, "custody"), line.custody, CHILD)
    referrals = rows.where(ReferralRow, family_id=family_id)
    own_ids = {family_id, *(m.person_id for m in own)}
    grounds = {
        row.referral_id: [g for g in rows.where(Ground, referral_id=row.referral_id) if g.subject in own_ids]
        for row in referrals
    }
    for row in referrals:
        _ask_referral(opening, row, grounds[row.referral_id], person)
    answers = opening.open()
    return {
        "realm": desk.realm,
        "language": answers["language"],
        "members": lines(own, answers),
        "custody": [{"child_id": line.child_id, "custody": answers[line.child_id, "custody"]} for line in custody],
        "referrals": [_referral(row, grounds[row.referral_id], rows, answers) for row in referrals],
    }


def _ask_referral(opening: Opening, row: ReferralRow, grounds: list[Ground], person: UUID) -> None:
    record = row.referral_id
    for name in ("remark", "municipal_case"):
        opening.ask((record, name), getattr(row, name), CHILD, record=record)
    for ground in grounds:
        stands = STANDS if ground.subject == person else CHILD
        for name in ("value", "factors", "degree"):
            opening.ask((record, ground.number, name), getattr(ground, name), stands, record=record)


def _referral(row: ReferralRow, grounds: list[Ground], rows: Rows, answers: Answers) -> Mapping[str, Any]:
    def said(ground: Ground, name: str = "value") -> Any:
        return answers[row.referral_id, ground.number, name]

    by_kind: dict[str, list[Ground]] = {"criterion": [], "judgement": [], "assessment": []}
    for ground in grounds:
        by_kind[ground.kind].append(ground)
    return {
        "referral_id": row.referral_id,
        "registered_on": row.registered_on,
        "stage": row.stage,
        "profession": row.profession,
        "channel": row.channel,
        "remark": answers[row.referral_id, "remark"],
        "municipal_case": answers[row.referral_id, "municipal_case"],
        "criteria": [_as_ticked(row, said(ground)) for ground in by_kind["criterion"]],
        "judgements": [said(ground) for ground in by_kind["judgement"] if said(ground) is not None],
        "assessments": [
            {"kind": said(ground), "factors": said(ground, "factors"), "degree": said(ground, "degree")}
            for ground in by_kind["assessment"]
        ],
        "steps": [{"stage": step.stage, "on": step.on} for step in rows.where(Step, referral_id=row.referral_id)],
    }


def _as_ticked(row: ReferralRow, code: Any) -> Any:
    """The criterion in the wording it was ticked in (REF-26)."""
    wording = {item.code: item.danish for item in CRITERIA[row.list_version]}
    return code if isinstance(code, Absent) else wording.get(code, code)
