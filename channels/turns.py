"""One turn on the web: what the student wrote is stored, answered once, and the answer stored before it is sent.

A message has an id of the client's making. Whoever gets it first answers it; who gets it again, in this process or in
another replica, waits for that answer. If the process that was at it died, the next one takes over when its time is up.
Turns of one conversation come one after the other (replicas/locks.py); should that fail, the database keeps them apart.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from time import monotonic
from typing import Any, TypeVar

from sqlalchemy.engine import Connection, Engine

import settings
from channels import guard, texts
from channels.problems import Problem
from channels.transcript import joined
from replicas.link import link
from replicas.locks import Locks
from state import messages
from state.conversations import transaction
from state.errors import Gone, StateError
from state.messages import Message
from state.threads import Threads

Result = TypeVar("Result")
AGAIN = 1.0  # seconds in which a transaction that failed is tried again
LOOK = 0.1  # seconds between two looks at what another replica is doing
DELETED = "This conversation was deleted. Start a new one."


class State:
    """The state database for coroutines: the work is done in a thread, errors become problems."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._threads = Threads()

    async def run(self, work: Callable[[Connection], Result]) -> Result:
        """The result of `work` in one transaction. Raises Problem: no_session if the conversation is gone, or
        unavailable.

        A connection that breaks is no reason to send a visitor away: for a second it is tried again. So `work` must do
        no more when it is done twice, as the answer to a commit may be what was lost.
        """
        until = monotonic() + AGAIN
        while True:
            try:
                return await self.call(lambda: self._in_transaction(work))
            except Problem as problem:
                if problem.code != "unavailable" or monotonic() > until:
                    raise
            await asyncio.sleep(LOOK)

    async def call(self, work: Callable[[], Result]) -> Result:
        """The result of `work`, which opens its own transactions; problems as in `run`."""
        try:
            return await self._threads.run(work)
        except Gone:
            raise Problem("no_session", DELETED, {"WWW-Authenticate": "Bearer"}) from None
        except StateError as error:
            raise Problem("unavailable", "Please try again in a few seconds.", {"Retry-After": "5"}) from error

    def _in_transaction(self, work: Callable[[Connection], Result]) -> Result:
        with transaction(self.engine) as connection:
            return work(connection)


class Turns:
    """Takes messages. `on_new_message` is Rasa."""

    def __init__(self, state: State, on_new_message: guard.Handler, config: settings.Settings) -> None:
        self._state, self._ask, self._config = state, on_new_message, config
        self._locks = Locks(link(config.redis_url), config.turn_seconds)
        self._tasks: set[asyncio.Future[Any]] = set()

    async def take(
        self,
        conversation: str,
        client_id: str,
        text: str,
        masked: bool,
        then: Callable[[Connection, Message], Result],
    ) -> Result:
        """Store and answer a message; the result of `then`, which gets the message as it is stored. Raises Problem.

        To the end, also if the client has gone meanwhile: it finds the answer when it comes back.
        """
        task = asyncio.ensure_future(self._take(conversation, client_id, text, masked, then))
        self._tasks.add(task)  # the loop itself does not keep them
        task.add_done_callback(self._tasks.discard)
        return await asyncio.shield(task)

    async def _take(
        self,
        conversation: str,
        client_id: str,
        text: str,
        masked: bool,
        then: Callable[[Connection, Message], Result],
    ) -> Result:
        deadline = monotonic() + 2 * self._config.turn_seconds
        async with self._locks.hold(conversation):
            while True:
                taken = await self._state.run(lambda c: self._begin(c, conversation, client_id, text, masked))
                question = taken.question
                if taken.done:
                    return await self._state.run(lambda c, one=question: then(c, one))  # type: ignore[misc]
                if taken.mine:
                    return await self._answer(question, then)
                if monotonic() > deadline:
                    detail = "This message is still being answered. Ask for it again."
                    raise Problem("conflict", detail, {"Retry-After": "1"})
                await asyncio.sleep(LOOK)

    def _begin(
        self, connection: Connection, conversation: str, client_id: str, text: str, masked: bool
    ) -> messages.Taken:
        taken = messages.take(connection, conversation, text, client_id, self._config.turn_seconds)
        if masked:
            notice(connection, conversation, "masked", texts.MASKED, once=True)
        return taken

    async def _answer(self, question: Message, then: Callable[[Connection, Message], Result]) -> Result:
        said = await guard.answer(
            self._ask,
            question.text,
            question.conversation_id,
            "web",
            seconds=self._config.answer_seconds,
            contact=self._config.contact,
        )
        text, payload = joined(said)

        def store(connection: Connection) -> Result:
            messages.reply(connection, question, text, payload)
            return then(connection, question)

        return await self._state.run(store)


def notice(
    connection: Connection, conversation: str, slug: str, text: str, *, once: bool = False, **more: Any
) -> Message:
    """Say something in the conversation that is no answer; with `once` at most one time."""
    payload = {"type": "notice", "notice": slug, **more}
    client_id = f"notice:{slug}" if once else None
    return messages.add(connection, conversation, messages.NOTICE, text, payload=payload, client_id=client_id)
