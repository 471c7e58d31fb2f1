"""Two replicas as one assistant: any of them takes any turn, in order, and either may be killed."""

from __future__ import annotations

import os
import subprocess
import threading
import time
import uuid
from collections import Counter
from itertools import count
from statistics import median
from typing import Any

import requests
from sqlalchemy import select

import settings
from state import messages
from state.conversations import transaction
from state.models import message
from tests.replicas.conftest import SESSIONS, Cluster
from tests.server.test_web import Browser
from tools.environment import PYTHON

NURSE = "registered-nurse"
STATES = {"Texas": "US-TX", "Ohio": "US-OH", "Utah": "US-UT", "Maine": "US-ME", "Iowa": "US-IA", "Oregon": "US-OR"}
TURNS = int(os.environ.get("WAYMARK_TEST_TURNS", "10"))  # of each visitor while a replica is killed
_addresses = count(20)


def visitor(base: str) -> Browser:
    """Somebody with an address of their own."""
    return Browser(base, f"127.0.0.{next(_addresses)}").open()


def place(answer: dict[str, Any]) -> str:
    found: str = answer["payload"]["facts"][0]["place"]
    return found


def persistent(one: Browser, text: str, id: str, seconds: float = 20.0) -> dict[str, Any]:
    """Asks as the widget does: after a failure again, with the same id."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            reply = one.call("POST", "messages", {"id": id, "text": text})
            if reply.status_code == 200:
                found: dict[str, Any] = reply.json()["messages"][-1]
                return found
            assert reply.status_code in (409, 429, 502, 503, 504), reply.text
        except requests.RequestException:
            pass
        assert time.monotonic() < deadline, "no answer"
        time.sleep(0.3)


def test_a_conversation_that_changes_the_replica_with_every_turn_keeps_its_context(cluster: Cluster) -> None:
    one = visitor(cluster.proxy)
    assert place(one.ask("How much do registered nurses earn in Texas?")) == "US-TX"
    for turn, (name, id) in enumerate(STATES.items()):
        answer = one.ask(f"and in {name}?", base=cluster.base(turn % 2))
        assert (answer["payload"]["occupation"], place(answer)) == (NURSE, id)
    for question in ("What are their duties?", "Do they need a degree?", "Which certifications do they need?"):
        assert one.ask(question)["payload"]["occupation"] == NURSE
    assert [part["role"] for part in one.history()] == ["user", "assistant"] * 10
    assert one.history(cluster.base(0)) == one.history(cluster.base(1))


def test_nginx_gives_turns_to_both_replicas(cluster: Cluster) -> None:
    one = visitor(cluster.proxy)
    replies = [one.call("GET", "health") for _ in range(10)]
    assert {reply.status_code for reply in replies} == {200}
    assert len({reply.headers["X-Request-ID"] for reply in replies}) == 10
    time.sleep(0.1)
    folder = next(path for path in cluster.logs.parent.glob("nginx*") if path.is_dir())
    log = (folder / "access.log").read_text(encoding="utf-8")
    assert {f"127.0.0.1:{replica.rasa_port}" in log for replica in cluster.replicas} == {True}
    assert one.token not in log and "127.0.0.20" not in log


def test_turns_that_arrive_at_once_at_both_replicas_are_taken_one_after_the_other(cluster: Cluster) -> None:
    """Each answer belongs to its question: no turn begins before the last one has ended."""
    one = visitor(cluster.base(0))
    one.ask("How much do registered nurses earn in the United States?")
    for _ in range(2):
        barrier, got = threading.Barrier(len(STATES)), {}

        def send(number: int, name: str, barrier: Any = barrier, got: Any = got) -> None:
            client = Browser(cluster.base(number % 2))
            client.token = one.token
            barrier.wait()
            got[name] = client.ask(f"and in {name}?")

        threads = [threading.Thread(target=send, args=pair) for pair in enumerate(STATES)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        assert {name: place(answer) for name, answer in got.items()} == STATES
    said = one.history()
    assert [part["role"] for part in said] == ["user", "assistant"] * 13
    asked_and_answered = [(said[n]["text"], place(said[n + 1])) for n in range(2, len(said), 2)]
    assert Counter(asked_and_answered) == Counter({(f"and in {name}?", id): 2 for name, id in STATES.items()})
    assert [part["seq"] for part in said] == sorted(part["seq"] for part in said)


def test_rests_messages_keep_their_order_over_replicas(cluster: Cluster) -> None:
    """The REST channel has no record of its own: Rasa's lock store alone does it."""
    sender, got = f"rest-{uuid.uuid4()}", {}

    def post(replica: int, text: str) -> dict[str, Any]:
        reply = requests.post(cluster.replicas[replica].rest, json={"sender": sender, "message": text}, timeout=15)
        found: dict[str, Any] = next(part["custom"] for part in reply.json() if part.get("custom"))
        return found

    post(0, "How much do registered nurses earn in the United States?")

    def send(number: int, name: str) -> None:
        time.sleep(0.02 * number)
        got[name] = post(number % 2, f"and in {name}?")

    threads = [threading.Thread(target=send, args=pair) for pair in enumerate(STATES)]
    begun = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    took = time.monotonic() - begun
    assert {name: (answer["occupation"], answer["facts"][0]["place"]) for name, answer in got.items()} == {
        name: (NURSE, id) for name, id in STATES.items()
    }
    assert took < 4.0  # six turns, none of which waits a second for another


def test_limits_count_once_over_both_replicas(cluster: Cluster) -> None:
    one = Browser(cluster.proxy, "127.0.0.11")
    codes = [one.call("POST", "sessions", {}, cluster.base(n % 2)).status_code for n in range(2 * SESSIONS + 4)]
    assert SESSIONS <= codes.count(201) <= SESSIONS + 1
    spoofed = [one.call("POST", "sessions", {}, **{"X-Forwarded-For": f"198.51.100.{n}"}) for n in range(4)]
    assert [reply.status_code for reply in spoofed] == [429] * 4
    assert int(spoofed[0].headers["Retry-After"]) >= 1
    assert Browser(cluster.proxy, "127.0.0.12").call("POST", "sessions", {}).status_code == 201


def test_only_the_public_channels_are_passed_on(cluster: Cluster) -> None:
    root = cluster.proxy.removesuffix("webhooks/web/")
    for path in ("", "webhooks/rest/webhook", "webhooks/rest/", "health", "ready", "metrics", "webhooks/"):
        assert requests.get(f"{root}{path}", timeout=10).status_code == 404
    body = b"{" + b" " * 70_000 + b"}"
    assert requests.post(f"{cluster.proxy}sessions", data=body, timeout=10).status_code == 413


def test_what_staff_write_reaches_the_student_through_any_replica_and_deletion_too(cluster: Cluster) -> None:
    one = visitor(cluster.proxy)
    one.ask("How much do registered nurses earn in Texas?")
    one.ask("and in Ohio?", base=cluster.base(1))
    with transaction(cluster.engine) as connection:
        messages.add(connection, one.name, messages.STAFF, "Come and see us in room 12.")
    for base in (cluster.base(0), cluster.base(1), cluster.proxy):
        assert one.history(base)[-1]["role"] == "staff"
    assert one.call("DELETE", "conversation", base=cluster.base(1)).status_code == 204
    for number in (0, 1):
        refused = one.call("POST", "messages", {"id": str(uuid.uuid4()), "text": "and in Utah?"}, cluster.base(number))
        assert refused.json()["code"] == "no_session"


def ready(cluster: Cluster) -> tuple[int, str, str]:
    """What a replica says of itself, and of Redis."""
    reply = requests.get(f"{cluster.replicas[0].base}/ready", timeout=5)
    return reply.status_code, reply.json()["status"], reply.json()["checks"]["redis"]


def test_one_id_goes_from_nginx_to_the_action(cluster: Cluster) -> None:
    one = visitor(cluster.proxy)
    reply = one.call("POST", "messages", {"id": str(uuid.uuid4()), "text": "How much do registered nurses earn?"})
    made = reply.headers["X-Request-ID"]
    assert len(made) == 32
    time.sleep(0.1)
    logs = {path.name for path in cluster.logs.rglob("*.log") if made in path.read_text(errors="replace")}
    assert logs == {"rasa.log", "actions.log"}


def test_the_deployment_passes_the_smoke_test(cluster: Cluster) -> None:
    command = [PYTHON, "-m", "tools.smoke", cluster.proxy.removesuffix("webhooks/web/")]
    done = subprocess.run(command, cwd=settings.ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout
    assert "ok      the REST channel: closed" in done.stdout


def test_redis_goes_and_comes_back_in_the_middle(cluster: Cluster) -> None:
    """Nobody notices: no error, the order holds, and limits go on by replica."""
    one = visitor(cluster.proxy)
    one.ask("How much do registered nurses earn in Texas?")
    assert ready(cluster) == (200, "ok", "ok")
    took = []
    for change in (None, cluster.redis.stop, None, cluster.redis.start, None):
        if change is not None:
            change()
            time.sleep(1.1)  # a result of /ready is used again for a second
            gone = change == cluster.redis.stop
            assert ready(cluster) == ((200, "degraded", "unavailable") if gone else (200, "ok", "ok"))
        for name, id in list(STATES.items())[:3]:
            begun = time.monotonic()
            assert place(one.ask(f"and in {name}?")) == id
            took.append(time.monotonic() - begun)
    assert max(took) < 2.5
    assert [part["role"] for part in one.history()] == ["user", "assistant"] * 16
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        one.ask("and in Maine?")
        logs = "".join(path.read_text(errors="replace") for path in cluster.logs.rglob("rasa.log"))
        if "Redis is back" in logs:
            break
        time.sleep(0.5)
    assert "Redis is away" in logs and "Redis is back" in logs


def test_a_replica_killed_under_load_loses_no_answered_turn_and_no_conversation(cluster: Cluster) -> None:
    """Runs last. Whoever gets no answer asks again with the same id, and gets exactly one."""
    turns, people = TURNS, 4
    visitors = [visitor(cluster.proxy) for _ in range(people)]
    got: list[list[tuple[str, dict[str, Any]]]] = [[] for _ in visitors]
    took: list[float] = []
    failed: list[BaseException] = []

    def talk(number: int) -> None:
        try:
            persistent(visitors[number], "How much do registered nurses earn in Texas?", str(uuid.uuid4()))
            for turn in range(turns):
                name = list(STATES)[turn % len(STATES)]
                begun = time.monotonic()
                got[number].append((name, persistent(visitors[number], f"and in {name}?", str(uuid.uuid4()))))
                took.append(time.monotonic() - begun)
        except BaseException as error:  # noqa: BLE001 - told below
            failed.append(error)

    threads = [threading.Thread(target=talk, args=(number,)) for number in range(people)]
    for thread in threads:
        thread.start()
    deadline = time.monotonic() + 20
    while sum(map(len, got)) < people and time.monotonic() < deadline:
        time.sleep(0.01)
    cluster.kill(1)
    at_kill = sum(map(len, got))
    for thread in threads:
        thread.join(60 + TURNS)
    assert not failed
    assert people <= at_kill < people * turns  # it was under load
    assert max(took) < 2 * settings.load({}).turn_seconds + 1
    print(f"{len(took)} turns, {at_kill} before; median {median(took):.3f} s, longest {sorted(took)[-people:]}")
    for one, answers in zip(visitors, got):
        assert [place(answer) for _, answer in answers] == [STATES[name] for name, _ in answers]
        said = one.history()
        assert [part["role"] for part in said] == ["user", "assistant"] * (turns + 1)
        assert [part["id"] for part in said[3::2]] == [answer["id"] for _, answer in answers]
    with cluster.engine.connect() as connection:
        of_replies = select(message.c.client_id).where(message.c.client_id.like("re:%"))
        replies = connection.execute(of_replies).scalars().all()
    assert len(replies) == len(set(replies))
