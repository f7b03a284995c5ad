"""The club in words: who people are, courses and their evenings, what is told and what is agreed to."""

from __future__ import annotations

from adapters.labels.said import Labels
from domain.caution import Caution
from domain.consent import Answer, Capacity, Outcome, State
from domain.course import CourseState
from domain.custody import Arrangement
from domain.lists import Attendance, CourseKind, EveningKind, PartKind, Purpose, Season, Theme, Way
from domain.people import Role
from domain.purposes import Data, Recipient
from domain.referral import Stage

PEOPLE: Labels = {
    "Role": {
        Role.REFERRER: ("Henviser", "Referrer"),
        Role.COORDINATOR: ("Koordinator", "Coordinator"),
        Role.LEADER: ("Klubleder", "Club leader"),
        Role.VOLUNTEER: ("Frivillig", "Volunteer"),
        Role.PROFESSIONAL: ("Fagperson på besøg", "Visiting professional"),
        Role.FAMILY: ("Familie", "Family"),
        Role.SECRETARIAT: ("Sekretariatet", "Secretariat"),
        Role.BRANCH: ("Lokalafdelingen", "Local branch"),
        Role.OFFICER: ("Databeskyttelsesrådgiver", "Data protection officer"),
        Role.EVALUATOR: ("Evaluator", "Evaluator"),
        Role.MANAGEMENT: ("Ledelsen", "Management"),
        Role.ADMINISTRATOR: ("Administrator", "Administrator"),
        Role.REMINDER_SERVICE: ("Påmindelsestjenesten", "Reminder service"),
        "register": ("Registret", "The register"),
    },
    "ReviewState": {
        "to_come": ("Begynder senere", "Begins later"),
        "held": ("Har rollen", "Holds the role"),
        "lapses_soon": ("Udløber snart", "Lapses soon"),
        "lapsed": ("Udløbet", "Lapsed"),
        "ended": ("Afsluttet", "Ended"),
    },
    "InvitationState": {
        "none": ("Ikke inviteret", "Not invited"),
        "open": ("Inviteret", "Invited"),
        "taken": ("Har taget imod", "Accepted"),
        "expired": ("Koden er udløbet", "The code has expired"),
        "revoked": ("Trukket tilbage", "Revoked"),
    },
}

COURSES: Labels = {
    "Stage": {
        Stage.REGISTERED: ("Registreret", "Registered"),
        Stage.ACCEPTED: ("Godkendt", "Accepted"),
        Stage.DECLINED: ("Afvist", "Declined"),
        Stage.WAITING: ("På venteliste", "On the waiting list"),
        Stage.PLACED: ("Har fået plads", "Has a place"),
        Stage.HANDED_OVER: ("Overdraget til klublederen", "Handed over to the leader"),
        Stage.WITHDRAWN: ("Trukket tilbage", "Withdrawn"),
    },
    "CourseState": {
        CourseState.PLANNED: ("Planlagt", "Planned"),
        CourseState.RECRUITING: ("Åbent for nye familier", "Open to new families"),
        CourseState.READY: ("Klar til at begynde", "Ready to begin"),
        CourseState.RUNNING: ("I gang", "Running"),
        CourseState.INTERRUPTED: ("Sat på pause", "Interrupted"),
        CourseState.COMPLETED: ("Afsluttet", "Completed"),
        CourseState.CANCELLED: ("Aflyst", "Cancelled"),
    },
    "CourseKind": {
        CourseKind.YOUNG_CHILDRENS_CLUB: ("Småbørnsklub", "Young children's club"),
        CourseKind.MOTHER_GROUP: ("Mødregruppe", "Mothers' group"),
        CourseKind.FAMILY_COURSE: ("Familiekursus", "Family course"),
        CourseKind.INDIVIDUAL_FAMILY_COUNSELLING: ("Individuel familierådgivning", "Individual family counselling"),
        CourseKind.OPEN_EVENT: ("Åbent arrangement", "Open event"),
    },
    "Season": {Season.SPRING: ("Forår", "Spring"), Season.AUTUMN: ("Efterår", "Autumn")},
    "EveningKind": {
        EveningKind.TALK: ("Oplæg ved en fagperson", "Talk by a professional"),
        EveningKind.JOINT_ACTIVITY: ("Fælles aktivitet", "Joint activity"),
        EveningKind.OPEN: ("Aften uden planlagt program", "Open evening"),
        EveningKind.OUTING: ("Udflugt", "Outing"),
        EveningKind.BRIDGING: ("Besøg fra andre tilbud", "Visit from other offers"),
        EveningKind.CLOSING: ("Afslutning", "Closing evening"),
    },
    "Attendance": {
        Attendance.PRESENT: ("Kom", "Came"),
        Attendance.CANCELLED: ("Meldte afbud", "Cancelled"),
        Attendance.NOT_COME: ("Kom ikke", "Did not come"),
    },
    "Theme": {
        Theme.NETWORK: ("netværk", "network"),
        Theme.EVENING_ROUTINE: ("aftenrutiner", "evening routines"),
        Theme.CHILD_DEVELOPMENT: ("børns udvikling", "child development"),
        Theme.FOOD: ("mad", "food"),
        Theme.SLEEP: ("søvn", "sleep"),
        Theme.FIRST_AID: ("førstehjælp", "first aid"),
        Theme.TEETH: ("tænder", "teeth"),
        Theme.MOVEMENT: ("bevægelse", "movement"),
        Theme.HANDLING_CONFLICTS: ("konflikter", "handling conflicts"),
        Theme.UPBRINGING: ("opdragelse", "upbringing"),
        Theme.SETTING_LIMITS: ("at sætte grænser", "setting limits"),
        Theme.MENTALISATION: ("at forstå barnets tanker og følelser", "understanding the child's mind"),
        Theme.FAMILY_DYNAMICS: ("samspil i familien", "family dynamics"),
        Theme.MUNICIPAL_OFFERS: ("kommunens tilbud", "what the municipality offers"),
        Theme.ANONYMOUS_COUNSELLING: ("anonym rådgivning", "anonymous counselling"),
        Theme.LOCAL_OFFERS: ("tilbud i nærheden", "local offers"),
        Theme.UPBRINGING_BETWEEN_CULTURES: ("opdragelse mellem kulturer", "upbringing between cultures"),
        Theme.COOKING_TOGETHER: ("at lave mad sammen", "cooking together"),
        Theme.BEDTIME_STORY: ("godnathistorie", "bedtime story"),
        Theme.DAY_CARE_EXPECTATIONS: ("forventninger til dagtilbud", "day care expectations"),
        Theme.HOUSEHOLD_ECONOMY: ("familiens økonomi", "household economy"),
        Theme.GETTING_OUT_IN_THE_MORNING: ("at komme ud ad døren", "getting out in the morning"),
        Theme.SINGING: ("sang", "singing"),
        Theme.EARLY_LANGUAGE: ("tidligt sprog", "early language"),
        Theme.LEARNING_DANISH: ("at lære dansk", "learning Danish"),
    },
}

CONVERSATION: Labels = {
    "PartKind": {
        PartKind.PRESENTATION: ("Hvem familien er", "Who the family is"),
        PartKind.WISHES: (
            "Hvad ønsker I at få ud af et Småbørnsklubforløb?",
            "What do you wish to get out of the club?",
        ),
        PartKind.EVERYDAY_LIFE: (
            "Hvad fylder hos jer hjemme med familien?",
            "What takes up space at home in your family?",
        ),
        PartKind.CHALLENGES: ("Det, der er svært", "What is hard"),
        PartKind.NEEDS: ("Det, familien har brug for", "What the family needs"),
        PartKind.QUESTIONS: ("Familiens spørgsmål", "The family's questions"),
        PartKind.PRACTICAL: ("Praktiske hensyn", "Practical needs"),
    },
    "Caution": {
        Caution.THIRD_PERSON: (
            "Her nævnes måske en, der ikke selv har fortalt det. Kan det siges uden den anden?",
            "This may mention somebody who did not tell it themselves. Can it be said without that person?",
        ),
        Caution.ILLNESS: (
            "Her står måske noget om sygdom eller helbred. Skriv kun det, familien gerne vil have stående.",
            "This may be about illness or health. Write only what the family wants to have written.",
        ),
        Caution.CRIME: (
            "Her står måske noget om vold eller noget strafbart. Det hører som regel ikke til her.",
            "This may be about violence or a crime. As a rule it does not belong here.",
        ),
        Caution.REPORTED: (
            "Her står måske noget om en underretning. Den skrives aldrig her.",
            "This may be about a report of concern. That is never written here.",
        ),
        Caution.NUMBER: (
            "Her står et langt tal. Er det et CPR-nummer, en fødselsdag eller et telefonnummer, så skriv det ikke her.",
            "There is a long number. If it is a CPR number, a date of birth or a telephone number, do not write it here.",
        ),
    },
    "Way": {
        Way.TELEPHONE: ("I telefonen", "On the telephone"),
        Way.SMS: ("På sms", "By text message"),
        Way.IN_PERSON: ("Ansigt til ansigt", "Face to face"),
        Way.ON_PAPER: ("På papir", "On paper"),
        Way.DIGITAL: ("Her på siderne", "On these pages"),
    },
    "Arrangement": {
        Arrangement.SINGLE: ("Én har forældremyndigheden", "One holds custody"),
        Arrangement.JOINT: ("Fælles forældremyndighed", "Joint custody"),
        Arrangement.SHARED_RESIDENCE: (
            "Fælles forældremyndighed, og barnet bor to steder",
            "Joint custody, and two homes",
        ),
        Arrangement.UNKNOWN: ("Ikke sagt", "Not said"),
    },
}

CONSENTS: Labels = {
    "Purpose": {
        Purpose.SHARE_WITH_VOLUNTEERS: ("Dele en del af noten med de frivillige", "Share a part of the note with the volunteers"),
        Purpose.SHARE_WITH_CO_LEADER: ("Dele en del af noten med medlederen", "Share a part of the note with the co-leader"),
        Purpose.ANONYMOUS_THEMES: ("Give ønskede temaer videre uden navn", "Pass wished themes on without a name"),
        Purpose.SMS_REMINDERS: ("Sms om den næste aften", "Text messages about the next evening"),
        Purpose.CONTACT_AFTER_COURSE: ("Kontakt, når forløbet er slut", "Contact when the course is over"),
        Purpose.REUNION_INVITATION: ("Indbydelse til et gensyn", "Invitation to a reunion"),
        Purpose.LINKED_QUESTIONNAIRE: (
            "Sammenligne svar fra før og efter forløbet", "Compare answers from before and after the course"
        ),
        Purpose.PHOTO_OR_STORY: ("Vise et billede eller en historie", "Show a picture or a story"),
        Purpose.REFERRAL_FEEDBACK: (
            "Fortælle den, der henviste, om familien deltager", "Tell whoever referred whether the family takes part"
        ),
        Purpose.BRIDGING_OFFER: ("Lade et andet tilbud tage kontakt", "Let another offer get in touch"),
        Purpose.QUESTION_TO_PROFESSIONAL: (
            "Lade en fagperson forberede et svar på et spørgsmål", "Let a professional prepare an answer to a question"
        ),
        Purpose.CARRY_OVER: ("Tage noten med til næste forløb", "Carry the note over to the next course"),
    },
    "Data": {
        Data.NOTE_PART: ("En del af noten", "A part of the note"),
        Data.THEMES: ("Ønskede temaer", "Wished themes"),
        Data.TELEPHONE: ("Telefonnummer", "Telephone number"),
        Data.NAME_AND_TELEPHONE: ("Navn og telefonnummer", "Name and telephone number"),
        Data.QUESTIONNAIRE: ("Svar på et spørgeskema", "Answers to a questionnaire"),
        Data.PICTURE_OR_STORY: ("Et billede eller en historie", "A picture or a story"),
        Data.TAKING_PART: ("Om familien deltager", "Whether the family takes part"),
        Data.NEED_OF_AN_OFFER: ("Hvilket tilbud familien har brug for", "Which offer the family needs"),
        Data.QUESTION: ("Et spørgsmål", "A question"),
    },
    "Recipient": {
        Recipient.COURSE_VOLUNTEERS: ("De frivillige i forløbet", "The volunteers of the course"),
        Recipient.CO_LEADER: ("Medlederen i forløbet", "The co-leader of the course"),
        Recipient.COORDINATOR: ("Koordinatoren", "The coordinator"),
        Recipient.REMINDER_SERVICE: ("Den tjeneste, der sender sms", "The service that sends text messages"),
        Recipient.SECRETARIAT: ("Red Barnets sekretariat", "Red Barnet's secretariat"),
        Recipient.EVALUATOR: ("Den, der evaluerer forløbene", "Whoever evaluates the courses"),
        Recipient.REFERRER: ("Den, der henviste familien", "Whoever referred the family"),
        Recipient.OFFER: ("Det tilbud, familien har valgt", "The offer the family chose"),
        Recipient.PROFESSIONAL: ("Aftenens fagperson", "The professional of the evening"),
        Recipient.NEXT_LEADER: ("Lederen af det næste forløb", "The leader of the next course"),
    },
    "Answer": {
        Answer.YES: ("Ja", "Yes"),
        Answer.NO: ("Nej", "No"),
        Answer.NOT_DECIDED: ("Ikke besluttet; gælder som et nej", "Not decided; counts as a no"),
    },
    "ConsentState": {
        State.GIVEN: ("Givet", "Given"),
        State.RENEWED: ("Givet igen", "Given again"),
        State.REFUSED: ("Sagt nej", "Refused"),
        State.NOT_DECIDED: ("Ikke besluttet", "Not decided"),
        State.WITHDRAWN: ("Taget tilbage", "Taken back"),
        State.EXPIRED: ("Udløbet", "Expired"),
    },
    "Capacity": {
        Capacity.SELF: ("For sig selv", "For oneself"),
        Capacity.HOLDER_OF_CUSTODY: ("Som den, der har forældremyndighed", "As holder of custody"),
        Capacity.OTHER_CAREGIVER: ("Som anden omsorgsperson", "As another caregiver"),
    },
    "RecallOutcome": {
        Outcome.TOLD: ("Har fået det at vide", "Was told"),
        Outcome.DESTROYED: ("Makuleret", "Destroyed"),
        Outcome.NOT_FOUND: ("Ikke fundet", "Not found"),
    },
}  # fmt: skip
