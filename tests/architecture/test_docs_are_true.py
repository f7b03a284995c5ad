"""What the documents say of the compartments is what the code says; `python -m tests.architecture.test_docs_are_true` writes it.

The tables of `docs/processing-record.md` (GDPR Art. 30) and `docs/privacy.md` are made from the compartments, the marks on
the fields and the policy. Other documents are looked through for links that lead nowhere and commands that do not exist.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import domain.catalogue  # noqa: F401 - declares its facts
import gdpr.breach_facts
import gdpr.checks_facts
import gdpr.retention_facts
import gdpr.rights_facts  # noqa: F401 - declares its facts
from adapters import cli
from domain.compartments import BY_NAME, COMPARTMENTS, RECEIVING, Compartment, RealmKind, held_in
from domain.facts import FACTS, Fact
from gdpr.policy import MAY_SEE, Level
from gdpr.retention import CLOCKS, clocks_of, in_words, period_of
from infrastructure.settings import read

ROOT = Path(__file__).resolve().parents[2]
RECORD = ROOT / "docs" / "processing-record.md"
PRIVACY = ROOT / "docs" / "privacy.md"
RETENTION = ROOT / "docs" / "retention.md"
CONTROLLERS = {RealmKind.MUNICIPALITY: "the municipality", RealmKind.RED_BARNET: "Red Barnet"}
HOUSE = ("domain", "gdpr")
_MADE = re.compile(r"<!-- made from the code -->\n\n(.*?)\n\n<!-- end -->", re.DOTALL)
DOCUMENTS = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])


def declared_by_the_house() -> list[tuple[str, type[Fact]]]:
    """Every kind of fact by topic, without those that tests running in the same process declare for themselves."""
    return [(topic, FACTS[topic]) for topic in sorted(FACTS) if FACTS[topic].__module__.split(".")[0] in HOUSE]


def compartment_table() -> str:
    """Who holds what, on which basis, how long: one line for each compartment."""
    lines = ["| compartment | held by | what for | basis | kept |", "|---|---|---|---|---|"]
    lines += [
        f"| `{each.name}` | {_held_by(each)} | {each.purpose} | {each.basis} | {_kept(each)} |" for each in COMPARTMENTS
    ]
    return "\n".join(lines)


def record() -> str:
    """The tables of the record of processing, one section for each kind of controller."""
    return "\n\n".join(
        f"## Controller: {CONTROLLERS[kind]}\n\n" + "\n\n".join(_section(each) for each in held_in(kind))
        for kind in RealmKind
    )


def _section(compartment: Compartment) -> str:
    special = "special categories or confidential (Art. 9)" if compartment.special else "ordinary"
    fields = [
        f"`{topic}.{name}`"
        for topic, cls in declared_by_the_house()
        for name, mark in cls.MARKS.personal.items()
        if mark.kept_in is compartment
    ]
    readers = [
        f"{role.value}{' (as a group)' if line.level is Level.AS_GROUP else ''}"
        for (role, of), line in MAY_SEE.items()
        if of is compartment
    ]
    return "\n".join(
        [
            f"### `{compartment.name}`: {compartment.purpose}",
            "",
            f"- **Basis:** {compartment.basis}",
            f"- **Data, {special}:** {', '.join(fields) or 'none in an event; keys only'}",
            f"- **May be opened for:** {', '.join(readers) or 'nobody'}",
            f"- **Kept:** {_kept(compartment)}",
            f"- **Keys:** {_keys(compartment)}",
        ]
    )


def _keys(compartment: Compartment) -> str:
    if compartment is RECEIVING:
        return "a pair for each course"
    if compartment.scoped:
        return f"one for each person and {'consent' if compartment.per_consent else 'course'}"
    return "one for each person"


def _held_by(compartment: Compartment) -> str:
    return "each for its own" if len(compartment.held_by) > 1 else CONTROLLERS[next(iter(compartment.held_by))]


def _kept(compartment: Compartment) -> str:
    return in_words(period_of(compartment, clocks_of(next(iter(compartment.held_by)))))


def _between_marks(path: Path) -> re.Match[str]:
    found = _MADE.search(path.read_text("utf-8"))
    assert found is not None, f"{path.name} has no part that is made from the code"
    return found


def clock_table() -> str:
    """Every clock: what it ends, from when and how long, why, and who answers for it."""
    lines = ["| clock | ends | kept | why | who answers |", "|---|---|---|---|---|"]
    for clock in CLOCKS:
        ends = clock.ends or ", ".join(f"`{compartment.name}`" for compartment in clock.compartments)
        lines.append(f"| `{clock.name}` | {ends} | {in_words(clock)} | {clock.reason} | {clock.owner} |")
    return "\n".join(lines)


WANTED = {RECORD: record, PRIVACY: compartment_table, RETENTION: clock_table}


@pytest.mark.parametrize("path", WANTED, ids=lambda path: path.name)
def test_a_table_says_what_the_compartments_say(path: Path) -> None:
    assert _between_marks(path)[1] == WANTED[path]()


def test_every_field_that_is_personal_stands_in_the_record() -> None:
    told = RECORD.read_text("utf-8")
    marked = [f"`{topic}.{name}`" for topic, cls in declared_by_the_house() for name in cls.MARKS.personal]

    assert marked
    assert [field for field in marked if field not in told] == []


def test_every_compartment_is_named_by_the_lawyers_page() -> None:
    told = PRIVACY.read_text("utf-8")

    assert [name for name in BY_NAME if f"`{name}`" not in told] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_link_leads_somewhere(path: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", path.read_text("utf-8"))
    local = [target for target in targets if not re.match(r"[a-z]+:", target)]

    assert [target for target in local if not (path.parent / target).exists()] == []


def test_every_command_a_document_names_exists() -> None:
    known = set(_commands())
    named = {
        command
        for path in DOCUMENTS
        for command in re.findall(r"`tillid ((?:[a-z]+)(?: [a-z]+)?)", path.read_text("utf-8"))
    }

    assert named
    assert {command for command in named if command not in known and command.split()[0] not in known} == set()


def test_every_command_is_named_by_the_readme() -> None:
    told = (ROOT / "README.md").read_text("utf-8")

    assert [command for command in _commands() if f"tillid {command}" not in told] == []


def test_the_settings_of_the_readme_can_be_read(tmp_path: Path) -> None:
    blocks = re.findall(r"```toml\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)

    assert blocks
    for block in blocks:
        written = tmp_path / "tillid.toml"
        written.write_text(block, "utf-8")
        assert len(read(written).realms) == len(tomllib.loads(block)["realms"])


def _commands() -> Iterator[str]:
    for name, command in cli.cli.commands.items():
        inner = getattr(command, "commands", None)
        if inner is None:
            yield name
        else:
            yield from (f"{name} {each}" for each in inner)


def _write() -> None:
    for path, made in WANTED.items():
        found = _between_marks(path)
        path.write_text(found.string[: found.start(1)] + made() + found.string[found.end(1) :], "utf-8")


if __name__ == "__main__":
    _write()
