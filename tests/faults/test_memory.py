"""The server is as large after hours of use as it is when it has warmed up."""

from __future__ import annotations

import random
import threading
import time
import uuid

import requests

from tests.faults.conftest import Record, full
from tests.faults.crowd import QUESTIONS
from tests.faults.school import School, Visitor

MORE = ("asdf qwer", "hello", "What is the outlook?", "and for plumbers?", "why", "more", "What do welders do in Utah?",
        "a" * 1001, "", "Where does that figure come from?")  # fmt: skip


def use(school: School, turns: int, chance: random.Random) -> int:
    """So many turns over web and REST, five a conversation, some of them wrong; how many were refused."""
    refused, lock = [0], threading.Lock()
    left = [turns]

    def client(seed: int) -> None:
        own = random.Random(seed)
        with requests.Session() as rest:
            rest.trust_env = False
            while True:
                with lock:
                    left[0] -= 5
                    if left[0] < -4:
                        return
                visitor = Visitor(school).open() if own.random() < 0.7 else None
                sender = uuid.uuid4().hex
                for _ in range(5):
                    text = own.choice(QUESTIONS + MORE)
                    if visitor is not None:
                        reply = visitor.call("POST", "messages", {"id": str(uuid.uuid4()), "text": text})
                    else:
                        reply = rest.post(school.addresses.rest, json={"sender": sender, "message": text}, timeout=15)
                    assert reply.status_code in (200, 400), reply.text
                    with lock:
                        refused[0] += reply.status_code != 200
                if visitor is not None:
                    visitor.http.close()

    threads = [threading.Thread(target=client, args=(chance.randrange(10**9),)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert left[0] < 0
    return refused[0]


def test_memory_stays(one: School, record: Record) -> None:
    """In full size it is warm when the conversations that are kept in memory are as many as may be."""
    warm, turns = (12_000, 20_000) if full() else (400, 400)
    chance = random.Random(3)
    use(one, warm, chance)
    before, files, started = one.memory(), one.files(), time.monotonic()
    sizes = []
    for _ in range(4):
        refused = use(one, turns // 4, chance)
        sizes.append(round(one.memory()))
    assert refused > 0
    grown = one.memory() - before
    allowed = 0.10
    record("memory after so many turns more", turns=turns, warm_up=warm, mb_before=before, mb_after=one.memory(),
           mb_on_the_way=sizes, grown_percent=100 * grown / before, seconds=time.monotonic() - started)  # fmt: skip
    assert grown < allowed * before
    assert one.files() <= files + 20
