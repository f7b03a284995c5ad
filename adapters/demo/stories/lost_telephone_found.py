"""A lost telephone, second act: the month's random check finds the reading, outsiders can check the log, a role lapses."""

from __future__ import annotations

from adapters.demo import witness
from adapters.demo.stories.lost_telephone_begins import Scene
from adapters.demo.world import RED_BARNET, World, words_in

FOUND = "Læst fra den stjålne telefon."


def live(world: World, scene: Scene) -> None:
    """The first days of November."""
    seq = _check(world, scene)
    _witnessed(world, scene, seq)
    _lapse(world, scene)


def _check(world: World, scene: Scene) -> int:
    officer, draw = scene.club.officer, f"draws/{scene.draw_id}"
    early = officer.do(f"{draw}/drawing", expect=409)
    sealed = officer.get(draw)
    world.expect(
        "the check of October was announced on the 1st: nothing is drawn, nor can be foreseen, before the month is over",
        early["code"] == "period_not_over" and sealed["nonce"] is None and sealed["commitment"],
    )
    world.on(2026, 11, 1, 10)
    world.tell("On 1 November the officer draws the random check of October.")
    officer.do(f"{draw}/drawing")
    report = officer.get(draw)
    night = [
        line["seq"]
        for line in report["drawn"]
        if line["entry"]["at"].startswith("2026-10-23") and not line["sifted_by"]
    ]
    world.expect(
        "looks around the evenings explain themselves; those of the night of 23 October do not, and are drawn",
        night and report["left"] == len(night),
    )
    unsaid = officer.put(f"{draw}/findings/{night[0]}", {"finding": "misuse"}, expect=422)
    unfinished = officer.do(f"{draw}/closing", expect=409)
    for line in report["drawn"]:
        misuse = {"finding": "misuse", "words": FOUND} if line["seq"] in night else {"finding": "explained"}
        officer.put(f"{draw}/findings/{line['seq']}", misuse)
    officer.do(f"{draw}/closing")
    closed = officer.get(draw)
    world.expect(
        "misuse is said in words, and the check is closed when every drawn look has a finding",
        (unsaid["code"], unfinished["code"]) == ("finding_without_words", "findings_missing")
        and closed["findings"]["misuse"] == len(night) and closed["closed_on"] == "2026-11-01",
    )  # fmt: skip
    again = officer.get(f"{draw}/sifting")
    world.expect("anybody who draws again draws the same", again["drawn_is_the_same"] and again["sifting_is_the_same"])
    return int(night[0])


def _witnessed(world: World, scene: Scene, seq: int) -> None:
    officer = scene.club.officer
    before = officer.get("log-verification")
    quorum = witness.cosign(world.house.realms[RED_BARNET])
    after = officer.get("log-verification")
    world.expect(
        "the log and the stored events are whole; a library cosigns the log, and nobody can rewrite it unseen any more",
        before["whole"] and before["events"]["whole"] and before["unwitnessed"] == before["entries"]
        and quorum and after["unwitnessed"] < after["entries"] - before["entries"] + 3,
    )  # fmt: skip
    proof = officer.get(f"log-proof?entry={seq}")
    altered = {**proof, "entry": {**proof["entry"], "public": proof["entry"]["public"].replace("read", "edit", 1)}}
    said = [witness.proven(each, proof["key"]) for each in (proof, altered)]
    world.expect(
        "that look is proven to somebody who has one file and the log's key, without a name; an altered one is not",
        said[0].startswith(f"PROVEN: entry {seq} ") and not said[1].startswith("PROVEN")
        and str(scene.volunteer.actor) not in words_in(proof),
    )  # fmt: skip


def _lapse(world: World, scene: Scene) -> None:
    secretariat, actor = scene.club.secretariat, str(scene.forgotten.actor)
    lines = {line["actor"]: line for line in secretariat.get("roles")}
    officer = lines[str(scene.club.officer.actor)]
    secretariat.do(f"roles/{officer['actor']}/{officer['assignment_id']}/confirmation")
    own = lines[str(secretariat.actor)]
    refused = secretariat.do(f"roles/{own['actor']}/{own['assignment_id']}/confirmation", expect=409)
    world.expect(
        "roles of a year ago are about to lapse; the officer's is confirmed, and nobody confirms one's own",
        lines[actor]["state"] == "lapses_soon" and refused["code"] == "own_role",
    )
    scene.forgotten.get("courses")
    world.on(2026, 11, 6, 9)
    world.arrive()
    world.expect(
        "the one that nobody confirmed lapses, and opens nothing", scene.forgotten.refused("courses") == "role_not_held"
    )
    world.expect("while the officer goes on", scene.club.officer.get("log-verification")["whole"])
