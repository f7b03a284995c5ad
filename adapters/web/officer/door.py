"""Where a realm's data protection officer comes in: both kinds of realm have one."""

from __future__ import annotations

from adapters.web.officer.log_words import action_in_words, purpose_in_words, rule_in_words
from adapters.web.pages import Pages
from adapters.web.words import N_
from domain.people import Role

pages = Pages("officer", Role.OFFICER, title=N_("Databeskyttelse"))
for spoken in (action_in_words, purpose_in_words, rule_in_words):
    pages.blueprint.add_app_template_filter(spoken)
