"""What the register promises about personal data, and the tests that prove each promise (GDPR Art. 5(2), 25, 35(7)(d))."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Promise:
    """A sentence to the person concerned, the law it answers to, and the files and tests in which it could fail."""

    promise: str
    law: str
    tests: tuple[str, ...]


PROMISES: tuple[Promise, ...] = (
    Promise(
        "No reader is shown more than the matrix says, asked in every way there is.", "Art. 5(1)(f), 25(2)",
        ("privacy/test_annex_c.py", "privacy/test_non_interference.py"),
    ),
    Promise(
        "Nothing that was typed in about anybody lies anywhere in clear.", "Art. 32(1)(a)",
        ("privacy/test_canary_words.py",),
    ),
    Promise(
        "Every look is in the access log before it is answered; without the log nothing is opened.", "Art. 5(2), 32",
        ("privacy/test_faults.py", "contracts/test_the_access_log.py"),
    ),
    Promise(
        "The access log cannot be changed unnoticed, and is verified without the register.", "Art. 5(2)",
        ("rules/test_access_log_check.py", "contracts/test_the_access_log_export.py"),
    ),
    Promise(
        "What a consent opened closes at the next look after it was taken back.", "Art. 7(3)",
        ("privacy/test_withdrawal.py",),
    ),
    Promise(
        "An erased person cannot be read again, by nobody, also after a crash in the middle.", "Art. 17",
        ("privacy/test_erasure.py", "privacy/test_killed.py", "crypto/test_destroyed_keys_on_disk.py"),
    ),
    Promise(
        "A value opens only where it was written: moved, swapped, cut or copied it is an alarm.", "Art. 32(1)(b)",
        ("crypto/test_sealing.py", "crypto/test_the_vectors.py"),
    ),
    Promise(
        "A process opens only what it holds keys for, whatever else fails.", "Art. 25(2)",
        ("privacy/test_own_keys_only.py",),
    ),
    Promise(
        "A request is due on the day the regulation says, by the Danish calendar.", "Art. 12(3)",
        ("rules/test_deadlines.py",),
    ),
    Promise(
        "A breach is due 72 elapsed hours after it was known, and is closed when all is known and done.", "Art. 33, 34",
        ("rules/test_breach.py", "web/test_breaches_api.py"),
    ),
    Promise(
        "After a loss it is known who lay open and who was read.", "Art. 33(3), 34",
        ("rules/test_blast_radius.py", "privacy/test_blast_radius.py"),
    ),
    Promise(
        "Contents reach an officer by two persons, for one answer and a short while, or not at all.", "Art. 25(2), 38",
        ("rules/test_release.py", "privacy/test_release.py", "web/test_releases_and_roles_api.py"),
    ),
    Promise(
        "A role that nobody else confirms in time opens nothing.", "Art. 32(1)(d)",
        ("rules/test_staff.py", "web/test_releases_and_roles_api.py"),
    ),
    Promise(
        "What the record says is what the code does.", "Art. 30",
        ("architecture/test_docs_are_true.py", "rules/test_processing_record.py"),
    ),
)  # fmt: skip
"""Paths are below `tests/`; a test finds one that is not there."""
