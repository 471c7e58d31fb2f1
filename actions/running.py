"""Running one action call: the same for the action server and for the thread in Rasa's process. Measured and logged."""

from __future__ import annotations

import logging
from time import perf_counter
from typing import Any

from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException

from observe import metrics
from observe.logs import place, with_fields

logger = logging.getLogger(__name__)
UNKNOWN = "unknown"


async def run(executor: ActionExecutor, call: Any) -> dict[str, Any]:
    """The events and responses of an action call as Rasa writes it. Raises what the action raised, which is counted and
    logged by its type and place only: its text may quote the conversation."""
    asked = str(call.get("next_action")) if isinstance(call, dict) else ""
    action = asked if asked in executor.actions else UNKNOWN  # a label must not be a caller's to choose
    began = perf_counter()
    try:
        return await executor.run(call) or {}
    except (ActionExecutionRejection, ActionNotFoundException):
        raise
    except Exception as error:
        metrics.ACTION_FAILURES.labels(action).inc()
        logger.error("%s failed: %s", action, place(error))
        raise
    finally:
        took = perf_counter() - began
        metrics.ACTION_SECONDS.labels(action).observe(took)
        logger.info("action", extra=with_fields(action=action, ms=round(1000 * took, 1)))
