"""What each purpose of a consent reaches: one recipient, named kinds of data, a part of the note or none, and how long (INT-07)."""

from __future__ import annotations

from enum import StrEnum

from domain.lists import Purpose


class Recipient(StrEnum):
    """To whom a consent opens something; one group each (INT-04)."""

    COURSE_VOLUNTEERS = "course_volunteers"
    CO_LEADER = "co_leader"
    COORDINATOR = "coordinator"
    REMINDER_SERVICE = "reminder_service"
    SECRETARIAT = "secretariat"
    EVALUATOR = "evaluator"
    REFERRER = "referrer"
    OFFER = "offer"
    PROFESSIONAL = "professional"
    NEXT_LEADER = "next_leader"


class Data(StrEnum):
    """What a consent is about, as one would say it to a family (INT-06)."""

    NOTE_PART = "note_part"
    THEMES = "themes"
    TELEPHONE = "telephone"
    NAME_AND_TELEPHONE = "name_and_telephone"
    QUESTIONNAIRE = "questionnaire"
    PICTURE_OR_STORY = "picture_or_story"
    TAKING_PART = "taking_part"
    NEED_OF_AN_OFFER = "need_of_an_offer"
    QUESTION = "question"


RECIPIENT_OF: dict[Purpose, Recipient] = {
    Purpose.SHARE_WITH_VOLUNTEERS: Recipient.COURSE_VOLUNTEERS,
    Purpose.SHARE_WITH_CO_LEADER: Recipient.CO_LEADER,
    Purpose.ANONYMOUS_THEMES: Recipient.COORDINATOR,
    Purpose.SMS_REMINDERS: Recipient.REMINDER_SERVICE,
    Purpose.CONTACT_AFTER_COURSE: Recipient.SECRETARIAT,
    Purpose.REUNION_INVITATION: Recipient.SECRETARIAT,
    Purpose.LINKED_QUESTIONNAIRE: Recipient.EVALUATOR,
    Purpose.PHOTO_OR_STORY: Recipient.SECRETARIAT,
    Purpose.REFERRAL_FEEDBACK: Recipient.REFERRER,
    Purpose.BRIDGING_OFFER: Recipient.OFFER,
    Purpose.QUESTION_TO_PROFESSIONAL: Recipient.PROFESSIONAL,
    Purpose.CARRY_OVER: Recipient.NEXT_LEADER,
}
"""Each purpose reaches one recipient; a consent can never be wider than its purpose (GDPR Art. 7(2))."""

DATA_OF: dict[Purpose, tuple[Data, ...]] = {
    Purpose.SHARE_WITH_VOLUNTEERS: (Data.NOTE_PART,),
    Purpose.SHARE_WITH_CO_LEADER: (Data.NOTE_PART,),
    Purpose.ANONYMOUS_THEMES: (Data.THEMES,),
    Purpose.SMS_REMINDERS: (Data.TELEPHONE,),
    Purpose.CONTACT_AFTER_COURSE: (Data.NAME_AND_TELEPHONE,),
    Purpose.REUNION_INVITATION: (Data.NAME_AND_TELEPHONE,),
    Purpose.LINKED_QUESTIONNAIRE: (Data.QUESTIONNAIRE,),
    Purpose.PHOTO_OR_STORY: (Data.PICTURE_OR_STORY,),
    Purpose.REFERRAL_FEEDBACK: (Data.TAKING_PART,),
    Purpose.BRIDGING_OFFER: (Data.NAME_AND_TELEPHONE, Data.NEED_OF_AN_OFFER),
    Purpose.QUESTION_TO_PROFESSIONAL: (Data.QUESTION,),
    Purpose.CARRY_OVER: (Data.NOTE_PART,),
}
"""All that a purpose may touch; a wording states it, and a consent names it."""

DAYS_AFTER_COURSE: dict[Purpose, int] = dict.fromkeys(Purpose, 0) | {
    Purpose.CONTACT_AFTER_COURSE: 365,
    Purpose.REUNION_INVITATION: 365,
    Purpose.CARRY_OVER: 365,
    Purpose.PHOTO_OR_STORY: 365,
    Purpose.LINKED_QUESTIONNAIRE: 183,
    Purpose.REFERRAL_FEEDBACK: 30,
}
"""How many days after the course a consent may last at most; 0 is with its last day (INT-09)."""

ABOUT_PARTS = frozenset(
    {
        Purpose.SHARE_WITH_VOLUNTEERS,
        Purpose.SHARE_WITH_CO_LEADER,
        Purpose.ANONYMOUS_THEMES,
        Purpose.QUESTION_TO_PROFESSIONAL,
    }
)
"""Purposes that are consented to part by part (INT-04)."""

ABOUT_CHILDREN_TOO = ABOUT_PARTS | {Purpose.CARRY_OVER}
"""Purposes that are about what was told of a household, so that an adult answers for its children as well."""

CONFIDENTIAL = frozenset({Data.NOTE_PART, Data.THEMES, Data.NEED_OF_AN_OFFER, Data.QUESTION})
"""Kinds that hold special categories (GDPR Art. 9), or what Danish practice protects as well: illness, conflict, economy."""
