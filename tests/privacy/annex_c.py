"""Annex C of the requirements, cell by cell (`annex_c.csv`, verbatim), and what each of its cells lets a reader have (VIS-11).

The file is a transcription and is not edited to fit the program. What the program does differently stands in
`NARROWER`, `WIDER` and `WRITES_MORE` below, each with its reason; `docs/decisions/0014-where-we-differ-from-annex-c.md` says why.
"""

from __future__ import annotations

import csv
from enum import IntEnum
from pathlib import Path

from domain.people import Role

FILE = Path(__file__).with_name("annex_c.csv")

ROLES = {
    "Ref": Role.REFERRER, "Coo": Role.COORDINATOR, "Lea": Role.LEADER, "Vol": Role.VOLUNTEER, "Pro": Role.PROFESSIONAL,
    "Fam": Role.FAMILY, "Sec": Role.SECRETARIAT, "Bra": Role.BRANCH, "DPO": Role.OFFICER, "Eva": Role.EVALUATOR,
    "Mgt": Role.MANAGEMENT,
}  # fmt: skip
OWN_ROLES = {Role.ADMINISTRATOR, Role.REMINDER_SERVICE}
"""The two that the register itself needs; the annex does not speak of them."""


class Level(IntEnum):
    """How much a reader has of one row of the annex, from least to most."""

    NOTHING = 0
    TOTALS = 1
    GROUP = 2
    """Values without whose they are."""
    PARTLY = 3
    """A part of the value, as the first of several names."""
    EACH = 4
    """The values, and whose they are."""


_LETTERS = {"–": Level.NOTHING, "L": Level.NOTHING, "T": Level.TOTALS} | dict.fromkeys("RCOW", Level.EACH)
_PHRASES = {
    "yes/no": Level.PARTLY,
    "first name": Level.PARTLY,
    "first names": Level.PARTLY,
    "leader's name": Level.PARTLY,
    "ages only": Level.GROUP,
    "as need of the group": Level.GROUP,
    "as programme": Level.GROUP,
    "only that themes may be used": Level.GROUP,
    "effect only": Level.NOTHING,
    "task only": Level.PARTLY,
    "those addressed to it": Level.EACH,
    "own": Level.EACH,
    "own, by role": Level.PARTLY,
    "own evening": Level.EACH,
    "R unlinked": Level.GROUP,
}  # fmt: skip


def cells() -> dict[tuple[str, Role], str]:
    """What the annex says, by row and role."""
    with FILE.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    return {(row[0], ROLES[name]): cell for row in rows for name, cell in zip(header[1:], row[1:], strict=True)}


def rows() -> list[str]:
    return list(dict.fromkeys(row for row, _ in cells()))


def most(cell: str) -> Level:
    """The most that a cell lets its reader have. Raises KeyError for a cell nobody has thought about."""
    return _PHRASES[cell] if cell in _PHRASES else _LETTERS[cell[0]]


def may_write(cell: str) -> bool:
    return any(word.strip(",;") == "W" for word in cell.split()) or cell == "R, propose"


CRITERIA = "Referral criteria, judgement, remarks"
TYPOLOGY = "Vulnerability typology and degree"
MEASURE = "Preventive measure, case status, which child the referral concerns"
CHANNEL = "Referrer, channel"
CUSTODY = "Custody"
STATE = "Referral state, lead time"
ADULTS = "Adults' names"
TELEPHONE = "Telephone"
ADDRESS = "Address"
CHILDREN = "Children: first name, age"
BIRTH = "Children: birth month and year"
LANGUAGE = "Language, translation need"
PRACTICAL = "Practical needs (diet, allergy, access)"
CONVERSATION = "That the introductory conversation was held"
UNSHARED = "Introductory note, part not shared"
SHARED = "Introductory note, part shared"
THEMES = "Wishes as themes without identity"
CONSENTS = "Consents"
ACQUAINTED = '"I know this family" statements'
PROGRAMME = "Programme"
BOOKINGS = "Bookings"
ATTENDANCE = "Attendance per family"
RETURNING = "Returning family"
AFTER = "Contact after the course"
VOLUNTEERS = "Volunteers: attachment, training"
LOG = "Access log"
REQUESTS = "Requests for access and erasure"

NOT_BUILT = (
    "Wish for a further course, yes/no of leader and coordinator",
    "Questionnaire answers",
    "Bridging step of a family",
    "Reunion headcount",
    "Family plan, mentor's or adviser's notes (other course kinds)",
    "Family story",
    "Signs of change, learning log",
)
"""Rows that nothing in the register carries yet. Who builds one moves it out of here, and gives it compartments and traces."""

CARRIED_BY: dict[str, tuple[str, ...]] = {
    CRITERIA: ("case_file",),
    TYPOLOGY: ("case_file",),
    MEASURE: ("case_file",),
    CHANNEL: (),
    CUSTODY: ("case_file",),
    STATE: (),
    ADULTS: ("municipal_contact", "roster", "contact"),
    TELEPHONE: ("municipal_telephone", "club_telephone"),
    ADDRESS: ("municipal_address",),
    CHILDREN: ("municipal_contact", "roster", "ages"),
    BIRTH: ("municipal_contact", "ages"),
    LANGUAGE: ("municipal_contact", "language"),
    PRACTICAL: ("note", "shared_note"),
    CONVERSATION: (),
    UNSHARED: ("note",),
    SHARED: ("shared_note",),
    THEMES: ("shared_theme",),
    CONSENTS: ("consent_proof",),
    ACQUAINTED: (),
    PROGRAMME: (),
    BOOKINGS: (),
    ATTENDANCE: ("attendance",),
    RETURNING: (),
    AFTER: ("follow_up",),
    VOLUNTEERS: ("volunteer_file",),
    LOG: (),
    REQUESTS: ("rights",),
}
"""By row the compartments its personal values lie in; none where a row is ids, dates and stages."""

IN_THE_CLEAR = {(Role.LEADER, CUSTODY)}
"""Cells of a row with compartments whose reader is shown no value of any: yes or no by ids, for rules decide on it."""

IN_NO_ROW = {"carried_note", "staff_file", "receiving", "breach", "draft"}
"""Compartments of which the annex does not speak: names of those who log in, keys for what arrives, what went wrong,
forms that were not sent."""

_ELSEWHERE = "the reports that would show it are not built"
_NO_QUESTION = "the value is kept and may be opened, but no question shows it yet"

NARROWER: dict[tuple[Role, str], str] = {
    (Role.REFERRER, PROGRAMME): "the town is told when a course starts, ends and takes in, not of its evenings",
    (Role.REFERRER, REQUESTS): "the officer writes requests down; the referrer passes them on by word of mouth",
    (Role.COORDINATOR, PRACTICAL): _ELSEWHERE,
    (Role.COORDINATOR, CONSENTS): "themes appear or do not; that they may be used is not said apart",
    (Role.COORDINATOR, BOOKINGS): "by id and evening, to make a link; profession and theme are not shown back yet",
    (Role.COORDINATOR, RETURNING): "as a number; which family it is, the municipality knows from its own referrals",
    (
        Role.COORDINATOR,
        VOLUNTEERS,
    ): "the club's contact is a pseudonym so far; no name is shown in the coordinator's view",
    (Role.LEADER, BOOKINGS): "no list of bookings is shown yet; the programme says that an evening has a talk",
    (Role.VOLUNTEER, LANGUAGE): "there is no consent to tell volunteers of the language, so nothing is shown",
    (Role.VOLUNTEER, THEMES): "the consent names the coordinator as recipient; a consent is never wider than its words",
    (Role.VOLUNTEER, ACQUAINTED): "stated, and not shown back",
    (Role.VOLUNTEER, BOOKINGS): "the programme says that an evening has a talk",
    (Role.VOLUNTEER, VOLUNTEERS): _NO_QUESTION,
    (Role.FAMILY, BOOKINGS): "the programme says that an evening has a talk",
    (
        Role.FAMILY,
        VOLUNTEERS,
    ): "how many lead and help; first names await the screens, for they are the volunteers' own data",
    (Role.SECRETARIAT, CRITERIA): _ELSEWHERE,
    (Role.SECRETARIAT, TYPOLOGY): _ELSEWHERE,
    (Role.SECRETARIAT, CHANNEL): _ELSEWHERE,
    (Role.SECRETARIAT, ADULTS): _NO_QUESTION,
    (Role.SECRETARIAT, TELEPHONE): _NO_QUESTION,
    (Role.SECRETARIAT, LANGUAGE): _ELSEWHERE,
    (
        Role.SECRETARIAT,
        THEMES,
    ): "the consent names the coordinator as recipient; a consent is never wider than its words",
    (Role.SECRETARIAT, CONSENTS): _NO_QUESTION,
    (Role.SECRETARIAT, BOOKINGS): "no list of bookings is shown yet",
    (Role.SECRETARIAT, AFTER): _NO_QUESTION,
    (Role.SECRETARIAT, REQUESTS): "tasks are not built",
    (Role.OFFICER, PROGRAMME): "nothing an inquiry needs",
    **{
        (role, row): "the evaluator's and the management's reports are not built"
        for role in (Role.EVALUATOR, Role.MANAGEMENT)
        for row in (CRITERIA, TYPOLOGY, CHILDREN, PROGRAMME, BOOKINGS, ATTENDANCE, RETURNING, VOLUNTEERS)
    },
    **{(Role.EVALUATOR, row): "the evaluator's reports are not built" for row in (CHANNEL, STATE, THEMES, REQUESTS)},
}
"""Where a reader has less than the annex allows, and why."""

WIDER: dict[tuple[Role, str], str] = {
    (Role.BRANCH, CHILDREN): "the number of children of a course: VIS-07 gives the branch counts",
}
"""Where a reader has more than the annex says, because another requirement says so."""

OPENED_FOR_LESS: dict[tuple[Role, str], str] = {
    (Role.VOLUNTEER, "ages"): "the birth month is opened to compute the age; the month itself is in no answer",
    (
        Role.PROFESSIONAL,
        "ages",
    ): "the birth months are opened to compute the ages of the group; no month is in an answer",
}
"""Compartments the policy opens for a role although one of their rows is closed to it: what leaves is less than what opens."""

WORDED: dict[str, str] = {
    "W own unit": "own_unit",
    "R to hand-over": "not_handed_over",
    "W author": "author_or_consented_co_leader",
    "W author; co-leader C": "author_or_consented_co_leader",
    "C": "consent_in_force",
    "C own course": "on_the_team",
    "W same evening": "same_evening",
    "R own": "subject_or_parent",
    "R on request": "subject_or_parent",
    "R own course": "leads_the_course",
    "O": "subject_or_parent",
    "first name": "on_the_team",
}
"""Words of a cell that a condition of the policy must say too."""

WRITTEN_BY: dict[str, tuple[str, ...]] = {
    CRITERIA: ("ReferFamily", "CorrectReferral"),
    CUSTODY: ("StateCustody", "TellCustody"),
    STATE: (
        "AcceptReferral", "DeclineReferral", "PutOnWaitingList", "PlaceFamily", "HandOver", "WithdrawReferral",
        "DecideLateEntry",
    ),
    ADULTS: ("RegisterFamily", "CorrectAdult", "CorrectName"),
    CHILDREN: ("CorrectChild",),
    BIRTH: ("CorrectBirthMonth",),
    TELEPHONE: ("ChangeContact", "ChangeTelephone"),
    CONVERSATION: ("HoldConversation",),
    UNSHARED: ("WritePart", "CarryOver", "ReadBackPart"),
    CONSENTS: ("RecordAnswer", "WithdrawConsent", "ExpireConsent", "AskBack", "EndConsentProof"),
    ACQUAINTED: ("StateAcquaintance", "KeepFromNotes"),
    PROGRAMME: ("PlanCourse", "ChangeCourseState", "PlanEvening", "CancelEvening", "IntroduceConfidentialRoom"),
    BOOKINGS: ("BookProfessional", "CancelBooking"),
    ATTENDANCE: ("RecordEvening", "ReceiveCancellation"),
    VOLUNTEERS: ("EnrolVolunteer", "JoinTeam", "LeaveTeam", "AcceptConfidentiality"),
    REQUESTS: (
        "AnswerRequest", "CollectAnswer", "CompleteRequest", "ConfirmCorrection", "DecideCorrection", "DecideObjection",
        "ExtendDeadline", "LiftRestriction", "PlaceRestriction", "TellRecipient",
        "ReceiveRequest", "CheckIdentity", "DecideCompartment", "RefuseRequest", "AskRelease", "ApproveRelease",
        "DeclineRelease", "WithdrawRelease", "UseRelease",
    ),
}  # fmt: skip
"""By row the commands that write it."""

WRITES_NO_ROW = {
    "AnnounceDraw", "MakeDraw", "RecordFinding", "CloseDraw", "HandleAlarm",
    "ConfirmPlace", "LeaveCourse", "ReceiveHandover", "ReceiveNews", "PublishWording", "OpenUnit", "CloseUnit",
    "OpenChannel", "CloseChannel", "NamePlace", "OpenBranch", "EstablishClub", "NameClubContact", "Enrol", "AssignRole",
    "EndRole", "NoticeBreach", "DescribeBreach", "JudgeRisk", "ReportBreach", "TellPersons", "NeedNotTell", "CloseBreach",
    "ConfirmRole", "LapseRole", "PlaceHold", "ProlongHold", "LiftHold",
    "InviteAdult", "InviteVolunteer", "InviteStaff", "InviteProfessional", "RevokeInvitation", "TakeInvitation",
}  # fmt: skip
"""Commands about places in a course, organisation, roles, invitations, breaches, holds, and between realms: no row there."""

BY_RELEASE = {"released_by_two_persons"}
"""What of a standing only a release by two persons gives: without it the officer's column of the annex is L throughout.

With it the officer prints a person's own answer and sees what that person may see (decisions 0014 and 0021).
"""

WRITES_MORE: dict[tuple[Role, str], str] = {
    **{
        (
            Role.SECRETARIAT,
            command,
        ): "the second person of a release; it is shown the case and never its contents (0021)"
        for command in ("ApproveRelease", "DeclineRelease", "WithdrawRelease")
    },
    (Role.REFERRER, "WithdrawReferral"): "a family withdraws through whomever it told (FAM-22)",
    (Role.LEADER, "TellCustody"): "the family says to the leader who may consent for a child (FAM-09)",
    (Role.LEADER, "DecideLateEntry"): "late entry is decided by leader and coordinator (REF-17)",
    (Role.LEADER, "ChangeTelephone"): "the family tells its new number to whoever rings it (FAM-10)",
    (Role.LEADER, "CorrectBirthMonth"): "a month that is wrong is corrected by whoever keeps it (GDPR Art. 16)",
    (Role.LEADER, "CorrectName"): "a name that is wrong is corrected by whoever keeps it (GDPR Art. 16)",
    (Role.LEADER, "ConfirmCorrection"): "the task its cell speaks of is done: the value has been corrected",
    (Role.LEADER, "StateAcquaintance"): "a leader may know a family too (VOL-08)",
    (Role.LEADER, "KeepFromNotes"): "the leader keeps a volunteer from a family's notes (VOL-08)",
    (Role.VOLUNTEER, "StateAcquaintance"): "about oneself only (VOL-08)",
    (Role.LEADER, "LeaveTeam"): "a volunteer drops out on the evening itself, and access must end then (VOL-02)",
    (Role.LEADER, "AcceptConfidentiality"): "about oneself only (INT-21)",
    (Role.VOLUNTEER, "AcceptConfidentiality"): "about oneself only (INT-21)",
    (Role.FAMILY, "ReceiveCancellation"): "about its own family only (ATT-02)",
    (
        Role.OFFICER,
        "ExpireConsent",
    ): "the register ends a consent whose last day has passed, in the officer's name (INT-09)",
    (Role.OFFICER, "EndConsentProof"): "the register ends its proof, in the officer's name, when its time is over",
    **{
        (role, command): "Red Barnet's office plans where no coordinator is (COU-01)"
        for role in (Role.SECRETARIAT, Role.BRANCH)
        for command in ("PlanCourse", "ChangeCourseState", "PlanEvening", "CancelEvening")
    },
    **{
        (Role.SECRETARIAT, command): "the secretariat recruits where a branch does not yet (VOL-05)"
        for command in ("EnrolVolunteer", "JoinTeam", "LeaveTeam")
    },
}
"""Commands a role may give although its cell does not say W, and the requirement that says so."""
