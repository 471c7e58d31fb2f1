"""The state database of several replicas is away, hangs, or cuts its connections: what students see, and that nothing
that was answered is lost."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from knowledge.errors import KnowledgeError
from knowledge.load import build
from knowledge.query import KnowledgeBase, Question
from state import postgres
from tests.faults.conftest import Record, full
from tests.faults.crowd import Crowd, asking
from tests.faults.postgres import Cluster
from tests.faults.school import NURSE, School, school

AWAY = 15.0 if full() else 4.0  # seconds
TRY = 9.0  # seconds that one call may take at the most: a database that hangs is noticed after three, twice in a turn


@pytest.fixture(scope="module")
def cluster(postgres_socket: Path) -> Cluster:
    return Cluster(postgres_socket)


@pytest.fixture(scope="module")
def replica(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    with school(tmp_path_factory.mktemp("postgres"), WAYMARK_STATE_URL=cluster.create("faults")) as started:
        yield started


def health(school: School) -> int:
    with requests.Session() as session:
        session.trust_env = False
        return session.get(f"{school.base}/health", timeout=TRY).status_code


def report(record: Record, fault: str, crowd: Crowd, back: float) -> None:
    """What must hold after every one of these faults, and the figures."""
    assert crowd.lost() == 0
    assert crowd.half_turns() == 0
    assert crowd.longest < TRY
    assert set(crowd.failed) <= {"unavailable", "failure", "conflict"}, crowd.failed
    record(
        fault,
        requests_failed=sum(crowd.failed.values()),
        answers_lost=0,
        longest_call=crowd.longest,
        recovery=max(0.0, crowd.last_failure - back),
    )


@pytest.mark.parametrize(("kind", "fault"), [
    ("paused", "PostgreSQL hangs (SIGSTOP)"), ("stopped", "PostgreSQL crashes and is started again"),
])  # fmt: skip
def test_while_postgresql_is_away(kind: str, fault: str, replica: School, cluster: Cluster, record: Record) -> None:
    assert replica.say(NURSE, f"rest-{kind}")[0]["type"] == "answer"
    with asking(replica) as crowd:
        time.sleep(1)
        with getattr(cluster, kind)():
            begun = time.monotonic()
            payload, took = replica.say("How much do they earn?", f"rest-{kind}")  # REST goes on from memory
            assert (payload["type"], payload["occupation"]) == ("answer", "registered-nurse")
            assert took < 3.0
            again, took = replica.say("and in Canada?", f"rest-{kind}")  # a gap, which cannot be recorded
            assert (again["type"], again.get("failure")) == ("no_source", None)
            assert took < 3.0
            assert health(replica) == 503
            time.sleep(max(0.0, AWAY - (time.monotonic() - begun)))
        back = time.monotonic()
        time.sleep(2)
    report(record, fault, crowd, back)
    assert crowd.last_failure - back < 8.0  # a turn that was cut off is taken up again after five and a half
    assert health(replica) == 200
    payload, _ = replica.say("and in Texas?", f"rest-{kind}")
    assert (payload["topic"], payload["occupation"]) == ("pay", "registered-nurse")


def test_connections_that_are_cut(replica: School, cluster: Cluster, record: Record) -> None:
    with asking(replica) as crowd:
        for _ in range(10):
            time.sleep(0.3)
            cluster.cut("faults")
        back = time.monotonic()
        time.sleep(1)
    report(record, "PostgreSQL cuts every connection (10 times)", crowd, back)
    assert crowd.last_failure - back < 2.0


def test_knowledge_in_a_postgresql_that_hangs(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch, record: Record
) -> None:
    monkeypatch.setattr(postgres, "SECONDS", 1.0)
    url = cluster.create("knowledge")
    build(url, oews_file=None, vectors=False)
    knowledge, question = KnowledgeBase(url), Question("duties", "registered-nurse")
    assert knowledge.answer(Question("duties", "medical-assistant")).found  # what has been read is remembered
    with cluster.paused():
        begun = time.monotonic()
        with pytest.raises(KnowledgeError):
            knowledge.answer(question)
        took = time.monotonic() - begun
        assert took < 4.0
    assert knowledge.answer(question).found
    record("knowledge in PostgreSQL that hangs (given up after 1 s here, 6 s in use)", longest_call=took)
