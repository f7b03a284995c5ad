"""A lost telephone: who lay open and who was read, the hours of Art. 33, a random check that finds the reading, and its proof."""

from __future__ import annotations

from adapters.demo.stories import lost_telephone_found
from adapters.demo.stories.lost_telephone_begins import TOWN, Scene, begin
from adapters.demo.world import World, words_in

__all__ = ["NAME", "TOWN", "live"]

NAME = "A lost telephone"
LOST_AT, TOLD_AT = "2026-10-23T18:00:00%2B02:00", "2026-10-24T18:00:00%2B02:00"
WHAT = "En frivilligs telefon er stjålet; den var logget ind."


def live(world: World) -> None:
    """From the check announced on 1 October to what nobody confirmed in November."""
    world.story = NAME
    scene = begin(world)
    _lost(world, scene)
    _within_reach(world, scene)
    _closed(world, scene)
    breach = _register(world, scene)
    _report(world, scene, breach)
    lost_telephone_found.live(world, scene)


def _lost(world: World, scene: Scene) -> None:
    world.on(2026, 10, 20, 17)
    scene.volunteer.get(scene.evening)
    world.on(2026, 10, 23, 22, 30)
    scene.telephone.get(scene.evening)
    world.on(2026, 10, 24, 18)
    world.tell("On Saturday 24 October a volunteer tells that the telephone, logged in, was stolen the evening before.")


def _within_reach(world: World, scene: Scene) -> None:
    officer, actor = scene.club.officer, scene.volunteer.actor
    dateless = officer.get(f"blast-radius?actor={actor}", expect=422)
    world.expect("the officer must say from when on it was in other hands", dateless["code"] == "period_missing")
    window = f"since={LOST_AT}&until={TOLD_AT}"
    by_account = officer.get(f"blast-radius?actor={actor}&{window}")
    could = {line["compartment"] for line in by_account["lines"] if line["could_be_read"]}
    world.expect(
        "open to that account lay first names, ages and shared words of both families; no number and no note",
        {"roster", "ages", "shared_note"} <= could and not could & {"note", "club_telephone", "contact", "municipal_contact"},
    )  # fmt: skip
    sessions = {entry["session"] for entry in officer.get(f"readings?actor={actor}&{window}")["lines"]}
    (session,) = sessions
    by_session = officer.get(f"blast-radius?session={session}&{window}")
    read = {(line["subject"], line["compartment"]) for line in by_session["lines"] if line["was_read"]}
    world.expect(
        "the telephone has a login of its own: with it both families were read that night, once, and shared words of one",
        {subject for subject, _ in read} <= scene.ours | scene.others
        and {subject for subject, name in read if name == "shared_note"} <= scene.ours
        and all(line["times"] == 1 for line in by_session["lines"] if line["was_read"]),
    )
    letters = by_session["letters"]
    world.expect(
        "there is a list for the letters: one to each mother, addressed by the leader; the officer sees no name",
        {letter["to"] for letter in letters} <= scene.ours | scene.others and len(letters) == 2
        and {letter["addressed_by"] for letter in letters} == {"leader"} and "Mille" not in words_in(by_session),
    )  # fmt: skip


def _closed(world: World, scene: Scene) -> None:
    world.tell("The secretariat ends the volunteer's role, and the officer writes the breach down.")
    secretariat, actor = scene.club.secretariat, str(scene.volunteer.actor)
    (role,) = [line for line in secretariat.get("roles") if line["actor"] == actor]
    secretariat.do(f"roles/{actor}/{role['assignment_id']}/ending", {"last_day": "2026-10-23"})
    codes = {who.refused(scene.evening) for who in (scene.volunteer, scene.telephone)}
    world.expect("the role ends with the day before, and the next request is refused", codes == {"role_not_held"})


def _register(world: World, scene: Scene) -> str:
    officer = scene.club.officer
    noticed = {"what": WHAT, "natures": ["confidentiality"], "aware_at": "2026-10-24T18:00:00+02:00"}
    early = officer.do("breaches", {**noticed, "aware_at": "2026-10-24T18:00:00"}, expect=422)
    taken = officer.do("breaches", noticed)
    world.expect(
        "72 hours are 72 hours: over the night in which the clocks go back they end on Tuesday at five, not at six",
        early["code"] == "input_invalid" and taken["due_at"].startswith("2026-10-27T16:00"),
    )
    breach = f"breaches/{taken['breach_id']}"
    world.on(2026, 10, 25, 12)
    world.expect("at noon on Sunday 53 hours are left", officer.get(breach)["hours_left"] == 53)
    return breach


def _report(world: World, scene: Scene, breach: str) -> None:
    officer = scene.club.officer
    officer.do(
        f"{breach}/description",
        {"affected": ["parents", "children"], "compartments": ["roster", "ages", "shared_note"]},
    )
    officer.do(f"{breach}/risk", {"risk": "high", "reason": "Et barns allergi og børns navne er læst af en fremmed."})
    world.on(2026, 10, 26, 10)
    officer.do(f"{breach}/reports", {"reported_at": "2026-10-26T10:00:00+01:00"})
    open_ = officer.do(f"{breach}/closing", expect=409)
    first = officer.get(breach)
    world.expect(
        "what is known on Monday is reported in time; it is not closed while something that Art. 33(3) or 34 wants is missing",
        open_["code"] == "breach_not_finished" and {"consequences", "measures", "contact", "told"} <= set(first["missing"])
        and not first["overdue"],
    )  # fmt: skip
    world.on(2026, 10, 28, 10)
    officer.do(
        f"{breach}/description",
        {
            "persons": 4, "records": 9, "consequences": "Nogen kan kende familierne igen.",
            "measures": "Adgangen er lukket.", "contact": "dpo@example.org",
        },
    )  # fmt: skip
    officer.do(f"{breach}/reports", {"reported_at": "2026-10-28T10:00:00+01:00"})
    officer.do(f"{breach}/persons-told", {"way": "each_person", "on": "2026-10-28", "persons": 2})
    officer.do(f"{breach}/closing")
    (line,) = officer.get("breaches")
    world.expect(
        "the rest follows in a second phase and is not late; both mothers are told; then it is closed",
        [(report["number"], report["late"]) for report in line["reports"]] == [(1, False), (2, False)]
        and line["missing"] == [] and line["closed_at"] and line["told_persons"] == 2,
    )  # fmt: skip
    page = officer.get("breaches.pdf")
    world.expect("and the register of breaches goes out as a page for Datatilsynet", page.startswith(b"%PDF"))
