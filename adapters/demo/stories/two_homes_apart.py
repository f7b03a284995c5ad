"""Two homes, second act: neither parent is shown the other's life, and each gets a receipt of its own answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from adapters.demo import cast
from adapters.demo.cast import Club, Town
from adapters.demo.world import RED_BARNET, Person, World, words_in
from adapters.wiring import verify_signature
from application.consent_receipts import FORM
from gdpr.signed import is_whole

LIVES = (("+4525000001", "Morgade 1", "Fabel"), ("+4525000002", "Fargade 2", "Sagn"))
"""Telephone, address and surname of the mother and of the father."""
ISO_27560 = "27560"


def live(world: World, town: Town, club: Club, parents: Sequence[tuple[str, str, Sequence[str]]]) -> None:
    """Each parent is its id, its own consent, and its own words; the mother first."""
    world.on(2026, 11, 2)
    world.tell("Both parents look at what is held about them, at Red Barnet and at the municipality.")
    since = date(2026, 10, 1)
    here = [
        cast.member(world, RED_BARNET, name, person, since, club.secretariat)
        for name, (person, _, _) in zip(("the mother", "the father"), parents, strict=True)
    ]
    there = [
        cast.member(world, town.realm, f"{parent.name} at the municipality", person, since, town.administrator)
        for parent, (person, _, _) in zip(here, parents, strict=True)
    ]
    for own, other in ((0, 1), (1, 0)):
        seen = words_in([here[own].get("own-data"), there[own].get("own-data"), here[own].get("readers")])
        theirs = (*LIVES[other], *parents[other][2])
        world.expect(
            f"{here[own].name} is shown her own number, address and words, and their child, and nothing of the father's"
            if own == 0
            else "the father is shown his own, and their child, and nothing of the mother's",
            all(words in seen for words in (*LIVES[own], *parents[own][2], "Sami"))
            and not any(words in seen for words in theirs),
        )
    (_, hers, _), (_, his, _) = parents
    _nobody_elses(world, here, hers)
    _receipts(world, here, hers, his)


def _nobody_elses(world: World, parents: Sequence[Person], hers: str) -> None:
    father = parents[1]
    taken = father.do(f"consents/{hers}/withdrawal", {"way": "digital"}, expect=404)
    world.expect(
        "the father cannot take her yes back: for him there is no such consent", taken["code"] == "unknown_consent"
    )
    world.expect("nor has he a receipt of it", father.refused(f"consents/{hers}/receipt") == "not_for_this_reader")


def _receipts(world: World, parents: Sequence[Person], hers: str, his: str) -> None:
    mother, father = parents
    world.tell("Each asks for the receipt of its own answer: as a file, and as a page in its own language.")
    receipts = [mother.get(f"consents/{hers}/receipt"), father.get(f"consents/{his}/receipt")]
    world.expect(
        "both receipts are consent receipts after ISO/IEC TS 27560, and verify with the realm's public key alone",
        all(
            ISO_27560 in words_in(each["receipt"]["dct:conformsTo"]) and _is_whole(world, each["document"])
            for each in receipts
        ),
    )
    words = [words_in(each["receipt"]) for each in receipts]
    world.expect(
        "hers says yes, in the Arabic words it was asked in; his says that it was taken back",
        "dpv:ConsentGiven" in words[0] and '"ar"' in words[0] and "dpv:ConsentWithdrawn" in words[1],
    )
    forged = receipts[1]["document"].replace("dpv:ConsentWithdrawn", "dpv:ConsentGiven")
    world.expect("one that was changed in a single word is found out", not _is_whole(world, forged))
    pages = [mother.get(f"consents/{hers}/receipt.pdf"), father.get(f"consents/{his}/receipt.pdf?language=da")]
    world.expect(
        "and both have it as a page (PDF), hers in Arabic and his in Danish",
        all(page.startswith(b"%PDF") for page in pages) and b"/Lang(ar)" in pages[0] and b"/Lang(da)" in pages[1],
    )


def _is_whole(world: World, document: str) -> bool:
    """What `tillid receipt verify` looks at: the file, and the public key that was handed out another way."""
    key = world.house.realms[RED_BARNET].provider.verify_key()
    return is_whole(document.encode(), form=FORM, public_key=key, verify_signature=verify_signature)
