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

from adapters import cli
from adapters.web.levels import levels_of
from adapters.web.login.providers import Provider
from adapters.wiring import running_of
from application.records import annex, evidence
from domain.compartments import BY_NAME, COMPARTMENTS, Compartment, RealmKind, held_in
from gdpr.processing_record import activity, declared_by_the_house
from gdpr.retention import CLOCKS, clocks_of, in_words, period_of
from infrastructure.settings import embedded, read
from infrastructure.web_settings import KNOWN

ROOT = Path(__file__).resolve().parents[2]
RECORD = ROOT / "docs" / "processing-record.md"
PRIVACY = ROOT / "docs" / "privacy.md"
ANNEX = ROOT / "docs" / "dpia-annex.md"
RETENTION = ROOT / "docs" / "retention.md"
CONTROLLERS = {RealmKind.MUNICIPALITY: "the municipality", RealmKind.RED_BARNET: "Red Barnet"}
_MADE = re.compile(r"<!-- made from the code -->\n\n(.*?)\n\n<!-- end -->", re.DOTALL)
DOCUMENTS = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])


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
        f"## Controller: {CONTROLLERS[kind]}\n\n" + "\n\n".join(_section(each, kind) for each in held_in(kind))
        for kind in RealmKind
    )


def dpia_annex() -> str:
    """The annex to the impact assessment of a register that runs as nobody has set anything."""
    whole = embedded(Path("data"), {"red-barnet": RealmKind.RED_BARNET, "kommune-0000": RealmKind.MUNICIPALITY})
    parts = [line for realm in whole.realms for line in (*annex(running_of(realm, whole)), "")]
    return "\n".join([*parts, "## Which tests prove which promise", "", *evidence()])


def _section(compartment: Compartment, kind: RealmKind) -> str:
    made = activity(compartment, clocks_of(kind))
    special = "special categories or confidential (Art. 9)" if made.special else "ordinary"
    readers = [f"{who.role}{' (as a group)' if who.as_group else ''}" for who in made.readers]
    return "\n".join(
        [
            f"### `{made.compartment}`: {made.purpose}",
            "",
            f"- **Basis:** {made.basis}",
            f"- **About:** {'; '.join(made.persons) or 'nobody: keys only'}",
            f"- **Data, {special}:** {', '.join(f'`{name}`' for name in made.fields) or 'none in an event; keys only'}",
            f"- **May be opened for:** {', '.join(readers) or 'nobody'}",
            f"- **Kept:** {made.kept}: {made.kept_because}",
            f"- **Keys:** {made.keys}",
        ]
    )


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
    marked = [f"`{cls.TOPIC}.{name}`" for cls in declared_by_the_house() for name in cls.MARKS.personal]

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
        for command in re.findall(r"`tillid ((?:[a-z]+)(?: [a-z][a-z0-9]*)?)", path.read_text("utf-8"))
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


def test_every_setting_of_the_pages_stands_in_the_readme() -> None:
    blocks = re.findall(r"```toml\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    told = [web for block in blocks if (web := tomllib.loads(block).get("web"))]

    assert told and all(web.keys() == set(KNOWN) for web in told)
    for web in told:
        assert levels_of(web["levels"])
        for name, table in web["providers"].items():
            secret = table.pop("client_secret_file")
            assert Provider.of(name, {**table, "client_secret": secret})


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
