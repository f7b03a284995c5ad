"""The questions in English, as the Danish has them."""

from __future__ import annotations

from domain.lists import Purpose

FREELY = (
    "It is up to you. A no changes nothing about your place in the club, and we do not ask why. You can take your yes back"
    " at any time: ring, write or tell the club leader. What somebody has already read or heard cannot be unread, but we ask"
    " them not to use it. If you also say yes for a child, everybody with custody has to say yes where it is something"
    " confidential, and one of you can take it back for all. You can complain to Datatilsynet, the Danish data protection"
    " authority."
)
"""Stands below every question."""

WORDS: dict[Purpose, str] = {
    Purpose.SHARE_WITH_VOLUNTEERS: (
        "May the volunteers of your group read the part that I have just read aloud to you? Then they know what you wish for"
        " and what to be careful about. Only the volunteers of this one group can read it, and they keep it to themselves."
        " It may be about health and other confidential things. They can read it until the course ends."
    ),
    Purpose.SHARE_WITH_CO_LEADER: (
        "May the other leader of your group read the part that I have just read aloud to you? Then we can prepare the course"
        " together. Nobody else sees it. It may be about health and other confidential things. The other leader can read it"
        " until the course ends."
    ),
    Purpose.ANONYMOUS_THEMES: (
        "May I pass on your wishes as themes without a name, such as “sleep” or “food”? The municipality's coordinator uses"
        " them to find speakers. The themes are shown only when several families have wishes, so that nobody can tell who"
        " wished for what. We use them until the course ends."
    ),
    Purpose.SMS_REMINDERS: (
        "May we send you a text message before each club evening, so that you remember it? For that we use your telephone"
        " number and nothing else. The message does not say which club it is. We send them until the course ends."
    ),
    Purpose.CONTACT_AFTER_COURSE: (
        "May Save the Children Denmark (Red Barnet) ring or write to you three and six months after the course and ask how"
        " things are? For that we keep your name and telephone number for at most a year after the course. What you have told"
        " in the club is not kept for it."
    ),
    Purpose.REUNION_INVITATION: (
        "May Save the Children Denmark (Red Barnet) invite you when the families of the club meet again? For that we keep your"
        " name and telephone number for at most a year after the course. What you have told in the club is not kept for it."
    ),
    Purpose.LINKED_QUESTIONNAIRE: (
        "May we link your answers to the questionnaire to your family, so that those who study the clubs can see whether"
        " anything has changed from one time to the next? If you say no you can still answer without a name. The answers"
        " are linked to you for at most half a year after the course."
    ),
    Purpose.PHOTO_OR_STORY: (
        "May Save the Children Denmark (Red Barnet) use a picture of you, something you have said, or your story, when we tell"
        " others about the clubs? You see it before we use it. Others may recognise you. We use it for at most a year after"
        " the course."
    ),
    Purpose.REFERRAL_FEEDBACK: (
        "May we tell the person who suggested the club to you whether you came and whether you completed it? Only that, and"
        " nothing of what you have told. We tell it once, at the latest a month after the course."
    ),
    Purpose.BRIDGING_OFFER: (
        "May I pass on your name, your telephone number and what you would like help with to the offer we have talked about,"
        " so that they can ring you? Only to that one offer, and only once, before the course ends."
    ),
    Purpose.QUESTION_TO_PROFESSIONAL: (
        "May I tell the professional who comes to visit the question that I have just read aloud, and that it comes from you?"
        " The question may be about health and other confidential things. Only that one professional gets it, and only for"
        " this course."
    ),
    Purpose.CARRY_OVER: (
        "If you come to a new course: may its leader read what you have told this time, so that you do not have to tell it all"
        " again? Only what you have told yourself, and only the leader. The volunteers do not get it before you are asked"
        " again. It may be about health and other confidential things. We keep it for that for at most a year after the"
        " course."
    ),
}
