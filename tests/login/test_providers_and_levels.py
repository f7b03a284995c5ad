"""What the settings may say of a login, and how sure it must be for which role."""

from __future__ import annotations

import pytest

from adapters.web.assurance import NSIS, Assurance, assurance_of
from adapters.web.levels import levels_of, needed
from adapters.web.login.providers import ClaimMap, For, Provider
from domain.people import Role

TABLE = {
    "issuer": "https://login.kommune.example",
    "client_id": "tillid",
    "client_secret": "hemmelig",
    "label": "kommunens login",
    "for": ["municipality"],
    "max_assurance": "substantial",
}


def test_a_provider_is_a_table_of_the_settings() -> None:
    provider = Provider.of(
        "kommunen",
        TABLE | {"acr_values": {"high": f"{NSIS}High"}, "assurance_claims": ["loa"], "scope": "openid nemlogin"},
    )

    assert (provider.for_, provider.max_assurance) == ({For.MUNICIPALITY}, Assurance.SUBSTANTIAL)
    assert provider.acr_values == {Assurance.HIGH: f"{NSIS}High"}
    assert provider.claims == ClaimMap(("loa",))
    assert provider.discovery == "https://login.kommune.example/.well-known/openid-configuration"
    assert "hemmelig" not in f"{provider!r} {provider}"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("issuer", "http://login.kommune.example"),
        ("issuer", "https://login.kommune.example/?tenant=1"),
        ("issuer", 7),
        ("client_id", ""),
        ("client_secret", None),
        ("label", " "),
        ("for", "municipality"),
        ("for", ["everybody"]),
        ("for", []),
        ("max_assurance", "sure"),
        ("max_assurance", "none"),
        ("acr_values", {"substantial": ""}),
        ("acr_values", {"quite": "x"}),
        ("assurance_claims", []),
        ("scope", "profile"),
        ("roles", ["leader"]),
    ],
    ids=lambda said: str(said).replace("/", " "),
)
def test_a_setting_that_cannot_be_meant_is_refused_by_its_name_and_not_shown(key: str, value: object) -> None:
    with pytest.raises(ValueError, match=key) as refused:
        Provider.of("kommunen", TABLE | {key: value})

    assert "providers.kommunen" in str(refused.value)
    assert "hemmelig" not in str(refused.value) and "kommune.example" not in str(refused.value)


@pytest.mark.parametrize("missing", TABLE)
def test_nothing_that_a_login_needs_may_be_left_out(missing: str) -> None:
    with pytest.raises(ValueError, match=missing):
        Provider.of("kommunen", {key: value for key, value in TABLE.items() if key != missing})


def test_a_provider_on_this_machine_needs_no_tls() -> None:
    for issuer in ("http://127.0.0.1:8080", "http://localhost:8080", "http://[::1]:8080"):
        assert Provider.of("here", TABLE | {"issuer": issuer}).issuer == issuer


def test_levels_are_known_by_the_names_of_nsis_and_everything_else_is_none() -> None:
    assert assurance_of(f"{NSIS}Substantial") == assurance_of(f"{NSIS}loa/Substantial") == Assurance.SUBSTANTIAL
    for unknown in (f"{NSIS}substantial", "Substantial", "3", 3, None, [f"{NSIS}High"]):
        assert assurance_of(unknown) is Assurance.NONE


def test_the_first_claim_with_a_level_counts_and_never_more_than_the_provider_may_say() -> None:
    provider = Provider.of("kommunen", TABLE)

    assert provider.assurance_in({"acr": f"{NSIS}Low", "loa": f"{NSIS}Substantial"}) is Assurance.LOW
    assert provider.assurance_in({"acr": "something else", "loa": f"{NSIS}Low"}) is Assurance.LOW
    assert provider.assurance_in({"acr": f"{NSIS}High"}) is Assurance.SUBSTANTIAL
    assert provider.assurance_in({}) is Assurance.NONE


def test_who_sees_more_than_first_names_needs_a_substantial_level() -> None:
    low = {role for role in Role if needed(role) is Assurance.LOW}

    assert low == {Role.VOLUNTEER, Role.PROFESSIONAL}
    assert {needed(role) for role in set(Role) - low} == {Assurance.SUBSTANTIAL}


def test_settings_raise_a_level_and_lower_none() -> None:
    raised = levels_of({"volunteer": "substantial", "officer": "high"})

    assert (needed(Role.VOLUNTEER, raised), needed(Role.OFFICER, raised)) == (Assurance.SUBSTANTIAL, Assurance.HIGH)
    assert needed(Role.LEADER, raised) is Assurance.SUBSTANTIAL
    for table in ({"leader": "low"}, {"volunteer": "none"}, {"volunteer": "sure"}, {"neighbour": "low"}, {"leader": 2}):
        with pytest.raises(ValueError, match=f"levels.*{next(iter(table))}"):
            levels_of(table)


def test_a_level_that_was_raised_past_the_settings_own_check_does_not_lower_one() -> None:
    assert needed(Role.LEADER, {Role.LEADER: Assurance.LOW}) is Assurance.SUBSTANTIAL
