"""Role by role, what each person of stories 1 and 2 sees and does not see: asked of the API, not told from memory."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.demo.stories import note, referral
from adapters.demo.world import Person, World, words_in

LOOKED_FOR: tuple[tuple[str, str], ...] = (
    ("reason", "Manglende netværk"),
    ("remark", referral.REMARK),
    ("first name", "Maren"),
    ("surname", "Opdigt"),
    ("telephone", "+4520000001"),
    ("note 1 (withdrawn)", note.PRESENTATION),
    ("note 2, wish", note.WISH),
    ("note 3, not shared", note.CHALLENGE),
    ("note 4, shared", note.CORRECTED),
)
"""What is looked for in every answer, by the words of the stories."""


def sights(world: World) -> Iterator[str]:
    """Two lines for each role: which of the words stand anywhere in what its questions answer, and which do not."""
    for role, said in seen_by_role(world).items():
        sees = [name for name, words in LOOKED_FOR if words in said]
        lacks = [name for name, words in LOOKED_FOR if words not in said]
        yield f"[bold]{role}[/]"
        yield f"  sees          {', '.join(sees) or 'none of this'}"
        yield f"  does not see  {', '.join(lacks) or '–'}"


def seen_by_role(world: World) -> dict[str, str]:
    """Everything each role's questions answer at the end of story 2, as one text."""
    by_name = {person.name: person for person in world.people}
    leader = next(person for person in world.people if person.audience == "leader")
    co_leader = [person for person in world.people if person.audience == "leader"][1]
    volunteer = next(person for person in world.people if person.audience == "volunteer")
    course_id = leader.get("courses")[0]["course_id"]
    family_id = leader.get(f"courses/{course_id}")["families"][0]["family_id"]
    referral_id = by_name["coordinator"].get("referrals")[0]["referral_id"]
    pages: dict[str, tuple[Person, tuple[str, ...]]] = {
        "referrer, own unit": (by_name["referrer"], ("referrals", f"referrals/{referral_id}", f"families/{family_id}")),
        "coordinator, municipality": (
            by_name["coordinator"], ("referrals", f"referrals/{referral_id}", "overview"),
        ),
        "coordinator, at the club": (by_name["coordinator at the club"], ("club-courses", f"club-courses/{course_id}")),
        "leader, author": (leader, (f"courses/{course_id}", f"courses/{course_id}/families/{family_id}/note")),
        "co-leader": (co_leader, (f"courses/{course_id}", f"courses/{course_id}/families/{family_id}/note")),
        "volunteer": (volunteer, (f"courses/{course_id}/evening", f"courses/{course_id}/families/{family_id}")),
        "the mother, at Red Barnet": (by_name["the mother"], ("own-data", "consents", "readers")),
        "the mother, at the municipality": (by_name["the mother at the municipality"], ("own-data", "readers")),
        "secretariat": (by_name["secretariat"], ("courses", f"courses/{course_id}")),
        "officer of Red Barnet": (by_name["data protection officer of Red Barnet"], ("readings", "checks")),
        "officer of the municipality": (by_name["data protection officer of the municipality"], ("readings", "checks")),
    }  # fmt: skip
    return {name: " ".join(words_in(person.get(path)) for path in paths) for name, (person, paths) in pages.items()}
