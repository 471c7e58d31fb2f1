"""The end of a talk between a student and staff, as staff read it. If the student deleted it, nothing of it stays."""

from __future__ import annotations

import logging
import time

from sqlalchemy.engine import Engine

from channels import slack_blocks, slack_cards
from channels import slack_wording as said
from channels.slack_api import CallError, Refused, SlackApi
from channels.slack_jobs import in_thread
from state import handoffs
from state.conversations import transaction
from state.handoffs import EndedThread
from state.slack_calls import NewCall, add_calls

logger = logging.getLogger(__name__)
CARD, RELAY, TRANSCRIPT = "card", "relay", "transcript"  # the kinds of calls to the staff's channel
REST = 15.0  # seconds that Slack is left alone after it failed
STUDENTS = (RELAY, TRANSCRIPT)  # those that carry what a student wrote


class Endings:
    """Threads in which staff have yet to read that the talk is over."""

    def __init__(self, engine: Engine, api: SlackApi) -> None:
        self._engine, self._api = engine, api
        self._rest_until = 0.0

    async def tell(self) -> bool:
        """Tell all that are due. Returns whether there are calls to send. Raises StateError."""

        def read() -> list[EndedThread]:
            with transaction(self._engine) as connection:
                return handoffs.ended_threads(connection)

        told = False
        if time.monotonic() < self._rest_until:
            return told
        for ended in await in_thread(read):
            try:
                theirs = await self._posts_in(ended.thread) if ended.reason == "deleted" else []
            except Refused as refusal:
                logger.error("a thread of a deleted conversation cannot be read: %s", refusal.reason)
                theirs = []
            except CallError as error:
                logger.warning("a thread of a deleted conversation cannot be cleared yet: %s", error.reason)
                self._rest_until = time.monotonic() + REST
                break
            await in_thread(lambda: self._tell(ended, theirs))  # noqa: B023 - done before the next round
            told = True
        return told

    async def _posts_in(self, thread: str) -> list[str]:
        """What we posted under a card."""
        channel, _, ts = thread.partition(":")
        found: list[str] = []
        cursor = ""
        while True:
            params = {"channel": channel, "ts": ts, "limit": 200, "include_all_metadata": "true"}
            page = await self._api.read("conversations.replies", {**params, **({"cursor": cursor} if cursor else {})})
            for post in page.get("messages") or ():
                call = str(((post.get("metadata") or {}).get("event_payload") or {}).get("call") or "")
                if call.partition(":")[0] in STUDENTS:
                    found.append(str(post["ts"]))
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return found

    def _tell(self, ended: EndedThread, posts: list[str]) -> None:
        """Change the card; if the student deleted the conversation, nothing of it stays."""
        channel, _, ts = ended.thread.partition(":")
        with transaction(self._engine) as connection:
            if not handoffs.forget_ended(connection, ended.thread):
                return
            talk = handoffs.from_thread(connection, ended.thread)
            card = slack_cards.over(talk, ended.reason)
            calls = [NewCall(f"over:{ended.thread}", channel, "chat.update", {"channel": channel, "ts": ts, **card})]
            calls += [
                NewCall(f"clear:{channel}:{one}", channel, "chat.delete", {"channel": channel, "ts": one})
                for one in posts
            ]
            if ended.reason != "staff":
                line = slack_blocks.plain_message(said.OVER[ended.reason])
                body = {"channel": channel, "thread_ts": ts, **line}
                calls.append(NewCall(f"line:{ended.thread}", channel, "chat.postMessage", body))
            add_calls(connection, calls)
