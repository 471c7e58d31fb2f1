"""Concurrent clients that ask a fixed list of questions over the REST channel, and what they got and waited."""
from __future__ import annotations

import asyncio
import itertools
import json
import time
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from tools.console import ToolError

QUESTIONS = Path(__file__).with_name("questions.txt")
REPLY_SECONDS = 60.0
ERROR, EMPTY, FAILURE, OTHER = "error", "empty", "failure", "other"
Conversations = Sequence[Sequence[str]]
# Put before the questions, so that no message comes twice: ours remembers the embeddings of texts it has seen.
LEADS = (
    "", "ok so ", "hi, ", "hmm, ", "well, ", "right, ", "alright, ", "one question: ", "please tell me, ", "hey, ",
    "um, ", "also, ", "just wondering, ", "quick question, ", "sorry, ", "one more thing: ", "oh and ", "good, ",
    "now, ", "yes but ", "fine, ", "excuse me, ", "great, ", "honestly, ",
)


@dataclass(frozen=True)
class Plan:
    """How many clients, and when they stop: after so many conversations or seconds, whichever comes first."""

    clients: int
    conversations: int
    seconds: float


@dataclass
class Measured:
    """What the clients saw: a latency and a kind for every message, and how long it took in all.

    A kind is the type of the answer's payload, or one of the constants above for what is no answer.
    """

    latencies: list[float] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def counts(self) -> Counter[str]:
        return Counter(self.kinds)

    def of(self, kind: str) -> list[float]:
        return [latency for latency, one in zip(self.latencies, self.kinds) if one == kind]

    @property
    def answered(self) -> list[float]:
        """The latencies of everything that was no error and not empty."""
        return [latency for latency, kind in zip(self.latencies, self.kinds) if kind not in (ERROR, EMPTY, FAILURE)]

    @property
    def throughput(self) -> float:
        """Replies a second, without errors and failures."""
        return len(self.answered) / self.seconds if self.seconds else 0.0


def read_questions(path: Path = QUESTIONS) -> Conversations:
    """The conversations of a file: a question a line, a blank line between conversations, # for comments."""
    lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    groups = [list(group) for filled, group in itertools.groupby(lines, key=bool) if filled]
    if not groups:
        raise ToolError(f"{path.name} holds no questions")
    return groups


def feed(conversations: Conversations) -> Iterator[Sequence[str]]:
    """All the conversations with the first lead, then with the next, and so on without an end."""
    for lead in itertools.cycle(LEADS):
        for conversation in conversations:
            yield [lead + text for text in conversation]


def check_unseen(conversations: Conversations, training: Sequence[Path]) -> None:
    """Raises ToolError if questions are also training phrases: both would be measured on what they know by heart."""
    known = {
        line.strip().removeprefix("- ").strip().lower()
        for path in training for line in path.read_text(encoding="utf-8").splitlines()}
    texts = (text for one in itertools.islice(feed(conversations), len(LEADS) * len(conversations)) for text in one)
    seen = [text for text in texts if text.lower() in known]
    if seen:
        raise ToolError(f"bench/{QUESTIONS.name}: ask in other words what is training data too: {'; '.join(seen)}")


def run(url: str, conversations: Iterator[Sequence[str]], plan: Plan) -> Measured:
    """Carry out the plan against one REST address, with the next `conversations`."""
    return asyncio.run(_run(url, itertools.islice(conversations, plan.conversations), plan))


async def _run(url: str, todo: Iterator[Sequence[str]], plan: Plan) -> Measured:
    measured = Measured()
    timeout = aiohttp.ClientTimeout(total=REPLY_SECONDS)
    connector = aiohttp.TCPConnector(limit=plan.clients)
    async with aiohttp.ClientSession(timeout=timeout, connector=connector, trust_env=False) as session:
        begin = time.perf_counter()
        deadline = begin + plan.seconds
        await asyncio.gather(*(_client(session, url, todo, deadline, measured) for _ in range(plan.clients)))
        measured.seconds = time.perf_counter() - begin
    return measured


async def _client(
    session: aiohttp.ClientSession, url: str, todo: Iterator[Sequence[str]], deadline: float, measured: Measured
) -> None:
    """One conversation after the other, each under a sender id of its own, so that trackers stay short."""
    for conversation in todo:
        sender = f"bench-{uuid.uuid4()}"
        for text in conversation:
            begin = time.perf_counter()
            if begin > deadline:
                return
            try:
                async with session.post(url, json={"sender": sender, "message": text}) as response:
                    body = await response.read()
                    status = response.status
            except (aiohttp.ClientError, asyncio.TimeoutError):
                status, body = 0, b""
            measured.latencies.append(time.perf_counter() - begin)
            measured.kinds.append(kind(status, body))


def kind(status: int, body: bytes) -> str:
    """What a reply is: the type of its payload; `failure` if the assistant said that it could not answer."""
    if status != 200:
        return ERROR
    try:
        messages: Any = json.loads(body)
    except ValueError:
        return ERROR
    if not isinstance(messages, list) or not messages:
        return EMPTY
    payloads = [part["custom"] for part in messages if isinstance(part, dict) and isinstance(part.get("custom"), dict)]
    if any(payload.get("failure") for payload in payloads):
        return FAILURE
    if not payloads and not any(isinstance(part, dict) and part.get("text") for part in messages):
        return EMPTY
    return str(payloads[0].get("type", OTHER)) if payloads else OTHER
