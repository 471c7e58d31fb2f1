"""Concurrent clients that ask a fixed list of questions over the REST channel, and what they got and waited."""
from __future__ import annotations

import asyncio
import itertools
import time
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import aiohttp

from bench.replies import BAD, kind

REPLY_SECONDS = 60.0


@dataclass(frozen=True)
class Plan:
    """How many clients, and when they stop: after so many conversations or seconds, whichever comes first."""

    clients: int
    conversations: int
    seconds: float


@dataclass
class Measured:
    """What the clients saw: a latency and a kind for every message, and how long it took in all.

    A kind is as in replies.py.
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
        return [latency for latency, kind in zip(self.latencies, self.kinds) if kind not in BAD]

    @property
    def throughput(self) -> float:
        """Replies a second, without errors and failures."""
        return len(self.answered) / self.seconds if self.seconds else 0.0


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
