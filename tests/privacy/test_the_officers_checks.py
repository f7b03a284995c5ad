"""The officer's regular work on a lived story: the log's questions page by page, random checks, alarms, and days of the past."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from click.testing import CliRunner

from adapters.cli import cli
from adapters.officer.checks import DrawnAgain, DrawReport
from application import checks, courses
from application.checks import AnnounceDraw, CloseDraw, HandleAlarm, MakeDraw, NoSuchAlarm, NoSuchDraw, RecordFinding
from application.known_relations import Relations, sifted_by
from application.reading import checks as looks
from application.reading import groups, leader, own, own_log, reconstruction, volunteer
from application.reading import log_questions as questions
from application.reading.reconstruction import Seen
from application.watch import watch
from domain.compartments import SHARED_NOTE
from domain.danish_time import day_of
from domain.errors import Refusal
from domain.people import Role
from gdpr.checks import EntryNotDrawn, PeriodBackwards, PeriodNotOver, commitment_of, drawn_from, seed_of
from gdpr.checks_facts import Finding
from gdpr.ports import Entry
from tests.house import CLUB, TOWN, another_process, digests, rebuilt
from tests.living import (
    FIRST_EVENING,
    LEADER,
    OTHER_VOLUNTEER,
    SEPTEMBER_23,
    STARTS_ON,
    STEM,
    STRANGER,
    VOLUNTEER,
    Life,
)
from tests.privacy.asking import everything

OCTOBER_1 = datetime(2026, 10, 1, 9, tzinfo=UTC)
CHRISTMAS = datetime(2026, 12, 20, 3, tzinfo=UTC)
THE_PUBLIC_PART = ("drawn_on", "population", "left", "seed", "nonce", "checkpoint")


def asks(life: Life, question: Callable[..., Any], realm: str = CLUB, who: str = "officer", **said: Any) -> Any:
    return question(life.asker(who), life.desk(realm), **said)


def an_evening(life: Life, who: str = "volunteer") -> None:
    volunteer.evening(life.asker(who), life.ids["course"], life.desk())


def alarms_of(life: Life) -> list[tuple[str, UUID | None]]:
    return [(entry.rule, entry.actor) for entry in life.desk().log.find(action="alarm")]


# The log's questions


def test_the_questions_are_answered_page_by_page_and_each_is_in_the_log(life: Life) -> None:
    an_evening(life)
    for _ in range(2):
        with pytest.raises(Refusal):
            leader.note(life.asker("coordinator"), life.ids["course"], life.ids["family"], life.desk())
    life.clock.set(CHRISTMAS)
    leader.course(life.asker("leader"), life.ids["course"], life.desk())
    everybody = asks(life, questions.readings, actor=VOLUNTEER, limit=1_000)["lines"]
    assert len(everybody) > 3
    assert _all_pages(life, questions.readings, actor=VOLUNTEER, limit=2) == everybody
    refused = _all_pages(life, questions.refusals, limit=1)
    assert refused and {line["action"] for line in refused} == {"refused"}
    assert asks(life, questions.refusals)["by_actor"][0]["requests"] == 2
    late = _all_pages(life, questions.outside_the_course, limit=3)
    assert {(line["actor"], line["at"].date()) for line in late} == {(LEADER, CHRISTMAS.date())}
    only = asks(life, questions.readings, compartment="shared_note", role=Role.VOLUNTEER)["lines"]
    assert only and {(line["compartment"], line["role"]) for line in only} == {("shared_note", "volunteer")}
    numbers = asks(life, questions.unusual_numbers, limit=2)
    assert [line["subjects"] for line in numbers["lines"]] == sorted(
        (line["subjects"] for line in numbers["lines"]), reverse=True
    )
    assert asks(life, questions.unusual_numbers, offset=1)["lines"][0] == numbers["lines"][1]
    with pytest.raises(PeriodBackwards):
        asks(life, questions.readings, since=CHRISTMAS, until=FIRST_EVENING)
    month = asks(life, looks.checks, month="2026-12")
    assert month["outside_the_course_entries"] == len(late)
    assert asks(life, looks.checks, month="2026-09")["refusals"] == len(refused)


def _all_pages(life: Life, question: Callable[..., Any], **said: Any) -> list[Mapping[str, Any]]:
    lines: list[Mapping[str, Any]] = []
    after: int | None = 0
    while after is not None:
        page = asks(life, question, after=after, until=life.clock.now() + timedelta(hours=1), **said)
        lines, after = lines + page["lines"], page["next_after"]
    return [line for line in lines if line["action"] != "officer"]


def test_a_reading_without_a_consent_in_force_that_day_is_found_whatever_the_entry_says(life: Life) -> None:
    an_evening(life)
    leader.note(life.asker("leader"), life.ids["course"], life.ids["family"], life.desk())
    leader.part(life.asker("co-leader"), life.ids["presentation"], life.desk())
    assert asks(life, questions.without_consent)["lines"] == []
    lived = [e for e in life.desk().log.find(action="read", allowed=True) if e.compartment == SHARED_NOTE.name]
    life.clock.set(SEPTEMBER_23)
    life.withdraws(life.ids["consent to presentation"])
    life.withdraws(life.ids["consent to practical"])
    life.clock.set(OCTOBER_1)
    # As if a guard had failed: what the register would never have written.
    late = replace(lived[0], at=OCTOBER_1)
    life.desk().log.write([late, replace(late, consents=()), replace(late, role="leader", compartment="note")])
    found = asks(life, questions.without_consent)["lines"]
    assert [line["reason"] for line in found] == ["consent_not_in_force", "no_consent_named", "consent_not_in_force"]
    first = asks(life, questions.without_consent, limit=1)
    assert asks(life, questions.without_consent, after=first["next_after"])["lines"] == found[1:]
    assert len(asks(life, looks.checks, month="2026-10")["without_consent"]) == 3


# Random checks


def test_a_random_check_from_its_announcement_to_its_report(life: Life) -> None:
    announced = life.does("officer", AnnounceDraw(since=date(2026, 8, 20), until=date(2026, 9, 1)))
    draw_id, desk = UUID(announced["draw_id"]), life.desk()
    (noted,) = [e for e in desk.log.find(action="officer") if draw_id in e.records]
    assert noted.details["commitment"] == announced["commitment"], "in the public half, and so under a signature"
    an_evening(life)
    leader.course(life.asker("leader"), life.ids["course"], desk)
    with pytest.raises(PeriodNotOver):
        life.does("officer", MakeDraw(draw_id=draw_id))
    assert all(not asks(life, looks.draw, draw_id=draw_id)[name] for name in THE_PUBLIC_PART)
    life.clock.set(SEPTEMBER_23)
    life.does("officer", MakeDraw(draw_id=draw_id))
    report = asks(life, looks.draw, draw_id=draw_id)
    assert commitment_of(report["nonce"]) == report["commitment"] == announced["commitment"]
    assert seed_of(report["nonce"], report["checkpoint"]) == report["seed"]
    assert {entry["rule"] for entry in report["sifted"]} >= {"helps_around_an_evening"}
    again = asks(life, looks.draw_again, draw_id=draw_id)
    assert (again["sifting_is_the_same"], again["drawn_is_the_same"]) == (True, True)
    listed = [(one["seq"], one["sifted_by"] or "") for one in again["sifting"]]
    offline = drawn_from(report["seed"], listed, least=report["least"], per_mille=report["per_mille"])
    assert [(one["seq"], one["sifted_by"] or "") for one in report["drawn"]] == offline

    drawn = [one["seq"] for one in report["drawn"]]
    with pytest.raises(EntryNotDrawn):
        life.does("officer", RecordFinding(draw_id=draw_id, seq=max(drawn) + 10_000, finding=Finding.EXPLAINED))
    for seq in drawn[1:]:
        life.does("officer", RecordFinding(draw_id=draw_id, seq=seq, finding=Finding.EXPLAINED))
    words = f"{STEM}: slog sin nabo op"
    life.does("officer", RecordFinding(draw_id=draw_id, seq=drawn[0], finding=Finding.MISUSE, words=words))
    life.does("officer", CloseDraw(draw_id=draw_id))
    report = asks(life, looks.draw, draw_id=draw_id)
    assert (report["findings"], report["open"]) == ({"explained": len(drawn) - 1, "misuse": 1}, 0)
    assert report["drawn"][0]["words"] == words
    assert report["closed_on"] == SEPTEMBER_23.date()
    with pytest.raises(NoSuchDraw):
        asks(life, looks.draw, draw_id=life.ids["course"])
    assert digests(life.house) == rebuilt(life.house)


def test_the_same_is_drawn_again_from_what_the_officer_kept_and_an_altered_report_is_found(
    life_on_files: Life, tmp_path: Path
) -> None:
    life = life_on_files
    announced = life.does("officer", AnnounceDraw())
    an_evening(life)
    life.clock.set(SEPTEMBER_23)
    draw_id = UUID(announced["draw_id"])
    life.does("officer", MakeDraw(draw_id=draw_id))
    report = DrawReport().dump(asks(life, looks.draw, draw_id=draw_id))
    sifting = DrawnAgain().dump(asks(life, looks.draw_again, draw_id=draw_id))

    def redrawn(told: Any, listed: Any) -> Any:
        for name, content in (("report", told), ("sifting", listed)):
            (tmp_path / name).write_text(json.dumps(content), "utf-8")
        return CliRunner().invoke(cli, ["audit", "redraw", str(tmp_path / "report"), str(tmp_path / "sifting")])

    assert (redrawn(report, sifting).exit_code, "The same" in redrawn(report, sifting).output) == (0, True)
    picked = redrawn(report | {"drawn": report["drawn"][1:]}, sifting)
    assert (picked.exit_code, picked.output) == (1, "Other entries are drawn than the report says.\n")
    tried_again = redrawn(report | {"nonce": "00" * 32}, sifting)
    assert "The nonce is not the one that was announced." in tried_again.output
    spared = redrawn(report, sifting | {"sifting": sifting["sifting"][1:]})
    assert "The list is not the one that was drawn from." in spared.output
    assert redrawn({}, []).exit_code == 1 and "not the report" in redrawn({}, []).output


def test_known_relations_explain_work_and_neither_searches_nor_acquaintances(life: Life) -> None:
    an_evening(life)
    groups.briefing(life.asker("professional"), life.ids["booking"], life.desk())
    life.does("volunteer", courses.StateAcquaintance(course_id=life.ids["course"], family_id=life.ids["family B"]))
    known = Relations(life.desk())
    read = life.desk().log.find(action="read", allowed=True)
    evening = next(e for e in read if (e.actor, e.subject) == (VOLUNTEER, life.ids["mother"]))
    acquainted = next(e for e in read if (e.actor, e.subject) == (VOLUNTEER, life.ids["mother of B"]))
    visit = next(e for e in read if e.role == "professional")
    assert sifted_by(evening, known) == "helps_around_an_evening"
    assert sifted_by(acquainted, known) == ""
    assert sifted_by(replace(evening, at=evening.at + timedelta(days=3)), known) == "", "no evening was near"
    assert sifted_by(visit, known) == "visits_around_an_evening"
    assert sifted_by(replace(evening, role="leader", actor=LEADER), known) != ""
    assert sifted_by(replace(evening, role="leader", actor=LEADER, at=CHRISTMAS), known) == ""
    assert sifted_by(replace(evening, actor=STRANGER), known) == ""
    town = Relations(life.desk(TOWN))
    step = life.desk(TOWN).log.find(action="disclose")[0]
    assert sifted_by(step, town) == "coordinates_an_open_referral"
    assert sifted_by(replace(step, at=step.at + timedelta(days=90)), town) == ""
    assert sifted_by(replace(step, action="search"), town) == ""


# Alarms


def test_each_alarm_is_in_the_log_once_whoever_watches_and_however_often(life: Life) -> None:
    ids, desk, realm = life.ids, life.desk(), life.house.realms[CLUB]
    while realm.watch():
        pass
    before = alarms_of(life)
    life.does("other volunteer", courses.StateAcquaintance(course_id=ids["course"], family_id=ids["family"]))
    an_evening(life, "other volunteer")
    for _ in range(4):
        with pytest.raises(Refusal):
            leader.part(life.asker("volunteer"), ids["challenges"], desk)
    life.clock.set(CHRISTMAS)
    leader.course(life.asker("leader"), ids["course"], desk)
    for family in ("family", "family B", "family C"):
        leader.note(life.asker("leader"), ids["course"], ids[family], desk)
    expected = {
        ("own_acquaintance", OTHER_VOLUNTEER), ("repeated_refusals", VOLUNTEER), ("outside_the_course", LEADER),
    }  # fmt: skip
    position = realm.register.recorder.max_tracking_id("watch") or 0
    with another_process(life.house) as other:
        while other.realms[CLUB].watch():
            pass
    assert realm.watch() == 0, "another process was there first"
    raised = alarms_of(life)[len(before) :]
    assert sorted(raised) == sorted(expected)
    watch(desk, position)  # as after a crash between the alarm and the position
    assert alarms_of(life)[len(before) :] == raised
    careful = replace(desk, limits=replace(desk.limits, alarm_families_a_minute=3, alarm_officer_a_day=2))
    asks(life, looks.draws)
    asks(life, looks.draws)
    watch(careful, position)
    rules = {rule for rule, _ in alarms_of(life)[len(before) :]}
    assert rules >= {"many_families_in_a_minute", "officer_looks_up_much"}
    assert realm.verify_log().ok

    line = next(one for one in asks(life, looks.alarms)["lines"] if one["rule"] == "repeated_refusals")
    assert (line["state"], line["figures"]["refused"], line["figures"]["limit"]) == ("open", 3, 3)
    life.does("officer", HandleAlarm(seq=line["seq"], finding=Finding.UNEXPLAINED, words=f"{STEM} spørger"))
    (handled,) = [one for one in asks(life, looks.alarms)["lines"] if one["state"] == "handled"]
    assert (handled["seq"], handled["finding"], handled["words"]) == (
        line["seq"], Finding.UNEXPLAINED, f"{STEM} spørger",
    )  # fmt: skip
    assert line["seq"] not in [one["seq"] for one in asks(life, looks.alarms, open_only=True)["lines"]]
    with pytest.raises(NoSuchAlarm):
        life.does("officer", HandleAlarm(seq=1, finding=Finding.EXPLAINED))
    assert digests(life.house) == rebuilt(life.house)


# Days of the past


def test_a_volunteer_could_see_a_part_on_the_first_evening_and_not_after_the_withdrawal(life: Life) -> None:
    ids, part = life.ids, life.ids["presentation"]
    an_evening(life)
    life.clock.set(SEPTEMBER_23)
    life.withdraws(ids["consent to presentation"])
    life.does(
        "leader",
        courses.LeaveTeam(course_id=ids["course"], actor=VOLUNTEER, role=Role.VOLUNTEER, last_day=date(2026, 9, 30)),
    )
    life.clock.set(OCTOBER_1 + timedelta(days=1))
    with pytest.raises(Refusal):
        an_evening(life)
    could = {
        on: asks(life, reconstruction.what_could_be_seen, part=part, role=Role.VOLUNTEER, on=on)["could_be_seen"]
        for on in (STARTS_ON, SEPTEMBER_23.date(), SEPTEMBER_23.date() + timedelta(days=1))
    }
    assert list(could.values()) == [True, True, False], "until it was taken back that day, and then no more"

    def shared(on: date) -> Mapping[str, Any]:
        seen = asks(
            life,
            reconstruction.what_a_role_could_see,
            role=Role.VOLUNTEER,
            on=on,
            course=ids["course"],
            actor=VOLUNTEER,
        )
        return next(line for line in seen["lines"] if line["compartment"] == "shared_note")

    first, last, gone = (shared(on) for on in (STARTS_ON, SEPTEMBER_23.date(), date(2026, 10, 1)))
    assert set(first["records"]) == {part, ids["practical"]}
    assert ids["consent to presentation"] in {consent["consent_id"] for consent in first["consents"]}
    assert last["could_be_seen"] and (gone["could_be_seen"], gone["rule"]) == (False, "not: on_the_team")
    before = shared(date(2026, 8, 13))
    assert before["could_be_seen"] is False


def test_nobody_was_ever_allowed_what_the_reconstruction_of_that_day_does_not_show(lived: Life) -> None:
    for who in ("volunteer", "other volunteer", "leader", "co-leader", "professional", "coordinator"):
        everything(lived, who, (CLUB,))
    for who in ("referrer", "town's coordinator"):
        everything(lived, who, (TOWN,))
    for realm in (CLUB, TOWN):
        read = [e for e in lived.desk(realm).log.find(actions=("read", "print"), allowed=True) if _by_a_role(e)]
        assert {e.role for e in read} >= ({"volunteer", "leader"} if realm == CLUB else {"referrer", "coordinator"})
        seen: dict[tuple[str, date, Any], list[Seen]] = {}
        families = Relations(lived.desk(realm)).families
        for entry in read:
            key = (entry.role, day_of(entry.at), entry.course or entry.unit)
            if key not in seen:
                seen[key] = list(_day(lived, realm, entry))
            assert any(_shows(one, entry, families) for one in seen[key]), (entry.role, entry.compartment, entry.rule)


def _by_a_role(entry: Entry) -> bool:
    """Not an own form that was never sent either: nothing of it is kept from which a past day could be told. Nor the
    secretariat and branch, whom nobody in the story gave their roles: a reconstruction rightly shows them nothing."""
    return (
        entry.compartment != "draft"
        and entry.role not in ("family", "officer", "secretariat", "branch")
        and entry.purpose != "asked at the gate itself"
    )


def _day(life: Life, realm: str, entry: Entry) -> Iterator[Seen]:
    on, role = day_of(entry.at), Role(entry.role)
    if realm == TOWN:
        yield from reconstruction.could_see(life.desk(realm), role=role, on=on, unit=entry.unit)
        return
    readers = {e.actor for e in life.desk(realm).log.find(role=entry.role, course=entry.course)}
    for actor in readers:
        yield from reconstruction.could_see(life.desk(realm), role=role, on=on, course=entry.course, actor=actor)


def _shows(seen: Seen, entry: Entry, families: Mapping[UUID, UUID]) -> bool:
    sight = seen.sight
    same = sight.could and sight.compartment.name == entry.compartment
    family = families.get(entry.subject, entry.subject) if entry.subject is not None else None
    of_whom = not sight.families or family in sight.families
    return same and of_whom and set(entry.consents) <= sight.consents and sight.actor in (entry.actor, UUID(int=0))


# The family's own copy


def test_a_mother_reads_who_has_read_and_her_own_look_ups_are_marked(life: Life) -> None:
    an_evening(life)
    own.own_data(life.asker("mother"), life.desk())
    with pytest.raises(Refusal):
        leader.part(life.asker("volunteer"), life.ids["challenges"], life.desk())
    copy = own_log.own_readers(life.asker("mother"), life.desk(), limit=1_000)
    assert {line["own"] for line in copy["lines"] if line["role"] == "family"} == {True}
    shared = [line for line in copy["lines"] if line["compartment"] == "shared_note" and line["role"] == "volunteer"]
    assert shared and all(life.ids["consent to presentation"] in line["consents"] for line in shared[:1])
    assert any(not line["allowed"] for line in copy["lines"])
    assert not any("actor" in line for line in copy["lines"])
    assert sum(each["entries"] for each in copy["months"]) == len(copy["lines"])
    first = own_log.own_readers(life.asker("mother"), life.desk(), limit=2)
    rest = own_log.own_readers(life.asker("mother"), life.desk(), after=first["next_after"], limit=1_000)
    assert first["lines"] + rest["lines"] == copy["lines"]


def test_only_an_officer_draws_and_asks(life_on_files: Life) -> None:
    for who in ("leader", "administrator", "coordinator"):
        for question in (questions.refusals, questions.unusual_numbers, looks.draws, looks.alarms, looks.checks):
            with pytest.raises(Refusal):
                asks(life_on_files, question, who=who)
        with pytest.raises(Refusal):
            life_on_files.does(who, checks.AnnounceDraw())
