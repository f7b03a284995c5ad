"""A family's pages: what is held about it, who read it, what it agreed to, what volunteers see, and what it asks for."""

from adapters.web.family import asking, collecting, consents, held, programme, readers, seen, start
from adapters.web.family.door import pages

__all__ = ["asking", "collecting", "consents", "held", "pages", "programme", "readers", "seen", "start"]

_MENU = (
    start.start, held.held, readers.readers, consents.consents, seen.seen, programme.programme, asking.asked,
)  # fmt: skip
pages.menu.sort(key=lambda entry: _MENU.index(entry[1]))
