"""Before a part of a note is kept, its writer is asked about what may not belong in it; nothing is refused."""

from __future__ import annotations

import pytest

from domain.caution import Caution, cautions_of


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("Jeg vil gerne møde andre mødre og få idéer til rolige aftener.", ()),
        ("Storm må ikke få mælk, og Freja elsker at synge.", ()),
        ("Vi vil gerne høre, hvad I laver på aftenerne. De små sover kl. 19.", ()),
        ("Hendes mor bor hos os.", (Caution.THIRD_PERSON,)),
        ("Min nye kæreste henter børnene.", (Caution.THIRD_PERSON,)),
        ("Naboen hjælper med at passe.", (Caution.THIRD_PERSON,)),
        ("Vi er tit sammen med Karsten og børnene.", (Caution.THIRD_PERSON,)),
        ("Jeg har været nedtrykt siden fødslen.", (Caution.ILLNESS,)),
        ("My doctor says I am ill.", (Caution.THIRD_PERSON, Caution.ILLNESS)),
        ("Politiet har været her to gange.", (Caution.CRIME,)),
        ("Skolen har sendt en underretning.", (Caution.REPORTED,)),
        ("Hun er født 030521.", (Caution.NUMBER,)),
        ("Ring på 20 30 40 50.", (Caution.NUMBER,)),
    ],
)
def test_somebody_else_illness_crime_a_report_and_numbers_are_asked_about(
    words: str, asked: tuple[Caution, ...]
) -> None:
    assert cautions_of(words, of_the_family=("Storm", "Freja Marie")) == asked


def test_what_one_adult_tells_of_the_other_is_somebody_elses_whatever_the_words() -> None:
    assert cautions_of("Sover dårligt.", about_another=True) == (Caution.THIRD_PERSON,)


def test_a_name_of_the_family_in_the_possessive_is_no_stranger() -> None:
    assert cautions_of("Det er Storms bamse, og Storms seng.", of_the_family=("Storm",)) == ()
