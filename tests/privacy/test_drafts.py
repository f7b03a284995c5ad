"""A form that is not sent: its author's alone, sealed under a key of its own, and gone without a trace."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from application import drafts, retention
from application.desk import Asker
from application.perform import RoleNotHeld
from application.reading import drafts as reading
from domain.people import Role
from domain.text import CprNumber, TooLong
from gdpr.gate import NotForThisReader
from gdpr.ports import ERASED, LedgerKind, Tampered
from infrastructure.tables import drafts as drafts_table
from infrastructure.tables import events
from tests.house import CLUB, TOWN, a_house, another_process, rebuilt
from tests.living import DRAFTED, Grounds, Life
from tests.postgres import Backend

FORM = json.dumps({"step": 2, "adults": [{"given_name": "Oline", "telephone": "20 10 20 30"}], "said_yes": True})
LATER = json.dumps({"step": 3, "adults": [{"given_name": "Oline"}], "remark": "Sover ikke"})


@pytest.fixture
def town(backend: Backend, tmp_path: Path) -> Any:
    house = a_house(backend, tmp_path)
    yield house.realms[TOWN]
    house.close()


def somebody(role: str = "referrer") -> Asker:
    return Asker(uuid4(), Role(role), uuid4(), unit=uuid4())


def key_states(town: Any, draft_id: UUID) -> list[str]:
    return [state for _, state in town.vault.subjects_keys(draft_id)]


def test_an_author_goes_on_where_the_form_was_left(town: Any) -> None:
    author, draft_id = somebody(), uuid4()
    drafts.keep(author, draft_id, FORM, town.desk)
    drafts.keep(author, draft_id, LATER, town.desk)

    found = reading.draft(author, draft_id, town.desk)
    assert found["form"] == LATER
    assert found["kept_until"] == town.desk.clock.today() + timedelta(days=29)
    (entry,) = town.desk.log.find(actor=author.actor)
    assert (entry.action, entry.compartment, entry.subject, entry.rule) == ("read", "draft", draft_id, "the_author")


def test_the_list_says_when_and_nothing_of_what(town: Any) -> None:
    author = somebody()
    ids = [uuid4(), uuid4()]
    for draft_id in ids:
        drafts.keep(author, draft_id, FORM, town.desk)
        town.desk.clock.set(town.desk.clock.now() + timedelta(minutes=1))
    drafts.keep(somebody(), uuid4(), FORM, town.desk)

    lines = reading.drafts(author, town.desk)
    assert [line["draft_id"] for line in lines] == ids[::-1]
    assert all(line.keys() == {"draft_id", "saved_at", "kept_until"} for line in lines)
    assert town.desk.log.find(actor=author.actor) == [], "nothing was opened"


def test_nobody_else_opens_saves_or_discards_it_also_of_the_same_unit(town: Any) -> None:
    author, draft_id = somebody(), uuid4()
    colleague = Asker(uuid4(), author.role, uuid4(), unit=author.unit)
    drafts.keep(author, draft_id, FORM, town.desk)

    for asker in (colleague, somebody("coordinator"), somebody("officer")):
        with pytest.raises(NotForThisReader):
            reading.draft(asker, draft_id, town.desk)
    with pytest.raises(drafts.NoSuchDraft):
        drafts.keep(colleague, draft_id, LATER, town.desk)
    drafts.discard(colleague, draft_id, town.desk)
    for act in (
        lambda: drafts.keep(somebody("coordinator"), uuid4(), FORM, town.desk),
        lambda: drafts.discard(somebody("leader"), draft_id, town.desk),
        lambda: reading.drafts(somebody("officer"), town.desk),
    ):
        with pytest.raises(RoleNotHeld):
            act()

    assert reading.draft(author, draft_id, town.desk)["form"] == FORM
    assert [e.allowed for e in town.desk.log.find(compartment="draft", record=draft_id)] == [False] * 3 + [True]


def test_one_that_was_never_there_is_refused_in_the_same_words_as_anothers(town: Any) -> None:
    with pytest.raises(NotForThisReader):
        reading.draft(somebody(), uuid4(), town.desk)


@pytest.mark.parametrize(
    ("form", "refusal"),
    [
        ('{"remark": "Barnets nummer er 010190-1234"}', CprNumber),
        ('{"adults": [{"010190-1234": ["x"]}]}', CprNumber),
        ('["a list"]', drafts.NotAForm),
        ("{", drafts.NotAForm),
        (json.dumps({"remark": "x" * drafts.LONGEST}), TooLong),
    ],
)
def test_what_is_no_form_or_has_no_place_here_is_refused(town: Any, form: str, refusal: type[Exception]) -> None:
    author, draft_id = somebody(), uuid4()
    with pytest.raises(refusal):
        drafts.keep(author, draft_id, form, town.desk)
    assert reading.drafts(author, town.desk) == [] and key_states(town, draft_id) == []


def test_nobody_piles_drafts_up(town: Any) -> None:
    author, first = somebody(), uuid4()
    for draft_id in (first, *(uuid4() for _ in range(drafts.MOST - 1))):
        drafts.keep(author, draft_id, FORM, town.desk)
    with pytest.raises(drafts.TooManyDrafts):
        drafts.keep(author, uuid4(), FORM, town.desk)
    drafts.keep(author, first, LATER, town.desk)


def test_to_discard_destroys_the_key_and_no_backup_of_either_database_opens_it_again(town: Any) -> None:
    author, draft_id = somebody(), uuid4()
    drafts.keep(author, draft_id, FORM, town.desk)
    copy = town.desk.drafts.find(draft_id)

    drafts.discard(author, draft_id, town.desk)
    drafts.discard(author, draft_id, town.desk)

    assert reading.drafts(author, town.desk) == [] and key_states(town, draft_id) == ["destroyed"]
    assert town.vault.open([copy.form]) == [ERASED]
    (entry,) = town.ledger.entries_after(0)
    assert (entry.kind, entry.compartments, len(entry.key_ids)) == (LedgerKind.RETENTION, ("draft",), 1)


def test_a_draft_saved_again_after_it_was_discarded_goes_under_a_new_key_and_into_the_ledger_too(town: Any) -> None:
    author, draft_id = somebody(), uuid4()
    for form in (FORM, LATER):
        drafts.keep(author, draft_id, form, town.desk)
        assert reading.draft(author, draft_id, town.desk)["form"] == form
        drafts.discard(author, draft_id, town.desk)
    assert key_states(town, draft_id) == ["destroyed", "destroyed"]
    assert len({key for entry in town.ledger.entries_after(0) for key in entry.key_ids}) == 2


def test_an_older_saving_cannot_be_put_back_in_the_place_of_the_newer(town: Any) -> None:
    author, draft_id = somebody(), uuid4()
    drafts.keep(author, draft_id, FORM, town.desk)
    with town.database.read() as connection:
        older = connection.execute(sa.select(drafts_table.c.form)).scalar_one()
    drafts.keep(author, draft_id, LATER, town.desk)
    with town.database.write() as connection:
        connection.execute(sa.update(drafts_table).values(form=older))
    with pytest.raises(Tampered):
        reading.draft(author, draft_id, town.desk)


def test_what_nobody_went_on_with_goes_by_itself_after_thirty_days(town: Any) -> None:
    author, left, gone_on_with = somebody(), uuid4(), uuid4()
    for draft_id in (left, gone_on_with):
        drafts.keep(author, draft_id, FORM, town.desk)
    town.desk.clock.set(town.desk.clock.now() + timedelta(days=20))
    drafts.keep(author, gone_on_with, LATER, town.desk)
    town.desk.clock.set(town.desk.clock.now() + timedelta(days=9))
    retention.let_go_by_itself(town.desk)
    assert len(reading.drafts(author, town.desk)) == 2

    town.desk.clock.set(town.desk.clock.now() + timedelta(days=1))
    retention.let_go_by_itself(town.desk)

    assert [line["draft_id"] for line in reading.drafts(author, town.desk)] == [gone_on_with]
    assert (key_states(town, left), key_states(town, gone_on_with)) == (["destroyed"], ["live"])


def test_the_referral_that_finishes_a_draft_takes_it_away_and_no_other(life_on_files: Life) -> None:
    life = life_on_files
    desk, author = life.desk(TOWN), life.asker("referrer")
    own, others = uuid4(), uuid4()
    drafts.keep(author, own, FORM, desk)
    drafts.keep(life.asker("other referrer"), others, FORM, desk)
    life.register_another_family("D")

    def refers(draft_id: UUID) -> None:
        life.refer("family D", "child of D", Grounds(), draft_id=draft_id)

    refers(own)
    assert desk.drafts.find(own) is None and desk.drafts.find(others) is not None
    assert dict(desk.erasing.vault.subjects_keys(own)) == {"draft": "destroyed"}


def test_no_event_and_no_row_of_a_view_tells_of_a_draft(life_on_files: Life) -> None:
    life = life_on_files
    realm = life.house.realms[TOWN]
    with realm.database.read() as connection:
        told = b"".join(row.state for row in connection.execute(sa.select(events.c.state)))
        kept = connection.execute(sa.select(drafts_table)).all()
    draft_id = life.ids["draft"]
    assert [row.draft_id for row in kept] == [draft_id] and DRAFTED.encode() not in kept[0].form
    assert draft_id.bytes not in told and str(draft_id).encode() not in told
    rebuilt(life.house)
    with another_process(life.house) as other:
        assert reading.draft(life.asker("referrer"), draft_id, other.desk(TOWN))["form"] == DRAFTED
    assert life.desk(CLUB).drafts.all() == []
