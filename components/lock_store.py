"""Rasa's lock store: one turn of a conversation at a time, over all replicas that share a Redis (WAYMARK_REDIS_URL).

Rasa's own for Redis looks once a second whether its turn has come, blocks the event loop while it asks, writes back the
whole list of tickets (two replicas lose each other's), and fails when Redis is away. docs/deploy.md has the figures.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import AsyncGenerator, Optional, Text

from rasa.core.lock import TicketLock
from rasa.core.lock_store import LOCK_LIFETIME, LockStore
from rasa.utils.endpoints import EndpointConfig

import settings
from replicas.link import link
from replicas.locks import Locks


class ConversationLocks(LockStore):
    """Set in endpoints.yml. `url`: the Redis, by default the one of the settings; none: this process alone."""

    def __init__(self, endpoint_config: Optional[EndpointConfig] = None, url: Optional[Text] = None) -> None:
        config = settings.load()
        self._locks = Locks(link(config.redis_url if url is None else url), config.turn_seconds)

    @asynccontextmanager
    async def lock(
        self, conversation_id: Text, lock_lifetime: float = LOCK_LIFETIME, wait_time_in_seconds: float = 1
    ) -> AsyncGenerator[TicketLock, None]:
        """Have the conversation for the block. How long and how often to look is not for the caller to say."""
        async with self._locks.hold(conversation_id):
            yield TicketLock(conversation_id)

    def get_lock(self, conversation_id: Text) -> Optional[TicketLock]:
        """There is no lock that could be shown, saved or deleted: `lock` does it all."""
        return None

    def save_lock(self, lock: TicketLock) -> None:
        """Nothing."""

    def delete_lock(self, conversation_id: Text) -> None:
        """Nothing."""

    def is_someone_waiting(self, conversation_id: Text) -> bool:
        """Rasa asks after a turn, to write it to its log."""
        return False

    @property
    def is_away(self) -> bool:
        """Whether there is a Redis, and its last call failed: each replica keeps order by itself then."""
        return self._locks.is_away
