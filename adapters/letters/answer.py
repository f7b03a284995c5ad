"""The answer to a request for access as a letter: what is held, the eight items of Art. 15(1), and who looked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from adapters.letters import common
from adapters.letters.answer_copy import Names, copy_sections
from adapters.letters.answer_values import NONE, days, label, period, value
from adapters.letters.answer_words import (
    BASES,
    KINDS,
    PURPOSES,
    READERS,
    RIGHTS,
    SOURCES,
)
from adapters.letters.said import Said, printed_in
from adapters.texts.look_ups import look_up
from application.answers.sources import Source
from application.documents import Block, Document, Facts, Paragraph, Points, Section, Table
from domain.compartments import Basis
from domain.people import Role, TakesPartAs
from gdpr.answering_facts import WithheldBecause
from gdpr.controller import Controller
from gdpr.rights_facts import Right

_TITLE = Said("Det har vi om dig og dine børn", "What we hold about you and your children", "ما لدينا عنك وعن أطفالك")
_TITLE_OF_A_CHILD = Said("Det har vi om dit barn", "What we hold about your child", "ما لدينا عن طفلك")
_OPENING = Said(
    "Du bad den {asked} om at se, hvad vi har. Her er svaret. Først står det, vi har skrevet, og så hvorfor vi har det, "
    "hvem der har set det, og hvad du kan bede om.",
    "On {asked} you asked to see what we hold. Here is the answer. First what we have written down, then why we hold it, "
    "who has seen it, and what you may ask for.",
    "طلبت في {asked} الاطلاع على ما لدينا. هذا هو الرد: أولًا ما كتبناه، ثم سبب احتفاظنا به ومن اطّلع عليه وما يمكنك طلبه.",
)
_A = Said("a. Hvad vi bruger oplysningerne til", "a. What we use the data for", "أ. لماذا نستخدم البيانات")
_B = Said("b. Hvilke slags oplysninger vi har", "b. What kinds of data we hold", "ب. أنواع البيانات لدينا")
_C = Said("c. Hvem der har fået oplysningerne", "c. Who has received the data", "ج. من حصل على البيانات")
_D = Said("d. Hvor længe vi gemmer dem", "d. How long we keep them", "د. مدة الاحتفاظ بها")
_E = Said("e. Hvad du kan bede om", "e. What you may ask for", "هـ. ما يمكنك طلبه")
_F = Said("f. Hvor du kan klage", "f. Where you may complain", "و. أين يمكنك الشكوى")
_G = Said("g. Hvor oplysningerne kommer fra", "g. Where the data come from", "ز. مصدر البيانات")
_H = Said("h. Beslutninger truffet af en computer", "h. Decisions made by a computer", "ح. قرارات يتخذها الحاسوب")
_OUTSIDE = Said("Oplysninger sendt ud af EU", "Data sent outside the EU", "بيانات أُرسلت خارج الاتحاد الأوروبي")
_NO_COMPUTER = Said(
    "Ingen. Det er altid mennesker, der beslutter.",
    "None. It is always people who decide.",
    "لا يوجد. البشر هم من يقررون دائمًا.",
)
_PURPOSES = Said("Formål og grundlag", "Purposes and bases", "الأغراض والأسس")
_RECIPIENTS = Said("Modtagere", "Recipients", "المتلقون")
_PERIODS = Said("Frister", "Periods", "المدد")
_SOURCES = Said("Kilder", "Sources", "المصادر")
_DAY_BY_DAY = Said("Dag for dag", "Day by day", "يومًا بيوم")
_BY_DATE = Said("Med datoen for, hvornår det blev skrevet", "With the day it was written", "مع تاريخ الكتابة")
_KIND = Said("Oplysninger", "Data", "البيانات")
_PURPOSE = Said("Bruges til", "Used for", "الغرض")
_BASIS = Said("Efter", "Based on", "السند")
_SPECIAL = Said("{kind} (fortroligt)", "{kind} (confidential)", "{kind} (سري)")
_WHO = Said("Hvem", "Who", "من")
_WHEN = Said("Hvornår", "When", "متى")
_FROM_TO = Said("{first} til {last}", "{first} to {last}", "من {first} إلى {last}")
_RED_BARNET = Said(
    "Red Barnet, som holder klubben",
    "Red Barnet, which runs the club",
    "منظمة رعاية الأطفال التي تدير النادي (Red Barnet)",
)
_HOW_LONG = Said("Hvor længe", "How long", "المدة")
_SOURCE = Said("Kilde", "Source", "المصدر")
_YOU_MAY = Said("Du kan altid bede om:", "You may always ask:", "يمكنك دائمًا أن تطلب:")
_COMPLAIN = Said(
    "Du kan klage til Datatilsynet. Adressen står sidst i brevet.",
    "You may complain to the Danish Data Protection Agency. Its address stands at the end of this letter.",
    "يمكنك الشكوى إلى هيئة حماية البيانات الدنماركية. عنوانها في نهاية هذه الرسالة.",
)
_LOOKED = Said("Hvem der har set dine oplysninger", "Who has looked at your data", "من اطّلع على بياناتك")
_DID = Said("Hvad der skete", "What happened", "ما الذي حدث")
_READ = Said("Så oplysningerne", "Saw the data", "اطّلع على البيانات")
_NAMES_KEPT = Said(
    "Navnene på de enkelte medarbejdere er ikke med. Har du brug for dem, kan du skrive til databeskyttelsesrådgiveren.",
    "The names of the staff are not included. If you need them, write to the data protection officer.",
    "لا تُذكر أسماء الموظفين. إذا احتجت إليها فاكتب إلى مسؤول حماية البيانات.",
)
_EARLIER = Said(
    "Andet, vi har skrevet, også tidligere", "Other and earlier things we have written", "أمور أخرى وسابقة كتبناها"
)
_WRITTEN = Said("Skrevet", "Written", "كُتب في")
_SAYS = Said("Hvad der står", "What it says", "ما هو مكتوب")
_ASKED = Said("Dine anmodninger", "Your requests", "طلباتك")
_ASKED_FOR = Said("Du bad om", "You asked", "طلبت")
_YOU_SAID = Said("Ord i sagen", "Words in the case", "كلمات في الملف")
_LEFT_OUT = Said("Hvad der ikke er med", "What is not included", "ما لم يُدرج")
_OTHERS = Said(
    "Hvad en anden voksen har fortalt, er ikke med her. Den anden voksen har samme ret til at være i fred med sine ord, "
    "som du har (databeskyttelsesforordningens artikel 15, stk. 4).",
    "What another adult has told is not included here. The other adult has the same right to keep its words to itself as "
    "you have (GDPR Article 15(4)).",
    "لا يشمل هذا ما أخبر به شخص بالغ آخر، فله الحق نفسه في خصوصية كلامه (المادة 15(4) من اللائحة العامة لحماية البيانات).",
)
_WITHHELD: dict[WithheldBecause, Said] = {
    WithheldBecause.RIGHTS_OF_OTHERS: Said(
        "{kind}: holdt tilbage af hensyn til andre (databeskyttelsesforordningens artikel 15, stk. 4)",
        "{kind}: withheld for the sake of others (GDPR Article 15(4))",
        "{kind}: حُجب مراعاةً لآخرين (المادة 15(4))",
    ),
    WithheldBecause.PRIVATE_INTERESTS: Said(
        "{kind}: holdt tilbage af afgørende private hensyn (databeskyttelsesloven § 22, stk. 1)",
        "{kind}: withheld for decisive private interests (Danish Data Protection Act, section 22(1))",
        "{kind}: حُجب لمصالح خاصة حاسمة (قانون حماية البيانات الدنماركي، المادة 22(1))",
    ),
    WithheldBecause.PUBLIC_INTERESTS: Said(
        "{kind}: holdt tilbage af hensyn til det offentlige (databeskyttelsesloven § 22, stk. 2)",
        "{kind}: withheld for public interests (Danish Data Protection Act, section 22(2))",
        "{kind}: حُجب لمصالح عامة (قانون حماية البيانات الدنماركي، المادة 22(2))",
    ),
}


def access_letter(answer: Mapping[str, Any], controller: Controller, *, language: str | None = None) -> Document:
    """The letter of an answer as `application.answers.access` makes it, in the language asked for, else Danish."""
    speaks = printed_in(language)
    names = Names(answer["copy"], speaks)
    made_on = date.fromisoformat(answer["made_on"])
    sections = [
        *copy_sections(answer["copy"], names, speaks),
        *_earlier(answer["earlier"], speaks),
        *_items(answer["items"], names, speaks),
        _looked(answer, speaks),
        *_requests(answer["requests"], speaks),
        _left_out(answer["withheld"], speaks),
        common.responsible(controller, speaks),
    ]
    grown_up = any(member["takes_part_as"] == TakesPartAs.ADULT for member in answer["copy"]["members"])
    return Document(
        title=(_TITLE if grown_up else _TITLE_OF_A_CHILD).in_(speaks),
        language=speaks,
        issuer=controller.name,
        issued_on=made_on,
        dateline=common.dateline(made_on, speaks),
        opening=(Paragraph(_OPENING.in_(speaks, asked=days([answer["received_on"]], speaks))),),
        sections=tuple(sections),
        footer=common.questions(controller, speaks),
    )


def _items(items: Mapping[str, Any], names: Names, language: str) -> Iterator[Section]:
    """The eight items under fixed headings; what is empty says that there is none."""

    def kind(line: Mapping[str, Any]) -> str:
        return KINDS[line["compartment"]].in_(language)

    def table(head: tuple[Said, ...], rows: Sequence[tuple[str, ...]], caption: Said) -> Block:
        if not rows:
            return Paragraph(NONE.in_(language))
        return Table(caption.in_(language), tuple(said.in_(language) for said in head), tuple(rows))

    purposes = [
        (kind(line), PURPOSES[line["compartment"]].in_(language), BASES[Basis(line["basis"])].in_(language))
        for line in items["a_purposes"]
    ]
    kinds = [
        _SPECIAL.in_(language, kind=kind(line)) if line["special"] else kind(line) for line in items["b_categories"]
    ]
    periods = [(kind(line), period(line, language)) for line in items["d_periods"]]
    sources = [(kind(line), _source(line, language), days(line["on"], language)) for line in items["g_sources"]]
    rights = tuple(RIGHTS[Right(right)].in_(language) for right in items["e_rights"])
    whence: list[tuple[Said, Block]] = [
        (_A, table((_KIND, _PURPOSE, _BASIS), purposes, _PURPOSES)),
        (_B, Points(tuple(kinds)) if kinds else Paragraph(NONE.in_(language))),
        (_C, table((_WHO, _KIND, _WHEN), list(_recipients(items["c_recipients"], language)), _RECIPIENTS)),
        (_D, table((_KIND, _HOW_LONG), periods, _PERIODS)),
    ]
    for heading, block in whence:
        yield Section(heading.in_(language), (block,))
    yield Section(_E.in_(language), (Paragraph(_YOU_MAY.in_(language)), Points(rights)))
    yield Section(_F.in_(language), (Paragraph(_COMPLAIN.in_(language)),))
    yield Section(_G.in_(language), (table((_KIND, _SOURCE, _WHEN), sources, _SOURCES),))
    yield Section(_H.in_(language), (Paragraph(_NO_COMPUTER.in_(language)),))
    yield Section(_OUTSIDE.in_(language), (Paragraph(NONE.in_(language)),))


def _source(line: Mapping[str, Any], language: str) -> str:
    return SOURCES[Source(line["source"])].in_(language)


def _recipients(lines: list[Mapping[str, Any]], language: str) -> Iterator[tuple[str, str, str]]:
    """Another controller by its name; readers by their role, or by name where an officer decided so."""

    def who(line: Mapping[str, Any]) -> str:
        if line["role"] is None:
            return _RED_BARNET.in_(language)
        said = READERS[Role(line["role"])].in_(language)
        return f"{said}: {line['name']}" if line["name"] else said

    for named, group in groupby(sorted(lines, key=who), key=who):
        those = list(group)
        first, last = min(line["first_on"] for line in those), max(line["last_on"] for line in those)
        kinds = dict.fromkeys(KINDS[name].in_(language) for line in those for name in line["compartments"])
        yield named, ", ".join(kinds), _span(first, last, language)


def _span(first: str, last: str, language: str) -> str:
    if first == last:
        return days([first], language)
    return _FROM_TO.in_(language, first=days([first], language), last=days([last], language))


def _earlier(lines: list[Mapping[str, Any]], language: str) -> Iterator[Section]:
    if lines:
        head = (_WRITTEN, _KIND, _SAYS)
        rows = tuple(
            (
                days([line["on"]], language),
                label(line["field"], language),
                value(line["field"], line["value"], language),
            )
            for line in lines
        )
        table = Table(_BY_DATE.in_(language), tuple(said.in_(language) for said in head), rows)
        yield Section(_EARLIER.in_(language), (table,))


def _looked(answer: Mapping[str, Any], language: str) -> Section:
    """The reading log day by day: who, in which role, and what for; the same look at several values is one line."""
    rows = dict.fromkeys(_look(line, language) for line in _by_look(answer["log"]))
    blocks: list[Block] = [Paragraph(NONE.in_(language))]
    if rows:
        blocks = [
            Table(_DAY_BY_DAY.in_(language), (_WHEN.in_(language), _WHO.in_(language), _DID.in_(language)), tuple(rows))
        ]
    if not any("name" in line for line in answer["log"]):
        blocks.append(Paragraph(_NAMES_KEPT.in_(language)))
    return Section(_LOOKED.in_(language), tuple(blocks))


def _by_look(log: list[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    def look(line: Mapping[str, Any]) -> tuple[str, ...]:
        return line["at"], line["role"], line["purpose"], line["action"], line.get("name", "")

    for _, group in groupby(sorted(log, key=look), key=look):
        those = list(group)
        fields = dict.fromkeys(name for line in those for name in line["fields"])
        yield {**those[0], "fields": list(fields)}


def _look(line: Mapping[str, Any], language: str) -> tuple[str, str, str]:
    role = READERS[Role(line["role"])].in_(language) if line["role"] in READERS else line["role"]
    if language == "ar":
        did = _READ.in_(language)
    else:
        did = look_up(line["role"], line["action"], line["purpose"], line["fields"], own=False, language=language)
    return days([line["at"][:10]], language), line.get("name") or role, did


def _requests(lines: list[Mapping[str, Any]], language: str) -> Iterator[Section]:
    for_each = [
        Facts(
            (
                (_ASKED_FOR.in_(language), RIGHTS[Right(line["right"])].in_(language)),
                (_WHEN.in_(language), days([line["received_on"]], language)),
                *((_YOU_SAID.in_(language), each["words"]) for each in line["words"] if isinstance(each["words"], str)),
            )
        )
        for line in lines
    ]
    if for_each:
        yield Section(_ASKED.in_(language), tuple(for_each))


def _left_out(withheld: list[Mapping[str, Any]], language: str) -> Section:
    lines = tuple(
        _WITHHELD[WithheldBecause(each["ground"])].in_(language, kind=KINDS[each["compartment"]].in_(language))
        for each in withheld
    )
    return Section(_LEFT_OUT.in_(language), (Paragraph(_OTHERS.in_(language)), *((Points(lines),) if lines else ())))
