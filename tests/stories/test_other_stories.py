"""Stories of the same kind that nobody wrote down: the rules hold for them, too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from adapters.demo import cast
from adapters.demo.cast import Club, Course, Town
from adapters.demo.world import RED_BARNET, StoryBroken, World, words_in

TOWN = "kommune-0101"
SINCE = date(2025, 1, 1)


@dataclass
class Scene:
    world: World
    town: Town
    club: Club
    course: Course

    def family(self, number: int, *, adults: list[dict[str, Any]] | None = None, **more: Any) -> Any:
        """A family that is registered, referred, handed over and has a confirmed place."""
        family = cast.register_family(
            self.town, told_on=date(2025, 8, 1), answered_on=date(2025, 8, 1),
            adults=adults or [
                {"given_name": f"Vibe{number}", "family_name": f"Tænkt{number}", "caregiver": "mother",
                 "telephone": f"2400 000{number}"}
            ],
            children=[{"given_name": f"Otto{number}", "birth_month": "2022-02"}], **more,
        )  # fmt: skip
        referral_id = cast.refer(self.town, family, criteria=("lacking_network",), remark="Vil gerne.")
        cast.bring_to_course(self.world, self.town, referral_id, self.course.course_id)
        self.course.leader.put(f"courses/{self.course.course_id}/places/{family['family_id']}")
        return family

    def shared(self, family: Any, words: str, *, about: str | None = None, by: int = 0) -> tuple[str, str]:
        """A part that an adult tells of itself and lets the volunteers read: its id and the consent's."""
        teller = family["adults"][by]
        statement = {"told_by": teller, "about": about or teller, "words": words}
        course_id, family_id = self.course.course_id, family["family_id"]
        part = cast.write_part(self.course.leader, course_id, family_id, "presentation", [statement])
        said = cast.answer(
            self.course.leader, course_id, family_id, teller, "share_with_volunteers", "yes", part_id=part
        )
        return part, said["consent_id"]


@pytest.fixture
def scene(world: Callable[..., World], request: pytest.FixtureRequest) -> Scene:
    lived = world(TOWN, *getattr(request, "param", ()))
    lived.on(2025, 6, 2)
    town = cast.found_town(lived, TOWN, "Sundhedsplejen Nord", "health_visiting", SINCE)
    club = cast.found_club(lived, town, "Småbørnsklubben i Parken", "Amager", SINCE)
    course = cast.plan_course(
        lived,
        club,
        starts_on=date(2025, 9, 2),
        leaders=("Agnes",),
        volunteers=("Carl", "Dagny"),
        since=date(2025, 6, 1),
    )
    lived.on(2025, 8, 5)
    return Scene(lived, town, club, course)


def test_themes_reach_the_coordinator_once_three_families_have_passed_some_on_and_leave_with_the_consent(
    scene: Scene,
) -> None:
    leader, course_id = scene.course.leader, scene.course.course_id
    consents = []
    for number, themes in enumerate((["sleep", "food"], ["sleep"], ["sleep"])):
        family = scene.family(number)
        mother = family["adults"][0]
        statement = {"told_by": mother, "about": mother, "words": "Vi ønsker os noget."}
        part = cast.write_part(leader, course_id, family["family_id"], "wishes", [statement], themes)
        before = scene.club.coordinator.get(f"club-courses/{course_id}")["themes"]
        assert before == []
        said = cast.answer(leader, course_id, family["family_id"], mother, "anonymous_themes", "yes", part_id=part)
        consents.append(said["consent_id"])
    themes_seen = scene.club.coordinator.get(f"club-courses/{course_id}")["themes"]
    assert {line["theme"]: line["families"] for line in themes_seen} == {"sleep": 3, "food": None}
    leader.do(f"consents/{consents[0]}/withdrawal", {"way": "telephone"})
    assert scene.club.coordinator.get(f"club-courses/{course_id}")["themes"] == []


def test_a_visiting_professional_is_told_of_the_group_and_of_nobody(scene: Scene) -> None:
    family = scene.family(1, language="arabisk")
    scene.shared(family, "Jeg hedder Vibe1 og synger gerne.")
    visitor = scene.world.person("a dentist", RED_BARNET, "professional")
    cast.assign(scene.club.secretariat, visitor, "professional", SINCE)
    booking = scene.club.coordinator.do(
        f"club-courses/{scene.course.course_id}/bookings",
        {"actor": str(visitor.actor), "profession": "dental_care", "evening": 3, "theme": "teeth"},
    )["booking_id"]
    briefing = visitor.get(f"bookings/{booking}")
    assert briefing["group"] == {"families": 1, "adults": 1, "children": 1, "siblings": 0, "ages": [3]}
    assert (briefing["languages"], briefing["theme"], briefing["place"]) == (["arabisk"], "teeth", "Amager")
    said = words_in(briefing)
    assert not any(word in said for word in ("Vibe", "Otto", "Tænkt", "24000001", family["family_id"], "2022-02"))
    assert visitor.get("bookings")[0]["booking_id"] == booking
    other = scene.world.person("another visitor", RED_BARNET, "professional")
    cast.assign(scene.club.secretariat, other, "professional", SINCE)
    assert other.refused(f"bookings/{booking}") == "not_for_this_reader"


def test_a_volunteer_who_knows_the_family_is_kept_from_its_words_and_sees_no_hint(scene: Scene) -> None:
    family = scene.family(1)
    scene.shared(family, "Vi bor tæt på skolen.")
    carl, dagny = scene.course.volunteers
    where = f"courses/{scene.course.course_id}"
    assert "skolen" in words_in(carl.get(f"{where}/evening"))
    carl.do(f"{where}/acquaintances/{family['family_id']}")
    scene.course.leader.put(f"{where}/kept-apart/{carl.actor}/{family['family_id']}", {"kept": True})
    kept = carl.get(f"{where}/evening")["families"][0]
    assert kept["parts"] == []
    assert [adult["given_name"] for adult in kept["adults"]] == ["Vibe1"]
    assert "skolen" in words_in(dagny.get(f"{where}/evening"))
    scene.course.leader.put(f"{where}/kept-apart/{carl.actor}/{family['family_id']}", {"kept": False})
    assert "skolen" in words_in(carl.get(f"{where}/evening"))


def test_a_member_takes_its_own_consent_back_and_nobody_elses(scene: Scene) -> None:
    two = [
        {"given_name": "Vibe", "family_name": "Tænkt", "caregiver": "mother"},
        {"given_name": "Bjarke", "family_name": "Tænkt", "caregiver": "father"},
    ]
    family = scene.family(1, adults=two)
    _, hers = scene.shared(family, "Hun holder af at danse.")
    father = cast.member(scene.world, RED_BARNET, "the father", family["adults"][1], SINCE, scene.club.secretariat)
    mother = cast.member(scene.world, RED_BARNET, "the mother", family["adults"][0], SINCE, scene.club.secretariat)
    refusal = father.do(f"consents/{hers}/withdrawal", {"way": "digital"}, expect=404)
    assert refusal["code"] == "unknown_consent"
    assert "danse" in words_in(scene.course.volunteers[0].get(f"courses/{scene.course.course_id}/evening"))
    mother.do(f"consents/{hers}/withdrawal", {"way": "digital"})
    assert "danse" not in words_in(scene.course.volunteers[0].get(f"courses/{scene.course.course_id}/evening"))
    assert "danse" not in words_in(father.get("own-data"))
    assert "danse" in words_in(mother.get("own-data"))


def test_with_two_homes_neither_adult_is_shown_the_others_telephone_or_address(scene: Scene) -> None:
    adults = [
        {"given_name": "Vibe", "family_name": "Tænkt", "caregiver": "mother", "household": "hos mor",
         "telephone": "2400 0001", "address": "Morgade 1"},
        {"given_name": "Bjarke", "family_name": "Andet", "caregiver": "father", "household": "hos far",
         "telephone": "2400 0002", "address": "Fargade 2"},
    ]  # fmt: skip
    family = cast.register_family(
        scene.town, told_on=date(2025, 8, 1), answered_on=date(2025, 8, 1), adults=adults,
        children=[{"given_name": "Otto", "birth_month": "2022-02", "households": ["hos mor", "hos far"]}],
    )  # fmt: skip
    cast.refer(scene.town, family, criteria=("conflict_at_home",), remark="To hjem.")
    father = cast.member(scene.world, TOWN, "the father", family["adults"][1], SINCE, scene.town.administrator)
    held = words_in(father.get("own-data"))
    assert "Fargade 2" in held
    assert "+4524000002" in held
    assert "Otto" in held
    assert not any(word in held for word in ("Morgade", "24000001", "Vibe"))
    assert father.get("consents") == []
    assert father.get("programme") == []


def test_a_family_that_returns_is_recognised_without_a_name_and_starts_from_no_again(scene: Scene) -> None:
    family = scene.family(1)
    scene.shared(family, "Første gang.")
    scene.world.on(2025, 12, 1)
    scene.course.leader.put(f"courses/{scene.course.course_id}/state", {"state": "running"})
    scene.course.leader.put(f"courses/{scene.course.course_id}/state", {"state": "completed"})
    spring = cast.plan_course(
        scene.world, scene.club, starts_on=date(2026, 2, 3), leaders=("Agda",), volunteers=("Egon",),
        since=date(2025, 12, 1), season="spring",
    )  # fmt: skip
    referral_id = cast.refer(scene.town, family, criteria=("lacking_network",), remark="Vil gerne igen.")
    cast.bring_to_course(scene.world, scene.town, referral_id, spring.course_id)
    spring.leader.put(f"courses/{spring.course_id}/places/{family['family_id']}")
    page = spring.leader.get(f"courses/{spring.course_id}")
    assert page["families"][0]["returning"] is True
    assert page["families"][0]["family_id"] == family["family_id"]
    assert spring.volunteers[0].get(f"courses/{spring.course_id}/evening")["families"][0]["parts"] == []
    assert "Første gang" not in words_in(
        spring.leader.get(f"courses/{spring.course_id}/families/{family['family_id']}/note")
    )
    assert scene.course.leader.refused(f"courses/{scene.course.course_id}") == "not_for_this_reader"


def test_a_consent_ends_by_itself_with_its_last_day_and_its_key_goes(scene: Scene) -> None:
    family = scene.family(1)
    part, _ = scene.shared(family, "Kun i efteråret.")
    volunteer = scene.course.volunteers[0]
    scene.world.on(2025, 11, 18)
    assert "efteråret" in words_in(volunteer.get(f"courses/{scene.course.course_id}/evening"))
    scene.world.on(2025, 11, 19)
    scene.world.on(2025, 11, 20)
    assert "efteråret" not in words_in(volunteer.get(f"courses/{scene.course.course_id}/evening"))
    assert volunteer.refused(f"note-parts/{part}") == "not_for_this_reader"


@pytest.mark.parametrize("scene", [("kommune-0630",)], indirect=True)
def test_a_referrer_of_another_unit_and_a_coordinator_of_another_town_know_nothing(scene: Scene) -> None:
    family = scene.family(1)
    referral_id = scene.town.coordinator.get("referrals")[0]["referral_id"]
    other_unit = scene.town.administrator.do(
        "units", {"name": "Dagtilbud Syd", "kind": "day_care_institution", "since": "2025-01-01"}
    )["unit_id"]
    pedagogue = scene.world.person("a pedagogue", TOWN, "referrer")
    cast.assign(scene.town.administrator, pedagogue, "referrer", SINCE, unit_id=other_unit)
    assert pedagogue.get("referrals") == []
    assert pedagogue.refused(f"referrals/{referral_id}") == "not_for_this_reader"
    assert pedagogue.refused(f"families/{family['family_id']}") == "not_for_this_reader"
    refusal = pedagogue.do(f"referrals/{referral_id}/withdrawal", expect=404)
    assert refusal["code"] == "unknown_referral"
    elsewhere = cast.found_town(scene.world, "kommune-0630", "Sundhedsplejen Vest", "health_visiting", SINCE)
    assert elsewhere.coordinator.do("families/search", {"name": "Tænkt1"}) == []
    assert scene.town.coordinator.refused(f"referrals/{referral_id}", realm="kommune-0630") == "role_not_held"


def test_what_is_badly_typed_is_refused_by_field_and_never_repeated(scene: Scene) -> None:
    for adult, child, dates, code, field in (
        ({"family_name": "Tænkt 010120-1234"}, {}, {}, "cpr_number_in_text", "/adults/0/family_name"),
        ({"telephone": "ring til naboen"}, {}, {}, "telephone_unreadable", "/adults/0/telephone"),
        ({"given_name": "x" * 300}, {}, {}, "text_too_long", "/adults/0/given_name"),
        ({"caregiver": "tante"}, {}, {}, "choice_unknown", "/adults/0/caregiver"),
        ({"religion": "ingen"}, {}, {}, "field_unknown", "/adults/0/religion"),
        ({}, {"birth_month": "2012-02"}, {}, "outside_target_group", "/children/0/birth_month"),
        ({}, {"birth_month": "2031-02"}, {}, "date_in_future", "/children/0/birth_month"),
        ({}, {}, {"told_on": date(2026, 8, 1)}, "date_in_future", "/offer/told_on"),
    ):
        with pytest.raises(StoryBroken) as caught:
            cast.register_family(
                scene.town,
                adults=[{"given_name": "Vibe", "family_name": "Tænkt", "caregiver": "mother", **adult}],
                children=[{"given_name": "Otto", "birth_month": "2022-02", **child}],
                **{"told_on": date(2025, 8, 1), "answered_on": date(2025, 8, 1), **dates},
            )
        said = caught.value.answer
        assert code in (said["code"], *REFUSED_SHAPE)
        assert [error["field"] for error in said["errors"]] == [field]
        typed = [str(value) for value in (*adult.values(), *child.values(), *dates.values())]
        assert not any(value in words_in(said) for value in typed)
    assert scene.town.coordinator.do("families/search", {"name": "Vibe"}) == []


REFUSED_SHAPE = ("choice_unknown", "field_unknown")
"""Codes of one field; the whole answer's code is then `input_invalid`."""


def test_an_older_sibling_comes_along_and_is_counted_apart(scene: Scene) -> None:
    family = cast.register_family(
        scene.town, told_on=date(2025, 8, 1), answered_on=date(2025, 8, 1),
        adults=[{"given_name": "Vibe", "family_name": "Tænkt", "caregiver": "mother"}],
        children=[
            {"given_name": "Stor", "birth_month": "2014-02", "takes_part_as": "sibling"},
            {"given_name": "Otto", "birth_month": "2022-02"},
        ],
    )  # fmt: skip
    referral_id = cast.refer(scene.town, family, criteria=("lacking_network",), remark="Vil gerne.")
    cast.bring_to_course(scene.world, scene.town, referral_id, scene.course.course_id)
    size = scene.course.leader.get(f"courses/{scene.course.course_id}")["size"]
    assert (size["children"], size["siblings"]) == (1, 1)


def test_a_repeated_command_answers_the_same_and_a_stale_one_is_refused(scene: Scene) -> None:
    family = scene.family(1)
    leader, course_id = scene.course.leader, scene.course.course_id
    page = leader.get(f"courses/{course_id}")
    command_id = uuid4()
    base = f"courses/{course_id}/families/{family['family_id']}/note-parts"
    statement = {"told_by": family["adults"][0], "words": "En gang er nok."}
    first = leader.do(base, {"kind": "needs", "statements": [statement]}, command_id=command_id)
    again = leader.do(base, {"kind": "needs", "statements": [statement]}, command_id=command_id)
    assert first == again
    assert (
        words_in(leader.get(f"courses/{course_id}/families/{family['family_id']}/note")).count("En gang er nok.") == 1
    )
    leader.put(f"courses/{course_id}/state", {"state": "recruiting"}, version=page["version"])
    stale = leader.put(f"courses/{course_id}/state", {"state": "ready"}, version=page["version"], expect=412)
    assert stale["code"] == "stale_version"
