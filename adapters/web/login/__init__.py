"""Logging in by OpenID Connect: choosing where, coming back, reaching a higher level, and logging out again."""

from adapters.web.login import invitation, routes, visit
from adapters.web.login.blueprint import blueprint

__all__ = ["blueprint", "invitation", "routes", "visit"]
