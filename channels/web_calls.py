"""The calls of the web channel that belong to a session: messages, feedback, a person, export, deletion."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Sequence
from typing import Any

from sanic import response
from sanic.response import HTTPResponse
from sqlalchemy.engine import Connection

import settings
from channels import person, transcript, web_bodies
from channels.background import Background
from channels.edge import Call, Handler, Route, refuse
from channels.problems import Problem
from channels.session_tokens import ExpiredToken, InvalidToken, conversation_of, issue, new_session
from channels.session_tokens import read as read_token
from channels.shared_limits import SharedBuckets
from channels.turns import DELETED, State, Turns
from replicas.link import link
from state import conversations, export, feedback, handoffs, messages
from state.clock import stamp
from state.errors import Gone
from state.messages import Message

logger = logging.getLogger(__name__)
PAGE = 500  # messages in one answer
WISHES = 5  # requests for a person an hour in one session; from one address, three times the sessions of a minute
BEARER = {"WWW-Authenticate": "Bearer"}


class Calls:
    """See the module; each call is a coroutine from Call to the response."""

    def __init__(self, state: State, turns: Turns, config: settings.Settings, background: Background) -> None:
        self._state, self._turns, self._config, self._background = state, turns, config, background
        redis = link(config.redis_url)
        self._by_session = SharedBuckets(redis, "session", config.session_messages)
        self._by_address = SharedBuckets(redis, "address", config.address_messages)
        self._new = SharedBuckets(redis, "new", config.address_sessions)
        self._wishes = SharedBuckets(redis, "wishes", WISHES, 3600)
        self._wishes_by_address = SharedBuckets(redis, "wishes-address", 3 * config.address_sessions, 3600)

    def routes(self) -> Sequence[Route]:
        """Address and method of each call."""
        calls: list[tuple[str, str, Handler]] = [
            ("POST", "sessions", self.open_session),
            ("POST", "messages", self.send),
            ("GET", "messages", self.history),
            ("PUT", r"feedback/([^/]+)", self.put_feedback),
            ("DELETE", r"feedback/([^/]+)", self.remove_feedback),
            ("POST", "person", self.ask_person),
            ("GET", "person", self.show_person),
            ("DELETE", "person", self.end_person),
            ("GET", "conversation", self.export),
            ("DELETE", "conversation", self.delete),
        ]
        return [Route(method, re.compile(pattern), handler) for method, pattern, handler in calls]

    # --- sessions

    def _session(self, call: Call) -> str:
        """The session that the token names. Raises Problem no_session, session_expired."""
        kind, _, token = (call.header("authorization") or "").partition(" ")
        if kind.lower() != "bearer" or not token:
            raise Problem("no_session", "Open a session first, and send its token.", BEARER)
        try:
            return read_token(self._config.secret, token.strip())
        except ExpiredToken:
            raise Problem("session_expired", "The session has expired. Open a new one.", BEARER) from None
        except InvalidToken:
            raise Problem("no_session", "This is no token of this assistant. Open a new session.", BEARER) from None

    async def _conversation(self, call: Call) -> str:
        """The conversation of the caller's session, which exists. Raises Problem."""
        conversation = conversation_of(self._session(call))
        if not await self._state.run(lambda c: conversations.exists(c, conversation)):
            raise Problem("no_session", DELETED, BEARER)
        return conversation

    async def open_session(self, call: Call) -> HTTPResponse:
        """A new session; a fresh token for the same one if the caller has a good token."""
        web_bodies.read_json(call.body, call.header("content-type"), optional=True)
        session = None
        if call.header("authorization"):
            session = await self._still_good(call)
        if session is None:
            refuse(await self._new.take(call.address))
            session = new_session()
            conversation = conversation_of(session)
            await self._state.run(lambda c: conversations.touch(c, conversation, "web"))
        token, expires = issue(self._config.secret, session, self._config.keep_days)
        ends = expires.strftime("%Y-%m-%dT%H:%M:%SZ")
        return response.json({"token": token, "expires": ends, "session": session}, status=201)

    async def _still_good(self, call: Call) -> str | None:
        try:
            session = self._session(call)
        except Problem:
            return None
        known = await self._state.run(lambda c: conversations.in_use(c, conversation_of(session)))
        return session if known else None

    # --- messages

    async def send(self, call: Call) -> HTTPResponse:
        """One turn."""
        sent = web_bodies.read_message(web_bodies.read_json(call.body, call.header("content-type")))
        refuse(await self._by_address.take(call.address))
        conversation = conversation_of(self._session(call))  # that it exists is seen when the message is stored
        refuse(await self._by_session.take(conversation))

        def read(connection: Connection, question: Message) -> dict[str, Any]:
            after = question.seq - 1 if sent.after is None else min(sent.after, question.seq - 1)
            return self._messages(connection, conversation, after)

        return response.json(await self._turns.take(conversation, sent.id, sent.text, sent.masked, read))

    async def history(self, call: Call) -> HTTPResponse:
        """What was said after a cursor."""
        after = web_bodies.read_after(call.query("after"))
        conversation = conversation_of(self._session(call))

        def read(connection: Connection) -> dict[str, Any]:
            if not conversations.exists(connection, conversation):
                raise Gone(conversation)
            return self._messages(connection, conversation, after)

        return response.json(await self._state.run(read))

    def _messages(self, connection: Connection, conversation: str, after: int) -> dict[str, Any]:
        found = messages.history(connection, conversation, after, PAGE + 1)
        shown = found[:PAGE]
        helpful = transcript.helpful_by_answer(feedback.of_conversation(connection, conversation))
        return {
            "messages": [transcript.as_message(message, helpful) for message in shown],
            "cursor": messages.last_seq(shown, after),
            "more": len(found) > PAGE,
            "person": transcript.as_person(handoffs.current(connection, conversation)),
        }

    # --- feedback

    async def put_feedback(self, call: Call) -> HTTPResponse:
        """Whether an answer helped."""
        helpful, comment = web_bodies.read_feedback(web_bodies.read_json(call.body, call.header("content-type")))
        conversation, answer = await self._conversation(call), _answer_id(call)
        given = await self._state.run(lambda c: feedback.put(c, conversation, answer, helpful, comment))
        if given is None:
            raise Problem("not_found", "There is no such answer in this conversation.")
        return response.json({"answer_id": answer, "helpful": given.helpful, "comment": given.comment})

    async def remove_feedback(self, call: Call) -> HTTPResponse:
        """Take it back."""
        conversation, answer = await self._conversation(call), _answer_id(call)
        if await self._state.run(lambda c: messages.with_answer(c, conversation, answer)) is None:
            raise Problem("not_found", "There is no such answer in this conversation.")
        await self._state.run(lambda c: feedback.remove(c, conversation, answer))
        return response.empty()

    # --- a person

    async def ask_person(self, call: Call) -> HTTPResponse:
        """Pass the question on."""
        wish = web_bodies.read_person(web_bodies.read_json(call.body, call.header("content-type")))
        conversation = await self._conversation(call)
        refuse(await self._wishes.take(conversation))
        refuse(await self._wishes_by_address.take(call.address))
        asked, new = await self._state.run(lambda c: person.ask(c, conversation, wish, self._config))
        self._background.look()
        return response.json(transcript.as_person(asked), status=201 if new else 200)

    async def show_person(self, call: Call) -> HTTPResponse:
        """How it stands."""
        conversation = await self._conversation(call)
        asked = await self._state.run(lambda c: handoffs.current(c, conversation))
        return response.json({"person": transcript.as_person(asked)})

    async def end_person(self, call: Call) -> HTTPResponse:
        """The student ends the talk."""
        conversation = await self._conversation(call)

        def end(connection: Connection) -> None:
            asked = handoffs.current(connection, conversation)
            if asked is not None:
                person.end(connection, asked, "student", self._config.contact)

        await self._state.run(end)
        return response.empty()

    # --- the conversation as a whole

    async def export(self, call: Call) -> HTTPResponse:
        """Everything that is kept, as a file."""
        wanted = call.query("format")
        if wanted is None:
            wanted = "json"
        if wanted not in ("json", "text"):
            raise Problem("invalid", "`format` must be json or text.")
        conversation = await self._conversation(call)
        kept = await self._state.run(lambda c: export.everything(c, conversation))
        if wanted == "text":
            text = transcript.as_text(kept, self._config.school, stamp())
            return response.text(text, headers=_download("txt"), content_type="text/plain; charset=utf-8")
        content = transcript.as_json(kept, self._config.school, stamp())
        return response.json(
            content, headers=_download("json"), dumps=lambda c: json.dumps(c, ensure_ascii=False, indent=1)
        )

    async def delete(self, call: Call) -> HTTPResponse:
        """Delete it from every table, and from what Rasa remembers in this process."""
        conversation = await self._conversation(call)
        await self._state.call(lambda: conversations.forget(self._state.engine, conversation))
        await _forget_tracker(getattr(call.request.app.ctx, "agent", None), conversation)
        return response.empty()


async def _forget_tracker(agent: Any, conversation: str) -> None:
    """Drop what Rasa remembers here. Another replica drops it when it next looks, or when it needs the room."""
    store = getattr(agent, "tracker_store", None)
    store = getattr(store, "_tracker_store", store)  # Rasa wraps it in a class that cannot delete
    if store is not None:
        await store.delete(conversation)


def _answer_id(call: Call) -> str:
    (answer,) = call.words
    if not web_bodies.ANSWER_ID.fullmatch(answer):
        raise Problem("not_found", "There is no such answer in this conversation.")
    return answer


def _download(ending: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="conversation.{ending}"'}
