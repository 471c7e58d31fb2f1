"""A person takes over: cards in the staff's channel, what the student and the staff write to each other, and the end.

What staff write is stored as a message of the conversation: the website fetches it from there, and for conversations in
Slack it is sent on from there. What the student writes is brought to the thread under the card.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from sqlalchemy.engine import Connection, Engine

from channels import guard, person, slack_blocks, slack_cards
from channels import slack_wording as said
from channels.slack_api import SlackApi
from channels.slack_endings import CARD, RELAY, STUDENTS, TRANSCRIPT, Endings
from channels.slack_jobs import in_thread
from observe.logs import place
from settings import Settings
from state import handoffs, messages, slack_calls, slack_relay
from state.conversations import transaction
from state.errors import Gone, StateError
from state.handoffs import Handoff
from state.slack_calls import Call, NewCall, add_calls
from state.slack_events import Event, Outcome

logger = logging.getLogger(__name__)
EVERY = 1.0  # seconds between two looks for what is to be brought to the other side
CLAIM = 60.0  # seconds until a card that did not arrive is tried again
MAX_STAFF = 4000  # characters of one message of staff's


class Staff:
    """One per process; only with a staff channel. `added` is called when there are calls to send."""

    def __init__(self, engine: Engine, api: SlackApi, config: Settings, added: Callable[[], None]) -> None:
        self._engine, self._config, self._added = engine, config, added
        self._channel = config.slack_staff_channel
        self._endings = Endings(engine, api)
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.ensure_future(self._run())

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def _run(self) -> None:
        while True:
            try:
                if await in_thread(self._bring):
                    self._added()
                if await self._endings.tell():
                    self._added()
            except StateError as error:
                logger.error("%s", error)
            except Exception as error:  # noqa: BLE001 - the next look must come
                logger.error("talks with students: %s", place(error))
            await asyncio.sleep(EVERY)

    # --- to the staff, and to students in Slack

    def _bring(self) -> bool:
        """Everything that is to be brought to one side or the other. Returns whether there was something."""
        with transaction(self._engine) as connection:
            asked = handoffs.claim_notice(connection, handoffs.SLACK, CLAIM)
            if asked is not None:
                self._add_card(connection, asked, f"{CARD}:{asked.id}")
        with transaction(self._engine) as connection:
            talks = handoffs.to_relay(connection)
            for talk in talks:
                self._relay(connection, talk)
        with transaction(self._engine) as connection:
            unsaid = slack_relay.to_say(connection)
            add_calls(connection, [slack_cards.to_student(one) for one in unsaid])
        return bool(asked or talks or unsaid)

    def _add_card(self, connection: Connection, asked: Handoff, dedupe: str, note: str = "") -> None:
        slack_calls.revive(connection, dedupe)
        made = slack_cards.card(asked, note)
        body = {"channel": self._channel, **made}
        add_calls(connection, [NewCall(dedupe, self._channel, "chat.postMessage", body, asked.conversation_id)])

    def _relay(self, connection: Connection, talk: Handoff) -> None:
        assert talk.thread is not None
        written = messages.for_staff(connection, talk.conversation_id, talk.relayed)
        calls = [self._in_thread(talk, f"{RELAY}:{one.id}", slack_cards.of_student(one.text)) for one in written]
        add_calls(connection, calls)
        handoffs.set_relayed(connection, talk.id, messages.last_seq(written, talk.relayed))

    def _in_thread(self, talk: Handoff, dedupe: str, made: Mapping[str, Any]) -> NewCall:
        channel, _, ts = str(talk.thread).partition(":")
        where = {"channel": channel, "thread_ts": ts}
        return NewCall(dedupe, channel, "chat.postMessage", {**where, **made}, talk.conversation_id)

    def arrived(self, connection: Connection, call: Call, result: Mapping[str, Any], known: bool) -> None:
        """A card is there: staff talk under it; what the student agreed to show follows. What arrived after the student
        deleted the conversation (it is not `known`) goes again."""
        kind, _, rest = call.dedupe.partition(":")
        if kind in STUDENTS and not known:
            where = {"channel": result["channel"], "ts": result["ts"]}
            add_calls(connection, [NewCall(f"clear:{where['channel']}:{where['ts']}", call.lane, "chat.delete", where)])
        if kind != CARD:
            return
        thread = f"{result['channel']}:{result['ts']}"
        if not handoffs.set_thread(connection, rest.split(":")[0], thread):
            return
        asked = handoffs.by_id(connection, rest.split(":")[0])
        if asked is None or not asked.share_transcript:
            return
        before = [one for one in messages.history(connection, asked.conversation_id) if not one.to_person]
        for n, made in enumerate(slack_cards.transcript(before)):
            add_calls(connection, [self._in_thread(asked, f"{TRANSCRIPT}:{thread}:{n}", made)])

    # --- from the staff

    async def said(self, event: Event) -> Outcome:
        """A reply of staff's under a card."""
        text = guard.printable(str(event.body["text"]))
        thread = f"{event.body['channel']}:{event.body['thread']}"

        def work(connection: Connection) -> None:
            talk = handoffs.from_thread(connection, thread)
            note = None
            if talk is None or not talk.is_open:
                note = said.TALK_IS_OVER
            elif not text:
                note = said.ONLY_TEXT_ARRIVES
            elif len(text) > MAX_STAFF:
                note = said.too_long(len(text), MAX_STAFF)
            else:
                with suppress(Gone):
                    messages.add(connection, talk.conversation_id, messages.STAFF, text, client_id=event.id)
                    handoffs.talk(connection, talk.id)
                if event.body.get("files"):
                    note = said.ONLY_TEXT_ARRIVES
            if note is not None:
                where = {"channel": event.body["channel"], "thread_ts": event.body["thread"]}
                body = {**where, **slack_blocks.plain_message(note)}
                id = event.conversation_id
                add_calls(connection, [NewCall(f"note:{event.id}", where["channel"], "chat.postMessage", body, id)])

        return Outcome(also=work)

    async def closed(self, event: Event) -> Outcome:
        """Staff pressed "Close"."""
        return Outcome(also=lambda c: self._end(c, handoffs.from_thread(c, event.body["staff_thread"]), "staff"))

    async def ended(self, event: Event) -> Outcome:
        """A student in Slack pressed "End the talk"."""
        return Outcome(also=lambda c: self._end(c, handoffs.current(c, str(event.conversation_id)), "student"))

    def _end(self, connection: Connection, talk: Handoff | None, reason: str) -> None:
        if talk is not None:
            person.end(connection, talk, reason, self._config.contact)

    async def gone(self, event: Event) -> Outcome:
        """Staff deleted the card: a student who still waits gets a new one, so that nobody is forgotten."""

        def work(connection: Connection) -> None:
            talk = handoffs.from_thread(connection, str(event.body["thread"]))
            if talk is not None and talk.is_open:
                self._add_card(connection, talk, f"{CARD}:{talk.id}:{event.id}", said.CARD_AGAIN)

        return Outcome(also=work)

    async def asked(self, event: Event) -> Outcome:
        """Somebody in Slack pressed "Ask a person", and confirmed it."""
        body, conversation = event.body, str(event.conversation_id)

        def work(connection: Connection) -> None:
            question = guard.clean_text(str(body["text"])).strip("-") or None
            with suppress(Gone):
                talk, _ = handoffs.open_(
                    connection, conversation, via=handoffs.SLACK, email="", name=str(body["user"]), question=question
                )
                made = slack_cards.passed_on(self._config.contact)
                where = {"channel": body["channel"], **({"thread_ts": body["thread"]} if body.get("thread") else {})}
                call = NewCall(
                    f"passed:{talk.id}", str(body["channel"]), "chat.postMessage", {**where, **made}, conversation
                )
                add_calls(connection, [call])

        return Outcome(also=work)
