"""What a rotation costs beside the bare cryptography of it: the same keys unwrapped and wrapped, with nothing around."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.compartments import ROSTER
from infrastructure.key_rows import wrapping_context
from infrastructure.key_tables import LIVE, NO_CONSENT, keys
from infrastructure.rotation import Rotation
from tests.crypto.vault_examples import REALM, Shop
from tests.performance.test_bench import REPORT
from tests.postgres import Backend, TempPostgres

pytestmark = pytest.mark.bench

MOST_TIMES = 30.0
"""Times the bare cryptography; the database's own work is most of it, so the bound is wide."""
KEYS = int(os.environ.get("TILLID_BENCH_KEYS", "100000"))


def fill(shop: Shop) -> list[tuple[bytes, bytes]]:
    """So many live keys, each of a subject of its own; what each is wrapped for, and its wrapping."""
    provider = shop.provider()
    cipher = AESGCM((shop.folder / REALM / "roster.1.key").read_bytes())
    provider.wrap(ROSTER.name, 1, b"", bytes(32))
    head = b"\x11" + (1).to_bytes(4, "big")
    rows: list[dict[str, Any]] = []
    bound: list[tuple[bytes, bytes]] = []
    for number in range(KEYS):
        key_id, subject, nonce = os.urandom(16), UUID(int=number + 1), os.urandom(12)
        context = wrapping_context(REALM, ROSTER.name, subject.bytes, NO_CONSENT.bytes, key_id)
        wrapped = head + nonce + cipher.encrypt(nonce, os.urandom(32), head + context)
        bound.append((context, wrapped))
        rows.append(
            {
                "key_id": key_id, "subject": subject, "compartment": ROSTER.name, "consent": NO_CONSENT,
                "generation": 1, "state": LIVE, "wrapped": wrapped, "epoch": 1, "commitment": bytes(32),
                "created_at": datetime.now(UTC), "destroyed_at": None,
            }
        )  # fmt: skip
    with shop.database.write() as connection:
        for start in range(0, KEYS, 10_000):
            connection.execute(sa.insert(keys), rows[start : start + 10_000])
    return bound


def seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def bare(bound: list[tuple[bytes, bytes]], old: AESGCM, new: AESGCM) -> None:
    for context, wrapped in bound:
        nonce = os.urandom(12)
        new.encrypt(nonce, old.decrypt(wrapped[5:17], wrapped[17:], wrapped[:5] + context), wrapped[:5] + context)


@pytest.mark.parametrize("on", ["sqlite", "postgresql"])
def test_a_rotation_beside_bare_unwrapping_and_wrapping(on: str, tmp_path: Path) -> None:
    server = TempPostgres({**TempPostgres.DURABLE, "shared_buffers": "128MB"}) if on == "postgresql" else None
    made = Backend(
        on, lambda: server.url(server.create_database()) if server else f"sqlite:///{tmp_path / 'keys.sqlite'}"
    )
    shop = Shop(made.new_database(), tmp_path / "keys")
    try:
        bound = fill(shop)
        old, new = (AESGCM(key) for key in ((shop.folder / REALM / "roster.1.key").read_bytes(), os.urandom(32)))
        raw = [seconds(lambda: bare(bound, old, new))]
        turning = Rotation(shop.database, shop.provider(), realm=REALM, compartments=["roster"])
        turning.begin()
        took = seconds(turning.wrap_anew)
        cleaned = seconds(turning.clean)
        raw.append(seconds(lambda: bare(bound, old, new)))
    finally:
        shop.close()
        if server is not None:
            server.close()
    once = sum(raw) / len(raw)
    times = took / once
    figures = {
        "keys": KEYS, "keys_a_second": round(KEYS / took), "seconds_for_a_million": round(took * 1e6 / KEYS, 1),
        "bare_keys_a_second": round(KEYS / once), "times_bare": round(times, 2), "cleaning_seconds": round(cleaned, 2),
    }  # fmt: skip
    print(f"\nrotation on {on}: {json.dumps(figures)}")
    REPORT.parent.mkdir(exist_ok=True)
    report = json.loads(REPORT.read_text()) if REPORT.exists() else {}
    REPORT.write_text(json.dumps(report | {f"rotation on {on}": figures}, indent=2))
    assert times <= MOST_TIMES
