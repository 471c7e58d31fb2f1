"""What an operator's programs ask Rasa's server for: /health, /ready, /metrics. Not for the public: a proxy passes only
/webhooks/web/ and /webhooks/slack/ on.

/metrics is closed unless WAYMARK_METRICS_TOKEN is set, and then asks for it (Authorization: Bearer …).
"""

from __future__ import annotations

import asyncio
import hmac
import logging
import urllib.request
from collections.abc import Callable, Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from sanic import Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse
from sqlalchemy import func, select
from sqlalchemy.engine import Engine, make_url

import settings
from channels.problems import DETAILS, Problem, problem
from channels.readiness import OK, Checks, is_ready
from knowledge.query import KnowledgeBase
from observe import metrics
from state.conversations import transaction
from state.database import open_state
from state.errors import StateError
from state.models import conversation, handoff
from state.slack_calls import unsent
from state.slack_events import unfinished

logger = logging.getLogger(__name__)
QUEUE_SECONDS = 2.0
PART_SECONDS = 1.5


class Admin:
    """`agent` gives Rasa's agent, or None before it is loaded."""

    def __init__(self, config: settings.Settings, agent: Callable[[], Any]) -> None:
        self._config, self._agent = config, agent
        self._knowledge = KnowledgeBase(config.knowledge_url)
        self._engine: Engine | None = None
        self._redis_url = config.redis_url
        checks: dict[str, Callable[[], object]] = {
            "model": self._check_model,
            "knowledge": self._check_knowledge,
            "state": self._check_state,
        }
        if self._redis_url:
            checks["redis"] = self._check_redis
        if config.actions != "inside":
            checks["actions"] = self._check_actions
        self._checks = Checks(checks)

    # --- the checks; each runs in a thread and raises if something is wrong

    def _check_model(self) -> None:
        agent = self._agent()
        if agent is None or not agent.is_ready():
            raise RuntimeError("no model")
        metrics.only(metrics.MODEL_INFO, str(agent.model_id))
        trained = getattr(agent.processor.model_metadata, "trained_at", None)
        if isinstance(trained, datetime):
            metrics.MODEL_TRAINED.set(trained.replace(tzinfo=trained.tzinfo or timezone.utc).timestamp())

    def _check_knowledge(self) -> None:
        metrics.only(metrics.KNOWLEDGE_INFO, self._knowledge.facts_hash()[:16])
        published = [edition.published for edition in self._knowledge.catalog.editions.values() if edition.published]
        metrics.KNOWLEDGE_NEWEST.set(newest(published))
        file = make_url(self._config.knowledge_url)
        if file.get_backend_name() == "sqlite" and file.database:
            metrics.KNOWLEDGE_BUILT.set(Path(file.database).stat().st_mtime)

    def _state(self) -> Engine:
        if self._engine is None:
            self._engine = open_state(self._config.state_url)
        return self._engine

    def _check_state(self) -> None:
        with transaction(self._state()) as connection:
            connection.execute(select(conversation.c.id).limit(1)).first()

    def _check_redis(self) -> None:
        from redis import Redis  # only where there is one

        with Redis.from_url(self._redis_url, socket_timeout=PART_SECONDS, socket_connect_timeout=PART_SECONDS) as redis:
            redis.ping()

    def _check_actions(self) -> None:
        endpoint = str(getattr(getattr(self._agent(), "action_endpoint", None), "url", ""))
        url = endpoint.removesuffix("/webhook") + "/health"
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with direct.open(url, timeout=PART_SECONDS) as answer:
            answer.read(1000)

    def _measure_queues(self) -> None:
        engine = self._state()
        metrics.QUEUE.labels("slack_events").set(unfinished(engine))
        metrics.QUEUE.labels("slack_calls").set(unsent(engine))
        with transaction(engine) as connection:
            waiting = select(func.count()).select_from(handoff).where(handoff.c.status == "waiting")
            metrics.QUEUE.labels("people").set(connection.execute(waiting).scalar() or 0)
            kept = select(func.count()).select_from(conversation)
            metrics.CONVERSATIONS.set(connection.execute(kept).scalar() or 0)

    # --- the calls

    async def health(self, _request: Request) -> HTTPResponse:
        """The process lives and its event loop turns."""
        return response.json({"status": "ok"})

    async def ready(self, _request: Request) -> HTTPResponse:
        """Whether it can answer; 503 if not."""
        found = await self._checks.run()
        up = is_ready(found)
        status = "unavailable" if not up else "ok" if set(found.values()) == {"ok"} else "degraded"
        return response.json({"status": status, "checks": dict(found)}, status=200 if up else 503)

    async def metrics(self, request: Request) -> HTTPResponse:
        """Everything that is measured."""
        if not self._config.metrics_token:
            return Problem("not_found", DETAILS["not_found"]).response()
        if not may_read(request.headers.get("authorization"), self._config.metrics_token):
            detail, header = "Send the token of WAYMARK_METRICS_TOKEN.", {"WWW-Authenticate": "Bearer"}
            return problem(401, "No token", detail, "no_token", header)
        found = await self._checks.run()
        if found.get("state") != OK or not await self._measured():
            metrics.QUEUE.clear()  # an old number would be a lie
        body = metrics.exposition(metrics.EVERYWHERE, metrics.SERVER)
        return response.raw(body, content_type=metrics.CONTENT_TYPE)

    async def _measured(self) -> bool:
        """Whether the queues could be counted in time."""
        counting = asyncio.get_running_loop().run_in_executor(None, self._measure_queues)
        try:
            await asyncio.wait_for(counting, QUEUE_SECONDS)
        except (StateError, asyncio.TimeoutError):
            return False
        return True


def newest(dates: list[str]) -> float:
    """The latest of some publication dates ("2026-05-15", "2026-05", "2026") in seconds since 1970; 0 without any."""
    found = [0.0]
    for text in dates:
        year, month, day = (*text.split("-"), "01", "01")[:3]
        if (year + month + day).isdigit():
            found.append(datetime(int(year), int(month), int(day), tzinfo=timezone.utc).timestamp())
    return max(found)


def may_read(authorization: str | None, tokens: Sequence[str]) -> bool:
    """Whether an Authorization header carries one of the tokens."""
    kind, _, given = (authorization or "").partition(" ")
    shown = given.strip().encode(errors="replace")
    return kind.lower() == "bearer" and any(hmac.compare_digest(shown, token.encode()) for token in tokens)


def attach(app: Sanic, config: settings.Settings) -> None:
    """Add the calls to Rasa's server."""
    admin = Admin(config, lambda: getattr(app.ctx, "agent", None))
    metrics.only(metrics.INFO, settings.VERSION)
    app.add_route(admin.health, "/", methods=["GET"], name="waymark_root")  # in place of Rasa's: that tells its version
    for name in ("health", "ready", "metrics"):
        app.add_route(getattr(admin, name), f"/{name}", methods=["GET"], name=f"waymark_{name}")
