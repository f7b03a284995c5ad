"""Why a family is referred, as one would say it to the family itself; the list's own words stand beside it."""

from __future__ import annotations

from collections.abc import Mapping

from adapters.web.words import N_

CRITERIA: Mapping[str, str] = {
    "parental_role_uncertainty": N_("I er nogle gange i tvivl om, hvordan man er forældre til små børn."),
    "lacking_network": N_("I har ikke så mange omkring jer, I kan bruge."),
    "conflict_at_home": N_("Der er konflikter i hverdagen derhjemme, for eksempel efter en skilsmisse."),
    "lacking_energy": N_("Kræfterne rækker ikke altid, for eksempel på grund af sygdom eller belastning."),
    "no_shared_experiences": N_("I har ikke så let ved at komme på ferie og opleve noget sammen."),
    "much_at_home": N_("I er meget hjemme og ser ikke så mange andre."),
    "fragile_relations": N_("Nogle af jeres relationer er skrøbelige."),
    "tight_economy": N_("Pengene er små, og I sparer på mad og fritid."),
}
JUDGEMENTS: Mapping[str, str] = {
    "not_thriving": N_("har det ikke så godt, som vi gerne ville se"),
    "development_not_matching_age": N_("udvikler sig ikke helt som andre på samme alder"),
    "at_risk": N_("kan få det svært senere, og det vil vi gerne forebygge"),
}
