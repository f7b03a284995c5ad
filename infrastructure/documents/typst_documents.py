"""Prints a document with typst as PDF/UA-1 and PDF/A-2a, with the template and fonts of this folder.

What a document says goes in as JSON beside the template and comes out of it as text: no markup is ever put together from
it. The template is compiled with this folder as its root, without the machine's fonts and without packages, so that a
hostile value finds nothing to read and the same document gives the same bytes on every machine.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import typst

from application.documents import Block, Document, Facts, Paragraph, Points, Quote, Table, direction
from infrastructure.documents.printable import base_direction, printable

_FOLDER = Path(__file__).resolve().parent


class TypstDocuments:
    """Documents (application.documents); keeps nothing between two."""

    def pdf(self, document: Document) -> bytes:
        # A compiler of its own for each: one that is kept would hold on to what it printed last.
        return typst.compile(
            str(_FOLDER / "letter.typ"),
            root=str(_FOLDER),
            font_paths=[str(_FOLDER / "fonts")],
            ignore_system_fonts=True,
            sys_inputs={"document": json.dumps(_content(document))},
            format="pdf",
            pdf_standards=["a-2a", "ua-1"],
            timestamp=int(datetime.combine(document.issued_on, time(12), UTC).timestamp()),
        )


def _content(document: Document) -> dict[str, Any]:
    """The document as the template reads it: every text as {"words": …, "dir": "ltr" | "rtl"}."""
    return {
        "title": _text(document.title, document),
        "plain_title": printable(document.title),
        "plain_issuer": printable(document.issuer),
        **_language(document.language),
        "issuer": _text(document.issuer, document),
        "dateline": _text(document.dateline, document),
        "addressee": [_text(line, document) for line in document.addressee],
        "opening": [_block(block, document) for block in document.opening],
        "sections": [
            {
                "heading": _text(section.heading, document),
                "blocks": [_block(block, document) for block in section.blocks],
            }
            for section in document.sections
        ],
        "footer": _text(document.footer, document) if document.footer else None,
    }


def _block(block: Block, document: Document) -> dict[str, Any]:
    match block:
        case Paragraph(words):
            return {"kind": "paragraph", "texts": _paragraphs(words, document)}
        case Facts(facts):
            pairs = [{"label": _text(label, document), "value": _text(value, document)} for label, value in facts]
            return {"kind": "facts", "facts": pairs}
        case Points(items, numbered):
            return {"kind": "points", "items": [_text(item, document) for item in items], "numbered": numbered}
        case Table(caption, head, rows):
            return {
                "kind": "table",
                "caption": _text(caption, document),
                "head": [_text(cell, document) for cell in head],
                "rows": [[_text(cell, document) for cell in row] for row in rows],
            }
        case Quote(words, language):
            tag = language or document.language
            return {"kind": "quote", **_language(tag), "texts": _paragraphs(words, document)}


def _text(words: str, document: Document) -> dict[str, str]:
    return {"words": printable(words), "dir": base_direction(words, otherwise=document.direction)}


def _paragraphs(words: str, document: Document) -> list[dict[str, str]]:
    return [_text(part.strip("\n"), document) for part in words.split("\n\n") if part.strip()]


def _language(tag: str) -> dict[str, str | None]:
    """typst wants language and region apart, in the case ISO writes them."""
    language, *rest = tag.split("-")
    regions = [part.upper() for part in rest if len(part) == 2 and part.isalpha()]
    return {"language": language.lower(), "region": regions[0] if regions else None, "direction": direction(tag)}
