"""What an answer about one's own data says of kinds of data, purposes, bases, periods, sources and readers, in plain words."""

from __future__ import annotations

from adapters.labels import ARABIC, SAID
from adapters.letters.said import Said
from application.answers.sources import Source
from domain.compartments import Basis, KeptFrom
from domain.lists import Attendance, PartKind, Theme
from domain.people import Role
from gdpr.retention_facts import HoldGround
from gdpr.rights_facts import Right

KINDS: dict[str, Said] = {
    "case_file": Said(
        "Kommunens grunde til at henvise jer", "The municipality's grounds for referring you", "أسباب البلدية لإحالتكم"
    ),
    "municipal_contact": Said("Navne og børnenes alder", "Names and the children's ages", "الأسماء وأعمار الأطفال"),
    "municipal_telephone": Said("Telefonnummer", "Telephone number", "رقم الهاتف"),
    "municipal_address": Said("Adresse", "Address", "العنوان"),
    "roster": Said("Fornavne", "First names", "الأسماء الأولى"),
    "ages": Said("Børnenes alder", "The children's ages", "أعمار الأطفال"),
    "contact": Said("Efternavn og rolle i familien", "Surname and role in the family", "اسم العائلة والدور في الأسرة"),
    "language": Said("Sprog", "Language", "اللغة"),
    "club_telephone": Said("Telefonnummer", "Telephone number", "رقم الهاتف"),
    "note": Said("Det, du har fortalt klublederen", "What you told the club leader", "ما أخبرت به قائد النادي"),
    "carried_note": Said(
        "Det, du har sagt ja til at tage med til næste forløb",
        "What you agreed to carry over to your next course",
        "ما وافقت على نقله إلى دورتك القادمة",
    ),
    "shared_note": Said(
        "Det, du har sagt ja til at dele med de frivillige",
        "What you agreed to share with the volunteers",
        "ما وافقت على مشاركته مع المتطوعين",
    ),
    "shared_theme": Said(
        "Emner, du ønsker, uden navn", "Topics you wish for, without your name", "مواضيع ترغب فيها دون اسمك"
    ),
    "attendance": Said("Hvem der kom til aftenerne", "Who came to the evenings", "من حضر اللقاءات"),
    "follow_up": Said(
        "Navn og telefon til bagefter", "Name and telephone for afterwards", "الاسم ورقم الهاتف لما بعد الدورة"
    ),
    "consent_proof": Said("Hvordan du gav dit ja", "How you gave your yes", "كيف أعطيت موافقتك"),
    "rights": Said("Dine anmodninger om dine oplysninger", "Your requests about your data", "طلباتك بشأن بياناتك"),
}
"""By compartment that a family's data may lie in; a test finds one that is missing."""

PURPOSES: dict[str, Said] = {
    "case_file": Said(
        "At vurdere, om I vil have glæde af klubben, og henvise jer",
        "To judge whether the club would be good for you, and to refer you",
        "لتقدير ما إذا كان النادي مفيدًا لكم ولإحالتكم",
    ),
    "municipal_contact": Said(
        "At vide, hvem henvisningen handler om", "To know whom the referral is about", "لمعرفة من تتعلق به الإحالة"
    ),
    "municipal_telephone": Said(
        "At give nummeret videre, så klublederen kan ringe",
        "To pass the number on so that the leader can ring",
        "لنقل الرقم كي يستطيع قائد النادي الاتصال",
    ),
    "municipal_address": Said("At holde to hjem adskilt", "To keep two homes apart", "للتمييز بين منزلين"),
    "roster": Said(
        "At vide, hvem der kommer til aftenerne", "To know who comes to the evenings", "لمعرفة من يحضر اللقاءات"
    ),
    "ages": Said(
        "At aftenerne passer til børnenes alder",
        "So that the evenings suit the children's ages",
        "كي تناسب اللقاءات أعمار الأطفال",
    ),
    "contact": Said(
        "At klublederen ved, hvem der bliver ringet til",
        "So that the leader knows whom to ring",
        "كي يعرف قائد النادي بمن يتصل",
    ),
    "language": Said("At tale med jer på jeres sprog", "To speak with you in your language", "للتحدث معكم بلغتكم"),
    "club_telephone": Said(
        "At ringe til jer og minde om aftenerne",
        "To ring you and remind you of the evenings",
        "للاتصال بكم وتذكيركم باللقاءات",
    ),
    "note": Said(
        "At klublederen kan forberede forløbet",
        "So that the leader can prepare the course",
        "كي يتمكن قائد النادي من تحضير الدورة",
    ),
    "carried_note": Said(
        "At du slipper for at fortælle det hele igen",
        "To spare you telling everything again",
        "كي لا تضطر إلى إعادة كل ما أخبرت به",
    ),
    "shared_note": Said(
        "At de frivillige tager hensyn til det, du har fortalt",
        "That the volunteers take into account what you told",
        "أن يراعي المتطوعون ما أخبرتنا به",
    ),
    "shared_theme": Said(
        "At aftenerne handler om det, I har brug for",
        "That the evenings are about what you need",
        "أن تتناول اللقاءات ما تحتاجون إليه",
    ),
    "attendance": Said("At holde aftenerne", "To hold the evenings", "لإقامة اللقاءات"),
    "follow_up": Said(
        "At kontakte jer, når forløbet er slut",
        "To contact you when the course is over",
        "للتواصل معكم بعد انتهاء الدورة",
    ),
    "consent_proof": Said(
        "At kunne vise, at du har sagt ja", "To be able to show that you said yes", "لنتمكن من إثبات موافقتك"
    ),
    "rights": Said("At svare på dine anmodninger", "To answer your requests", "للرد على طلباتك"),
}

BASES: dict[Basis, Said] = {
    Basis.PUBLIC_TASK: Said(
        "Kommunens opgave (databeskyttelsesforordningens artikel 6, stk. 1, litra e)",
        "The municipality's task (GDPR Article 6(1)(e))",
        "مهمة البلدية (المادة 6(1)(هـ) من اللائحة العامة لحماية البيانات)",
    ),
    Basis.LEGAL_OBLIGATION: Said(
        "Det skal vi efter loven (artikel 6, stk. 1, litra c)", "The law obliges us (GDPR Article 6(1)(c))",
        "يُلزمنا القانون بذلك (المادة 6(1)(ج))",
    ),
    Basis.LEGITIMATE_INTEREST: Said(
        "En legitim interesse (artikel 6, stk. 1, litra f)", "A legitimate interest (GDPR Article 6(1)(f))",
        "مصلحة مشروعة (المادة 6(1)(و))",
    ),
    Basis.AGREEMENT: Said(
        "En aftale (artikel 6, stk. 1, litra b)", "An agreement (GDPR Article 6(1)(b))", "اتفاق (المادة 6(1)(ب))"
    ),
    Basis.CONSENT: Said("Dit ja (artikel 6, stk. 1, litra a)", "Your yes (GDPR Article 6(1)(a))", "موافقتك (المادة 6(1)(أ))"),
    Basis.EXPLICIT_CONSENT: Said(
        "Dit udtrykkelige ja (artikel 6, stk. 1, litra a, og artikel 9, stk. 2, litra a)",
        "Your explicit yes (GDPR Article 6(1)(a) and 9(2)(a))",
        "موافقتك الصريحة (المادتان 6(1)(أ) و9(2)(أ))",
    ),
}  # fmt: skip

AFTER: dict[KeptFrom, Said] = {
    KeptFrom.CASE_CLOSED: Said("sagen er lukket", "the case is closed", "إغلاق الحالة"),
    KeptFrom.LAST_EVENING: Said("forløbets sidste aften er holdt", "the last evening", "آخر لقاء"),
    KeptFrom.CONSENT_ENDED: Said("dit ja er slut", "your yes has ended", "انتهاء موافقتك"),
    KeptFrom.LEAVING: Said("personen er holdt op", "the person has left", "مغادرة الشخص"),
    KeptFrom.REQUEST_CLOSED: Said("anmodningen er besvaret", "the request is answered", "الرد على الطلب"),
    KeptFrom.COURSE_CLOSED: Said("forløbet er slut", "the course is over", "انتهاء الدورة"),
    KeptFrom.BREACH_CLOSED: Said("bruddet er afsluttet", "the breach is closed", "إغلاق حادث الاختراق"),
}
A_TIME_AFTER = Said("{time} efter, at {moment}", "{time} after {moment}", "{time} بعد {moment}")
AT_ONCE = Said("Indtil {moment}", "Until {moment}", "حتى {moment}")

SOURCES: dict[Source, Said] = {
    Source.THE_FAMILY: Said("Du har selv fortalt det", "You told it yourself", "أنت من أخبرنا بذلك"),
    Source.HAND_OVER: Said("Kommunen gav det videre", "The municipality passed it on", "نقلته إلينا البلدية"),
    Source.STAFF: Said("En medarbejder skrev det", "A member of staff wrote it", "كتبه أحد الموظفين"),
}

READERS: dict[Role, Said] = {
    Role.REFERRER: Said("Medarbejdere, der henviser familier", "Staff who refer families", "موظفون يحيلون الأسر"),
    Role.COORDINATOR: Said("Koordinatoren", "The coordinator", "المنسّق"),
    Role.LEADER: Said("Klubledere", "Club leaders", "قادة النادي"),
    Role.VOLUNTEER: Said("Frivillige i jeres forløb", "Volunteers of your course", "متطوعون في دورتكم"),
    Role.PROFESSIONAL: Said(
        "Fagpersoner på besøg, kun for hele gruppen uden navne", "Visiting professionals, for the whole group and without names",
        "مختصون زائرون، للمجموعة كلها ودون أسماء",
    ),
    Role.SECRETARIAT: Said("Red Barnets sekretariat", "Red Barnet's secretariat", "أمانة المنظمة"),
}  # fmt: skip

PARTS: dict[PartKind, Said] = {
    PartKind.PRESENTATION: Said("Hvem I er", "Who you are", "من أنتم"),
    PartKind.WISHES: Said("Hvad I ønsker jer", "What you wish for", "ما تتمنونه"),
    PartKind.EVERYDAY_LIFE: Said("Hverdagen", "Everyday life", "الحياة اليومية"),
    PartKind.CHALLENGES: Said("Det, der er svært", "What is hard", "ما هو صعب"),
    PartKind.NEEDS: Said("Hvad I har brug for", "What you need", "ما تحتاجون إليه"),
    PartKind.QUESTIONS: Said("Jeres spørgsmål", "Your questions", "أسئلتكم"),
    PartKind.PRACTICAL: Said("Praktiske hensyn", "Practical needs", "أمور عملية"),
}

THEMES: dict[Theme, Said] = {theme: Said(*SAID["Theme"][theme], ARABIC["Theme"][theme]) for theme in Theme}

CAME: dict[Attendance, Said] = {
    Attendance.PRESENT: Said("I kom", "You came", "حضرتم"),
    Attendance.CANCELLED: Said("I meldte afbud", "You cancelled", "اعتذرتم"),
    Attendance.NOT_COME: Said("I kom ikke", "You did not come", "لم تحضروا"),
}

HOLDS: dict[HoldGround, Said] = {
    ground: Said(*SAID["HoldGround"][ground], ARABIC["HoldGround"][ground]) for ground in HoldGround
}

RIGHTS: dict[Right, Said] = {
    Right.ACCESS: Said("indsigt i dine oplysninger", "access to your data", "الاطلاع على بياناتك"),
    Right.RECTIFICATION: Said("at få noget rettet", "to have something corrected", "تصحيح شيء ما"),
    Right.ERASURE: Said("at få noget slettet", "to have something erased", "محو شيء ما"),
    Right.RESTRICTION: Said(
        "at brugen af dine oplysninger bliver begrænset",
        "to have the use of your data restricted",
        "تقييد استخدام بياناتك",
    ),
    Right.PORTABILITY: Said("at få dine oplysninger med dig", "to take your data along", "أخذ بياناتك معك"),
    Right.OBJECTION: Said(
        "at gøre indsigelse mod det, der bygger på kommunens opgave eller en legitim interesse",
        "to object to what rests on the municipality's task or a legitimate interest",
        "الاعتراض على ما يستند إلى مهمة البلدية أو مصلحة مشروعة",
    ),
}
