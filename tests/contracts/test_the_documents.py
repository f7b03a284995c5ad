"""What a document says comes out as it was said, whoever said it, in a file that a screen reader can read and an archive keep."""

from __future__ import annotations

import hashlib
import io
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pdfua
import pytest
from pypdf import PdfReader

import infrastructure.documents
from application.documents import Document, Facts, Paragraph, Points, Quote, Section, Table, direction
from infrastructure.documents import TypstDocuments

FONTS = Path(infrastructure.documents.__file__).parent / "fonts"

HOSTILE = (
    '#let x = 1 *bold* _em_ `raw` $a^2$ <script>alert(1)</script> <label> @label [content] \\ // /* ~ -- "quoted"'
    ' #read("/etc/passwd")'
)
LONG_NAME = "Maximiliane" * 25
ARABIC = "هل يجوز للمتطوعين قراءة ما أخبرتمونا به عن الطعام؟"

LETTER = Document(
    title="Kvittering: * #1",
    language="da",
    issuer="Red Barnet",
    issued_on=date(2026, 9, 1),
    dateline="1. september 2026",
    addressee=("Familien Prøve", HOSTILE),
    opening=(Paragraph(HOSTILE + "\n\nEt nyt afsnit."),),
    sections=(
        Section(
            "Svar",
            (
                Facts(
                    (("Navn", LONG_NAME), (HOSTILE, "Ja")),
                ),
                Points((HOSTILE,), numbered=True),
            ),
        ),
        Section("Ordene", (Quote(ARABIC, "ar"), Quote("Må de læse det?\nJa."))),
        Section(HOSTILE, (Table(HOSTILE, ("Dag", "Rolle"), tuple((f"{day}. dag", HOSTILE) for day in range(30))),)),
    ),
    footer=HOSTILE,
)


@pytest.fixture(scope="module")
def printed() -> bytes:
    return TypstDocuments().pdf(LETTER)


def test_what_looks_like_markup_stays_text(printed: bytes) -> None:
    words = _letters(_text(printed))

    # In the addressee, the opening, a label, a point, a heading, a caption, 30 cells, and the foot of each page.
    assert words.count(_letters(HOSTILE)) == 6 + 30 + len(PdfReader(io.BytesIO(printed)).pages)
    assert "root:" not in words


def test_a_word_longer_than_the_line_is_broken_and_whole(printed: bytes) -> None:
    assert LONG_NAME in _letters(_text(printed))
    assert LONG_NAME not in _text(printed), "it ran over the edge of the page"


def test_a_sign_that_no_font_of_ours_can_draw_is_named_and_nothing_turns_the_order() -> None:
    words = _text(
        TypstDocuments().pdf(_saying("smil 😀, vend \u202eom\u202c, privat \ue000, nul \x00, ét, Łódź, Ґанна"))
    )

    assert "smil [U+1F600], vend [U+202E]om[U+202C], privat [U+E000], nul [U+0000], ét, Łódź, Ґанна" in words


@pytest.mark.parametrize("value", ["", "\n", " ", "\ud800", "\u0301", "\r\n\r\n", "a\u200db"])
def test_no_value_stops_the_printing(value: str) -> None:
    blocks = (
        Paragraph(value),
        Facts(((value, value),)),
        Points((value,)),
        Quote(value),
        Table(value, (value,), ((value,),)),
    )
    document = replace(_saying(value), addressee=(value,), footer=value, dateline=value)

    assert TypstDocuments().pdf(replace(document, sections=(Section("Afsnit", blocks),)))


def test_the_same_document_gives_the_same_bytes_and_another_day_others(printed: bytes) -> None:
    assert TypstDocuments().pdf(LETTER) == printed
    assert TypstDocuments().pdf(replace(LETTER, issued_on=date(2026, 9, 2))) != printed


def test_a_screen_reader_finds_language_title_and_structure(printed: bytes) -> None:
    reader = PdfReader(io.BytesIO(printed))
    root = reader.root_object

    assert root["/Lang"] == "da"
    assert root["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]  # type: ignore[index]
    assert reader.metadata is not None
    assert reader.metadata.title == "Kvittering: * #1"
    tags = Counter(tag for tag, _ in _structure(root["/StructTreeRoot"]))
    assert (tags["/Title"], tags["/H1"], tags["/Table"], tags["/THead"], tags["/BlockQuote"]) == (1, 3, 1, 1, 2)
    assert (tags["/TH"], tags["/TD"], tags["/LI"]) == (2, 60, 3)
    languages = [lang for tag, lang in _structure(root["/StructTreeRoot"]) if tag == "/BlockQuote"]
    assert languages == ["ar", None]


def test_it_says_that_it_is_pdf_ua_and_pdf_a_and_a_checker_of_its_own_finds_nothing(
    printed: bytes, tmp_path: Path
) -> None:
    (tmp_path / "letter.pdf").write_bytes(printed)
    metadata = PdfReader(io.BytesIO(printed)).root_object["/Metadata"].get_object().get_data()  # type: ignore[attr-defined]

    assert b"<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert b"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in metadata
    report = pdfua.validate(tmp_path / "letter.pdf")
    assert [finding for outcome in report.outcomes for finding in outcome.findings] == []
    assert len(report.outcomes) >= 10


def test_a_table_repeats_its_head_on_each_page() -> None:
    rows = tuple((f"{day}. dag", "Frivillig") for day in range(90))
    document = replace(_saying("Læsninger"), sections=(Section("Log", (Table("Læst", ("Dagen", "Rollen"), rows),)),))

    pages = [page.extract_text() for page in PdfReader(io.BytesIO(TypstDocuments().pdf(document))).pages]

    assert len(pages) > 2
    assert all("Dagen" in page and "Rollen" in page for page in pages)


def test_an_arabic_letter_runs_from_right_to_left_and_its_words_are_arabic() -> None:
    printed = TypstDocuments().pdf(replace(_saying(ARABIC), language="ar", title="إيصال"))
    reader = PdfReader(io.BytesIO(printed))

    assert reader.root_object["/Lang"] == "ar"
    assert reader.root_object["/ViewerPreferences"]["/Direction"] == "/R2L"  # type: ignore[index]
    assert "الطعام" in _text(printed)


@pytest.mark.parametrize(
    ("tag", "runs"),
    [
        ("da", "ltr"),
        ("ar-SY", "rtl"),
        ("AR", "rtl"),
        ("fa", "rtl"),
        ("ku", "ltr"),
        ("ku-Arab", "rtl"),
        ("ar-Latn", "ltr"),
    ],
)
def test_the_direction_follows_the_language(tag: str, runs: str) -> None:
    assert direction(tag) == runs


def test_a_row_has_a_cell_under_each_word_of_the_head() -> None:
    with pytest.raises(ValueError, match="a cell under each word"):
        Table("Læst", ("Dag", "Rolle"), (("1.",),))


def test_the_fonts_are_the_files_that_were_taken_and_their_licences_lie_beside_them() -> None:
    listed = dict(line.split()[::-1] for line in (FONTS / "SHA256SUMS").read_text().splitlines())
    there = {path.name for path in FONTS.iterdir()} - {"SHA256SUMS", "README.md"}

    assert set(listed) == there
    assert len(there) == 6
    for name, digest in listed.items():
        assert hashlib.sha256((FONTS / name).read_bytes()).hexdigest() == digest, name
    assert all("SIL OPEN FONT LICENSE" in path.read_text() for path in FONTS.glob("*.licence.txt"))


def _saying(words: str) -> Document:
    sections = (Section("Afsnit", (Paragraph(words),)),)
    return Document(
        title="Brev", language="da", issuer="Red Barnet", issued_on=date(2026, 9, 1), dateline="", sections=sections
    )


def _text(printed: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(printed)).pages)


def _letters(words: str) -> str:
    """Without blanks and line ends, which a line that is full turns into each other."""
    return "".join(sign for sign in words if not sign.isspace() and unicodedata.category(sign) != "Cf")


def _structure(node: Any) -> Iterator[tuple[str, str | None]]:
    """Each element of the structure tree with its language, in reading order."""
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            yield from _structure(child)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node["/S"], node.get("/Lang")
        if "/K" in node:
            yield from _structure(node["/K"])
