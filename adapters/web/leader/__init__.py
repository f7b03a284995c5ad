"""The club leader's pages: the own course on one page, the call to a family, its answers, the evenings, and what to ask back."""

from adapters.web.leader import consents, conversation, course, evenings, people, recalls, rectifying
from adapters.web.leader.door import pages

__all__ = ["consents", "conversation", "course", "evenings", "pages", "people", "recalls", "rectifying"]
