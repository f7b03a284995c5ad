"""What a referrer reads of the own unit's families, and a coordinator of the own municipality's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from application.desk import Asker, Desk
from application.families import NAME, TELEPHONE
from application.perform import RoleNotHeld
from application.reading.opening import Answers, Opening, must_stand
from application.streams import FAMILY
from application.views.municipality import CourseNotice, CustodyRow, Ground, ReferralRow, Step, TownFamily, TownMember
from application.views.organisation import Channel, Unit
from application.views.people import restrictions
from domain.compartments import CASE_FILE, MUNICIPAL_ADDRESS, MUNICIPAL_CONTACT, MUNICIPAL_TELEPHONE, Compartment
from domain.errors import Invalid
from domain.lists import CRITERIA
from domain.people import Role, TakesPartAs
from domain.referral import Stage
from domain.text import age_in_years
from gdpr.policy import Standing

_MEMBER: dict[str, Compartment] = {
    "given_name": MUNICIPAL_CONTACT, "family_name": MUNICIPAL_CONTACT, "caregiver": MUNICIPAL_CONTACT,
    "birth_month": MUNICIPAL_CONTACT, "day_care": MUNICIPAL_CONTACT, "telephone": MUNICIPAL_TELEPHONE,
    "address": MUNICIPAL_ADDRESS,
}  # fmt: skip


class TooVague(Invalid):
    """A search needs a name of at least two letters, or a telephone number."""

    code = "search_too_vague"


_FOUND_BY = (MUNICIPAL_CONTACT.name, MUNICIPAL_TELEPHONE.name)


def referrals(asker: Asker, desk: Desk, *, stage: Stage | None = None) -> list[Mapping[str, Any]]:
    """The referrals of the referrer's unit, or of the coordinator's municipality; states only, no personal value."""
    rows = desk.register.rows()
    if asker.role is Role.REFERRER:
        found = rows.where(ReferralRow, unit_id=asker.unit)
    elif asker.role is Role.COORDINATOR:
        found = rows.where(ReferralRow)
    else:
        raise RoleNotHeld("role")
    return [_state(row, desk) for row in found if stage is None or row.stage is stage]


def referral(asker: Asker, referral_id: UUID, desk: Desk) -> Mapping[str, Any]:
    """One referral with its grounds, its family and the way it went. Raises NotForThisReader."""
    rows = desk.register.rows()
    row = rows.get(ReferralRow, referral_id=referral_id)
    request = asker.asks(desk, "handle_referral")
    standing = standing_to_family(asker, desk, row.family_id if row is not None else None)
    subjects = (row.family_id,) if row is not None else ()
    must_stand(desk, request, CASE_FILE, standing, subjects=subjects, record=referral_id)
    assert row is not None
    opening = Opening(desk, request)
    for name in ("able_to_take_part", "remark", "municipal_case"):
        opening.ask(name, getattr(row, name), standing, record=referral_id)
    grounds = [g for g in rows.where(Ground, referral_id=referral_id) if g.edition in (0, row.edition)]
    for ground in grounds:
        for name in ("value", "factors", "degree"):
            opening.ask((ground.number, name), getattr(ground, name), standing, record=referral_id)
    members = rows.where(TownMember, family_id=row.family_id)
    family = rows.get(TownFamily, family_id=row.family_id)
    assert family is not None
    _ask_family(opening, family, members, asker, standing)
    answers = opening.open()
    return {
        **_state(row, desk),
        "remark": answers["remark"],
        "able_to_take_part": answers["able_to_take_part"],
        "municipal_case": answers["municipal_case"],
        **_grounds(grounds, answers, row.list_version),
        "family": _family(family, members, answers, desk),
        "steps": [
            {"stage": step.stage, "on": step.on, "role": step.role}
            for step in rows.where(Step, referral_id=referral_id)
        ],
    }


def family(asker: Asker, family_id: UUID, desk: Desk) -> Mapping[str, Any]:
    """One family as registered. Raises NotForThisReader."""
    rows = desk.register.rows()
    row = rows.get(TownFamily, family_id=family_id)
    request = asker.asks(desk, "handle_referral")
    standing = standing_to_family(asker, desk, family_id if row is not None else None)
    must_stand(desk, request, MUNICIPAL_CONTACT, standing, subjects=(family_id,))
    assert row is not None
    members = rows.where(TownMember, family_id=family_id)
    opening = Opening(desk, request)
    _ask_family(opening, row, members, asker, standing)
    custody = rows.where(CustodyRow, family_id=family_id)
    for line in custody:
        opening.ask((line.child_id, line.adult_id), line.custody, standing)
    answers = opening.open()
    return {
        **_family(row, members, answers, desk),
        "custody": [
            {
                "child_id": line.child_id,
                "adult_id": line.adult_id,
                "stated_on": line.stated_on,
                "custody": answers[line.child_id, line.adult_id],
            }
            for line in custody
        ],
    }


def search(
    asker: Asker, desk: Desk, *, name: str | None = None, telephone: str | None = None
) -> list[Mapping[str, Any]]:
    """Families of the own municipality by name or telephone; only for the coordinator, each search logged (VIS-10).

    Whoever's reading is restricted is not found: only storage survives (GDPR Art. 18(2)).
    """
    request = asker.asks(desk, "find_family")
    if asker.role is not Role.COORDINATOR:
        desk.gate.refuse(request, MUNICIPAL_CONTACT, f"{asker.role} never searches by name")
    if bool(name) == bool(telephone) or len((name or telephone or "").strip()) < 2:
        raise TooVague("name")
    found = desk.keys.find(NAME, name) if name else desk.keys.find(TELEPHONE, telephone or "")
    rows = desk.register.rows()
    stored_only = {subject for subject, compartment in restrictions(rows, found) if compartment in _FOUND_BY}
    findable = tuple(found - stored_only)
    hits = rows.where(TownMember, person_id=findable) if findable else []
    families = tuple(dict.fromkeys(member.family_id for member in hits))
    desk.gate.note(request, "search", MUNICIPAL_CONTACT, subjects=families, by="name" if name else "telephone")
    standing = Standing(own_municipality=True)
    opening = Opening(desk, request)
    members = {family_id: rows.where(TownMember, family_id=family_id) for family_id in families}
    for those in members.values():
        for member in those:
            for field in ("given_name", "family_name", "birth_month"):
                opening.ask((member.person_id, field), getattr(member, field), standing)
    answers = opening.open()
    return [
        {
            "family_id": family_id,
            "referrals": [_state(row, desk) for row in rows.where(ReferralRow, family_id=family_id)],
            **_members(those, answers, desk, contact=False),
        }
        for family_id, those in members.items()
    ]


def overview(asker: Asker, desk: Desk) -> Mapping[str, Any]:
    """Totals for the coordinator: referrals by stage and channel, waiting list, courses and lead times (REF-14, REF-21)."""
    if asker.role not in (Role.COORDINATOR, Role.MANAGEMENT):
        raise RoleNotHeld("role")
    rows = desk.register.rows()
    found = rows.where(ReferralRow)
    leads = [row.lead_days for row in found if row.lead_days is not None]
    return {
        "referrals": len(found),
        "by_stage": dict(Counter(row.stage.value for row in found)),
        "by_channel": dict(Counter(row.channel.value for row in found)),
        "waiting": sum(row.stage is Stage.WAITING for row in found),
        "lead_days": sorted(leads),
        "short_notice": sum(days < desk.limits.lead_time_days for days in leads),
        "courses": courses(asker, desk),
    }


def courses(asker: Asker, desk: Desk) -> list[Mapping[str, Any]]:
    """The courses Red Barnet has sent news of, with how many families are placed in each."""
    if asker.role not in (Role.COORDINATOR, Role.REFERRER, Role.MANAGEMENT):
        raise RoleNotHeld("role")
    rows = desk.register.rows()
    placed = Counter(row.course_id for row in rows.where(ReferralRow) if row.stage in (Stage.PLACED, Stage.HANDED_OVER))
    return [
        {
            "course_id": notice.course_id,
            "club": notice.club,
            "starts_on": notice.starts_on,
            "ends_on": notice.ends_on,
            "takes_in": notice.takes_in and (notice.starts_on > desk.clock.today() or notice.late_entry_agreed),
            "families": placed[notice.course_id],
        }
        for notice in rows.where(CourseNotice)
    ]


def organisation(asker: Asker, desk: Desk) -> Mapping[str, Any]:
    """Units and channels, for the form (REF-06)."""
    rows = desk.register.rows()
    return {
        "units": [
            {"unit_id": u.unit_id, "name": u.name, "kind": u.kind, "hosts": u.hosts, "since": u.since, "until": u.until}
            for u in rows.where(Unit)
        ],
        "channels": [{"kind": c.kind, "since": c.since, "until": c.until} for c in rows.where(Channel)],
    }


def standing_to_family(asker: Asker, desk: Desk, family_id: UUID | None) -> Standing:
    """How a municipal reader stands to one family; not at all when there is no such family."""
    if family_id is None:
        return Standing()
    rows = desk.register.rows()
    row = rows.get(TownFamily, family_id=family_id)
    handed_over = any(r.handed_over_on is not None for r in rows.where(ReferralRow, family_id=family_id))
    referred_by = {r.unit_id for r in rows.where(ReferralRow, family_id=family_id)}
    own_unit = row is not None and asker.unit is not None and asker.unit in (row.unit_id, *referred_by)
    return Standing(own_unit=own_unit, own_municipality=row is not None, not_handed_over=not handed_over)


def _ask_family(
    opening: Opening, family: TownFamily, members: Iterable[TownMember], asker: Asker, standing: Standing
) -> None:
    wanted = dict(_MEMBER)
    if asker.role is Role.COORDINATOR:
        wanted.pop("address")
        if not standing.not_handed_over:
            wanted.pop("telephone")
    for member in members:
        for name in wanted:
            opening.ask((member.person_id, name), getattr(member, name), standing)
    opening.ask("language", family.language, standing)
    opening.ask("needs_translation", family.needs_translation, standing)


def _family(family: TownFamily, members: list[TownMember], answers: Answers, desk: Desk) -> Mapping[str, Any]:
    return {
        "family_id": family.family_id,
        "version": _version(desk, family.family_id),
        "told_on": family.told_on,
        "said_yes_on": family.said_yes_on,
        "language": answers["language"],
        "needs_translation": answers["needs_translation"],
        **_members(members, answers, desk, contact=True),
    }


def _version(desk: Desk, family_id: UUID) -> int:
    loaded = desk.register.load(FAMILY, family_id)
    return loaded.version if loaded is not None else 0


def _members(members: Iterable[TownMember], answers: Answers, desk: Desk, *, contact: bool) -> Mapping[str, Any]:
    today = desk.clock.today()
    adults: list[Mapping[str, Any]] = []
    children: list[Mapping[str, Any]] = []
    for member in sorted(members, key=lambda m: m.number):
        month = answers.shown((member.person_id, "birth_month"))
        line: dict[str, Any] = {
            "person_id": member.person_id,
            "takes_part_as": member.takes_part_as,
            "households": list(member.household_ids),
            "erased_on": member.erased_on,
            "given_name": answers[member.person_id, "given_name"],
        }
        if member.takes_part_as is TakesPartAs.ADULT:
            line["family_name"] = answers[member.person_id, "family_name"]
            if contact:
                line |= {name: answers[member.person_id, name] for name in ("caregiver", "telephone", "address")}
                line["comes"] = member.comes
            adults.append(line)
        else:
            line["birth_month"] = answers[member.person_id, "birth_month"]
            line["age"] = age_in_years(month, today) if month else None
            if contact:
                line["day_care"] = answers[member.person_id, "day_care"]
            children.append(line)
    return {"adults": adults, "children": children}


def _grounds(grounds: Iterable[Ground], answers: Answers, list_version: str) -> Mapping[str, Any]:
    wording = {item.code: item for item in CRITERIA[list_version]}
    criteria, judgements, assessments = [], [], []
    for ground in grounds:
        value = answers[ground.number, "value"]
        if ground.kind == "criterion":
            item = wording.get(value) if isinstance(value, str) else None
            criteria.append(
                {
                    "code": value,
                    "danish": item.danish if item is not None else value,
                    "english": item.english if item is not None else value,
                    "about": ground.subject,
                }
            )
        elif ground.kind == "judgement":
            if value is not None:
                judgements.append({"child_id": ground.subject, "judgement": value})
        else:
            assessments.append(
                {
                    "kind": value,
                    "factors": answers[ground.number, "factors"],
                    "degree": answers[ground.number, "degree"],
                    "assessed_on": ground.stated_on,
                }
            )
    return {"criteria": criteria, "judgements": judgements, "assessments": assessments}


def _state(row: ReferralRow, desk: Desk) -> Mapping[str, Any]:
    lead = row.lead_days
    return {
        "referral_id": row.referral_id,
        "family_id": row.family_id,
        "unit_id": row.unit_id,
        "channel": row.channel,
        "profession": row.profession,
        "list_version": row.list_version,
        "registered_on": row.registered_on,
        "stage": row.stage,
        "course_id": row.course_id,
        "course_starts_on": row.course_starts_on,
        "handed_over_on": row.handed_over_on,
        "lead_days": lead,
        "lead_time_warning": lead is not None and lead < desk.limits.lead_time_days,
        "version": row.version,
    }
