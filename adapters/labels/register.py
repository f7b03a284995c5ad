"""The register in words: its realms and kinds of data, who looked at what, and the languages people speak."""

from __future__ import annotations

from adapters.labels.said import Labels
from adapters.texts.look_ups import ACTIONS, FIELDS, PURPOSES

LOOKED_AT: Labels = {
    "action": {code: (words.danish, words.english) for code, words in ACTIONS.items()},
    "reading": {code: (words.danish, words.english) for code, words in PURPOSES.items()},
    "field": {code: (words.danish, words.english) for code, words in FIELDS.items()},
    "Level": {
        "each": ("hver for sig", "each by itself"),
        "as_group": ("som gruppe, uden at sige hvem", "as a group, without saying whose"),
    },
}

HELD: Labels = {
    "compartment": {
        "case_file": ("Kommunens grunde til at henvise", "The municipality's grounds for referring"),
        "municipal_contact": ("Navne og alder hos kommunen", "Names and ages at the municipality"),
        "municipal_telephone": ("Telefonnummer hos kommunen", "Telephone number at the municipality"),
        "municipal_address": ("Adresse", "Address"),
        "draft": ("Kladder, der ikke er sendt", "Drafts that were not sent"),
        "roster": ("Fornavne", "First names"),
        "ages": ("Børnenes alder", "The children's ages"),
        "contact": ("Efternavn og rolle i familien", "Surname and role in the family"),
        "language": ("Sprog", "Language"),
        "club_telephone": ("Telefonnummer", "Telephone number"),
        "note": ("Noten hos klublederen", "The leader's note"),
        "shared_note": ("Det, de frivillige må læse", "What the volunteers may read"),
        "shared_theme": ("Ønskede temaer uden navn", "Wished themes without a name"),
        "carried_note": ("Det, der tages med til næste forløb", "What is carried over to the next course"),
        "attendance": ("Fremmøde", "Attendance"),
        "follow_up": ("Navn og telefon til bagefter", "Name and telephone for afterwards"),
        "consent_proof": ("Hvordan et samtykke blev givet", "How a consent was given"),
        "volunteer_file": ("De frivilliges oplysninger", "The volunteers' data"),
        "staff_file": ("Medarbejdernes oplysninger", "The staff's data"),
        "rights": ("Anmodninger om egne oplysninger", "Requests about one's own data"),
        "breach": ("Brud på sikkerheden", "Breaches"),
        "receiving": ("Nøgler til at modtage en overdragelse", "Keys to receive a hand-over"),
    },
    "Language": {
        "da": ("Dansk", "Danish"),
        "en": ("Engelsk", "English"),
        "ar": ("Arabisk", "Arabic"),
        "de": ("Tysk", "German"),
        "fa": ("Persisk", "Persian"),
        "ku": ("Kurdisk", "Kurdish"),
        "pl": ("Polsk", "Polish"),
        "ro": ("Rumænsk", "Romanian"),
        "so": ("Somali", "Somali"),
        "ti": ("Tigrinya", "Tigrinya"),
        "tr": ("Tyrkisk", "Turkish"),
        "uk": ("Ukrainsk", "Ukrainian"),
        "ur": ("Urdu", "Urdu"),
    },
    "realm": {"red-barnet": ("Red Barnet", "Red Barnet")},
}
