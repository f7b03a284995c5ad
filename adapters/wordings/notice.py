"""What a family is told when the leader first rings, in each language: who keeps what of it, and what it may do (Art. 14)."""

from __future__ import annotations

from collections.abc import Mapping

from gdpr.controller import DATATILSYNET, Controller
from gdpr.retention import CONTACT, NOTE, Clock, Span

LANGUAGES = ("da", "en", "ar")

_WORDS = {
    "da": (
        "Jeg ringer fra Småbørnsklubben. Klubben er {controller}s, og det er {controller}, der passer på jeres"
        " oplysninger.{contact}\n\n"
        "Jeg har fået jeres navne, jeres telefonnummer, hvilket sprog I taler, og hvornår børnene er født. Det har jeg"
        " fået af kommunen, fordi I sagde ja tak til klubben. Jeg har ikke fået at vide, hvorfor I blev foreslået, og det"
        " kan jeg heller ikke se.\n\n"
        "Vi bruger oplysningerne til at holde klubben og til ingenting andet. Vi har dem, fordi I har sagt ja, og I kan når"
        " som helst tage jeres ja tilbage (databeskyttelsesforordningens artikel 6, stk. 1, litra a, og artikel 9, stk. 2,"
        " litra a).\n\n"
        "Når I har fået plads, kan de frivillige se jeres fornavne og børnenes alder. Kommunen får kun at vide, hvor mange"
        " der kommer. Det, I fortæller mig nu, er det kun mig, der kan læse, medmindre I siger ja til andet. Vi sender"
        " ikke noget ud af EU.\n\n"
        "Det, I fortæller mig, bliver slettet {note} efter forløbet, og jeres navne og telefonnummer {roster} efter.\n\n"
        "I kan se alt, hvad der står om jer, og hvem der har læst det. I kan få det rettet eller slettet, få en kopi og"
        " sige fra.{officer} I kan klage til {authority}, {site}.\n\n"
        "I bestemmer selv, hvad I vil fortælle. Ingenting er også helt i orden."
    ),
    "en": (
        "I am ringing from the young children's club. The club is run by {controller}, and {controller} takes care of what"
        " is kept about you.{contact}\n\n"
        "I have been given your names, your telephone number, the language you speak and when your children were born. The"
        " municipality gave them to me because you said yes to the club. I have not been told why you were suggested, and"
        " I cannot see it.\n\n"
        "We use this to run the club and for nothing else. We have it because you said yes, and you can take your yes back"
        " at any time (the General Data Protection Regulation, Articles 6(1)(a) and 9(2)(a)).\n\n"
        "Once you have a place, the volunteers can see your first names and the children's ages. The municipality is only"
        " told how many come. What you tell me now, only I can read, unless you say yes to anything else. We send nothing"
        " out of the EU.\n\n"
        "What you tell me is deleted {note} after the course, and your names and telephone number {roster} after it.\n\n"
        "You can see everything that is kept about you and who has read it. You can have it corrected or deleted, have a"
        " copy, and object.{officer} You can complain to {authority}, {site}.\n\n"
        "You decide yourselves what you want to tell. Nothing at all is fine too."
    ),
    "ar": (
        "أتصل بكم من نادي الأطفال الصغار. تدير النادي {controller}، وهي المسؤولة عن بياناتكم.{contact}\n\n"
        "وصلتني أسماؤكم ورقم هاتفكم واللغة التي تتحدثونها ووقت ولادة أطفالكم. أعطتني إياها البلدية لأنكم وافقتم على النادي."
        " لم يخبرني أحد لماذا اقتُرح عليكم النادي، ولا أستطيع أن أرى ذلك.\n\n"
        "نستعمل هذه البيانات لتنظيم النادي ولا شيء غيره. لدينا هذه البيانات لأنكم وافقتم، ويمكنكم سحب موافقتكم في أي وقت"
        " (المادة 6، الفقرة 1، الحرف a، والمادة 9، الفقرة 2، الحرف a من اللائحة العامة لحماية البيانات).\n\n"
        "عندما تحصلون على مكان يرى المتطوعون أسماءكم الأولى وأعمار الأطفال. ولا تعرف البلدية إلا عدد من يحضر. ما تخبرونني به"
        " الآن لا يقرؤه أحد غيري إلا إذا وافقتم على غير ذلك. لا نرسل شيئًا خارج الاتحاد الأوروبي.\n\n"
        "يُحذف ما تخبرونني به بعد {note} من نهاية الدورة، وتُحذف أسماؤكم ورقم هاتفكم بعد {roster} من نهايتها.\n\n"
        "يمكنكم أن تروا كل ما هو محفوظ عنكم ومن قرأه، وأن تطلبوا تصحيحه أو حذفه أو نسخة منه، وأن تعترضوا.{officer}"
        " ويمكنكم أن تقدموا شكوى إلى {authority}، {site}.\n\n"
        "أنتم تقررون ما تريدون أن تخبرونا به. ولا بأس إن لم تخبرونا بشيء."
    ),
}  # fmt: skip
_CONTACT = {"da": " I kan nå os her: {}.", "en": " You can reach us here: {}.", "ar": " يمكنكم التواصل معنا هنا: {}."}
_OFFICER = {
    "da": " Spørg mig eller vores databeskyttelsesrådgiver: {}.",
    "en": " Ask me or our data protection officer: {}.",
    "ar": " اسألوني أو اسألوا مسؤول حماية البيانات لدينا: {}.",
}
_UNITS = {
    "da": ("måned", "måneder", "dag", "dage"),
    "en": ("month", "months", "day", "days"),
    "ar": ("شهر", "أشهر", "يوم", "أيام"),
}


def notice_in(language: str, controller: Controller, clocks: Mapping[str, Clock]) -> str:
    """What is read aloud, with the controller's own name and periods; what it has not said of itself is left out."""
    return _WORDS[language].format(
        controller=controller.name,
        contact=_CONTACT[language].format(controller.contact) if controller.contact else "",
        officer=_OFFICER[language].format(controller.officer) if controller.officer else "",
        authority=DATATILSYNET.name,
        site=DATATILSYNET.site,
        note=_time(clocks[NOTE].keep, language),
        roster=_time(clocks[CONTACT].keep, language),
    )


def _time(span: Span, language: str) -> str:
    one_month, months, one_day, days = _UNITS[language]
    number, one, many = (span.months, one_month, months) if span.months else (span.days, one_day, days)
    return f"{number} {one if number == 1 else many}"
