"""The drill itself, on real files: an old backup brings nobody back, and no byte of it says what the family said."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.drill.run import run


def test_an_old_backup_is_refused_brought_up_to_date_and_never_opens_the_erased_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = run(home=tmp_path)
    told = capsys.readouterr().out
    assert status == 0, told
    assert "NOT SO" not in told
    assert "BehindTheLedger" in told
    assert "EpochMissing" in told
    assert told.count("✓") >= 21
