"""The register as another adapter of the shared benchmark harness, called at the service layer with every rule on.

    export TILLID_BENCH_HARNESS=<the harness's folder>
    BENCH_EXTRA='{"ours": ["python", "<here>/bench_adapter.py"]}' python run.py --only floor,p2,ours

`bench_family.py` says how the harness's family is represented; `docs/performance.md` what came out.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from datetime import time, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), os.environ["TILLID_BENCH_HARNESS"]]

import adapterlib
import sqlalchemy as sa

from adapters.wiring import Realm, build, rebuild, stores
from application.courses import AcceptConfidentiality, JoinTeam, PlanCourse
from application.desk import Asker
from application.organisations import EstablishClub
from application.perform import perform
from domain.compartments import RealmKind
from domain.lists import Season
from domain.people import CourseId, Role
from infrastructure.settings import RealmSettings, Settings
from tests.performance import bench_family

CLUB = "red-barnet"
AT_ONCE = 100
"""Families in one command of an import."""
LEADER, VOLUNTEER, SECRETARY = (UUID(int=number) for number in (11, 12, 13))


class Ours(adapterlib.Adapter):  # type: ignore[misc]
    name = "tillid"
    erasure = "crypto-shred"

    def versions(self) -> Mapping[str, str]:
        return {name: version(name) for name in ("eventsourcing", "cryptography", "SQLAlchemy", "psycopg")}

    def open(self, backend: str, dir: str, dsn: str) -> None:
        stores.CLUB_VIEWS = (*stores.CLUB_VIEWS, bench_family)
        home = Path(dir)
        urls = _postgres(dsn) if backend == "postgres" else _sqlite(home)
        beside = home.parent  # the harness weighs the files in `dir` and looks into them, and allows no folder there
        self.settings = RealmSettings(CLUB, RealmKind.RED_BARNET, *urls, beside / "kek", beside / "ledger.jsonl")
        self.house = build(Settings((self.settings,)))
        self.desk = self.house.desk(CLUB)
        self.course_id = self._open_a_course()

    def _open_a_course(self) -> CourseId:
        """A real course, on whose team the volunteer of the harness is: every reading is judged by its rows."""
        today = self.desk.clock.today()
        club = self._does(Role.SECRETARIAT, EstablishClub(name="Klub Test", municipality="kommune-0900", since=today))
        starts_on = today + timedelta(days=30)
        plan = PlanCourse(
            club_id=UUID(str(club["club_id"])), starts_on=starts_on, ends_on=starts_on + timedelta(days=84),
            starts_at=time(17), season=Season.SPRING,
        )  # fmt: skip
        course_id = CourseId(UUID(str(self._does(Role.SECRETARIAT, plan)["course_id"])))
        for actor, role in ((LEADER, Role.LEADER), (VOLUNTEER, Role.VOLUNTEER)):
            self._does(Role.SECRETARIAT, JoinTeam(course_id=course_id, actor=actor, role=role, since=today))
        self._does(Role.VOLUNTEER, AcceptConfidentiality(course_id=course_id), VOLUNTEER)
        return course_id

    def _does(self, role: Role, command: Any, actor: UUID = SECRETARY) -> Mapping[str, Any]:
        command_id = uuid4()
        return perform(command, Asker(actor, role, command_id), self.desk, command_id=command_id)

    def register(self, family: Mapping[str, Any]) -> None:
        self._does(Role.LEADER, bench_family.Register(family=family), LEADER)

    def refer(self, family: Mapping[str, Any]) -> None:
        self._does(Role.LEADER, bench_family.Refer(family=family), LEADER)

    def consent(self, family: Mapping[str, Any]) -> None:
        self._does(Role.LEADER, bench_family.TakeConsent(family=family, course_id=self.course_id), LEADER)

    def write_note(self, family: Mapping[str, Any]) -> None:
        self._does(Role.LEADER, bench_family.WriteNote(family=family), LEADER)

    def bulk(self, families: list[Mapping[str, Any]]) -> None:
        for first in range(0, len(families), AT_ONCE):
            some = tuple(families[first : first + AT_ONCE])
            self._does(Role.LEADER, bench_family.TakeInMany(families=some, course_id=self.course_id), LEADER)

    def view(self, family_id: str, actor: str, purpose: str) -> Mapping[str, Any] | None:
        return bench_family.page(self._volunteer(), self.course_id, UUID(family_id), self.desk)

    def roster(self, course: int, actor: str, purpose: str) -> list[Mapping[str, Any]]:
        return bench_family.roster(self._volunteer(), self.course_id, course, self.desk)

    def export(self, family_id: str, actor: str, purpose: str) -> Mapping[str, Any] | None:
        own = Asker(UUID(int=14), Role.FAMILY, uuid4(), person_id=UUID(family_id))
        return bench_family.own_data(own, self.desk)

    def _volunteer(self) -> Asker:
        return Asker(VOLUNTEER, Role.VOLUNTEER, uuid4())

    def erase(self, family_id: str) -> None:
        bench_family.erase(UUID(family_id), self.desk)

    def rebuild(self) -> int:
        return rebuild(self.settings)

    def count_events(self) -> int:
        return self._one("SELECT count(*) FROM events")

    def count_access(self) -> int:
        """Readings of a subject: the log has one entry for each compartment that was opened in one."""
        with self.realm.log_database.read() as connection:
            readings = "SELECT DISTINCT request_id, subject FROM log_entries WHERE action = 'read'"
            return int(connection.exec_driver_sql(f"SELECT count(*) FROM ({readings}) AS readings").scalar_one())

    @property
    def realm(self) -> Realm:
        return self.house.realms[CLUB]

    def _one(self, statement: str) -> int:
        with self.realm.database.read() as connection:
            return int(connection.exec_driver_sql(statement).scalar_one())

    def checkpoint(self) -> None:
        for database in (self.realm.database, self.realm.key_database, self.realm.log_database):
            database.truncate_wal()

    def close(self) -> None:
        self.house.close()


def _sqlite(home: Path) -> Iterable[str]:
    return [f"sqlite:///{home / name}.sqlite" for name in ("register", "keys", "log")]


def _postgres(dsn: str) -> Iterable[str]:
    """The harness gives one database, and weighs it: keys and log get schemas in it, where production has databases."""
    parts = dict(part.split("=", 1) for part in dsn.split())
    url = sa.URL.create("postgresql+psycopg", parts["user"], None, parts["host"], int(parts["port"]), parts["dbname"])
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        for schema in ("keys", "log"):
            connection.exec_driver_sql(f"CREATE SCHEMA {schema}")
    engine.dispose()
    inside = [url, *(url.update_query_dict({"options": f"-csearch_path={schema}"}) for schema in ("keys", "log"))]
    return [each.render_as_string(hide_password=False) for each in inside]


if __name__ == "__main__":
    adapterlib.serve(Ours())
