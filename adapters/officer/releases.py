"""Releases by two persons at the officer's desk: asked for, agreed to by another officer, taken back (VIS-09)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from adapters.audience import Answer
from adapters.endpoints import Said
from adapters.fields import Sent, choice, several, words
from adapters.letters.answer import access_letter
from adapters.letters.said import Language
from adapters.officer.door import officer
from adapters.releases import ReleaseShown, ReleaseStands, release_shown
from application import releases as use_cases
from application.desk import Asker, Desk
from application.releases import ApproveRelease, AskRelease, DeclineRelease, WithdrawRelease
from gdpr.release_facts import ReleaseGround

RELEASE = "/requests/<uuid:request_id>/release"


class ReleaseWanted(Sent):
    """Without `compartments`, those that the answer needs as it is decided now."""

    compartments = several(words(), allow_none=True)
    ground = choice(ReleaseGround, required=True)


@officer.does("POST", RELEASE, AskRelease, ReleaseStands(), body=ReleaseWanted(), status=201)
def ask_release(said: Said) -> AskRelease:
    """Ask a second person to let this answer be printed, in these compartments; nothing is opened by asking."""
    names = said.pop("compartments", None)
    return AskRelease(**said, compartments=tuple(names) if names is not None else None)


@officer.does("POST", f"{RELEASE}/approval", ApproveRelease, ReleaseStands())
def approve_release(said: Said) -> ApproveRelease:
    """Agree, as another officer than the one who asked; it holds for a short while."""
    return ApproveRelease(**said)


@officer.does("POST", f"{RELEASE}/refusal", DeclineRelease, ReleaseStands())
def decline_release(said: Said) -> DeclineRelease:
    """Do not agree."""
    return DeclineRelease(**said)


@officer.does("POST", f"{RELEASE}/withdrawal", WithdrawRelease, ReleaseStands())
def withdraw_release(said: Said) -> WithdrawRelease:
    """Take it back; nothing is opened under it any more."""
    return WithdrawRelease(**said)


@officer.asks("/releases", ReleaseShown(many=True))
def releases(asker: Asker, desk: Desk, said: Said) -> Answer:
    """Every release that was asked for, and where each stands."""
    return [release_shown(line) for line in use_cases.releases(asker, desk)]


class PaperIn(Sent):
    language = choice(Language, metadata={"description": "of the page; left out, Danish"})


@officer.prints("/requests/<uuid:request_id>/answer.pdf", query=PaperIn())
def printed_answer(asker: Asker, desk: Desk, said: Said) -> bytes:
    """The person's answer on paper, under a release by two persons; each printing is in the log and in the case."""

    def printed(answer: Mapping[str, Any]) -> bytes:
        return desk.documents.pdf(access_letter(answer, desk.controller, language=said.get("language")))

    return use_cases.printed_under(asker, said["request_id"], desk, printed)
