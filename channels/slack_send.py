"""Delivers the calls of the state database to Slack: each once, in order within a channel, as fast as Slack allows."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timezone
from typing import Any

from sqlalchemy.engine import Connection, Engine

from channels import slack_blocks, slack_clicks
from channels.slack_api import SECONDS, CallError, Limited, NotAllowed, NotSent, Refused, SlackApi, Unclear
from channels.slack_jobs import Jobs
from channels.slack_places import RESPOND
from state import slack_calls
from state.clock import stamp
from state.conversations import transaction
from state.slack_calls import Call

logger = logging.getLogger(__name__)
LEASE = 15.0  # seconds; longer than a look-up and a call may take together
KEPT = 24 * 3600.0  # seconds after which a call is given up
PAUSE_AT_MOST = 60.0  # seconds between two attempts
PAUSE_UNCLEAR = 3.0  # at least: what may have been posted must have become visible
ADVICE = {
    "missing_scope": "install the app again with the scopes of deploy/slack/manifest.yml",
    "not_in_channel": "invite the app to the channel",
    "channel_not_found": "invite the app to the channel, or check the channel's id",
}
Arrived = Callable[[Connection, Call, Mapping[str, Any], bool], None]


class Sender(Jobs[Call]):
    """`arrived` runs in the transaction that marks a call as done, with Slack's reply and whether the call was still
    known: its conversation may have been deleted meanwhile. It may run twice for one call."""

    def __init__(self, engine: Engine, api: SlackApi, arrived: Arrived, at_once: int = 8) -> None:
        super().__init__(at_once)
        self._engine, self._api, self._arrived = engine, api, arrived
        self._paused: dict[str, float] = {}  # method -> when it may be called again

    def take(self, limit: int) -> list[Call]:
        return slack_calls.take_calls(self._engine, limit, LEASE)

    def give_back(self, jobs: list[Call]) -> None:
        """Nothing: a call that was broken off may have arrived; its lease ends by itself."""

    async def work(self, call: Call) -> None:
        """Send one call and note what became of it."""
        if _age(call) > KEPT:
            logger.error("given up after %d hours: %s", KEPT / 3600, call.method)
            await self.note(lambda c: slack_calls.failed(c, call, "too_late"))
            return
        wait = self._paused.get(call.method, 0.0) - time.monotonic()
        if wait > 0:
            await self.note(lambda c: slack_calls.later(c, call, wait, uncertain=call.uncertain))
            return
        try:
            result = await self._found(call)
            if result is None and call.lease < stamp(plus=SECONDS + 1):
                raise NotSent("looking for it took too long")
            result = result or await self._sent(call)
        except Limited as limit:
            pause = limit.seconds
            logger.info("Slack asks for a pause of %.0f s: %s", pause, call.method)
            if call.method not in ("chat.postMessage", RESPOND):  # these are counted by channel, not by method
                self._paused[call.method] = time.monotonic() + pause
            await self.note(lambda c: slack_calls.later(c, call, pause, uncertain=call.uncertain))
        except (Unclear, NotSent, NotAllowed) as trouble:
            await self._again(call, trouble)
        except Refused as refusal:
            await self._refused(call, refusal)
        else:
            await self.note(lambda c: self._done(c, call, result))

    def _done(self, connection: Connection, call: Call, result: Mapping[str, Any]) -> None:
        kept = {name: result[name] for name in ("channel", "ts", "message_ts") if name in result}
        known = slack_calls.sent(connection, call, kept, keep_body=bool(call.body.get("_keep")))
        self._arrived(connection, call, kept, known)

    async def _sent(self, call: Call) -> Mapping[str, Any]:
        body = {name: value for name, value in call.body.items() if not name.startswith("_")}
        if call.method == RESPOND:
            if call.body["_expires"] <= stamp():
                raise Refused("expired_url")
            await self._api.respond(call.body["_url"], body)
            return {"sent": True}
        if call.method == "chat.postMessage":
            body["metadata"] = {"event_type": "waymark", "event_payload": {"call": call.dedupe}}
        return await self._api.call(call.method, body)

    async def _found(self, call: Call) -> Mapping[str, Any] | None:
        """The post of an earlier attempt that may have arrived; None if there is none."""
        channel, thread = str(call.body.get("channel") or ""), call.body.get("thread_ts")
        if not call.uncertain or call.method != "chat.postMessage" or channel[:1] in "UW":
            return None
        since = datetime.strptime(call.created, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=timezone.utc).timestamp()
        params = {"channel": channel, "oldest": f"{since - 60:.6f}", "limit": 200, "include_all_metadata": "true"}
        cursor = ""
        while True:
            more = {"cursor": cursor} if cursor else {}
            method, where = ("conversations.replies", {"ts": thread}) if thread else ("conversations.history", {})
            try:
                page = await self._api.read(method, {**params, **more, **where})
            except (NotAllowed, Refused) as refusal:
                logger.error("Slack does not let us look whether a message arrived: %s; sent again", refusal.reason)
                return None
            for post in page.get("messages") or ():
                if ((post.get("metadata") or {}).get("event_payload") or {}).get("call") == call.dedupe:
                    return {"channel": channel, "ts": post["ts"]}
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return None

    async def _again(self, call: Call, trouble: CallError) -> None:
        uncertain = call.uncertain or isinstance(trouble, Unclear)
        if isinstance(trouble, NotAllowed):
            pause = PAUSE_AT_MOST
            advice = ADVICE.get(trouble.reason.split()[0], "check WAYMARK_SLACK_BOT_TOKEN")
            logger.error("Slack does not allow %s: %s; %s", call.method, trouble.reason, advice)
            uncertain = call.uncertain
        else:
            pause = min(PAUSE_AT_MOST, 0.5 * 2 ** min(call.attempts, 10)) * random.uniform(0.75, 1.25)
            pause = max(pause, PAUSE_UNCLEAR) if uncertain else pause
            logger.warning("%s has to wait %.1f s: %s", call.method, pause, trouble.reason)
        if call.method.startswith("assistant."):  # niceties: not worth to hold up anything
            await self.note(lambda c: slack_calls.failed(c, call, trouble.reason))
            return
        await self.note(lambda c: slack_calls.later(c, call, pause, uncertain=uncertain))

    async def _refused(self, call: Call, refusal: Refused) -> None:
        """Another form of the same message if there is one: without its image, as text only, as a direct message."""
        method, body = _other_form(call, refusal.reason)
        if body is None:
            advice = ADVICE.get(refusal.reason)
            logger.error("Slack refuses %s: %s%s", call.method, refusal.reason, f"; {advice}" if advice else "")
            await self.note(lambda c: slack_calls.failed(c, call, refusal.reason))
            return
        logger.warning("Slack refuses %s: %s; sent in a simpler form", call.method, refusal.reason)
        await self.note(lambda c: slack_calls.later(c, call, 0, uncertain=False, method=method, body=body))

    async def note(self, work: Callable[[Connection], Any]) -> None:
        """Write down what became of a call. If that fails, the lease ends and the call is looked up later."""

        def write() -> None:
            with transaction(self._engine) as connection:
                work(connection)

        await self.in_thread(write)


def _other_form(call: Call, reason: str) -> tuple[str, dict[str, Any] | None]:
    body = dict(call.body)
    blocks = body.get("blocks") or ()
    if "blocks" in reason and blocks:
        images = any(block["type"] == "image" for block in blocks)
        body["blocks"] = slack_blocks.without_images(blocks) if images else None
        return call.method, {name: value for name, value in body.items() if value is not None}
    if reason == "msg_too_long" and (blocks or len(body.get("text", "")) > 1000):
        return call.method, {**body, "blocks": [], "text": body.get("text", "")[:1000]}
    if call.method == RESPOND and body.get("_user") and body.get("response_type") != "in_channel":
        only = {name: body[name] for name in ("text", "mrkdwn") if name in body}
        blocks = slack_blocks.without(blocks, slack_clicks.SHARE)
        return "chat.postMessage", {**only, "blocks": blocks, "channel": body["_user"]}
    return call.method, None


def _age(call: Call) -> float:
    made = datetime.strptime(call.created, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=timezone.utc)
    return (datetime.now(timezone.utc) - made).total_seconds()
