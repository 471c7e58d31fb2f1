"""Works on what Slack sent: asks Rasa, and turns the reply into calls to Slack."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy.engine import Connection, Engine

from channels import charts, guard, slack_blocks, slack_clicks, slack_content, slack_home, texts
from channels import slack_wording as said
from channels.slack_api import CallError, SlackApi
from channels.slack_events import MAX_AGE, assistant_key
from channels.slack_jobs import Jobs
from channels.slack_places import said_privately, said_there
from channels.slack_staff import Staff
from observe import request_ids
from observe.logs import place
from settings import Settings
from state import feedback, messages, slack_calls, slack_events
from state.clock import stamp
from state.conversations import transaction
from state.errors import Gone, StateError
from state.slack_calls import NewCall
from state.slack_events import Event, Outcome

logger = logging.getLogger(__name__)
SPARE = 8.0  # seconds beyond the time of an answer (WAYMARK_ANSWER_SECONDS), for the status and the database
STATUS_SECONDS = 2.0
COMMAND = "/career"
Body = Mapping[str, Any]
Result = TypeVar("Result")


@dataclass(frozen=True)
class Tools:
    """What the worker works with. `ask`: Rasa; `knowledge`: its state, or None if it cannot be read."""

    engine: Engine
    api: SlackApi
    config: Settings
    ask: guard.Handler
    staff: Staff | None
    knowledge: Callable[[], slack_home.Knowledge | None]


class Worker(Jobs[Event]):
    """See the module. `done` is called when there are calls to send."""

    def __init__(self, tools: Tools, done: Callable[[], None], at_once: int = 4) -> None:
        super().__init__(at_once)
        self._tools, self._done = tools, done
        self._key = charts.key_of(tools.config.slack_signing_secret or tools.config.slack_bot_token)
        self._kinds: Mapping[str, Callable[[Event], Any]] = {
            "ask": self._ask,
            "feedback": self._feedback,
            "person": self._person,
            "share": self._share,
            "home": self._home,
            "started": self._started,
        }
        staff = tools.staff
        if staff is not None:
            self._kinds = {
                **self._kinds,
                "staff": staff.said,
                "close": staff.closed,
                "end": staff.ended,
                "gone": staff.gone,
            }

    def take(self, limit: int) -> list[Event]:
        return slack_events.take_events(self._tools.engine, limit, self._tools.config.answer_seconds + SPARE)

    def give_back(self, jobs: list[Event]) -> None:
        slack_events.give_back(self._tools.engine, jobs)

    async def work(self, event: Event) -> None:
        """Do what the event asks for and store the calls that answer it, in one transaction. Its id is the request's:
        the same in whichever process it is worked on."""
        request_ids.use(event.id if request_ids.is_id(event.id) else request_ids.new())
        status = "done"
        try:
            if event.sent < stamp(plus=-MAX_AGE):  # nothing of ours ran for so long
                logger.error("an event of %s is answered no more: it is too old", event.sent)
                outcome, status = Outcome(), "failed"
            else:
                outcome = await self._kinds[event.kind](event)
        except Gone:  # the conversation was deleted meanwhile
            outcome = Outcome()
        except StateError:
            raise  # tried again when the lease is over
        except Exception as error:  # noqa: BLE001 - a fault of ours is answered politely, and not tried for ever
            logger.error("an event (%s) could not be handled: %s", event.kind, place(error))
            reply = slack_content.reply_of(guard.failure_reply(self._tools.config.contact))
            outcome = Outcome((said_there(event, slack_blocks.message(reply)),)) if event.kind == "ask" else Outcome()
            status = "failed"
        await self.in_thread(lambda: slack_events.finish(self._tools.engine, event, outcome, status))
        self._done()

    # --- questions

    async def _ask(self, event: Event) -> Outcome:
        config, cleaned = self._tools.config, guard.clean(str(event.body["text"]))
        text = cleaned.text
        if not text:
            words = said.NO_TEXT if event.body.get("files") else said.help_text(COMMAND, config.contact)
            return Outcome((said_there(event, slack_blocks.plain_message(words)),))
        if len(text) > guard.MAX_MESSAGE:
            words = said.too_long(len(text), guard.MAX_MESSAGE)
            return Outcome((said_there(event, slack_blocks.plain_message(words)),))
        conversation = str(event.conversation_id)
        question = await self._transact(
            lambda c: messages.add(c, conversation, messages.USER, text, client_id=event.id)
        )
        if question.to_person:  # it is brought to the staff from where it is stored
            return Outcome()
        title = await self._announced(event, text)
        replies = await guard.answer(
            self._tools.ask,
            text,
            conversation,
            slack_events.CHANNEL,
            seconds=config.answer_seconds,
            contact=config.contact,
        )
        reply, private = slack_content.reply_of(replies), bool(event.body.get("private"))
        made = slack_blocks.message(
            reply,
            slack_blocks.Setting(
                question=text,
                user=str(event.body["user"]),
                conversation=conversation,
                shown=private or bool(event.body.get("clicked")),
                staff=self._tools.staff is not None and not private,
                share=f"answer:{event.id}" if private else "",
                remark=texts.MASKED if cleaned.changed else "",
                chart_address=self._chart_address,
            ),
        )

        def store(connection: Connection) -> None:
            messages.reply(connection, question, reply.text, reply.payload or None)

        return Outcome((*title, said_there(event, made, keep=private)), store)

    async def _transact(self, work: Callable[[Connection], Result]) -> Result:
        """The result of `work` in a transaction of its own. Raises StateError, Gone."""

        def run() -> Result:
            with transaction(self._tools.engine) as connection:
                return work(connection)

        return await self.in_thread(run)

    def _chart_address(self, chart: charts.Chart) -> str | None:
        public = self._tools.config.public_url
        if not public:
            return None
        try:
            return f"{public}/webhooks/slack/charts/{charts.token(chart, self._key)}.png"
        except ValueError:
            return None

    async def _announced(self, event: Event, text: str) -> tuple[NewCall, ...]:
        """In the assistant view: show that we are at work; the first question becomes the title of the thread."""
        channel, thread = str(event.body["channel"]), event.body.get("thread")
        if not event.body.get("direct") or not thread:
            return ()
        key = assistant_key(channel, thread)
        if not await self.in_thread(lambda: slack_events.is_known(self._tools.engine, key)):
            return ()
        where = {"channel_id": channel, "thread_ts": thread}
        try:
            status = self._tools.api.call("assistant.threads.setStatus", {**where, "status": said.WORKING})
            await asyncio.wait_for(status, STATUS_SECONDS)
        except (CallError, asyncio.TimeoutError) as error:  # a nicety
            logger.info("no status in the assistant view: %s", error)
        body = {**where, "title": text[:100]}
        return (NewCall(f"title:{key}", f"title:{key}", "assistant.threads.setTitle", body, event.conversation_id),)

    # --- buttons

    async def _feedback(self, event: Event) -> Outcome:
        helpful, answer, conversation = bool(event.body["helpful"]), str(event.body["answer_id"]), event.conversation_id
        known = await self._transact(lambda c: messages.with_answer(c, str(conversation), answer))
        if known is None:
            return Outcome((said_privately(event, slack_blocks.plain_message(said.OLD_BUTTON)),))

        def store(connection: Connection) -> None:
            feedback.put(connection, str(conversation), answer, helpful, person=str(event.body["user"]))

        words = said.NOTED_YES if helpful else said.NOTED_NO
        return Outcome((said_privately(event, slack_blocks.plain_message(words)),), store)

    async def _person(self, event: Event) -> Outcome:
        if self._tools.staff is not None and not event.body.get("private"):
            return await self._tools.staff.asked(event)
        words = said.person(self._tools.config.contact)
        return Outcome((said_privately(event, slack_blocks.plain_message(words)),))

    async def _share(self, event: Event) -> Outcome:
        name, conversation = str(event.body["answer"]), str(event.conversation_id)

        found = await self._transact(lambda c: slack_calls.kept_body(c, name, conversation))
        if found is None:
            return Outcome((said_privately(event, slack_blocks.plain_message(said.SHARE_GONE)),))
        made = {name: found[name] for name in ("text", "mrkdwn")}
        made["blocks"] = slack_blocks.without(found["blocks"], slack_clicks.SHARE)
        public = said_privately(event, made, response_type="in_channel")
        public = NewCall(f"share:{name}"[:120], public.lane, public.method, public.body, public.conversation_id)
        noted = said_privately(event, slack_blocks.plain_message(said.SHARED), n="noted", replace_original=True)
        return Outcome((public, noted))

    # --- before anyone asks

    async def _home(self, event: Event) -> Outcome:
        knowledge = await self.in_thread(self._tools.knowledge)
        direct = str(event.body.get("channel") or event.body["user"])
        view = slack_home.view(direct, COMMAND, self._tools.config.contact, knowledge)
        user = str(event.body["user"])
        return Outcome((NewCall(f"home:{event.id}", f"home:{user}", "views.publish", {"user_id": user, "view": view}),))

    async def _started(self, event: Event) -> Outcome:
        channel, thread, to = str(event.body["channel"]), str(event.body["thread"]), event.conversation_id
        hello = slack_blocks.plain_message(f"{said.GREETING} {said.ABLE}")
        prompts = slack_home.prompts(channel, thread)
        return Outcome(
            (
                said_there(event, hello, n="hello"),
                NewCall(f"prompts:{event.id}", channel, "assistant.threads.setSuggestedPrompts", prompts, to),
            )
        )
