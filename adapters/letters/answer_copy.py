"""The copy of what is held, as the first half of the letter of access: the family, what it told, what it agreed to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from adapters.letters.answer_values import ERASED, days, label, value
from adapters.letters.answer_words import HOLDS, KINDS, PARTS
from adapters.letters.consent_words import ANSWERS, PURPOSES
from adapters.letters.said import Said
from adapters.texts import STAGES
from application.documents import Block, Facts, Paragraph, Points, Quote, Section, Table
from domain.consent import Answer
from domain.lists import PartKind, Purpose
from gdpr.retention_facts import HoldGround

_FAMILY = Said("Jer i familien", "Your family", "أفراد أسرتك")
_HOUSEHOLD = Said("Om hele familien", "About the whole family", "عن الأسرة كلها")
_ABOUT = Said("Om {name}", "About {name}", "عن {name}")
_UNNAMED = Said("Uden navn", "Without a name", "دون اسم")
_TOLD = Said("Det, du har fortalt", "What you told", "ما أخبرت به")
_SHARED = Said(
    "De frivillige i jeres forløb må læse det.",
    "The volunteers of your course may read it.",
    "يجوز لمتطوعي دورتكم قراءته.",
)
_NOT_SHARED = Said("Kun klublederen kan læse det.", "Only the club leader can read it.", "لا يقرؤه إلا قائد النادي.")
_CARRIED = Said("Gemt til jeres næste forløb", "Kept for your next course", "محفوظ لدورتكم القادمة")
_HOLDS = Said("Gemt længere end ellers", "Kept longer than usual", "محفوظ لمدة أطول من المعتاد")
_HELD = Said(
    "{kinds}: gemt på grund af {why}. Det bliver set efter igen den {day}.",
    "{kinds}: kept because of {why}. That is looked at again on {day}.",
    "{kinds}: محفوظ بسبب {why}. وتُعاد مراجعته في {day}.",
)
_MAY_CONSENT = Said("Hvem du kan svare for", "Whom you may answer for", "من يمكنك الإجابة عنه")
_MAY = Said(
    "Du kan sige ja eller nej for barnet", "You may say yes or no for the child", "يمكنك القبول أو الرفض عن الطفل"
)
_MAY_NOT = Said("Du kan ikke sige ja for barnet", "You may not say yes for the child", "لا يمكنك القبول عن الطفل")
_WISHED = Said("Emner, du ønsker: {themes}", "Topics you wish for: {themes}", "مواضيع ترغب فيها: {themes}")
_PLACES = Said("Jeres forløb i klubben", "Your course at the club", "دورتكم في النادي")
_HANDED_OVER = Said("Kommunen gav jeres navne videre", "The municipality passed your names on", "نقلت البلدية أسماءكم")
_TALKED = Said("Klublederen talte med jer", "The club leader talked with you", "تحدث معكم قائد النادي")
_CONFIRMED = Said("I fik en plads", "You got a place", "حصلتم على مكان")
_LEFT = Said("I holdt op", "You left", "غادرتم")
_CAME = Said("Aftenerne", "The evenings", "اللقاءات")
_EVENING = Said("Aften", "Evening", "اللقاء")
_PRESENCE = Said("Hvornår I kom", "When you came", "متى حضرتم")
_ANSWERS = Said("Dine svar", "Your answers", "إجاباتك")
_CONSENTS = Said("Det, du har svaret ja eller nej til", "What you said yes or no to", "ما أجبت عنه بنعم أو لا")
_QUESTION = Said("Hvad du blev spurgt om", "What you were asked about", "ما سُئلت عنه")
_ANSWERED = Said("Dit svar", "Your answer", "إجابتك")
_WHEN = Said("Hvornår", "When", "متى")
_AFTERWARDS = Said("Gemt til efter forløbet", "For when the course is over", "لما بعد انتهاء الدورة")
_CUSTODY = Said("Forældremyndighed", "Custody", "الحضانة")
_REFERRAL = Said("Kommunens henvisning", "The municipality's referral", "إحالة البلدية")
_REGISTERED = Said("Skrevet den", "Written on", "كُتبت في")
_STAGE = Said("Nu er henvisningen", "The referral is now", "حالة الإحالة الآن")
_BY = Said("Skrevet af", "Written by", "كتبها")
_CRITERIA = Said("Grunde, der er krydset af", "Grounds that were ticked", "الأسباب المحددة")
_JUDGED = Said("Hvordan barnet vurderes", "How the child is judged", "تقدير حالة الطفل")
_ASSESSED = Said("Vurdering af jeres situation", "Assessment of your situation", "تقدير وضعكم")
_REMARK = Said("Bemærkning", "Remark", "ملاحظة")
_STEPS = Said("Hvad der er sket", "What has happened", "ما حدث")
_MEMBER = ("caregiver", "family_name", "birth_month", "day_care", "telephone", "address")


class Names:
    """What the members are called in this letter; what is about nobody of them is about the household."""

    def __init__(self, copy: Mapping[str, Any], language: str) -> None:
        self._language = language
        self._by_id = {member["person_id"]: self._called(member) for member in copy["members"]}

    def _called(self, member: Mapping[str, Any]) -> str:
        name = member.get("given_name")
        if isinstance(name, Mapping):
            return ERASED.in_(self._language)
        return name or _UNNAMED.in_(self._language)

    def of(self, person_id: str) -> str:
        return self._by_id.get(person_id, _UNNAMED.in_(self._language))

    def about(self, subject: str) -> str:
        name = self._by_id.get(subject)
        return _ABOUT.in_(self._language, name=name) if name is not None else _HOUSEHOLD.in_(self._language)


def copy_sections(copy: Mapping[str, Any], names: Names, language: str) -> Iterator[Section]:
    """Every part of the copy that holds something."""
    yield Section(_FAMILY.in_(language), tuple(_family(copy, names, language)))
    made = {
        _TOLD: _told(copy, names, language),
        _CARRIED: _carried(copy, names, language),
        _MAY_CONSENT: _may_consent(copy, names, language),
        _PLACES: _places(copy, language),
        _CAME: _evenings(copy, language),
        _CONSENTS: _consents(copy, language),
        _AFTERWARDS: _afterwards(copy, language),
        _CUSTODY: _custody(copy, names, language),
        _REFERRAL: _referrals(copy, language),
        _HOLDS: _holds(copy, language),
    }
    for heading, blocks in made.items():
        found = tuple(blocks)
        if found:
            yield Section(heading.in_(language), found)


def _family(copy: Mapping[str, Any], names: Names, language: str) -> Iterator[Block]:
    """One member after the other, as a card."""
    for member in copy["members"]:
        told = [(label("given_name", language), names.of(member["person_id"]))]
        told += [(label(name, language), value(name, member[name], language)) for name in _MEMBER if name in member]
        yield Facts(tuple(told))
    if copy.get("language"):
        yield Facts(((label("language", language), value("language", copy["language"], language)),))


def _told(copy: Mapping[str, Any], names: Names, language: str) -> Iterator[Block]:
    for part in copy.get("note_parts", ()):
        heading = PARTS[PartKind(part["kind"])].in_(language)
        for statement in part["statements"]:
            shared = _SHARED if statement["shared_with_volunteers"] else _NOT_SHARED
            yield Paragraph(f"{heading}. {names.about(statement['about'])}. {shared.in_(language)}")
            yield Quote(value("words", statement.get("words"), language))
        if part.get("themes"):
            yield Paragraph(_WISHED.in_(language, themes=value("theme", part["themes"], language)))


def _carried(copy: Mapping[str, Any], names: Names, language: str) -> Iterator[Block]:
    for line in copy.get("kept_for_the_next_course", ()):
        yield Paragraph(f"{PARTS[PartKind(line['kind'])].in_(language)}. {names.about(line['about'])}.")
        yield Quote(value("words", line.get("words"), language))


def _may_consent(copy: Mapping[str, Any], names: Names, language: str) -> Iterator[Block]:
    told = tuple(
        (names.about(line["child_id"]), (_MAY if line["may_consent_for"] else _MAY_NOT).in_(language))
        for line in copy.get("may_consent_for", ())
    )
    if told:
        yield Facts(told)


def _holds(copy: Mapping[str, Any], language: str) -> Iterator[Block]:
    """What is kept longer than its period, why, and when somebody looks at that again."""
    for line in copy.get("holds", ()):
        kinds = ", ".join(KINDS[name].in_(language) for name in line["compartments"])
        why = HOLDS[HoldGround(line["ground"])].in_(language)
        yield Paragraph(_HELD.in_(language, kinds=kinds, why=why, day=days([line["review_on"]], language)))


def _places(copy: Mapping[str, Any], language: str) -> Iterator[Block]:
    for place in copy.get("places", ()):
        happened = (
            (_HANDED_OVER, place["handed_over_on"]), (_TALKED, place["conversation_on"]),
            (_CONFIRMED, place["confirmed_on"]), (_LEFT, place["left_on"]),
        )  # fmt: skip
        yield Facts(tuple((said.in_(language), days([on], language)) for said, on in happened if on is not None))


def _evenings(copy: Mapping[str, Any], language: str) -> Iterator[Block]:
    lines = [line for line in copy.get("attendance", ()) if line.get("status") is not None]
    if lines:
        rows = tuple((str(line["evening"]), value("status", line["status"], language)) for line in lines)
        yield Table(_PRESENCE.in_(language), (_EVENING.in_(language), label("status", language)), rows)


def _consents(copy: Mapping[str, Any], language: str) -> Iterator[Block]:
    rows = tuple(
        (
            PURPOSES[Purpose(line["purpose"])].in_(language),
            ANSWERS[Answer(line["answer"])].in_(language),
            days([line["answered_on"]], language),
        )
        for line in copy.get("consents", ())
    )
    if rows:
        head = (_QUESTION.in_(language), _ANSWERED.in_(language), _WHEN.in_(language))
        yield Table(_ANSWERS.in_(language), head, rows)


def _afterwards(copy: Mapping[str, Any], language: str) -> Iterator[Block]:
    for line in copy.get("follow_up", ()):
        named = tuple(name for name in ("given_name", "telephone") if line.get(name) is not None)
        if named:
            yield Facts(tuple((label(name, language), value(name, line[name], language)) for name in named))


def _custody(copy: Mapping[str, Any], names: Names, language: str) -> Iterator[Block]:
    for line in copy.get("custody", ()):
        if "custody" in line:
            yield Facts(((names.about(line["child_id"]), value("custody", line["custody"], language)),))


def _referrals(copy: Mapping[str, Any], language: str) -> Iterator[Block]:
    for referral in copy.get("referrals", ()):
        stage = STAGES[referral["stage"]].said(language)
        told = [
            (_REGISTERED.in_(language), days([referral["registered_on"]], language)),
            (_BY.in_(language), value("profession", referral["profession"], language)),
            (_STAGE.in_(language), stage),
        ]
        if referral.get("remark"):
            told.append((_REMARK.in_(language), value("remark", referral["remark"], language)))
        if referral["judgements"]:
            told.append((_JUDGED.in_(language), value("judgement", referral["judgements"], language)))
        if referral.get("municipal_case"):
            case = value("municipal_case", referral["municipal_case"], language)
            told.append((label("municipal_case", language), case))
        yield Facts(tuple(told))
        if referral["criteria"]:
            yield Paragraph(_CRITERIA.in_(language))
            yield Points(tuple(value("criterion", each, language) for each in referral["criteria"]))
        yield from _assessments(referral, language)
        yield Paragraph(_STEPS.in_(language))
        yield Points(
            tuple(
                f"{days([step['on']], language)}: {STAGES[step['stage']].said(language)}" for step in referral["steps"]
            )
        )


def _assessments(referral: Mapping[str, Any], language: str) -> Iterator[Block]:
    for each in referral["assessments"]:
        told = [(name, each[name]) for name in ("kind", "factors", "degree") if each.get(name) is not None]
        if told:
            yield Paragraph(_ASSESSED.in_(language))
            yield Facts(tuple((label(name, language), value(name, given, language)) for name, given in told))
