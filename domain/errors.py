"""The refusals of the register: each names the state of affairs, the field it is about, and never a value."""

from __future__ import annotations

from typing import ClassVar


class Refusal(Exception):
    """A command or a question was refused; nothing happened.

    `code` is stable and is what a person's language is chosen by; `field` names the input it is about (JSON pointer
    without the leading slash, e.g. ``children/0/birth_month``) or is empty. A refusal never carries a personal value.
    """

    code: ClassVar[str] = "refused"

    def __init__(self, field: str = "", **facts: int | str) -> None:
        self.field = field
        self.facts = facts
        super().__init__(f"{self.code}{f' ({field})' if field else ''}")


class RuleBroken(Refusal):
    """The domain does not allow this in the present state of affairs."""

    code = "rule_broken"


class NotFound(Refusal):
    """There is no such thing, or not for the one who asks."""

    code = "not_found"


class Invalid(Refusal):
    """The input itself is wrong."""

    code = "invalid"
