"""A release by two persons as those who ask and those who agree are both shown it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import fields

from adapters.fields import Id, Shown, choice
from gdpr.release import ReleaseState
from gdpr.release_facts import ReleaseGround


class ReleaseStands(Shown):
    """What a command on a release answers."""

    release_id = Id()
    state = fields.String()
    until = fields.String(allow_none=True)


class ReleaseShown(Shown):
    release_id = Id()
    request_id = Id()
    subject = Id()
    compartments = fields.List(fields.String())
    ground = choice(ReleaseGround)
    state = choice(ReleaseState)
    asked_by = Id()
    asked_at = fields.AwareDateTime(format="iso")
    decided_by = Id(allow_none=True)
    decided_at = fields.AwareDateTime(format="iso", allow_none=True)
    until = fields.AwareDateTime(format="iso", allow_none=True)
    used = fields.Integer()
    last_used_at = fields.AwareDateTime(format="iso", allow_none=True)


def release_shown(line: Mapping[str, Any]) -> Mapping[str, Any]:
    """The line with its choices as members of their lists."""
    return {**line, "ground": ReleaseGround(line["ground"]), "state": ReleaseState(line["state"])}
