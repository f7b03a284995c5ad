"""A course ends, days pass, and what was kept for it goes by itself; whoever comes back begins anew."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from application import courses, holds, referrals, retention
from application.desk import Asker
from application.keepings import keepings, proofs
from application.perform import RoleNotHeld
from application.reading import own
from application.reading import requests as cases
from application.reading import retention as reading
from application.views.club import Headcount
from application.views.consents import ConsentRow, PastConsent
from application.views.evening import EveningMember
from application.views.municipality import ReferralRow
from application.views.rows import ROWS
from domain.compartments import BY_NAME, CONSENT_PROOF
from domain.facts import Sealed
from domain.lists import PartKind, Season
from domain.people import Role
from gdpr.ports import ERASED, LedgerKind
from gdpr.retention_facts import HoldGround
from gdpr.retention_run import FORMAT
from gdpr.signed import is_whole
from infrastructure.rows import sealed_values
from infrastructure.signing import verify
from tests.house import CLUB, TOWN, another_process, digests, rebuilt
from tests.living import ENDS_ON, GIVEN_NAMES, LEADER, SAID, STEM, Grounds, Life
from tests.privacy.asking import everything

NOTES_GO, CONTACT_GOES = ENDS_ON + timedelta(days=14), date(2027, 2, 24)
FOR_THE_COURSE = ("roster", "ages", "contact", "language", "club_telephone", "attendance")
SPRING, SPRING_ENDS = date(2027, 4, 6), date(2027, 6, 22)


def comes(life: Life, day: date) -> None:
    """A day begins, and the house is tended as it is every day."""
    life.clock.set(datetime.combine(day, time(9), UTC))
    life.house.tend()


def values(life: Life, realm: str = CLUB) -> dict[str, list[Sealed]]:
    """Every sealed value in the rows, by compartment."""
    found: dict[str, list[Sealed]] = {}
    opened = life.house.realms[realm]
    kinds = [kind for view in opened.views for kind in view.ROWS]
    with opened.database.read() as connection:
        for _, _, value in sealed_values(connection, kinds):
            found.setdefault(value.compartment, []).append(value)
    return found


def opened(life: Life, sealed: list[Sealed], realm: str = CLUB) -> set[Any]:
    return set(life.house.realms[realm].vault.open(sealed))


def about(sealed: list[Sealed], *subjects: UUID) -> list[Sealed]:
    return [value for value in sealed if value.subject in subjects]


def next_season(life: Life) -> UUID:
    planned = life.does(
        "coordinator",
        courses.PlanCourse(
            club_id=life.ids["club"], starts_on=SPRING, ends_on=SPRING_ENDS, starts_at=time(17), season=Season.SPRING
        ),
    )
    life.ids["course"] = UUID(planned["course_id"])
    leads = courses.JoinTeam(
        course_id=life.ids["course"], actor=LEADER, role=Role.LEADER, since=life.clock.today()
    )  # fmt: skip
    life.does("secretary", leads)
    life.house.deliver()
    return life.ids["course"]


def test_a_course_ends_and_what_was_kept_for_it_goes_by_itself_and_the_family_comes_again(life: Life) -> None:
    before, headcounts = values(life), life.desk().register.rows().where(Headcount)
    family, ours = life.ids["family"], ("mother", "father", "girl", "boy", "brother")

    # The note goes fourteen days after the last evening, and nothing else with it.
    comes(life, NOTES_GO - timedelta(days=1))
    assert values(life)["note"] == before["note"]
    comes(life, NOTES_GO)
    assert "note" not in values(life)
    assert opened(life, before["note"]) == {ERASED}
    assert ERASED not in opened(life, before["attendance"] + before["roster"])

    # Family B has a place in spring before the rest is due; what is known of it stays as long as that course keeps it.
    next_season(life)
    life.place_and_hand_over(life.refer("family B", "child of B", Grounds(criteria=("lacking_network",))))
    comes(life, CONTACT_GOES - timedelta(days=1))
    assert opened(life, about(before["roster"], *(life.ids[who] for who in ours))) == {GIVEN_NAMES[who] for who in ours}
    comes(life, CONTACT_GOES)
    staying = {life.ids["mother of B"], life.ids["child of B"]}
    assert {value.subject for value in values(life)["roster"]} == staying
    assert "attendance" not in values(life)
    gone = [
        v for name in ("roster", "ages", "contact", "club_telephone") for v in before[name] if v.subject not in staying
    ]
    assert opened(life, gone + before["attendance"]) == {ERASED}

    # Totals stay, and how to reach the mother, whose consent to that has its own end (RIG-07, REU-02).
    assert life.desk().register.rows().where(Headcount) == headcounts
    assert opened(life, values(life)["follow_up"]) >= {GIVEN_NAMES["mother"]}
    assert rebuilt(life.house) == digests(life.house)

    # She comes back: the hand-over fills in the names anew, under new keys; the old values are erased for good.
    life.place_and_hand_over(life.refer("family", "girl", Grounds()))
    anew = about(values(life)["roster"], *(life.ids[who] for who in ours))
    assert opened(life, anew) == {GIVEN_NAMES[who] for who in ours}
    assert opened(life, about(before["roster"], *(life.ids[who] for who in ours))) == {ERASED}
    assert {value.token[1:17] for value in anew}.isdisjoint({value.token[1:17] for value in before["roster"]})
    life.ring()
    life.write("of spring", PartKind.WISHES, ("mother", None, SAID["wishes"]))
    assert opened(life, values(life)["note"]) >= {SAID["wishes"]}
    assert rebuilt(life.house) == digests(life.house)
    with another_process(life.house) as other:
        assert set(other.realms[CLUB].vault.open(anew)) == {GIVEN_NAMES[who] for who in ours}
    assert family in {value.subject for value in values(life)["note"]}

    # And goes again, a season later.
    comes(life, SPRING_ENDS + timedelta(days=14))
    assert "note" not in values(life)
    assert opened(life, anew) == {GIVEN_NAMES[who] for who in ours}
    comes(life, date(2027, 9, 22))
    assert opened(life, anew) == {ERASED}
    left = {"staff_file", "volunteer_file", "breach", "follow_up", "consent_proof", "carried_note"}
    assert values(life).keys() <= left
    nothing_personal_is_told(life)


def nothing_personal_is_told(life: Life) -> None:
    """Receipts that hold, one for each run; the ledger says that retention ended; and no made-up word stands anywhere."""
    desk, officer = life.desk(), life.asker("officer")
    report = reading.report(officer, desk)
    told: list[Any] = [report, reading.preview(officer, desk), reading.clocks(officer, desk)]
    runs = report["runs"]
    assert len(runs) >= 4
    public_key = life.house.realms[CLUB].provider.verify_key()
    for run in runs:
        receipt = reading.run_receipt(officer, run["run_id"], desk)
        assert receipt["digest"] == run["receipt_hash"]
        document = receipt["document"].encode()
        assert is_whole(document, form=FORMAT, public_key=public_key, verify_signature=verify)
        altered = document.replace(b'"views":', b'"views":1')
        assert not is_whole(altered, form=FORMAT, public_key=public_key, verify_signature=verify)
        assert sum(each["subjects"] for each in receipt["receipt"]["ended"]) > 0
        told.append(receipt)
    assert STEM not in json.dumps(told, default=str)
    entries = life.house.realms[CLUB].ledger.entries_after(0)
    assert {entry.kind for entry in entries} == {LedgerKind.RETENTION}
    assert {entry.case_id for entry in entries} == {run["run_id"] for run in runs}


def test_consents_proofs_go_after_the_time_for_a_dispute_and_leave_only_which_words_were_used(
    life_on_files: Life,
) -> None:
    life = life_on_files
    rows = life.desk().register.rows()
    asked = len(rows.where(ConsentRow))
    comes(life, ENDS_ON + timedelta(days=1))
    ended = {row.consent_id: row.ended_on for row in rows.where(ConsentRow) if row.ended_on is not None}
    assert ended

    comes(life, date(2027, 3, 31))
    assert {row.consent_id for row in rows.where(PastConsent)} >= ended.keys()
    assert len(rows.where(ConsentRow)) + len(rows.where(PastConsent)) == asked
    assert life.ids["consent to contact"] in {row.consent_id for row in rows.where(ConsentRow)}


def test_the_town_forgets_who_never_came_after_thirty_days_and_keeps_the_cases_of_the_others(
    life_on_files: Life,
) -> None:
    life = life_on_files
    declined = referrals.DeclineReferral(referral_id=life.ids["referral D"])
    never_came = {life.ids[who] for who in ("family D", "mother of D", "child of D")}
    life.does("town's coordinator", declined, TOWN)
    decided_on, before = life.clock.today(), values(life, TOWN)
    assert life.desk(TOWN).keys.find("name", GIVEN_NAMES["mother of D"]) == {life.ids["mother of D"]}

    comes(life, decided_on + timedelta(days=29))
    assert values(life, TOWN) == before
    comes(life, decided_on + timedelta(days=30))
    left = values(life, TOWN)
    assert never_came.isdisjoint({value.subject for name in left for value in left[name]})
    assert opened(life, about(before["municipal_contact"] + before["case_file"], *never_came), TOWN) == {ERASED}
    assert life.desk(TOWN).keys.find("name", GIVEN_NAMES["mother of D"]) == set()
    assert life.desk(TOWN).keys.find("name", GIVEN_NAMES["mother"]) == {life.ids["mother"]}

    # What is left is that there was one: dates, channel and stage.
    row = life.desk(TOWN).register.rows().get(ReferralRow, referral_id=life.ids["referral D"])
    assert row is not None
    assert (row.stage.value, row.remark, row.able_to_take_part, row.municipal_case) == ("declined", None, None, None)
    nobody_stumbles(life, "town's coordinator", "referrer")
    comes(life, date(2031, 11, 23))
    assert about(values(life, TOWN)["municipal_contact"], life.ids["mother"])
    comes(life, date(2031, 11, 24))
    assert "municipal_contact" not in values(life, TOWN)
    assert "case_file" not in values(life, TOWN)
    assert rebuilt(life.house) == digests(life.house)


COPIES = {EveningMember}
"""Kinds of rows whose every value stands in another row too, under the same key, and goes with it."""


def nobody_stumbles(life: Life, *people: str) -> None:
    """Every question is answered or refused also where values have gone, and a place that is empty is shown as empty."""
    for who in people:
        assert everything(life, who)


class Asked:
    """The rows of a realm, and which kinds of them somebody looked at."""

    def __init__(self, rows: Any) -> None:
        self._rows, self.kinds = rows, set[type[Any]]()

    def where(self, kind: type[Any], /, **equal: Any) -> list[Any]:
        self.kinds.add(kind)
        found: list[Any] = self._rows.where(kind, **equal)
        return found


def test_no_view_holds_values_that_no_clock_looks_at(life_on_files: Life) -> None:
    """A new row with sealed columns turns this red until a clock runs for it."""
    for realm in (CLUB, TOWN):
        asked: Any = Asked(life_on_files.desk(realm).register.rows())
        list(keepings(asked, life_on_files.desk(realm).kind))
        list(proofs(asked, life_on_files.desk(realm).kind))
        for kind in (kind for view in life_on_files.house.realms[realm].views for kind in view.ROWS):
            clocked = [c for c in ROWS[kind].sealed.values() if not c.per_consent or c is CONSENT_PROOF]
            assert kind in asked.kinds or kind in COPIES or not clocked, kind


def test_every_value_in_a_row_has_a_clock_that_runs_for_it_or_goes_with_its_consent(life_on_files: Life) -> None:
    life = life_on_files
    life.asks_to_be_erased("mother")
    life.asks_to_be_erased("mother", TOWN)
    for realm in (CLUB, TOWN):
        rows, kind = life.desk(realm).register.rows(), life.desk(realm).kind
        running = [*keepings(rows, kind), *proofs(rows, kind)]
        clocked = {(each.subject, each.compartment) for each in running}
        held = {(value.subject, name) for name, found in values(life, realm).items() for value in found}
        by_consent = {(who, name) for who, name in held if BY_NAME[name].per_consent and name != "consent_proof"}
        assert held - clocked == by_consent
        assert all(each.clock in life.desk(realm).clocks for each in running)
        assert all(
            each.compartment in {c.name for c in life.desk(realm).clocks[each.clock].compartments} for each in running
        )


def test_a_hold_keeps_what_it_names_from_retention_and_erasure_and_from_nobodys_eyes(life_on_files: Life) -> None:
    life = life_on_files
    before, mother, family = values(life), life.ids["mother"], life.ids["family"]
    wanted = holds.PlaceHold(
        subject=mother, compartments=("note", "contact"), ground=HoldGround.LEGAL_CLAIM, reason=f"{STEM}sag for retten",
        review_on=date(2027, 1, 15),
    )  # fmt: skip
    hold_id = UUID(life.does("officer", wanted)["hold_id"])
    [shown] = own.own_data(life.asker("mother"), life.desk())["holds"]
    assert (shown["compartments"], shown["ground"], shown["review_on"]) == (
        ["contact", "note"],
        HoldGround.LEGAL_CLAIM,
        date(2027, 1, 15),
    )
    assert reading.hold(life.asker("officer"), hold_id, life.desk())["reason"] == f"{STEM}sag for retten"

    # Retention passes it by, and says so.
    comes(life, NOTES_GO)
    assert {value.subject for value in values(life)["note"]} == {mother}
    assert ERASED not in opened(life, about(before["note"], mother))
    told = reading.report(life.asker("officer"), life.desk())
    assert {(line["subject"], line["compartment"]) for line in told["kept_back"]} == {(mother, "note")}
    assert [(line["hold_id"], line["overdue"]) for line in told["holds"]] == [(hold_id, False)]
    assert STEM not in json.dumps(told, default=str)

    # An erasure that meets it keeps these two and gives the ground; all else goes.
    request = life.asks_to_be_erased("mother")
    stays = {line["compartment"]: line for line in cases.request(life.asker("officer"), request, life.desk())["stays"]}
    assert stays["note"]["ground"].value == "GDPR Art. 17(3)(e)"
    receipt = life.carry_out(request)
    assert {line["compartment"]: line["until"] for line in receipt["kept"] if line["compartment"] != "rights"} == {
        "contact": "2027-01-15", "note": "2027-01-15",
    }  # fmt: skip
    assert opened(life, about(before["roster"], mother)) == {ERASED}
    assert ERASED not in opened(life, about(before["note"] + before["contact"], mother))

    # A review that was missed is reported, and the hold still holds; lifted, what is due goes.
    comes(life, date(2027, 1, 16))
    assert [line["overdue"] for line in reading.report(life.asker("officer"), life.desk())["holds"]] == [True]
    assert ERASED not in opened(life, about(before["note"] + before["contact"], mother))
    life.does("officer", holds.ProlongHold(hold_id=hold_id, review_on=date(2027, 5, 1)))
    life.does("officer", holds.LiftHold(hold_id=hold_id))
    comes(life, date(2027, 1, 17))
    assert opened(life, about(before["note"] + before["contact"], mother)) == {ERASED}
    assert family in {value.subject for value in values(life)["attendance"]}
    comes(life, date(2027, 5, 1))
    nobody_stumbles(life, "leader", "father")
    assert "rights" not in values(life)  # three months after the request and the hold are over
    assert rebuilt(life.house) == digests(life.house)


class Crashed(Exception):
    """The process is gone."""


class CrashingAt:
    """A register whose process dies before or after it saves a step of a run."""

    def __init__(self, register: Any, step: int, *, saved: bool) -> None:
        self._register, self._left, self._saved = register, step, saved

    def __getattr__(self, name: str) -> Any:
        return getattr(self._register, name)

    def save(self, context: Any, changes: Any, **more: Any) -> None:
        self._left -= 1
        if self._left == 0 and not self._saved:
            raise Crashed
        self._register.save(context, changes, **more)
        if self._left == 0:
            raise Crashed


@pytest.mark.parametrize("noted", [True, False], ids=["once it is noted", "before it is noted"])
def test_a_run_that_dies_at_every_step_is_finished_in_the_end_and_entered_once(
    life_on_files: Life, noted: bool
) -> None:
    """Begun, destroyed, entered, emptied, completed: each process takes one step, begins the next, and dies."""
    life, before = life_on_files, values(life_on_files)
    life.clock.set(datetime.combine(CONTACT_GOES, time(9), UTC))
    deaths = 0
    for _ in range(8):
        with another_process(life.house) as other:
            desk = replace(other.desk(CLUB), register=CrashingAt(other.desk(CLUB).register, 2, saved=noted))
            try:
                retention.run(Asker(retention.BY_ITSELF, Role.OFFICER, uuid4()), desk)
            except Crashed:
                deaths += 1
    assert deaths >= 3

    went = [value for name in ("note", *FOR_THE_COURSE) for value in before[name]]
    assert opened(life, went) == {ERASED}
    [run] = reading.report(life.asker("officer"), life.desk())["runs"]
    assert run["completed_on"] == CONTACT_GOES
    assert run["keys"] == len({value.token[1:17] for value in went})
    [entry] = life.house.realms[CLUB].ledger.entries_after(0)
    assert (entry.case_id, len(entry.key_ids)) == (run["run_id"], run["keys"])
    assert life.house.realms[CLUB].register.endings() == []
    assert rebuilt(life.house) == digests(life.house)


def test_nobody_but_the_officer_is_told_or_lets_go(life_on_files: Life) -> None:
    life = life_on_files
    for who in ("leader", "secretary", "administrator", "mother"):
        for ask in (reading.preview, reading.report, reading.clocks, retention.run):
            with pytest.raises(RoleNotHeld):
                ask(life.asker(who), life.desk())
