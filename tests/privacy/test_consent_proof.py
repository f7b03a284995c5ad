"""What proves a consent stays through the time for a dispute, says who and how, and then goes; the procedure stays known."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from adapters import wordings
from application.consent_proof import EndConsentProof
from application.consents import Answer, ExpireConsent, RecordAnswer
from application.disclosing import keys_that_went
from application.reading import own, volunteer
from application.views.consents import ConsentRow, PastConsent
from domain.consent import State
from domain.errors import Refusal
from domain.lists import Purpose, Way
from gdpr.ports import ERASED
from tests.house import CLUB
from tests.living import ENDS_ON, SEPTEMBER_23, STEM, Life

INTERPRETER, SAID = f"{STEM}tolk", f"{STEM}ja det må I"


def asked_with_an_interpreter(life: Life) -> UUID:
    answered = life.does(
        "leader",
        RecordAnswer(
            course_id=life.ids["course"], family_id=life.ids["family"], person_id=life.ids["mother"],
            purpose=Purpose.BRIDGING_OFFER, answer=Answer.YES, way=Way.TELEPHONE, interpreter=INTERPRETER, said=SAID,
            wording_id=wordings.wording_id(Purpose.BRIDGING_OFFER), wording_version=1, language="da",
        ),
    )  # fmt: skip
    return UUID(answered["consent_id"])


def row_of(life: Life, consent_id: UUID) -> ConsentRow | None:
    return life.desk().register.rows().get(ConsentRow, consent_id=consent_id)


def opened(life: Life, row: ConsentRow) -> list[Any]:
    return life.house.realms[CLUB].vault.open([row.capacity, row.said, row.interpreter])  # type: ignore[list-item]


def test_the_proof_outlives_the_withdrawal_by_the_time_for_a_dispute_and_then_names_nobody(life: Life) -> None:
    consent_id = asked_with_an_interpreter(life)
    row = row_of(life, consent_id)
    assert row is not None and row.translated and row.state(ENDS_ON) is State.GIVEN
    assert opened(life, row) == ["self", SAID, INTERPRETER]
    end = EndConsentProof(consent_id=consent_id)
    with pytest.raises(Refusal, match="consent_in_force"):
        life.does("officer", end)

    life.clock.set(SEPTEMBER_23)
    life.withdraws(consent_id)
    assert opened(life, row) == ["self", SAID, INTERPRETER], "a withdrawal does not destroy its own proof"
    life.clock.set(SEPTEMBER_23 + timedelta(days=90))
    with pytest.raises(Refusal, match="consent_proof_needed"):
        life.does("officer", end)
    life.clock.set(SEPTEMBER_23 + timedelta(days=91))
    life.does("officer", end)
    life.does("officer", end)

    assert row_of(life, consent_id) is None
    assert opened(life, row) == [ERASED, ERASED, ERASED]
    past = life.desk().register.rows().get(PastConsent, consent_id=consent_id)
    assert past is not None
    told = (past.purpose, past.language, past.wording_hash, past.way, past.withdrawn)
    assert told == (Purpose.BRIDGING_OFFER, "da", row.wording_hash, Way.TELEPHONE, True)
    ids = {life.ids[name] for name in ("mother", "family", "course")}
    assert not ids & {getattr(past, name) for name in PastConsent.__slots__}  # type: ignore[attr-defined]
    assert consent_id not in {line["consent_id"] for line in own.own_consents(life.asker("mother"), life.desk())}
    gone = set(keys_that_went(life.desk().register.rows()))
    assert {consent_id, row.proof_id} <= gone, "so that a restored key database is brought up to date"


def test_a_refusal_ends_too_after_its_course_and_other_consents_are_untouched(life_on_files: Life) -> None:
    life = life_on_files
    hers = life.desk().register.rows().where(ConsentRow, person_id=life.ids["mother"])
    refusal = next(row for row in hers if row.answer is Answer.NO)
    with pytest.raises(Refusal, match="consent_proof_needed"):
        life.does("officer", EndConsentProof(consent_id=refusal.consent_id))
    life.clock.set(SEPTEMBER_23.replace(year=2027))
    life.does("officer", EndConsentProof(consent_id=refusal.consent_id))
    left = life.desk().register.rows().where(ConsentRow, person_id=life.ids["mother"])
    assert {row.consent_id for row in left} == {row.consent_id for row in hers} - {refusal.consent_id}


def test_a_consent_that_ran_out_has_expired_whether_or_not_somebody_has_noted_it(life_on_files: Life) -> None:
    life = life_on_files
    consent_id = life.ids["consent to presentation"]
    after = SEPTEMBER_23.replace(month=11, day=25)
    life.clock.set(after)
    row = row_of(life, consent_id)
    assert row is not None and row.state(after.date()) is State.EXPIRED
    assert volunteer.evening(life.asker("volunteer"), life.ids["course"], life.desk())["families"][0]["parts"] == []
    life.does("officer", ExpireConsent(consent_id=consent_id))
    row = row_of(life, consent_id)
    assert row is not None and (row.state(after.date()), row.withdrawn) == (State.EXPIRED, False)
