"""The API against its own document: whatever is sent, the answer is one that the document speaks of (schemathesis)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import checks

from adapters.demo.identity import DemoIdentity
from tests.club_at_work import (
    CLUB,
    COORDINATOR,
    LEADER,
    MIDWIFE,
    MOTHER,
    OFFICER,
    REFERRER,
    SECRETARY,
    STARTED,
    TOWN,
    VOLUNTEER,
)
from tests.pages_at_work import PagesAtWork, pages_at_work

ADMINISTRATOR = UUID(int=0xB000)
WHO: dict[str, tuple[str, UUID]] = {
    "referrer": (TOWN, REFERRER), "coordinator": (CLUB, COORDINATOR), "secretariat": (CLUB, SECRETARY), "leader": (CLUB, LEADER),
    "volunteer": (CLUB, VOLUNTEER), "professional": (CLUB, MIDWIFE), "family": (CLUB, MOTHER), "officer": (CLUB, OFFICER),
}  # fmt: skip
"""Somebody of each audience, and the realm where the most of it can be asked."""


CHECKS = [
    checks.not_a_server_error, checks.status_code_conformance, checks.content_type_conformance,
    checks.response_headers_conformance, checks.response_schema_conformance,
]  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PagesAtWork]:
    made = pages_at_work(tmp_path_factory.mktemp("contract"))
    made.club.house.appoint_administrator(TOWN, ADMINISTRATOR, STARTED)
    yield made
    made.club.house.close()


@pytest.fixture(scope="module")
def tokens(site: PagesAtWork) -> dict[str, str]:
    identity = DemoIdentity()
    site.club.house.identity = identity
    return {audience: identity.token_for(actor) for audience, (_, actor) in WHO.items()}


@pytest.fixture(scope="module")
def contract(site: PagesAtWork) -> Any:
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", site.app)


@pytest.mark.parametrize("audience", sorted(WHO))
def test_every_answer_is_one_that_the_document_speaks_of(audience: str, contract: Any, tokens: dict[str, str]) -> None:
    realm, _ = WHO[audience]
    asked = 0
    for found in contract.get_all_operations():
        operation = found.ok()
        if operation.path.removeprefix("/api/v1/{realm}/").split("/")[0] != audience:
            continue

        @given(case=operation.as_strategy())
        @settings(
            max_examples=2, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
        )
        def conforms(case: Any) -> None:
            case.path_parameters["realm"] = realm
            case.headers["Authorization"] = f"Bearer {tokens[audience]}"
            case.call_and_validate(checks=CHECKS)

        conforms()
        asked += 1
    assert asked, "the document has nothing for this audience"
