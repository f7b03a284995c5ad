"""The letters of a request about one's own data: received, extended, refused, answered, corrected, restricted, objected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from adapters.letters import common
from adapters.letters.answer_values import label
from adapters.letters.answer_words import KINDS, RIGHTS
from adapters.letters.said import Said, day, printed_in
from application.answers.letters import Letter
from application.documents import Block, Document, Paragraph, Points, Quote, Section
from gdpr.answering_facts import CompellingGround, CorrectionRefused
from gdpr.controller import Controller
from gdpr.rights_facts import ExtendedBecause, RefusedBecause

TITLES: dict[Letter, Said] = {
    Letter.ACKNOWLEDGEMENT: Said("Vi har fået din anmodning", "We have received your request", "تلقينا طلبك"),
    Letter.EXTENSION: Said("Vi har brug for mere tid", "We need more time", "نحتاج إلى مزيد من الوقت"),
    Letter.REFUSAL: Said("Vi siger nej til din anmodning", "We refuse your request", "رفضنا طلبك"),
    Letter.ANSWER: Said("Dit svar er klar", "Your answer is ready", "ردّنا جاهز"),
    Letter.CORRECTION: Said("Om det, du ville have rettet", "About what you wanted corrected", "بشأن ما أردت تصحيحه"),
    Letter.RESTRICTION: Said(
        "Ingen andre læser dine oplysninger nu", "Nobody else reads your data now", "لا يقرأ أحد غيرك بياناتك الآن"
    ),
    Letter.OBJECTION: Said("Svar på din indsigelse", "The answer to your objection", "الرد على اعتراضك"),
}
_YOU_ASKED = Said("Du bad den {day} om: {right}.", "On {day} you asked: {right}.", "طلبت في {day}: {right}.")
_DUE = Said("Du får svar senest den {day}.", "You will have an answer by {day}.", "ستحصل على الرد في موعد أقصاه {day}.")
_FREE = Said("Det koster ikke noget.", "It costs nothing.", "لا يكلفك ذلك شيئًا.")
_EXTENDED = Said(
    "Du skulle have haft svar den {first}. Nu får du det senest den {due}.",
    "You should have had an answer on {first}. Now you will have it by {due}.",
    "كان من المقرر الرد في {first}، وستحصل عليه الآن في موعد أقصاه {due}.",
)
_EXTENDED_BECAUSE: dict[ExtendedBecause, Said] = {
    ExtendedBecause.COMPLEXITY: Said(
        "Det er fordi din anmodning er omfattende.", "That is because your request is complex.", "وذلك لأن طلبك معقد."
    ),
    ExtendedBecause.NUMBER_OF_REQUESTS: Said(
        "Det er fordi der er mange anmodninger.", "That is because there are many requests.", "وذلك لكثرة الطلبات."
    ),
}
_REFUSED: dict[RefusedBecause, Said] = {
    RefusedBecause.NOT_OWN_DATA: Said(
        "Man kan bede om oplysninger om sig selv og sit eget barn, men ikke om en anden voksen.",
        "One can ask about oneself and one's own child, but not about another adult.",
        "يمكن للمرء السؤال عن نفسه وعن طفله، لا عن شخص بالغ آخر.",
    ),
    RefusedBecause.MANIFESTLY_UNFOUNDED: Said(
        "Anmodningen er åbenbart grundløs (databeskyttelsesforordningens artikel 12, stk. 5).",
        "The request is manifestly unfounded (GDPR Article 12(5)).",
        "الطلب لا أساس له بشكل واضح (المادة 12(5) من اللائحة العامة لحماية البيانات).",
    ),
    RefusedBecause.EXCESSIVE: Said(
        "Anmodningen er overdreven, især fordi den gentager sig (databeskyttelsesforordningens artikel 12, stk. 5).",
        "The request is excessive, in particular because it repeats itself (GDPR Article 12(5)).",
        "الطلب مفرط، خصوصًا لأنه متكرر (المادة 12(5) من اللائحة العامة لحماية البيانات).",
    ),
    RefusedBecause.IDENTITY_NOT_PROVEN: Said(
        "Vi ved ikke, om det er dig, der spørger (databeskyttelsesforordningens artikel 12, stk. 6).",
        "We do not know whether it is you who asks (GDPR Article 12(6)).",
        "لا نعلم إن كنت أنت من يسأل (المادة 12(6) من اللائحة العامة لحماية البيانات).",
    ),
    RefusedBecause.NO_GROUND_TO_RESTRICT: Said(
        "Der er ingen af de fire grunde, som databeskyttelsesforordningens artikel 18, stk. 1, kræver.",
        "None of the four grounds that GDPR Article 18(1) asks for is there.",
        "لا يتوفر أي من الأسباب الأربعة التي تشترطها المادة 18(1) من اللائحة العامة لحماية البيانات.",
    ),
}
_ONLY_HERE = Said(
    "Det gælder kun hos os. Andre, der har oplysninger om dig, svarer for sig selv.",
    "This is only about us. Others who hold data about you answer for themselves.",
    "يخص هذا جهتنا فقط، وتردّ الجهات الأخرى التي لديها بيانات عنك عن نفسها.",
)
_COLLECT = Said(
    "Log ind og hent det under dine anmodninger. Du kan læse det på skærmen, skrive det ud og hente det flere gange.",
    "Log in and collect it under your requests. You may read it on the screen, print it, and collect it more than once.",
    "سجّل الدخول واحصل عليه ضمن طلباتك. يمكنك قراءته على الشاشة أو طباعته أو الحصول عليه أكثر من مرة.",
)
_ACCEPTED = Said("{field} ({kind}): bliver rettet.", "{field} ({kind}): will be corrected.", "{field} ({kind}): سيُصحَّح.")
_MADE = Said("{field} ({kind}): er rettet.", "{field} ({kind}): has been corrected.", "{field} ({kind}): تم تصحيحه.")
_WAITING = Said(
    "{field} ({kind}): ikke afgjort endnu.", "{field} ({kind}): not decided yet.", "{field} ({kind}): لم يُبتّ فيه بعد."
)
_NOT_CORRECTED: dict[CorrectionRefused, Said] = {
    CorrectionRefused.HELD_TO_BE_ACCURATE: Said(
        "{field} ({kind}): bliver stående, for vi mener, det er rigtigt.",
        "{field} ({kind}): stays, because we hold it to be right.",
        "{field} ({kind}): يبقى كما هو لأننا نراه صحيحًا.",
    ),
    CorrectionRefused.A_PROFESSIONALS_JUDGEMENT: Said(
        "{field} ({kind}): bliver stående, for det er en faglig vurdering.",
        "{field} ({kind}): stays, because it is a professional's judgement.",
        "{field} ({kind}): يبقى كما هو لأنه تقدير مهني.",
    ),
    CorrectionRefused.NOT_HELD_HERE: Said(
        "{field} ({kind}): står ikke hos os.",
        "{field} ({kind}): is not held by us.",
        "{field} ({kind}): غير موجود لدينا.",
    ),
}
_STATEMENT = Said(
    "Hvor vi ikke retter, bliver dine egne ord gemt sammen med sagen.",
    "Where we do not correct, your own words are kept with the case.",
    "حيث لا نصحح، تُحفظ كلماتك مع الملف.",
)
_RESTRICTED = Said(
    "Vi gemmer oplysningerne, men ingen andre end du kan læse dem. Du får besked, før det bliver ændret.",
    "We keep the data, but nobody but you can read them. You will be told before that is changed.",
    "نحتفظ بالبيانات، لكن لا يستطيع قراءتها أحد سواك، وسنخبرك قبل تغيير ذلك.",
)
_UPHELD = Said(
    "Vi giver dig ret. Ingen bruger oplysningerne mere, og du kan bede om at få dem slettet.",
    "We agree with you. Nobody uses the data any more, and you may ask to have them erased.",
    "نحن نوافقك. لن يستخدم أحد البيانات بعد الآن، ويمكنك طلب محوها.",
)
_COMPELLING: dict[CompellingGround, Said] = {
    CompellingGround.OVERRIDING_INTEREST: Said(
        "Vi bruger fortsat oplysningerne, for der er vægtige grunde, der går forud (artikel 21, stk. 1).",
        "We go on using the data, because there are compelling grounds that override (GDPR Article 21(1)).",
        "نواصل استخدام البيانات لوجود أسباب قاهرة مرجِّحة (المادة 21(1)).",
    ),
    CompellingGround.LEGAL_CLAIMS: Said(
        "Vi bruger fortsat oplysningerne, for de er nødvendige for et retskrav (artikel 21, stk. 1).",
        "We go on using the data, because they are needed for a legal claim (GDPR Article 21(1)).",
        "نواصل استخدام البيانات لأنها لازمة لمطالبة قانونية (المادة 21(1)).",
    ),
}
_WHY = Said("Hvorfor", "Why", "لماذا")
_WHAT = Said("Hvad det gælder", "What it is about", "ما الذي يتعلق به")


def request_letter(told: Mapping[str, Any], controller: Controller, *, language: str | None = None) -> Document:
    """A letter as `application.answers.letters` answers it; complaint and court stand in every one (Art. 12(4))."""
    speaks = printed_in(language)
    kind: Letter = told["kind"]
    asked = _YOU_ASKED.in_(speaks, day=day(told["received_on"], speaks), right=RIGHTS[told["right"]].in_(speaks))
    sections = [*_about(told, speaks), *_reasons(told, speaks), common.responsible(controller, speaks)]
    return Document(
        title=TITLES[kind].in_(speaks),
        language=speaks,
        issuer=controller.name,
        issued_on=told["told_on"],
        dateline=common.dateline(told["told_on"], speaks),
        opening=(Paragraph(asked), *(Paragraph(said) for said in _said(told, speaks))),
        sections=tuple(sections),
        footer=common.questions(controller, speaks),
    )


def _said(told: Mapping[str, Any], language: str) -> Iterator[str]:
    """The decision, in a sentence or two."""
    due, first = day(told["due_on"], language), day(told["first_due_on"], language)
    match told["kind"]:
        case Letter.ACKNOWLEDGEMENT:
            yield from (_DUE.in_(language, day=first), _FREE.in_(language))
        case Letter.EXTENSION:
            yield _EXTENDED.in_(language, first=first, due=due)
            yield _EXTENDED_BECAUSE[ExtendedBecause(told["extended_because"])].in_(language)
        case Letter.REFUSAL:
            yield from (_REFUSED[RefusedBecause(told["refused"])].in_(language), _ONLY_HERE.in_(language))
        case Letter.ANSWER:
            yield _COLLECT.in_(language)
        case Letter.CORRECTION:
            yield _STATEMENT.in_(language)
        case Letter.RESTRICTION:
            yield _RESTRICTED.in_(language)
        case Letter.OBJECTION:
            compelling = told["compelling"]
            yield (_COMPELLING[CompellingGround(compelling)] if compelling else _UPHELD).in_(language)


def _about(told: Mapping[str, Any], language: str) -> Iterator[Section]:
    """Which kinds of data it is about, or which corrections."""
    if told["kind"] is Letter.CORRECTION:
        lines = tuple(_correction(each, language) for each in told["corrections"])
    else:
        names = {Letter.RESTRICTION: told["restricted"], Letter.OBJECTION: told["against"]}.get(told["kind"], [])
        lines = tuple(dict.fromkeys(KINDS[name].in_(language) for name in names if name in KINDS))
    if lines:
        yield Section(_WHAT.in_(language), (Points(lines),))


def _correction(line: Mapping[str, Any], language: str) -> str:
    said = {"wished": _WAITING, "accepted": _ACCEPTED, "made": _MADE}.get(line["state"])
    if said is None:
        said = _NOT_CORRECTED[CorrectionRefused(line["refused"])]
    return said.in_(language, field=label(line["field"], language), kind=KINDS[line["compartment"]].in_(language))


def _reasons(told: Mapping[str, Any], language: str) -> Iterator[Section]:
    blocks: tuple[Block, ...] = tuple(Quote(words) for words in told["reasons"])
    if blocks:
        yield Section(_WHY.in_(language), blocks)
