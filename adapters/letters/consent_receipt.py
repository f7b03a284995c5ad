"""The receipt of an answer to a consent as a letter: what was asked and answered, in which words, and how to take it back."""

from __future__ import annotations

from adapters.letters import common
from adapters.letters.consent_words import ANSWERS, DATA, PURPOSES, RECIPIENTS, WAYS
from adapters.letters.said import Said, day, printed_in
from application.consent_record import Answered
from application.documents import Block, Document, Facts, Paragraph, Quote, Section
from domain.consent import Answer, State
from domain.purposes import RECIPIENT_OF

_TITLE = Said("Kvittering for dit svar", "Receipt of your answer", "إيصال بإجابتك")
_OPENING = Said(
    "Her kan du læse, hvad du er blevet spurgt om, og hvad du har svaret. Dit svar har ingen betydning for jeres plads i "
    "forløbet, og du kan ændre det, når du vil.",
    "Here you can read what you were asked and what you answered. Your answer makes no difference to your place in the "
    "course, and you can change it whenever you like.",
    "هنا يمكنك قراءة ما سُئلت عنه وما أجبت به. لا تؤثر إجابتك على مكانكم في الدورة، ويمكنك تغييرها متى شئت.",
)
_YOUR_ANSWER = Said("Dit svar", "Your answer", "إجابتك")
_ASKED = Said("Du blev spurgt om", "You were asked about", "سُئلت عن")
_ANSWER = Said("Du svarede", "You answered", "أجبت")
_ANSWERED_ON = Said("Hvornår og hvordan", "When and how", "متى وكيف")
_FOR_WHOM = Said("For hvem", "For whom", "عن مَن")
_ONESELF = Said("Dig selv", "Yourself", "عن نفسك")
_CHILDREN = Said(
    "Dig selv og de børn, du har svaret for: {number}",
    "Yourself and the children you answered for: {number}",
    "عن نفسك وعن الأطفال الذين أجبت عنهم: {number}",
)
_ABOUT = Said("Hvad det drejer sig om", "What it is about", "ما الذي يتعلق به")
_MAY_READ = Said("Hvem der må læse det", "Who may read it", "من يجوز له قراءته")
_WOULD_READ = Said("Hvem der ville have læst det", "Who would have read it", "من كان سيقرؤه")
_UNTIL = Said("Hvor længe", "How long", "إلى متى")
_AT_MOST = Said("Højst til og med {day}", "At most until {day}", "حتى {day} كحد أقصى")
_TODAY = Said("I dag", "Today", "اليوم")

_STATES: dict[State, Said] = {
    State.GIVEN: Said("Dit ja gælder.", "Your yes holds.", "موافقتك سارية."),
    State.RENEWED: Said(
        "Dit ja gælder. Det fornyer et tidligere ja.", "Your yes holds. It renews an earlier yes.",
        "موافقتك سارية، وهي تجديد لموافقة سابقة.",
    ),
    State.REFUSED: Said("Der deles intet.", "Nothing is shared.", "لا تتم مشاركة أي شيء."),
    State.NOT_DECIDED: Said("Der deles intet.", "Nothing is shared.", "لا تتم مشاركة أي شيء."),
    State.WITHDRAWN: Said(
        "Du tog dit ja tilbage {day}. Siden da kan ingen læse det, der var delt.",
        "You took your yes back on {day}. Since then nobody can read what was shared.",
        "سحبت موافقتك في {day}. ومنذ ذلك الحين لا يستطيع أحد قراءة ما تمت مشاركته.",
    ),
    State.EXPIRED: Said(
        "Dit ja er udløbet. Ingen kan længere læse det, der var delt.",
        "Your yes has expired. Nobody can read what was shared any more.",
        "انتهت موافقتك. ولم يعد أحد يستطيع قراءة ما تمت مشاركته.",
    ),
}  # fmt: skip

_IN_WHICH_WORDS = Said("Ordene, du blev spurgt med", "The words you were asked in", "الكلمات التي سُئلت بها")
_TRANSLATED = Said(
    "Ordene blev oversat for dig, da du blev spurgt.", "The words were translated for you when you were asked.",
    "تُرجمت لك هذه الكلمات عندما سُئلت.",
)  # fmt: skip

_TAKING_BACK = Said("Sådan tager du dit ja tilbage", "How to take your yes back", "كيف تسحب موافقتك")
_ONE_STEP = Said(
    "Sig det til hvem som helst i klubben, ring, send en sms, eller gør det i registret under dine svar. Du behøver ikke "
    "sige hvorfor. Det er lige så let som at sige ja, og fra da af kan ingen læse det, der var delt. Det, nogen allerede "
    "har læst eller skrevet ud, beder vi dem om at glemme eller makulere.",
    "Tell anybody of the club, ring, send a text message, or do it in the register under your answers. You need not say "
    "why. It is as easy as saying yes, and from then on nobody can read what was shared. Those who have already read or "
    "printed it are asked to let it go or shred it.",
    "أخبر أي شخص في النادي، أو اتصل، أو أرسل رسالة نصية، أو افعل ذلك في السجل ضمن إجاباتك. لا يلزمك ذكر السبب. الأمر بسهولة "
    "قول نعم، ومنذ تلك اللحظة لا يستطيع أحد قراءة ما تمت مشاركته. ومن سبق أن قرأه أو طبعه نطلب منه أن يتركه أو يتلفه.",
)
_YOUR_RIGHTS = Said("Dine rettigheder", "Your rights", "حقوقك")
_RIGHTS = Said(
    "Du kan altid bede om at se, rette eller få slettet det, vi har om dig, få det begrænset eller få det med dig.",
    "You can always ask to see, correct or erase what we hold about you, to have it restricted, or to take it along.",
    "يمكنك دائمًا أن تطلب الاطلاع على ما لدينا عنك أو تصحيحه أو محوه أو تقييده أو أخذه معك.",
)

_ABOUT_THIS = Said("Om kvitteringen", "About this receipt", "عن هذا الإيصال")
_NUMBER = Said("Svarets nummer", "Number of the answer", "رقم الإجابة")
_WORDING = Said("Ordenes version", "Version of the words", "إصدار الكلمات")
_FINGERPRINT = Said("Ordenes fingeraftryk (SHA-256)", "Fingerprint of the words (SHA-256)", "بصمة الكلمات (SHA-256)")


def consent_receipt(answered: Answered, *, language: str | None = None) -> Document:
    """The letter, in the language asked for, else the one the question was asked in, else Danish."""
    speaks = printed_in(language, answered.consent.language)
    sections = [
        Section(_YOUR_ANSWER.in_(speaks), (_answer(answered, speaks),)),
        *([_words(answered, speaks)] if answered.words is not None else []),
        *([_taking_back(speaks)] if answered.state in (State.GIVEN, State.RENEWED) else []),
        Section(_YOUR_RIGHTS.in_(speaks), (Paragraph(_RIGHTS.in_(speaks)),)),
        common.responsible(answered.controller, speaks),
        Section(_ABOUT_THIS.in_(speaks), (_about(answered, speaks),)),
    ]
    return Document(
        title=_TITLE.in_(speaks),
        language=speaks,
        issuer=answered.controller.name,
        issued_on=answered.on,
        dateline=common.dateline(answered.on, speaks),
        opening=(Paragraph(_OPENING.in_(speaks)),),
        sections=tuple(sections),
        footer=common.questions(answered.controller, speaks),
    )


def _answer(answered: Answered, language: str) -> Facts:
    consent = answered.consent
    recipient = RECIPIENTS[consent.recipient or RECIPIENT_OF[consent.purpose]].in_(language)
    children = len(consent.on_behalf_of)
    state = _STATES[answered.state]
    when = day(consent.ended_on, language) if consent.ended_on is not None else ""
    facts = [
        (_ASKED, PURPOSES[consent.purpose].in_(language)),
        (_ANSWER, ANSWERS[consent.answer].in_(language)),
        (_ANSWERED_ON, f"{day(consent.answered_on, language)}, {WAYS[consent.way].in_(language)}"),
        (_FOR_WHOM, _CHILDREN.in_(language, number=children) if children else _ONESELF.in_(language)),
        (_ABOUT, "\n".join(DATA[data].in_(language) for data in answered.data)),
        (_MAY_READ if consent.answer is Answer.YES else _WOULD_READ, recipient),
    ]
    if consent.until is not None:
        facts.append((_UNTIL, _AT_MOST.in_(language, day=day(consent.until, language))))
    facts.append((_TODAY, state.in_(language, day=when)))
    return Facts(tuple((label.in_(language), value) for label, value in facts))


def _words(answered: Answered, language: str) -> Section:
    assert answered.words is not None
    blocks: list[Block] = [Quote(answered.words, answered.consent.language)]
    if answered.consent.translated:
        blocks.append(Paragraph(_TRANSLATED.in_(language)))
    return Section(_IN_WHICH_WORDS.in_(language), tuple(blocks))


def _taking_back(language: str) -> Section:
    return Section(_TAKING_BACK.in_(language), (Paragraph(_ONE_STEP.in_(language)),))


def _about(answered: Answered, language: str) -> Facts:
    consent = answered.consent
    facts = [(_NUMBER, str(consent.consent_id))]
    if consent.wording_id is not None:
        facts += [
            (_WORDING, f"{consent.wording_version} ({consent.language})"),
            (_FINGERPRINT, consent.wording_hash or ""),
        ]
    return Facts(tuple((label.in_(language), value) for label, value in facts))
