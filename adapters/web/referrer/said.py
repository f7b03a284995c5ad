"""What a draft says as the API takes it, and whether it would be taken: each step is checked before the next is asked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from adapters.problems import InputInvalid
from adapters.referrer import families, lists, referrals
from adapters.web.here import Here
from adapters.web.referrer.draft import GROUNDS, MEMBERS, OFFER, Draft
from domain import grounds
from domain.errors import Invalid
from domain.family import OLDEST_TARGET_CHILD, UnknownHousehold, check_offer
from domain.lists import CRITERIA_VERSION
from domain.people import FamilyId, PersonId, TakesPartAs
from domain.text import age_in_years, month, optional_text

Body = dict[str, Any]
Judged = Mapping[str, str]
"""The judgement on a child by its place in the form; none where none is stated."""
_MONTH = re.compile(r"(?P<month>0?[1-9]|1[0-2])\s*[-/. ]?\s*(?P<year>(?:19|20)[0-9]{2})")


def family_body(draft: Draft, today: date) -> Body:
    """What registering the family takes. With one home nobody is asked who lives where; with two nothing is taken for granted."""
    two = draft.value("homes") == "2"
    said = draft.said(OFFER | MEMBERS)
    adults = [{"comes": "false", **adult, **({} if two else {"household": "1"})} for adult in draft.rows("adults")]
    children = [
        {
            **with_month(child),
            "households": several(child.get("households", [])) if two else ["1"],
            "takes_part_as": _takes_part_as(str(with_month(child).get("birth_month", "")), today),
        }
        for child in draft.rows("children")
    ]
    kept: Body = {name: said[name] for name in ("language", "needs_translation") if name in said}
    return {"offer": said.get("offer", {}), "adults": adults, "children": children, **kept}


def grounds_body(
    said: Mapping[str, Any], judged: Judged, children: Sequence[UUID], about: Mapping[str, Sequence[str]] | None = None
) -> Body:
    """The grounds as the API takes them. `about`: the members a criterion is about, if not the whole family."""
    criteria: list[Body] = []
    for code in several(said.get("criteria", [])):
        members = (about or {}).get(code, ())
        criteria += [{"code": code, "about": member} for member in members] or [{"code": code}]
    return {
        "criteria": criteria,
        "judgements": [
            {"child_id": str(child), "judgement": judged[str(place)]}
            for place, child in enumerate(children)
            if judged.get(str(place))
        ],
        "able_to_take_part": said.get("able_to_take_part", "false"),
        **{name: said[name] for name in ("remark", "municipal_case") if name in said},
    }


def referral_body(draft: Draft, family_id: UUID, children: Sequence[UUID]) -> Body:
    """What referring the family takes."""
    said = draft.said(GROUNDS)
    chosen: Body = {name: said[name] for name in ("channel", "profession") if name in said}
    stated = grounds_body(said, draft.numbered("judgements"), children)
    return {**stated, **chosen, "family_id": str(family_id), "draft_id": str(draft.draft_id)}


def check_asked(here: Here, draft: Draft) -> None:
    """Whether the family was told, and when. Raises InputInvalid, FamilyHasNotSaidYes, InTheFuture, TooLongAgo."""
    offer = draft.said(OFFER).get("offer", {})
    asked = here.meant(families.register_family, {"offer": offer, "adults": [], "children": []})
    check_offer(
        told_on=asked.told_on, said_yes=asked.said_yes, answered_on=asked.answered_on, today=here.desk.clock.today()
    )


def check_members(here: Here, draft: Draft) -> None:
    """Whether the family could be registered as it stands. Raises as RegisterFamily does, and InputInvalid.

    A home in which no adult lives is no page that does not exist: it is told at the child that is to live there.
    """
    try:
        here.rehearse(families.register_family, family_body(draft, here.desk.clock.today()))
    except UnknownHousehold as refusal:
        raise InputInvalid({f"/{refusal.field}": refusal.code}) from None


def check_grounds(here: Here, draft: Draft, children: Sequence[UUID]) -> None:
    """Whether the family could be referred so, also when it is not registered yet. Raises as ReferFamily does."""
    family_id = FamilyId(draft.family_id or draft.draft_id)
    meant = here.meant(referrals.refer, referral_body(draft, family_id, children))
    if meant.channel.value not in channels(here):
        raise InputInvalid({"/channel": "choice_unknown"})
    stated = meant.grounds
    members = [PersonId(child) for child in children]
    grounds.check(stated.about(family_id), family_id, CRITERIA_VERSION, members, frozenset(members))
    optional_text(stated.remark, "remark")


def channels(here: Here) -> list[str]:
    """The ways by which families are found today."""
    today = here.desk.clock.today().isoformat()
    found = here.ask(lists.organisation)["channels"]
    return [one["kind"] for one in found if one["since"] <= today and (one["until"] is None or today <= one["until"])]


def places_of(draft: Draft) -> list[UUID]:
    """Ids for the children of a family that is not registered yet, good for a check and nothing else."""
    return [uuid5(draft.draft_id, f"child {place}") for place in range(draft.count("children"))]


def with_month(child: Body) -> Body:
    """A child with its month of birth as the API reads it, if it was typed the way people do: 05-2024, 5/2024, 052024."""
    found = _MONTH.fullmatch(str(child.get("birth_month", "")))
    return {**child, "birth_month": f"{found['year']}-{int(found['month']):02}"} if found else child


def several(value: Any) -> list[Any]:
    """What a form says where it may say several things."""
    return value if isinstance(value, list) else [value] if value else []


def _takes_part_as(birth_month: str, today: date) -> str:
    """A child that is too old for the target group comes as a sibling (FAM-04)."""
    try:
        age = age_in_years(month(birth_month, "birth_month", today=today), today)
    except Invalid:
        age = 0
    return (TakesPartAs.SIBLING if age > OLDEST_TARGET_CHILD else TakesPartAs.CHILD).value
