"""What a realm's settings say of it to the record of processing: who is responsible, what is in force, who else there is."""

from __future__ import annotations

from collections.abc import Iterator

from domain.compartments import RealmKind
from gdpr.processing_record import Running
from gdpr.retention import clocks_of
from infrastructure.settings import RealmSettings, Settings

_ALWAYS = (
    "each value is sealed by itself (AES-256-GCM) under a key of one person in one compartment (Art. 32(1)(a))",
    "one gate: the policy decides, the access log is written, then the value is opened; else nothing is (Art. 25(2), 32)",
    "the access log is append-only, a signed tree, and is verified without the register (Art. 5(2))",
    "an erasure destroys keys; a ledger without personal data keeps a restored backup from serving before it (Art. 17)",
    "keys lie in a database of their own, apart from what they open",
)


def running_of(realm: RealmSettings, whole: Settings) -> Running:
    """The realm as these settings run it."""
    clocks = clocks_of(realm.kind, realm.retention)
    others = tuple(each.responsible.name for each in whole.realms if each.kind is not realm.kind)
    measures = (*_ALWAYS, *_set(realm, whole))
    return Running(realm.name, realm.kind, realm.responsible, clocks, measures, others or _unnamed(realm.kind))


def _unnamed(kind: RealmKind) -> tuple[str, ...]:
    """The other side where these settings do not name it."""
    return ("the municipalities that refer families",) if kind is RealmKind.RED_BARNET else ("Red Barnet",)


def _set(realm: RealmSettings, whole: Settings) -> Iterator[str]:
    """What the controller chose."""
    in_hsm = "in a hardware security module, used there and never taken out"
    in_files = "in key files: for demonstration and development, never for real families"
    yield f"key-encryption keys lie {in_hsm if realm.hsm is not None else in_files}"
    if whole.opens is None:
        yield f"the process `{whole.process}` opens every compartment of the realm"
    else:
        yield f"the process `{whole.process}` opens {', '.join(sorted(whole.opens))}, and nothing else (Art. 25(2))"
    count = len(realm.witnesses.keys)
    yield (
        f"checkpoints of the access log are cosigned by {count} witnesses"
        if count
        else ("no witness cosigns the access log yet: keep checkpoints elsewhere")
    )
    limits = whole.limits
    yield f"a role that nobody else confirms lapses after {limits.role_review_months} months (Art. 32(1)(d))"
    yield f"contents go to an officer by two persons only, for {limits.release_hours} hours"
    yield f"a random check of the access log is about {limits.check_days} days"
