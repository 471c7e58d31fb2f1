"""The website's channel with the real assistant: two replicas, one PostgreSQL database, a proxy with a path."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
import requests
from requests.adapters import HTTPAdapter
from sqlalchemy import create_engine, func, select, text
from sqlalchemy.engine import Engine

from channels.session_tokens import conversation_of
from state.models import conversation, gap_question, message, metadata
from tests import checks
from tests.server import prefix_proxy
from tests.server.conftest import SECONDS
from tools import servers
from tools.prepare import ensure_knowledge, ensure_model
from tools.servers import Addresses

SITE = "https://www.example.edu"
SECRET = "a secret of these tests that both replicas know"
NURSE = "registered-nurse"


class From(HTTPAdapter):
    """Sends from one loopback address, so that visitors have addresses of their own."""

    def __init__(self, address: str) -> None:
        self._address = address
        super().__init__()

    def init_poolmanager(self, *arguments: Any, **more: Any) -> None:
        super().init_poolmanager(*arguments, source_address=(self._address, 0), **more)


@dataclass
class School:
    """Two replicas, the proxy before them, their database."""

    replicas: tuple[Addresses, Addresses]
    proxy: str
    engine: Engine
    logs: Path

    def base(self, number: int) -> str:
        return f"{self.replicas[number].base}/webhooks/web/"


class Browser:
    """One visitor; `base` is the channel as this visitor reaches it."""

    def __init__(self, base: str, address: str = "127.0.0.1") -> None:
        self.base, self.token, self.name = base, "", ""
        self.http = requests.Session()
        self.http.trust_env = False
        self.http.mount("http://", From(address))

    def call(self, method: str, path: str, body: Any = None, base: str = "", **headers: str) -> requests.Response:
        sent = {"Origin": SITE, **({"Authorization": f"Bearer {self.token}"} if self.token else {}), **headers}
        url = urljoin(base or self.base, path)
        return self.http.request(method, url, json=body, headers=sent, timeout=SECONDS, allow_redirects=False)

    def open(self) -> Browser:
        opened = self.call("POST", "sessions", {}).json()
        self.token, self.name = opened["token"], conversation_of(opened["session"])
        return self

    def ask(self, text: str, id: str = "", base: str = "") -> dict[str, Any]:
        """One turn; the assistant's message."""
        reply = self.call("POST", "messages", {"id": id or str(uuid.uuid4()), "text": text}, base)
        assert reply.status_code == 200, reply.text
        assert [one["role"] for one in reply.json()["messages"]] == ["user", "assistant"]
        found: dict[str, Any] = reply.json()["messages"][1]
        return found

    def history(self, base: str = "") -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.call("GET", "messages", base=base).json()["messages"]
        return found


@pytest.fixture(scope="module")
def school(postgres_socket: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    ensure_knowledge()
    ensure_model()
    logs = tmp_path_factory.mktemp("school")
    plain = f"postgresql://waymark@/{{}}?host={postgres_socket}"
    server = create_engine(plain.format("postgres"), future=True, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text("CREATE DATABASE web"))
    env = {
        "WAYMARK_STATE_URL": plain.format("web"),
        "WAYMARK_SECRET": SECRET,
        "WAYMARK_ORIGINS": SITE,
        "WAYMARK_PUBLIC_URL": "",
        "WAYMARK_TRUSTED_PROXIES": "127.0.0.1",
        "WAYMARK_GAP_TEXT": "1",
        "WAYMARK_ADDRESS_SESSIONS": "30",
        "WAYMARK_LOG_LEVEL": "DEBUG",
    }
    engine = create_engine(plain.format("web"), future=True)
    with ExitStack() as stack:
        replicas = tuple(stack.enter_context(servers.running(env=env, logs=logs / str(number))) for number in range(2))
        proxy = stack.enter_context(prefix_proxy.running("/careers", [one.rasa_port for one in replicas]))
        yield School(replicas, f"{proxy}/webhooks/web/", engine, logs)  # type: ignore[arg-type]
    engine.dispose()
    server.dispose()


def rows(school: School, name: str) -> dict[str, int]:
    """How many rows of each table belong to the conversation."""
    tables = [table for table in metadata.sorted_tables if "conversation_id" in table.c]
    with school.engine.connect() as connection:
        found = {
            table.name: connection.execute(
                select(func.count()).select_from(table).where(table.c.conversation_id == name)
            ).scalar()
            for table in tables
        }
        own = select(func.count()).select_from(conversation).where(conversation.c.id == name)
        return {**found, "conversation": connection.execute(own).scalar()}


def test_a_conversation_goes_on_in_whichever_replica_gets_it(school: School) -> None:
    one = Browser(school.base(0)).open()
    first = one.ask("How much do registered nurses earn in Texas?")
    absolute = json.loads(json.dumps(first["payload"]).replace('"evidence/', '"/webhooks/web/evidence/'))
    assert not checks.shape_faults(first["text"], absolute)
    assert (first["payload"]["occupation"], first["payload"]["facts"][0]["place"]) == (NURSE, "US-TX")
    second = one.ask("and in New Jersey?", base=school.base(1))["payload"]
    assert (second["occupation"], second["facts"][0]["place"]) == (NURSE, "US-NJ")
    third = one.ask("Where does that figure come from?")["payload"]
    assert third["citations"][0]["statement"] == second["citations"][0]["statement"]
    assert one.history() == one.history(school.base(1))
    assert len(one.history()) == 6


def test_a_message_that_reaches_both_replicas_at_once_is_answered_once(school: School) -> None:
    one = Browser(school.base(0)).open()
    for _ in range(4):
        id, found, barrier = str(uuid.uuid4()), [], threading.Barrier(6)
        clients = [Browser(school.base(number % 2)) for number in range(6)]

        def send(client: Browser, id: str = id, found: list[Any] = found, barrier: Any = barrier) -> None:
            client.token = one.token
            barrier.wait()
            found.append(client.ask("What do registered nurses do?", id))

        threads = [threading.Thread(target=send, args=(client,)) for client in clients]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        assert len(found) == 6
        assert all(part == found[0] for part in found)
    assert [part["role"] for part in one.history()] == ["user", "assistant"] * 4


def test_behind_a_path_of_the_schools_site_everything_is_found(school: School) -> None:
    one = Browser(school.proxy).open()
    answer = one.ask("How much do registered nurses earn in Ohio?")
    citation = answer["payload"]["citations"][0]
    address = urljoin(school.proxy, citation["evidence"])
    assert "/careers/webhooks/web/evidence/" in address
    page = one.call("GET", address, Accept="text/html")
    assert page.status_code == 200
    assert citation["publisher"] in page.text
    assert one.call("GET", urljoin(address, "../page.css")).status_code == 200
    assert one.call("GET", address, Accept="application/json").json()["statement"] == citation["statement"]
    for name in ("demo", "embed"):
        moved = one.call("GET", name)
        assert moved.status_code == 308
        assert urljoin(urljoin(school.proxy, name), moved.headers["Location"]).startswith(f"{school.proxy}demo/")
    assert one.call("GET", "demo/").status_code == 200
    preflight = one.call("OPTIONS", "messages")
    assert (preflight.status_code, preflight.headers["Access-Control-Allow-Origin"]) == (204, SITE)
    assert one.call("OPTIONS", "messages", Origin="https://evil.example").status_code == 403
    assert one.call("PUT", f"feedback/{answer['payload']['answer_id']}", {"helpful": True}).status_code == 200
    assert one.call("GET", "conversation?format=text").text.count("registered nurses") >= 1


def test_behind_a_proxy_each_visitor_is_counted_by_the_address_that_the_proxy_saw(school: School) -> None:
    one = Browser(school.proxy, "127.0.0.2")
    claims = (one.call("POST", "sessions", {}, **{"X-Forwarded-For": f"198.51.100.{n}"}) for n in range(100))
    assert [reply.status_code for reply in claims].count(429) >= 20  # 30 a minute in each replica, whatever it claims
    assert Browser(school.proxy, "127.0.0.3").call("POST", "sessions", {}).status_code == 201


def test_a_deleted_conversation_is_gone_from_every_table_and_both_replicas(school: School) -> None:
    one, other = Browser(school.base(0)).open(), Browser(school.base(0)).open()
    for visitor in (one, other):
        answer = visitor.ask("How much do registered nurses earn in Texas?")["payload"]
        visitor.ask("How much does the CPC exam cost?")
        visitor.ask("and in Ohio?", base=school.base(1))
        visitor.call("PUT", f"feedback/{answer['answer_id']}", {"helpful": False, "comment": "x"})
    before = rows(school, one.name)
    assert {table for table, count in before.items() if count} >= {"message", "feedback", "tracker", "gap_question"}
    kept = rows(school, other.name)
    assert one.call("DELETE", "conversation").status_code == 204
    assert set(rows(school, one.name).values()) == {0}
    for number in (0, 1):
        base = school.base(number)
        assert one.call("GET", "messages", base=base).json()["code"] == "no_session"
        refused = one.call("POST", "messages", {"id": str(uuid.uuid4()), "text": "and in Utah?"}, base)
        assert refused.json()["code"] == "no_session"
    time.sleep(0.3)
    assert set(rows(school, one.name).values()) == {0}
    assert rows(school, other.name) == kept


def test_the_words_for_the_gap_list_carry_no_personal_numbers(school: School) -> None:
    one = Browser(school.base(0)).open()
    reply = one.call(
        "POST", "messages", {"id": str(uuid.uuid4()), "text": "How much does the CPC exam cost? my ssn is 219-09-9999"}
    )
    assert [part["role"] for part in reply.json()["messages"]] == ["user", "notice", "assistant"]
    with school.engine.connect() as connection:
        words = select(gap_question.c.text).where(gap_question.c.conversation_id == one.name)
        assert all("9999" not in found for found in connection.execute(words).scalars())
        said = select(message.c.text, message.c.payload).where(message.c.conversation_id == one.name)
        assert all("9999" not in str(found) for found in connection.execute(said).all())


def test_the_logs_hold_no_words_no_addresses_and_no_tokens(school: School) -> None:
    one = Browser(school.base(0)).open()
    one.ask("Do zygomorphic registered nurses earn more?")
    one.call("POST", "person", {"email": "sam.zygote@example.edu", "consent": True})
    one.call("GET", f"messages?after=0&token={one.token}")
    logs = "".join(path.read_text(errors="replace") for path in school.logs.rglob("*.log"))
    assert len(logs) > 1000
    for private in ("zygomorphic", "zygote", one.token[-30:], SECRET):
        assert private not in logs


def test_wrong_requests_get_problems_from_the_real_server(school: School) -> None:
    base = school.replicas[0].base
    for path in ("/webhooks/web/none", "/none", "/webhooks/none"):
        reply = requests.get(f"{base}{path}", timeout=SECONDS)
        assert (reply.status_code, reply.headers["Content-Type"]) == (404, "application/problem+json")
        assert "none" not in reply.text.replace("'none'", "")
    wrong = requests.request("BREW", f"{base}/webhooks/web/messages", timeout=SECONDS)
    assert (wrong.status_code, wrong.json()["code"]) == (405, "method_not_allowed")


def test_a_killed_replica_loses_no_message(school: School) -> None:
    """Runs last. The replica dies in the middle of a turn; the client asks again, and the other one answers, once."""
    one, id = Browser(school.base(1)).open(), str(uuid.uuid4())
    assert one.ask("How much do registered nurses earn in Texas?")["payload"]["type"] == "answer"
    with school.engine.connect() as blocker:
        blocker.execute(text("LOCK TABLE tracker IN ACCESS EXCLUSIVE MODE"))  # the turn can begin and not end
        sent = threading.Thread(target=lambda: pytest.raises(requests.ConnectionError, one.ask, "and in Ohio?", id))
        sent.start()
        stored = select(func.count()).select_from(message).where(message.c.client_id == id)
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            with school.engine.connect() as connection:
                if connection.execute(stored).scalar():
                    break
            time.sleep(0.02)
        os.killpg(school.replicas[1].children["rasa"].process.pid, signal.SIGKILL)
        sent.join(10)
        blocker.rollback()
    assert not sent.is_alive()
    assert [part["role"] for part in one.history(school.base(0))] == ["user", "assistant", "user"]
    answer = one.ask("and in Ohio?", id, school.base(0))["payload"]
    assert (answer["occupation"], answer["facts"][0]["place"]) == (NURSE, "US-OH")
    assert [part["role"] for part in one.history(school.base(0))] == ["user", "assistant"] * 2
