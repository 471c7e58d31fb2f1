"""One turn of a conversation at a time, in the order in which they came, whichever replicas they came to.

In a process an asyncio lock does it. Between processes it is a queue in Redis: who stands first has the conversation.
Each entry has a lease: a killed replica's entry is dropped when its lease is over, so a conversation is held up for
`seconds` at most, and for WAITING seconds by one that was still waiting. While Redis is away the lock of the process
alone counts; what two replicas do at one moment is then kept apart by the state database (state/messages.py).
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from weakref import WeakValueDictionary

from replicas.link import Away, Link, Script

logger = logging.getLogger(__name__)
WAITING = 2.0  # seconds that an entry stays without being asked for again
FIRST_LOOK, SLOWEST_LOOK = 0.01, 0.1  # seconds between two looks at the queue: short at first, then longer
_held: ContextVar[frozenset[str]] = ContextVar("held", default=frozenset())

# KEYS: the queue (a list of tokens), the leases (a hash from token to its end in ms). ARGV: token, lease of one who
# waits, lease of the one whose turn it is (ms). 0: it is ours; else how many stand before us.
_ASK = Script("""
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
if not redis.call('HGET', KEYS[2], ARGV[1]) then redis.call('RPUSH', KEYS[1], ARGV[1]) end
redis.call('HSET', KEYS[2], ARGV[1], now + ARGV[2])
local before = 0
for _, token in ipairs(redis.call('LRANGE', KEYS[1], 0, -1)) do
  if token == ARGV[1] then break end
  if tonumber(redis.call('HGET', KEYS[2], token) or 0) <= now then
    redis.call('LREM', KEYS[1], 1, token)
    redis.call('HDEL', KEYS[2], token)
  else
    before = before + 1
  end
end
if before == 0 then redis.call('HSET', KEYS[2], ARGV[1], now + ARGV[3]) end
local longest = 2 * (ARGV[2] + ARGV[3])
redis.call('PEXPIRE', KEYS[1], longest)
redis.call('PEXPIRE', KEYS[2], longest)
return before
""")
# 1 if the entry was still there
_LEAVE = Script("""
redis.call('HDEL', KEYS[2], ARGV[1])
return redis.call('LREM', KEYS[1], 1, ARGV[1])
""")


class Locks:
    """`seconds`: how long a turn may take at the most; after that others no longer wait for it."""

    def __init__(self, link: Link, seconds: float) -> None:
        self._link, self._seconds = link, seconds
        self._here: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @property
    def is_away(self) -> bool:
        """Whether there is a Redis, and its last call failed."""
        return self._link.is_away

    @asynccontextmanager
    async def hold(self, name: str) -> AsyncIterator[None]:
        """Wait for the conversation and have it for the block; who has it already goes straight on. Never raises."""
        if name in _held.get():
            yield
            return
        lock = self._here.setdefault(name, asyncio.Lock())
        async with lock:
            token = await self._enter(name)
            before = _held.set(_held.get() | {name})
            try:
                yield
            finally:
                _held.reset(before)
                if token is not None and not await self._leave(name, token):
                    logger.warning("a turn took longer than %.1f s, or Redis was restarted meanwhile", self._seconds)

    async def _enter(self, name: str) -> str | None:
        """Our entry in the queue when it stands first; None without Redis."""
        token, pause = secrets.token_hex(8), FIRST_LOOK
        try:
            while await self._link.run(_ASK, _keys(name), token, int(WAITING * 1000), int(self._seconds * 1000)):
                await asyncio.sleep(pause)
                pause = min(SLOWEST_LOOK, pause * 1.3)
        except Away:
            return None
        except asyncio.CancelledError:  # nobody waits for this turn any more
            await self._leave(name, token)
            raise
        return token

    async def _leave(self, name: str, token: str) -> bool:
        """Whether it was still our turn. Also if we are cancelled meanwhile: the next one should not wait for the end
        of the lease."""
        return await asyncio.shield(asyncio.ensure_future(self._remove(name, token)))

    async def _remove(self, name: str, token: str) -> bool:
        try:
            return bool(await self._link.run(_LEAVE, _keys(name), token))
        except Away:
            return True  # the lease ends by itself


def _keys(name: str) -> tuple[str, str]:
    return f"queue:{{{name}}}", f"leases:{{{name}}}"  # the braces keep both in one slot of a Redis cluster
