"""What a consent is about, in the words of a letter: purposes, kinds of data, recipients, ways of answering."""

from __future__ import annotations

from adapters.letters.said import Said
from domain.consent import Answer
from domain.lists import Purpose, Way
from domain.purposes import Data, Recipient

PURPOSES: dict[Purpose, Said] = {
    Purpose.SHARE_WITH_VOLUNTEERS: Said(
        "At de frivillige tager hensyn til det, du har fortalt",
        "That the volunteers take into account what you told",
        "أن يراعي المتطوعون ما أخبرتنا به",
    ),
    Purpose.SHARE_WITH_CO_LEADER: Said(
        "At en medleder kender det, du har fortalt",
        "That a co-leader knows what you told",
        "أن يعرف قائد مشارك ما أخبرتنا به",
    ),
    Purpose.ANONYMOUS_THEMES: Said(
        "At temaer, du ønsker, går videre uden navn",
        "That themes you wish for are passed on without your name",
        "أن تُنقل المواضيع التي ترغب فيها دون ذكر اسمك",
    ),
    Purpose.SMS_REMINDERS: Said(
        "Sms om den næste aften", "Text messages about the next evening", "رسائل نصية للتذكير باللقاء القادم"
    ),
    Purpose.CONTACT_AFTER_COURSE: Said(
        "Kontakt, når forløbet er slut", "Contact when the course is over", "التواصل معك بعد انتهاء الدورة"
    ),
    Purpose.REUNION_INVITATION: Said("Indbydelse til et gensyn", "Invitation to a reunion", "دعوة إلى لقاء لمّ الشمل"),
    Purpose.LINKED_QUESTIONNAIRE: Said(
        "At dine svar før og efter forløbet sammenlignes",
        "That your answers before and after the course are compared",
        "مقارنة إجاباتك قبل الدورة وبعدها",
    ),
    Purpose.PHOTO_OR_STORY: Said(
        "At et billede eller en historie vises", "That a picture or a story is shown", "عرض صورة أو قصة"
    ),
    Purpose.REFERRAL_FEEDBACK: Said(
        "At den, der henviste jer, hører, om I deltager",
        "That whoever referred you hears whether you take part",
        "إبلاغ من أحالكم بما إذا كنتم تشاركون",
    ),
    Purpose.BRIDGING_OFFER: Said(
        "At et andet tilbud kontakter dig", "That another offer gets in touch with you", "أن تتواصل معك جهة أخرى"
    ),
    Purpose.QUESTION_TO_PROFESSIONAL: Said(
        "At en fagperson forbereder et svar på dit spørgsmål",
        "That a professional prepares an answer to your question",
        "أن يُعدّ مختص إجابة عن سؤالك",
    ),
    Purpose.CARRY_OVER: Said(
        "At lederen af jeres næste forløb kender det, du har fortalt",
        "That the leader of your next course knows what you told",
        "أن يعرف قائد دورتكم القادمة ما أخبرتنا به",
    ),
}

DATA: dict[Data, Said] = {
    Data.NOTE_PART: Said("En del af det, du har fortalt", "A part of what you told", "جزء مما أخبرتنا به"),
    Data.THEMES: Said("Temaer, du ønsker", "Themes you wish for", "مواضيع ترغب فيها"),
    Data.TELEPHONE: Said("Dit telefonnummer", "Your telephone number", "رقم هاتفك"),
    Data.NAME_AND_TELEPHONE: Said("Dit navn og telefonnummer", "Your name and telephone number", "اسمك ورقم هاتفك"),
    Data.QUESTIONNAIRE: Said("Dine svar på et spørgeskema", "Your answers to a questionnaire", "إجاباتك عن استبيان"),
    Data.PICTURE_OR_STORY: Said("Et billede eller en historie", "A picture or a story", "صورة أو قصة"),
    Data.TAKING_PART: Said("Om I deltager", "Whether you take part", "ما إذا كنتم تشاركون"),
    Data.NEED_OF_AN_OFFER: Said("Hvilket tilbud I har brug for", "Which offer you need", "ما الذي تحتاجون إليه"),
    Data.QUESTION: Said("Dit spørgsmål", "Your question", "سؤالك"),
}

RECIPIENTS: dict[Recipient, Said] = {
    Recipient.COURSE_VOLUNTEERS: Said(
        "De frivillige i jeres forløb", "The volunteers of your course", "المتطوعون في دورتكم"
    ),
    Recipient.CO_LEADER: Said("En medleder i jeres forløb", "A co-leader of your course", "قائد مشارك في دورتكم"),
    Recipient.COORDINATOR: Said("Koordinatoren", "The coordinator", "المنسّق"),
    Recipient.REMINDER_SERVICE: Said(
        "Den tjeneste, der sender sms", "The service that sends text messages", "خدمة إرسال الرسائل النصية"
    ),
    Recipient.SECRETARIAT: Said("Sekretariatet", "The secretariat", "الأمانة"),
    Recipient.EVALUATOR: Said("Den, der evaluerer forløbene", "Whoever evaluates the courses", "من يقيّم الدورات"),
    Recipient.REFERRER: Said(
        "Den, der henviste jer i kommunen", "Whoever referred you in the municipality", "من أحالكم في البلدية"
    ),
    Recipient.OFFER: Said("Det tilbud, du har valgt", "The offer you chose", "الجهة التي اخترتها"),
    Recipient.PROFESSIONAL: Said("Aftenens fagperson", "The professional of the evening", "مختص اللقاء"),
    Recipient.NEXT_LEADER: Said(
        "Lederen af jeres næste forløb", "The leader of your next course", "قائد دورتكم القادمة"
    ),
}

WAYS: dict[Way, Said] = {
    Way.TELEPHONE: Said("i telefonen", "on the telephone", "عبر الهاتف"),
    Way.SMS: Said("på sms", "by text message", "برسالة نصية"),
    Way.IN_PERSON: Said("i en samtale", "in a conversation", "في محادثة"),
    Way.ON_PAPER: Said("på papir", "on paper", "على الورق"),
    Way.DIGITAL: Said("i registret", "in the register", "في السجل"),
}

ANSWERS: dict[Answer, Said] = {
    Answer.YES: Said("Ja", "Yes", "نعم"),
    Answer.NO: Said("Nej", "No", "لا"),
    Answer.NOT_DECIDED: Said(
        "Ikke besluttet; det gælder som et nej", "Not decided; that counts as a no", "لم يُحسم بعد؛ ويُعدّ ذلك رفضًا"
    ),
}
