"""Rights, retention and breaches in words: what may be asked, where a case stands, and on which ground it was decided."""

from __future__ import annotations

from adapters.labels.said import Labels
from application.answers.letters import Letter
from gdpr.answering_facts import CompellingGround, CorrectionRefused, Form, NamesOfStaff, RecipientKind, WithheldBecause
from gdpr.breach import Reporting
from gdpr.breach_facts import Affected, Nature, NotToldBecause, Risk, WayTold
from gdpr.checks_facts import Finding
from gdpr.release import ReleaseState
from gdpr.release_facts import ReleaseGround
from gdpr.retention_facts import HoldGround
from gdpr.rights import Step
from gdpr.rights_facts import ExtendedBecause, Ground, Outcome, RefusedBecause, RestrictedBecause, Right

REQUESTS: Labels = {
    "Right": {
        Right.ACCESS: ("Indsigt", "Access"),
        Right.RECTIFICATION: ("Rettelse", "Correction"),
        Right.ERASURE: ("Sletning", "Erasure"),
        Right.RESTRICTION: ("Begrænsning", "Restriction"),
        Right.PORTABILITY: ("Få oplysningerne med sig", "Take the data along"),
        Right.OBJECTION: ("Indsigelse", "Objection"),
    },
    "Step": {
        Step.CHECK_IDENTITY: ("Venter på, at vi ved, hvem der spørger", "Waiting until we know who is asking"),
        Step.DECIDE: ("Venter på en afgørelse", "Waiting for a decision"),
        Step.CORRECT: ("Venter på, at oplysningen bliver rettet", "Waiting for the data to be corrected"),
        Step.FENCE: ("Sletningen begynder", "The erasure begins"),
        Step.DESTROY: ("Nøglerne bliver tilintetgjort", "The keys are being destroyed"),
        Step.ENTER_IN_LEDGER: ("Sletningen bliver skrevet op", "The erasure is being recorded"),
        Step.PURGE: ("Resterne bliver ryddet", "What is left is being cleared away"),
        Step.COMPLETE: ("Venter på at blive afsluttet", "Waiting to be completed"),
        Step.COLLECT: ("Svaret ligger klar", "The answer is ready"),
        Step.NOTHING: ("Besvaret", "Answered"),
    },
    "RequestOutcome": {
        Outcome.ERASE: ("Slettes", "Erased"),
        Outcome.KEEP: ("Bevares", "Kept"),
        Outcome.RESTRICT: ("Begrænses", "Restricted"),
    },
    "RefusedBecause": {
        RefusedBecause.NOT_OWN_DATA: ("Det er en andens oplysninger", "The data are somebody else's"),
        RefusedBecause.MANIFESTLY_UNFOUNDED: ("Anmodningen er åbenbart grundløs", "The request is manifestly unfounded"),
        RefusedBecause.EXCESSIVE: ("Anmodningen er åbenbart overdreven", "The request is manifestly excessive"),
        RefusedBecause.IDENTITY_NOT_PROVEN: ("Vi ved ikke, hvem der spørger", "We do not know who is asking"),
        RefusedBecause.NO_GROUND_TO_RESTRICT: (
            "Ingen af lovens grunde til at begrænse passer", "None of the law's grounds for restriction fits"
        ),
    },
    "ExtendedBecause": {
        ExtendedBecause.COMPLEXITY: ("Sagen er indviklet", "The case is complex"),
        ExtendedBecause.NUMBER_OF_REQUESTS: ("Der er mange anmodninger", "There are many requests"),
    },
    "Ground": {
        Ground.NO_LONGER_NEEDED: (
            "Oplysningerne er ikke nødvendige længere (artikel 17, stk. 1, litra a)", "No longer needed (Art. 17(1)(a))"
        ),
        Ground.CONSENT_WITHDRAWN: (
            "Samtykket er taget tilbage (artikel 17, stk. 1, litra b)", "Consent taken back (Art. 17(1)(b))"
        ),
        Ground.OBJECTED: ("Der er gjort indsigelse (artikel 17, stk. 1, litra c)", "Objected to (Art. 17(1)(c))"),
        Ground.UNLAWFUL: ("Det var ulovligt at have dem (artikel 17, stk. 1, litra d)", "Held unlawfully (Art. 17(1)(d))"),
        Ground.LAW_DEMANDS_ERASURE: (
            "Loven kræver sletning (artikel 17, stk. 1, litra e)", "The law demands erasure (Art. 17(1)(e))"
        ),
        Ground.CHILD_ONLINE: (
            "Indsamlet fra et barn på nettet (artikel 17, stk. 1, litra f)", "Collected from a child online (Art. 17(1)(f))"
        ),
        Ground.EXPRESSION: (
            "Ytrings- og informationsfrihed (artikel 17, stk. 3, litra a)", "Freedom of expression (Art. 17(3)(a))"
        ),
        Ground.LAW_DEMANDS_KEEPING: (
            "Loven eller en offentlig opgave kræver bevaring (artikel 17, stk. 3, litra b)",
            "The law or a public task demands keeping (Art. 17(3)(b))",
        ),
        Ground.PUBLIC_HEALTH: ("Folkesundhed (artikel 17, stk. 3, litra c)", "Public health (Art. 17(3)(c))"),
        Ground.ARCHIVE: (
            "Arkiv, forskning eller statistik (artikel 17, stk. 3, litra d)",
            "Archives, research or statistics (Art. 17(3)(d))",
        ),
        Ground.LEGAL_CLAIMS: ("Et retskrav (artikel 17, stk. 3, litra e)", "A legal claim (Art. 17(3)(e))"),
    },
    "RestrictedBecause": {
        RestrictedBecause.ACCURACY_CONTESTED: (
            "Personen siger, at oplysningen er forkert (artikel 18, stk. 1, litra a)", "Said to be wrong (Art. 18(1)(a))"
        ),
        RestrictedBecause.UNLAWFUL_NOT_ERASED: (
            "Ulovligt, men personen vil ikke have det slettet (artikel 18, stk. 1, litra b)",
            "Unlawful, but not to be erased (Art. 18(1)(b))",
        ),
        RestrictedBecause.NEEDED_FOR_CLAIMS: (
            "Personen har brug for dem til et retskrav (artikel 18, stk. 1, litra c)", "Needed for a legal claim (Art. 18(1)(c))"
        ),
        RestrictedBecause.OBJECTION_PENDING: (
            "En indsigelse er ikke afgjort endnu (artikel 18, stk. 1, litra d)", "An objection is not decided yet (Art. 18(1)(d))"
        ),
    },
    "CompellingGround": {
        CompellingGround.OVERRIDING_INTEREST: ("En vægtigere interesse", "An overriding interest"),
        CompellingGround.LEGAL_CLAIMS: ("Et retskrav", "A legal claim"),
    },
    "WithheldBecause": {
        WithheldBecause.RIGHTS_OF_OTHERS: ("Andres rettigheder (artikel 15, stk. 4)", "The rights of others (Art. 15(4))"),
        WithheldBecause.PRIVATE_INTERESTS: (
            "Afgørende private interesser (databeskyttelsesloven § 22, stk. 1)",
            "Decisive private interests (Data Protection Act, section 22(1))",
        ),
        WithheldBecause.PUBLIC_INTERESTS: (
            "Afgørende offentlige interesser (databeskyttelsesloven § 22, stk. 2)",
            "Decisive public interests (Data Protection Act, section 22(2))",
        ),
    },
    "NamesOfStaff": {
        NamesOfStaff.GIVEN_NEEDED_FOR_RIGHTS: ("Navnene er med, fordi de er nødvendige", "Names given, because they are needed"),
        NamesOfStaff.WITHHELD_NOT_NEEDED: ("Navnene er ikke nødvendige", "Names left out, not needed"),
        NamesOfStaff.WITHHELD_FOR_STAFF: (
            "Navnene er udeladt af hensyn til medarbejderne", "Names left out for the sake of the staff"
        ),
    },
    "CorrectionRefused": {
        CorrectionRefused.HELD_TO_BE_ACCURATE: ("Vi mener, at oplysningen er rigtig", "We hold it to be accurate"),
        CorrectionRefused.A_PROFESSIONALS_JUDGEMENT: ("Det er en fagpersons vurdering", "It is a professional's judgement"),
        CorrectionRefused.NOT_HELD_HERE: ("Oplysningen findes ikke her", "It is not held here"),
    },
    "RecipientKind": {
        RecipientKind.CONTROLLER: ("En anden dataansvarlig", "Another controller"),
        RecipientKind.READER: ("En, der har læst oplysningerne", "Somebody who read the data"),
    },
    "Form": {Form.JSON: ("Fil", "File"), Form.PDF: ("Dokument", "Document")},
    "Letter": {
        Letter.ACKNOWLEDGEMENT: ("Kvittering for anmodningen", "Acknowledgement"),
        Letter.EXTENSION: ("Forlænget frist", "Extended deadline"),
        Letter.REFUSAL: ("Afslag", "Refusal"),
        Letter.ANSWER: ("Svar", "Answer"),
        Letter.CORRECTION: ("Rettelse", "Correction"),
        Letter.RESTRICTION: ("Begrænsning", "Restriction"),
        Letter.OBJECTION: ("Indsigelse", "Objection"),
    },
}  # fmt: skip

SUPERVISION: Labels = {
    "HoldGround": {
        HoldGround.LEGAL_CLAIM: ("et retskrav", "a legal claim"),
        HoldGround.ARCHIVE_ACT: ("arkivloven", "the archives act"),
        HoldGround.SUPERVISORY_CASE: ("en sag hos Datatilsynet", "a case at the authority"),
        HoldGround.LEGAL_OBLIGATION: ("en pligt efter loven", "a duty by law"),
    },
    "ReleaseState": {
        ReleaseState.ASKED: ("Venter på en anden persons ja", "Waiting for a second person's yes"),
        ReleaseState.APPROVED: ("Godkendt", "Approved"),
        ReleaseState.EXPIRED: ("Udløbet", "Expired"),
        ReleaseState.DECLINED: ("Afvist", "Declined"),
        ReleaseState.WITHDRAWN: ("Trukket tilbage", "Withdrawn"),
    },
    "ReleaseGround": {
        ReleaseGround.NO_LOGIN: ("Personen har intet login og skal have svaret på papir", "No login; the answer goes on paper"),
        ReleaseGround.LOGIN_LOST: ("Personen kan ikke logge ind inden fristen", "Cannot log in before the deadline"),
    },
    "Reporting": {
        Reporting.NOT_NEEDED: ("Skal ikke anmeldes", "Need not be reported"),
        Reporting.WAITING: ("Skal anmeldes", "To be reported"),
        Reporting.OVERDUE: ("Fristen på 72 timer er gået", "The 72 hours have passed"),
        Reporting.REPORTED: ("Anmeldt", "Reported"),
        Reporting.REPORTED_LATE: ("Anmeldt for sent", "Reported late"),
    },
    "Affected": {
        Affected.PARENTS: ("Forældre", "Parents"),
        Affected.CHILDREN: ("Børn", "Children"),
        Affected.VOLUNTEERS: ("Frivillige", "Volunteers"),
        Affected.STAFF: ("Medarbejdere", "Staff"),
    },
    "Nature": {
        Nature.CONFIDENTIALITY: ("Uvedkommende har set oplysninger", "Data were seen by the wrong people"),
        Nature.INTEGRITY: ("Oplysninger er ændret", "Data were changed"),
        Nature.AVAILABILITY: ("Oplysninger er tabt eller kan ikke nås", "Data were lost or cannot be reached"),
    },
    "Risk": {
        Risk.UNLIKELY: ("Usandsynlig", "Unlikely"),
        Risk.RISK: ("En risiko", "A risk"),
        Risk.HIGH: ("Høj", "High"),
    },
    "WayTold": {
        WayTold.EACH: ("Hver person for sig", "Each person"),
        WayTold.PUBLIC_NOTICE: ("Offentlig meddelelse", "Public notice"),
    },
    "NotToldBecause": {
        NotToldBecause.UNINTELLIGIBLE: ("Oplysningerne kan ikke læses af andre", "The data are unintelligible to others"),
        NotToldBecause.RISK_REMOVED: ("Risikoen er fjernet", "The risk was removed"),
    },
    "Finding": {
        Finding.EXPLAINED: ("Hører til arbejdet", "Part of the work"),
        Finding.UNEXPLAINED: ("Kan ikke forklares", "Not to be explained"),
        Finding.MISUSE: ("Misbrug", "Misuse"),
    },
}  # fmt: skip
