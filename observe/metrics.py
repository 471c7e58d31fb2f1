"""What is counted and measured, in the form that Prometheus reads. docs/operate.md explains each.

Every process counts for itself and is read by itself. Labels have few values: topics, channels, routes; never a
person, a conversation or a word of a message.
"""

from __future__ import annotations

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)

disable_created_metrics()  # type: ignore[no-untyped-call]  # a time for each counter, which nobody reads
EVERYWHERE = CollectorRegistry()  # what every process has
SERVER = CollectorRegistry()  # what only Rasa's server has
ProcessCollector(registry=EVERYWHERE)  # on Linux: memory, processor time, open files, start
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

# --- a turn: a message and its answer
ANSWERS = Counter(
    "waymark_answers",
    "Answers given, by what they are and what they are about.",
    ("channel", "kind", "topic"),
    registry=SERVER,
)
TURN_SECONDS = Histogram(
    "waymark_turn_seconds",
    "From a message's arrival at the assistant to its answer, failed ones included.",
    ("channel",),
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
    registry=SERVER,
)
TURNS_WAITING = Gauge("waymark_turns_waiting", "Turns that are being answered now.", ("channel",), registry=SERVER)
TURN_FAILURES = Counter(
    "waymark_turn_failures",
    "Turns that got the apology in place of an answer, by why.",
    ("channel", "reason"),
    registry=SERVER,
)
# --- the edges
REQUESTS = Counter(
    "waymark_requests",
    "HTTP requests, by address pattern and status.",
    ("method", "route", "status"),
    registry=SERVER,
)
ACTION_SECONDS = Histogram(
    "waymark_action_seconds",
    "What an action took, in the process where it runs.",
    ("action",),
    buckets=(0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5),
    registry=EVERYWHERE,
)
ACTION_FAILURES = Counter("waymark_action_failures", "Actions that raised.", ("action",), registry=EVERYWHERE)
# --- what it stands on
STATE_FAILURES = Counter("waymark_state_failures", "Times the state database could not be used.", registry=EVERYWHERE)
KNOWLEDGE_FAILURES = Counter(
    "waymark_knowledge_failures", "Times the knowledge database could not be read.", registry=EVERYWHERE
)
CHECK_UP = Gauge(
    "waymark_check_up", "Whether a part that is needed works (as /ready), 1 or 0.", ("check",), registry=SERVER
)
QUEUE = Gauge(
    "waymark_queue", "What waits in the state database; the same in every replica.", ("queue",), registry=SERVER
)
CONVERSATIONS = Gauge("waymark_conversations", "Conversations kept; the same in every replica.", registry=SERVER)
TASK_SUCCESS = Gauge(
    "waymark_task_success_timestamp_seconds", "When a background task last succeeded.", ("task",), registry=SERVER
)
TASK_FAILURES = Counter(
    "waymark_task_failures", "Runs of a background task that failed.", ("task",), registry=SERVER
)
# --- what it is
INFO = Gauge("waymark_info", "Always 1; the version.", ("version",), registry=EVERYWHERE)
MODEL_INFO = Gauge("waymark_model_info", "Always 1; the model that is loaded.", ("model",), registry=SERVER)
MODEL_TRAINED = Gauge("waymark_model_trained_timestamp_seconds", "When the model was trained.", registry=SERVER)
KNOWLEDGE_INFO = Gauge("waymark_knowledge_info", "Always 1; the hash of the facts.", ("facts",), registry=SERVER)
KNOWLEDGE_NEWEST = Gauge(
    "waymark_knowledge_newest_edition_timestamp_seconds", "When the newest source was published.", registry=SERVER
)
KNOWLEDGE_BUILT = Gauge(
    "waymark_knowledge_built_timestamp_seconds", "When the knowledge database was built (SQLite).", registry=SERVER
)
KINDS = frozenset(("answer", "no_source", "clarify", "handoff", "smalltalk", "out_of_scope", "failed"))
OTHER = "other"
REASONS = ("timeout", "error", "silent")  # why a turn failed


def expect(channel: str) -> None:
    """There is this channel: its failures are there as 0, or Prometheus would not see the first ones as an increase."""
    ANSWERS.labels(channel, "failed", "")
    TURNS_WAITING.labels(channel)
    for reason in REASONS:
        TURN_FAILURES.labels(channel, reason)


def kind_and_topic(payload: object) -> tuple[str, str]:
    """What an answer's JSON says it is: one of KINDS, and its topic ("" if it has none)."""
    if not isinstance(payload, dict):
        return OTHER, ""
    kind, topic = str(payload.get("type")), payload.get("topic")
    if payload.get("failure"):
        kind = "failed"
    elif topic == "out_of_scope":
        kind = topic
    topic = topic if isinstance(topic, str) and topic.replace("_", "").isalpha() and len(topic) < 40 else ""
    return (kind if kind in KINDS else OTHER), topic


def only(gauge: Gauge, *labels: str) -> None:
    """Set an info gauge to 1 for these labels, and forget what it said before."""
    gauge.clear()
    gauge.labels(*labels).set(1)


def exposition(*registries: CollectorRegistry) -> bytes:
    """What these registries hold, as CONTENT_TYPE says."""
    return b"".join(generate_latest(registry) for registry in registries)
