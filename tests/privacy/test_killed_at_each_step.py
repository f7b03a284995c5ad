"""Killed before and after each step of an erasure, in a rotation or a correction: the next process goes on from there."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from typing import Any
from uuid import UUID

from adapters.wiring import House, build, rotate_keys
from application.correcting import CorrectAdult, CorrectChild
from application.desk import Desk
from application.families import ChangeContact
from application.reading import municipality
from application.rights import RIGHTS_CASE
from domain.facts import Sealed
from domain.lists import DayCare
from domain.people import Caregiver
from gdpr.ports import ERASED
from gdpr.rights import Step, next_step
from tests.house import CLUB, TOWN, digests, rebuilt, settings_of
from tests.living import BIRTH_MONTHS, GIVEN_NAMES, RIGHT_NAME, SURNAMES, TELEPHONES, Life

STEPS = (
    ("fence", "before", Step.FENCE),
    ("fence", "after", Step.FENCE),  # the transaction it joined was not committed
    ("destroy", "before", Step.DESTROY),
    ("destroy", "after", Step.DESTROY),
    ("append", "before", Step.ENTER_IN_LEDGER),
    ("append", "after", Step.ENTER_IN_LEDGER),
    ("purge", "before", Step.PURGE),
    ("purge", "after", Step.PURGE),
    ("resume_duties", "before", Step.NOTHING),
)
"""What the process was about to do, or had just done, when it was killed; and where the case then waits."""


def killed(work: Callable[[], object]) -> int:
    """Do it in a process of its own; the number of the signal that ended it, 0 if it came to its end."""
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException:  # whatever it is, the parent sees it by the status
            os._exit(99)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert not os.WIFEXITED(status) or os.WEXITSTATUS(status) == 0, "it failed instead of being killed"
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0


def die(*_: Any, **__: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def deadly(of: Any, name: str, when: str) -> None:
    """Let the process be killed right before or right after this is done."""
    done = getattr(of, name)

    def doing(*given: Any, **named: Any) -> Any:
        if when == "before":
            die()
        answer = done(*given, **named)
        die()
        return answer

    setattr(of, name, doing)


def reached(desk: Desk, name: str) -> Any:
    erasing: Any = desk.erasing
    return {"destroy": erasing.vault, "append": erasing.ledger}.get(name, erasing)


def about(house: House, person: UUID) -> list[Sealed]:
    facts = [recorded.fact for _, recorded in house.realms[CLUB].register.events_after(0, 100_000)]
    values = [getattr(happened, name) for happened in facts for name in happened.MARKS.personal]
    return [value for value in values if isinstance(value, Sealed) and value.subject == person]


def test_an_erasure_killed_at_each_step_goes_on_and_is_carried_out_once(life: Life) -> None:
    request_id = life.asks_to_be_erased("mother")
    values, clock, settings = about(life.house, life.ids["mother"]), life.clock, settings_of(life.house)
    life.house.close()

    def carry_out(name: str, when: str) -> None:
        again = Life(build(settings, clock=clock), ids=life.ids)
        deadly(reached(again.desk(), name), name, when)
        again.carry_out(request_id)

    for name, when, waits_for in STEPS:
        assert killed(lambda name=name, when=when: carry_out(name, when)) == signal.SIGKILL, (name, when)  # type: ignore[misc]
        house = build(settings, clock=clock)
        case = house.realms[CLUB].register.load(RIGHTS_CASE, request_id)
        assert case is not None and next_step(case.state) is waits_for, (name, when)
        house.close()

    house = build(settings, clock=clock)
    try:
        again = Life(house, ids=life.ids)
        receipt = again.carry_out(request_id)
        assert again.carry_out(request_id) == receipt
        realm = house.realms[CLUB]
        assert [entry.case_id for entry in realm.ledger.entries_after(0)] == [request_id]
        assert realm.register.ledger_head() == realm.vault.ledger_head() == realm.ledger.head()
        kept_in_the_case = {"rights"}
        answers = realm.vault.open([value for value in values if value.compartment not in kept_in_the_case])
        assert answers and set(answers) == {ERASED}
        before = digests(house)
        assert rebuilt(house) == before
    finally:
        house.close()


def test_a_rotation_killed_at_each_change_is_finished_by_the_next_and_makes_the_erasure_final(life: Life) -> None:
    before = life.is_erased("mother")
    assert before["final"]["on"] is None
    values, clock, settings = about(life.house, life.ids["father"]), life.clock, settings_of(life.house)
    assert values
    life.house.close()

    def rotate(name: str, at: int) -> None:
        realm = build(settings, clock=clock).realms[CLUB]
        left, done = [at], getattr(realm.provider, name)

        def doing(*given: Any) -> Any:
            left[0] -= 1
            if left[0] < 0:
                die()
            return done(*given)

        setattr(realm.provider, name, doing)
        rotate_keys(realm, keep=1, progress=lambda done, of: None)

    for name, at in (("create_epoch", 3), ("rewrap", 1), ("rewrap", 2), ("destroy_epoch", 0), ("destroy_epoch", 4)):
        assert killed(lambda name=name, at=at: rotate(name, at)) == signal.SIGKILL, (name, at)  # type: ignore[misc]

    house = build(settings, clock=clock)
    try:
        realm = house.realms[CLUB]
        rotated = rotate_keys(realm, keep=1, progress=lambda done, of: None)
        assert rotated.final == 1
        after = Life(house, ids=life.ids).carry_out(UUID(before["case_id"]))
        assert after["final"] == {"on": clock.today().isoformat(), "when_destroyed": []}
        assert all(len(realm.provider.epochs(name)) == 1 for name in rotated.destroyed)
        assert ERASED not in realm.vault.open(values)
        assert rotate_keys(realm, keep=1, progress=lambda done, of: None).final == 0
    finally:
        house.close()


def test_a_correction_killed_before_the_old_name_has_left_the_index_is_finished_by_the_next(life: Life) -> None:
    settings, clock, old, new = settings_of(life.house), life.clock, GIVEN_NAMES["mother"], RIGHT_NAME
    correction = CorrectAdult(
        family_id=life.ids["family"], person_id=life.ids["mother"], given_name=new, family_name=SURNAMES["mother"],
        caregiver=Caregiver.MOTHER,
    )  # fmt: skip
    life.house.close()

    def correct(name: str, when: str) -> None:
        again = Life(build(settings, clock=clock), ids=life.ids)
        deadly(again.house.realms[TOWN].vault, name, when)
        again.does("referrer", correction, TOWN)

    def found_by(house: House, *names: str) -> list[bool]:
        asker, desk = Life(house, ids=life.ids).asker("town's coordinator"), house.desk(TOWN)
        return [bool(municipality.search(asker, desk, name=name)) for name in names]

    assert killed(lambda: correct("mark_words", "after")) == signal.SIGKILL
    house = build(settings, clock=clock)
    house.tend()
    assert found_by(house, old, f"{old} {SURNAMES['mother']}") == [True, True], "nothing was saved"
    house.close()

    assert killed(lambda: correct("forget_words", "before")) == signal.SIGKILL
    house = build(settings, clock=clock)
    try:
        assert found_by(house, new) == [True]
        house.tend()
        assert found_by(house, new, f"{new} {SURNAMES['mother']}", SURNAMES["mother"]) == [True, True, True]
        assert found_by(house, old, f"{old} {SURNAMES['mother']}") == [False, False]
        assert house.realms[TOWN].register.resume_duties() == 0
    finally:
        house.close()


def test_a_name_or_number_said_anew_is_found_at_once_and_the_old_one_is_not(life: Life) -> None:
    family = {"family_id": life.ids["family"]}
    child = CorrectChild(
        **family, person_id=life.ids["girl"], given_name=RIGHT_NAME, birth_month=BIRTH_MONTHS["girl"],
        day_care=DayCare.CHILDMINDER,
    )  # fmt: skip
    contact = {**family, "person_id": life.ids["father"], "address": None}

    def found(**by: str) -> bool:
        return bool(municipality.search(life.asker("town's coordinator"), life.desk(TOWN), **by))

    life.does("referrer", child, TOWN)
    assert (found(name=RIGHT_NAME), found(name=GIVEN_NAMES["girl"])) == (True, False)
    life.does("referrer", ChangeContact(**contact, telephone=TELEPHONES["new"]), TOWN)
    assert (found(telephone=TELEPHONES["new"]), found(telephone=TELEPHONES["father"])) == (True, False)
    life.does("referrer", ChangeContact(**contact, telephone=None), TOWN)
    assert not found(telephone=TELEPHONES["new"])
    assert found(name=GIVEN_NAMES["father"]), "a number is not a name"
