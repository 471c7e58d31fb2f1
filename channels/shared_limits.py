"""Limits that count over all replicas: token buckets in Redis, in this process's memory while Redis is away.

A bucket in Redis is one number, the moment at which it will be full again (the generic cell rate algorithm, as in ATM
Forum, Traffic Management 4.1, 4.4.2). It goes when that moment comes. Its key is a hash: no address stands in Redis.
"""

from __future__ import annotations

import hashlib

from channels.limits import Buckets
from replicas.link import Away, Link, Script

# KEYS: the bucket. ARGV: ms until one more fits in, ms until all of it is free. The ms to wait; 0: one was taken.
_TAKE = Script("""
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local full = math.max(tonumber(redis.call('GET', KEYS[1]) or 0), now) + ARGV[1]
local over = full - now - ARGV[2]
if over > 0.5 then return math.ceil(over) end
redis.call('SET', KEYS[1], string.format('%.3f', full), 'PX', math.ceil(full - now))
return 0
""")


class SharedBuckets:
    """At most `count` in `seconds` for each key, over all replicas. `name` tells kinds of limit apart."""

    def __init__(self, link: Link, name: str, count: float, seconds: float = 60.0) -> None:
        self._link, self._name = link, name
        self._each, self._all = 1000 * seconds / count, 1000 * seconds
        self._here = Buckets(count, seconds)

    async def take(self, key: str) -> int:
        """Take one. 0 if there was one, else the whole seconds until there is."""
        if not self._link.is_set:
            return self._here.take(key)
        hashed = hashlib.blake2b(key.encode(), digest_size=12, person=b"waymark-limits").hexdigest()
        try:
            wait = await self._link.run(_TAKE, [f"limit:{self._name}:{hashed}"], self._each, self._all)
        except Away:
            return self._here.take(key)
        return -(-wait // 1000)
