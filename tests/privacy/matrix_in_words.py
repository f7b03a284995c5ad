"""Writes `docs/matrix.md`: the table of `gdpr/policy.py` in words, every pair of role and compartment in it.

`python -m tests.privacy.matrix_in_words` writes it anew; a test compares it, so that a change of the table is read
and approved as words.
"""

from __future__ import annotations

from pathlib import Path

from domain.compartments import COMPARTMENTS, Compartment, RealmKind
from domain.people import Role
from gdpr.policy import MAY_SEE, Level, Line

PATH = Path(__file__).parents[2] / "docs" / "matrix.md"

_BEFORE = """\
# Who may see what

Written from the table `MAY_SEE` in `gdpr/policy.py` by `python -m tests.privacy.matrix_in_words`; a test compares the two. Whoever
changes the table changes this page, and the change is approved as it reads here.

**What is not said here is refused.** Whatever is asked in vain is written down as well (INT-19).

- **Each value**: the reader sees the value and whose it is.
- **As a group**: the reader sees the values of a whole group, in an order that says nothing of whose each one is.
- **Never**: there is no line in the table, whatever the reader's position.

Common to all lines: the access log is written first, and if it cannot be written nothing is shown (RIG-08). A value whose
reading is restricted by a decision (GDPR Art. 18) is shown to nobody but the person concerned, and to the officer who prints
that person's own answer after two persons released it. Where this page names the officer under that condition, it is
for such an answer and for nothing else. A value whose key was
destroyed is shown to nobody (GDPR Art. 17). Numbers without a personal value in them (how many families, how many came) are
not in the table, for nothing is opened for them. What leaves the house may be less than what is opened: volunteers and visiting
professionals are shown ages, not the months of birth these are computed from.

The reference is Annex C of the requirements; where this register differs from it, and why, stands in
[decision 0014](decisions/0014-where-we-differ-from-annex-c.md). What the roles are called is in the glossary.
"""
_KINDS = {
    frozenset({RealmKind.MUNICIPALITY}): "Held by the municipality",
    frozenset({RealmKind.RED_BARNET}): "Held by Red Barnet",
    frozenset(RealmKind): "Held by each of the two for its own people and requests",
}
_IN_THE_TABLE = {Level.EACH: "each", Level.AS_GROUP: "as a group"}


def text() -> str:
    """The whole page."""
    sections = [_BEFORE]
    for held_by, heading in _KINDS.items():
        sections.append(f"## {heading}\n")
        sections += [_section(compartment) for compartment in COMPARTMENTS if compartment.held_by == held_by]
    sections.append(_overview())
    return "\n".join(sections)


def _section(compartment: Compartment) -> str:
    lines = {role: MAY_SEE[role, compartment] for role in Role if (role, compartment) in MAY_SEE}
    never = ", ".join(_named(role) for role in Role if role not in lines)
    said = [f"- **{_named(role)}**: {_in_words(line)}" for role, line in lines.items()]
    scope = "consent" if compartment.per_consent else "course"
    kept = f"each {scope} has a key of its own; " if compartment.scoped else ""
    special = "special categories or confidential; " if compartment.special else ""
    return "\n".join(
        [
            f"### `{compartment.name}`: to {compartment.purpose}" if compartment.name in _VERBS else
            f"### `{compartment.name}`: {compartment.purpose}",
            "",
            f"*{special}{kept}{compartment.basis}.*",
            "",
            *said,
            f"- **Never:** {never}.",
            "",
        ]
    )  # fmt: skip


_VERBS = frozenset(c.name for c in COMPARTMENTS if not c.purpose.startswith("the "))


def _in_words(line: Line) -> str:
    how = "each value" if line.level is Level.EACH else "as a group"
    conditions = [_sentence(condition.__doc__ or "") for condition in line.conditions]
    if len(conditions) == 1:
        return f"{how}, if {conditions[0]}."
    return f"{how}, if all of this holds: " + "; ".join(conditions) + "."


def _sentence(docstring: str) -> str:
    said = docstring.strip().rstrip(".")
    return said[0].lower() + said[1:]


def _overview() -> str:
    header = "| compartment | " + " | ".join(_named(role) for role in Role) + " |"
    rule = "|---|" + "---|" * len(Role)
    rows = [
        f"| `{compartment.name}` | " + " | ".join(_cell(role, compartment) for role in Role) + " |"
        for compartment in COMPARTMENTS
    ]
    return "\n".join(["## Every pair at a glance", "", header, rule, *rows, ""])


def _cell(role: Role, compartment: Compartment) -> str:
    line = MAY_SEE.get((role, compartment))
    return "never" if line is None else _IN_THE_TABLE[line.level]


def _named(role: Role) -> str:
    return role.value.replace("_", " ")


if __name__ == "__main__":
    PATH.write_text(text(), encoding="utf-8")
