"""A code binds one login to one person, once: not another's login, not too late, not for whoever is erased, not across realms."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from application import rights
from application.courses import CancelBooking
from application.desk import Asker
from application.erasing import carry_out
from application.invitations import InviteAdult, InviteProfessional, InviteStaff, InviteVolunteer, invite
from application.organisations import AssignRole, EndRole, Enrol
from application.reading import groups
from application.taking_invitations import LoginIsAnothers, Taken, take
from application.views.invitations import InvitationRow
from application.views.people import RoleHeld
from domain.errors import Refusal
from domain.invitation import InvitationNotValid, Invitee
from domain.people import Role
from gdpr.rights_facts import Right
from tests.club_at_work import (
    CLUB,
    COORDINATOR,
    LEADER,
    MIDWIFE,
    MOTHER,
    OFFICER,
    SECRETARY,
    STARTED,
    TOWN,
    VOLUNTEER,
    ClubAtWork,
    a_club_at_work,
)
from tests.house import digests, rebuilt
from tests.living import VOLUNTEER as AT_LIVING
from tests.living import Life

HERS, ANOTHERS = b"the digest of her login", b"the digest of another"
ADMINISTRATOR = UUID(int=0xB000)


@pytest.fixture
def club(tmp_path: Path) -> Iterator[ClubAtWork]:
    club = a_club_at_work(tmp_path)
    yield club
    club.house.close()


def invited(
    club: ClubAtWork, inviter: UUID, role: Role, command: Callable[..., Any], realm: str = CLUB, **of: Any
) -> str:
    """The code."""
    asker = Asker(inviter, role, uuid4(), municipality=TOWN if role is Role.COORDINATOR else None)
    code: str = invite(lambda digest: command(code_digest=digest, **of), asker, club.desk(realm))["code"]
    return code


def adult(club: ClubAtWork, who: str = "mother") -> str:
    return invited(
        club, LEADER, Role.LEADER, InviteAdult, course_id=club.ids["course"], person_id=club.ids[who]
    )  # fmt: skip


def link(club: ClubAtWork) -> str:
    said = {"course_id": club.ids["course"], "booking_id": club.ids["booking"]}
    return invited(club, COORDINATOR, Role.COORDINATOR, InviteProfessional, **said)


def taken(club: ClubAtWork, code: str, hand: bytes = HERS, **how: Any) -> Taken:
    return take(code, hand, [club.desk(realm) for realm in club.house.realms], **how)


def is_no(club: ClubAtWork, code: str, hand: bytes = HERS, **how: Any) -> None:
    """One and the same answer, whatever the reason."""
    with pytest.raises(InvitationNotValid) as refused:
        taken(club, code, hand, **how)
    assert (refused.value.field, refused.value.facts) == ("code", {})


def roles(club: ClubAtWork, **which: Any) -> list[RoleHeld]:
    return club.desk().register.rows().where(RoleHeld, **which)


def without_access(club: ClubAtWork) -> None:
    """As a family comes: nobody has given the mother a role, in either realm."""
    for realm, giver, role in ((CLUB, SECRETARY, Role.SECRETARIAT), (TOWN, ADMINISTRATOR, Role.ADMINISTRATOR)):
        for row in club.desk(realm).register.rows().where(RoleHeld, actor=MOTHER):
            club.clock.set(club.clock.now())
            command = EndRole(actor=MOTHER, assignment_id=row.assignment_id, last_day=STARTED)
            club.does(giver, role, command, realm)


def test_a_parent_gets_the_own_record_with_the_code_and_another_login_does_not(club: ClubAtWork) -> None:
    without_access(club)
    code = adult(club)
    got = taken(club, code.lower())
    assert (got.realm, got.invited_as, got.booking_id) == (CLUB, Invitee.ADULT, None)
    assert got.actor != MOTHER, "an actor of its own, for nobody has access for this person"
    (role,) = roles(club, actor=got.actor)
    assert (role.role, role.person_id, role.until) == (Role.FAMILY, club.ids["mother"], None)
    is_no(club, code, ANOTHERS)


def test_after_a_crash_the_same_login_types_the_code_again_and_gets_the_same_and_no_more(club: ClubAtWork) -> None:
    without_access(club)
    code = adult(club)
    first = taken(club, code)
    assert taken(club, code) == first
    assert taken(club, code, known=first.actor) == first
    assert len(roles(club, actor=first.actor)) == 1
    club.clock.set(club.clock.now() + timedelta(days=15))
    is_no(club, code)


def test_whoever_has_access_already_keeps_the_actor_it_is(club: ClubAtWork) -> None:
    for row in club.desk(TOWN).register.rows().where(RoleHeld, actor=MOTHER):
        command = EndRole(actor=MOTHER, assignment_id=row.assignment_id, last_day=STARTED)
        club.does(ADMINISTRATOR, Role.ADMINISTRATOR, command, TOWN)
    assert taken(club, adult(club)).actor == MOTHER
    assert len(roles(club, actor=MOTHER)) == 1


def test_a_login_that_is_somebody_elses_takes_nothing_and_the_code_is_still_good(club: ClubAtWork) -> None:
    without_access(club)
    code = adult(club)
    with pytest.raises(LoginIsAnothers):
        taken(club, code, known=LEADER)
    is_no(club, "0000-0000-0000-0000", known=LEADER)
    assert taken(club, code, HERS).invited_as is Invitee.ADULT


@pytest.mark.parametrize("typed", ["", "not a code", "0000-0000-0000-0000", "é" * 500])
def test_a_wrong_code_opens_nothing(club: ClubAtWork, typed: str) -> None:
    adult(club)
    is_no(club, typed)


def test_a_newer_code_closes_the_older_and_each_is_over_in_its_time(club: ClubAtWork) -> None:
    without_access(club)
    older, newer = adult(club), adult(club)
    is_no(club, older)
    club.clock.set(club.clock.now() + timedelta(days=15))
    is_no(club, newer)


def test_no_code_brings_back_whoever_was_erased(club: ClubAtWork) -> None:
    without_access(club)
    waiting, used = adult(club), adult(club, "father")
    # The father's own access is kept out of the way: his code was taken with a login of his own.
    for realm, giver, role in ((CLUB, SECRETARY, Role.SECRETARIAT), (TOWN, ADMINISTRATOR, Role.ADMINISTRATOR)):
        for row in club.desk(realm).register.rows().where(RoleHeld, person_id=club.ids["father"]):
            club.does(giver, role, EndRole(actor=row.actor, assignment_id=row.assignment_id, last_day=STARTED), realm)
    taken(club, used)
    for who in ("mother", "father"):
        erase(club, club.ids[who])
    row = next(r for r in invitations(club) if r.person_id == club.ids["mother"])
    assert row.revoked_on == club.clock.today()
    is_no(club, waiting)
    is_no(club, used)
    with pytest.raises(Refusal):
        adult(club)


def test_a_volunteer_whose_name_has_ended_is_not_let_in(club: ClubAtWork) -> None:
    code = invited(club, SECRETARY, Role.SECRETARIAT, InviteVolunteer, actor=VOLUNTEER)
    got = taken(club, code)
    assert (got.actor, got.invited_as) == (VOLUNTEER, Invitee.VOLUNTEER)
    assert len(roles(club, actor=VOLUNTEER)) == 1, "a code gives nobody a role whom the office gave none"
    club.desk().erasing.purge((VOLUNTEER,), ("volunteer_file",))  # as when the time after leaving is over
    is_no(club, code)


def test_no_realm_lets_anybody_into_anothers_records(club: ClubAtWork) -> None:
    """A coordinator is the municipality's: it invites, also where Red Barnet gave the role; and never the other way round."""
    for realm in (CLUB, TOWN):
        enrol = Enrol(actor=COORDINATOR, given_name="Kim", family_name="Koch")
        club.does(ADMINISTRATOR, Role.ADMINISTRATOR, enrol, realm)
    in_town = invited(club, ADMINISTRATOR, Role.ADMINISTRATOR, InviteStaff, TOWN, actor=COORDINATOR)
    assert taken(club, in_town).actor == COORDINATOR

    enrol = Enrol(actor=OFFICER, given_name="Ove", family_name="Olsen")
    club.does(ADMINISTRATOR, Role.ADMINISTRATOR, enrol)
    at_the_club = invited(club, ADMINISTRATOR, Role.ADMINISTRATOR, InviteStaff, actor=OFFICER)
    is_no(club, at_the_club)  # she is the municipality's officer too

    both = adult(club)  # the mother's actor also sees what the municipality holds
    is_no(club, both)


def test_a_link_lets_a_professional_see_the_own_briefing_to_the_end_of_the_day(club: ClubAtWork) -> None:
    end_professionals_role(club)
    code, button = link(club), uuid4().bytes
    is_no(club, code)  # a link is no code to be typed, and a code no link: behind that stands a login
    is_no(club, adult(club), button, by_link=True)
    got = taken(club, code, button, by_link=True)
    assert (got.actor, got.booking_id) == (MIDWIFE, club.ids["booking"])
    role = next(row for row in roles(club, actor=MIDWIFE) if row.covers(club.clock.today()))
    assert (role.role, role.until) == (Role.PROFESSIONAL, club.clock.today())
    asker = Asker(MIDWIFE, Role.PROFESSIONAL, uuid4())
    assert groups.briefing(asker, club.ids["booking"], club.desk())["group"]["families"] == 1

    assert taken(club, code, button, by_link=True) == got, "the button was pressed twice"
    is_no(club, code, uuid4().bytes, by_link=True)
    club.clock.set(club.clock.now() + timedelta(minutes=11))
    is_no(club, code, button, by_link=True)


def test_who_got_a_role_from_others_meanwhile_is_not_let_in_by_an_old_code(club: ClubAtWork) -> None:
    code = invited(club, SECRETARY, Role.SECRETARIAT, InviteVolunteer, actor=VOLUNTEER)
    club.does(SECRETARY, Role.SECRETARIAT, AssignRole(actor=VOLUNTEER, role=Role.OFFICER, since=STARTED))
    is_no(club, code)


def test_a_link_to_a_visit_that_was_called_off_opens_nothing(club: ClubAtWork) -> None:
    code = link(club)
    off = CancelBooking(course_id=club.ids["course"], booking_id=club.ids["booking"])
    club.does(COORDINATOR, Role.COORDINATOR, off, municipality=TOWN)
    is_no(club, code, by_link=True)


def test_no_code_is_kept_anywhere(club: ClubAtWork, tmp_path: Path) -> None:
    without_access(club)
    codes = [adult(club), link(club)]
    taken(club, codes[0])
    club.house.close()
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"invitation.issued" in written
    for code in codes:
        assert code.encode() not in written
        assert code.replace("-", "").encode() not in written
    assert HERS not in written


def test_of_many_logins_that_type_one_code_at_once_one_gets_it(life: Life) -> None:
    """On either database; and the view built again from the events says who that was and no more."""
    made = invite(
        lambda digest: InviteVolunteer(actor=AT_LIVING, code_digest=digest), life.asker("branch"), life.desk()
    )
    hands, start = [bytes([number]) * 32 for number in range(4)], threading.Barrier(4)
    got: dict[bytes, bool] = {}

    def types(hand: bytes) -> None:
        start.wait()
        try:
            got[hand] = take(made["code"], hand, [life.desk()]).actor == AT_LIVING
        except InvitationNotValid:
            got[hand] = False

    threads = [threading.Thread(target=types, args=(hand,)) for hand in hands]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got.values()) == [False, False, False, True]
    before = digests(life.house)
    assert rebuilt(life.house) == before


def invitations(club: ClubAtWork) -> list[InvitationRow]:
    return club.desk().register.rows().where(InvitationRow)


def end_professionals_role(club: ClubAtWork) -> None:
    (row,) = roles(club, actor=MIDWIFE)
    club.does(
        SECRETARY, Role.SECRETARIAT, EndRole(actor=MIDWIFE, assignment_id=row.assignment_id, last_day=STARTED)
    )  # fmt: skip


def erase(club: ClubAtWork, subject: UUID) -> None:
    made = club.does(
        OFFICER, Role.OFFICER, rights.ReceiveRequest(subject=subject, asked_by=subject, right=Right.ERASURE)
    )  # fmt: skip
    request_id = UUID(made["request_id"])
    club.does(OFFICER, Role.OFFICER, rights.CheckIdentity(request_id=request_id, how="Mødt op"))
    carry_out(Asker(OFFICER, Role.OFFICER, uuid4()), request_id, club.desk())
