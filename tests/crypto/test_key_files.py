"""Key files are private, whole, one each, and never for production."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from gdpr.ports import Tampered, Unavailable
from infrastructure.key_providers.key_file import KeyFileProvider
from infrastructure.key_providers.port import KeyProvider
from infrastructure.key_providers.private_files import KeyFileRefused
from infrastructure.signing import verify
from tests.forked import Program

KEY = bytes(range(32))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    KeyFileProvider.create(tmp_path / "keys", "testby", ["roster", "contact"])
    return tmp_path / "keys"


def a_provider(folder: Path) -> KeyProvider:
    return KeyFileProvider(folder, "testby", production=False)


def test_folders_and_files_are_made_for_their_user_alone(folder: Path) -> None:
    files = sorted((folder / "testby").iterdir())

    assert [file.name for file in files] == ["contact.1.key", "index.key", "roster.1.key", "signing.key"]
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    assert {each.stat().st_mode & 0o777 for each in (folder, folder / "testby")} == {0o700}
    assert len({file.read_bytes() for file in files}) == 4
    assert {len(file.read_bytes()) for file in files} == {32}


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o601, 0o644])
def test_a_file_open_to_others_is_refused(folder: Path, mode: int) -> None:
    provider = a_provider(folder)
    (folder / "testby" / "roster.1.key").chmod(mode)

    with pytest.raises(KeyFileRefused, match=r"roster\.1\.key must be a file of the user's own, mode 0600"):
        a_provider(folder)
    with pytest.raises(KeyFileRefused):
        provider.wrap("roster", 1, b"", KEY)
    assert provider.wrap("contact", 1, b"", KEY)


@pytest.mark.parametrize("which", [".", "testby"])
@pytest.mark.parametrize("mode", [0o750, 0o705, 0o711])
def test_a_folder_open_to_others_is_refused(folder: Path, which: str, mode: int) -> None:
    (folder / which).chmod(mode)

    with pytest.raises(KeyFileRefused, match="folder of the user's own, mode 0700"):
        a_provider(folder)
    with pytest.raises(KeyFileRefused):
        KeyFileProvider.create(folder, "testby", ["roster"])


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
@pytest.mark.parametrize("which", [".", "testby", "testby/roster.1.key"])
def test_what_belongs_to_somebody_else_is_refused(folder: Path, which: str) -> None:
    os.chown(folder / which, 65534, -1)

    with pytest.raises(KeyFileRefused):
        a_provider(folder)


def test_a_link_to_a_key_is_not_a_key(folder: Path) -> None:
    own = folder / "testby"
    (own / "roster.1.key").rename(folder / "elsewhere.key")
    (own / "roster.1.key").symlink_to(folder / "elsewhere.key")

    with pytest.raises(KeyFileRefused):
        a_provider(folder)


@pytest.mark.parametrize("content", [b"", bytes(31), bytes(33)])
def test_a_file_of_another_length_is_refused(folder: Path, content: bytes) -> None:
    (folder / "testby" / "index.key").write_bytes(content)

    with pytest.raises(KeyFileRefused, match="32 bytes"):
        a_provider(folder)


def test_production_is_refused(folder: Path) -> None:
    with pytest.raises(KeyFileRefused, match="HSM"):
        KeyFileProvider(folder, "testby", production=True)


@pytest.mark.parametrize("name", ["", "..", "a/b", "Testby", ".hidden"])
def test_a_name_cannot_lead_out_of_the_folder(folder: Path, name: str) -> None:
    for attempt in (
        lambda: KeyFileProvider(folder, name, production=False),
        lambda: KeyFileProvider.create(folder, name, []),
        lambda: KeyFileProvider.create(folder, "testby", [name]),
        lambda: a_provider(folder).wrap(name, 1, b"", KEY),
    ):
        with pytest.raises(KeyFileRefused):
            attempt()


def test_what_is_missing_is_unavailable_and_not_erased(folder: Path) -> None:
    provider = a_provider(folder)
    wrapped = provider.wrap("roster", 1, b"", KEY)
    for name in ("roster.1.key", "index.key", "signing.key"):
        (folder / "testby" / name).unlink()

    asks: list[Callable[[], object]] = [
        lambda: provider.unwrap("roster", 1, b"", wrapped),
        lambda: provider.wrap("roster", 1, b"", KEY),
        lambda: provider.current_epoch("roster"),
        lambda: provider.index_token("family_name", "alma"),
        lambda: provider.sign(b""),
        provider.verify_key,
    ]
    for ask in asks:
        with pytest.raises(Unavailable):
            ask()
    assert provider.epochs("roster") == []
    with pytest.raises(Unavailable):
        KeyFileProvider(folder, "elsewhere", production=False)


def test_creating_again_keeps_the_keys_and_adds_those_that_are_new(folder: Path) -> None:
    before = {file.name: file.read_bytes() for file in (folder / "testby").iterdir()}

    KeyFileProvider.create(folder, "testby", ["roster", "contact", "note"])

    after = {file.name: file.read_bytes() for file in (folder / "testby").iterdir()}
    assert after.pop("note.1.key")
    assert after == before


def test_threads_that_create_at_once_end_with_one_key(tmp_path: Path) -> None:
    start = threading.Barrier(8)

    def create() -> None:
        start.wait()
        for number in range(20):
            KeyFileProvider.create(tmp_path / "keys", "testby", [f"c{number}"])
            seen.append((number, (tmp_path / "keys" / "testby" / f"c{number}.1.key").read_bytes()))

    seen: list[tuple[int, bytes]] = []
    threads = [threading.Thread(target=create) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(seen) == 160
    assert len(set(seen)) == 20
    assert {len(key) for _, key in seen} == {32}


CREATE = """
import pathlib, sys, time
from infrastructure.key_providers.key_file import KeyFileProvider
folder = pathlib.Path(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
KeyFileProvider.create(folder, "testby", [f"c{number}" for number in range(30)])
print([(folder / "testby" / f"c{number}.1.key").read_bytes().hex() for number in range(30)])
"""


def test_processes_that_create_at_once_end_with_one_key(tmp_path: Path) -> None:
    started = [Program(CREATE, str(tmp_path / "keys")) for _ in range(2)]
    for process in started:
        assert process.stdout.readline() == "ready\n"
    for process in started:
        process.stdin.write("go\n")
        process.stdin.flush()
    answers = [process.communicate()[0] for process in started]

    assert [process.returncode for process in started] == [0, 0]
    assert answers[0] == answers[1]
    assert len(eval(answers[0])) == 30  # noqa: S307
    assert not list((tmp_path / "keys" / "testby").glob("*.new"))


def test_an_epoch_ends_and_what_was_wrapped_in_it_only_is_gone(folder: Path) -> None:
    provider, other = a_provider(folder), a_provider(folder)
    old = provider.wrap("roster", 1, b"", KEY)
    file = folder / "testby" / "roster.1.key"
    os.link(file, folder / "second_name")  # to look into the file after its name is gone

    assert provider.create_epoch("roster") == 2
    assert other.current_epoch("roster") == 2
    new = provider.wrap("roster", 2, b"", other.unwrap("roster", 1, b"", old))
    provider.destroy_epoch("roster", 1)
    provider.destroy_epoch("roster", 1)

    assert provider.epochs("roster") == [2]
    assert other.unwrap("roster", 2, b"", new) == KEY
    assert (folder / "second_name").read_bytes() == bytes(32)
    with pytest.raises(Unavailable):
        other.unwrap("roster", 1, b"", old)
    with pytest.raises(Tampered):
        other.unwrap("roster", 2, b"", old)
    KeyFileProvider.create(folder, "testby", ["roster"])
    assert provider.epochs("roster") == [2]


def test_the_current_epoch_is_not_destroyed(folder: Path) -> None:
    with pytest.raises(ValueError, match="current epoch"):
        a_provider(folder).destroy_epoch("roster", 1)
    assert a_provider(folder).epochs("roster") == [1]


def test_a_wrapped_key_opens_in_its_own_compartment_and_context_only(folder: Path) -> None:
    provider = a_provider(folder)
    wrapped = provider.wrap("roster", 1, b"context", KEY)

    assert provider.unwrap("roster", 1, b"context", wrapped) == KEY
    assert KEY not in wrapped
    for compartment, context in (("contact", b"context"), ("roster", b"other")):
        with pytest.raises(Tampered):
            provider.unwrap(compartment, 1, context, wrapped)


def test_keys_are_wrapped_anew_each_for_its_own_row(folder: Path) -> None:
    provider = a_provider(folder)
    rows = [(bytes([number]), provider.wrap("roster", 1, bytes([number]), bytes([number]) * 32)) for number in range(3)]
    provider.create_epoch("roster")

    anew = provider.rewrap("roster", 1, 2, rows)

    for number, wrapped in enumerate(anew):
        assert provider.unwrap("roster", 2, bytes([number]), wrapped) == bytes([number]) * 32
    exchanged = [(rows[0][0], rows[1][1])]
    with pytest.raises(Tampered):
        provider.rewrap("roster", 1, 2, exchanged)
    with pytest.raises(Tampered):
        provider.rewrap("roster", 2, 1, rows)


def test_what_the_realm_signs_verifies_with_its_key_and_nothing_else_does(folder: Path, tmp_path: Path) -> None:
    provider = a_provider(folder)
    signature, public = provider.sign(b"a checkpoint"), provider.verify_key()
    other = Ed25519PrivateKey.generate().public_key().public_bytes_raw()

    assert (len(signature), len(public)) == (64, 32)
    assert verify(public, b"a checkpoint", signature)
    assert not verify(public, b"another", signature)
    assert not verify(other, b"a checkpoint", signature)
    assert not verify(public, b"a checkpoint", signature[:-1])
    assert not verify(b"no key", b"a checkpoint", signature)


def test_realms_and_fields_have_other_tokens_for_the_same_name(folder: Path) -> None:
    provider = a_provider(folder)
    KeyFileProvider.create(folder, "skovby", [])

    token = provider.index_token("family_name", "holm")
    assert len(token) == 12
    assert token == provider.index_token("family_name", "holm")
    assert token != provider.index_token("given_name", "holm")
    assert token != KeyFileProvider(folder, "skovby", production=False).index_token("family_name", "holm")
