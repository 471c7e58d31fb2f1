"""The tables of the state database. Times are UTC, ISO 8601 text to the millisecond, so that they sort everywhere.

A change here needs a migration in state/migrations/versions; a test compares the two.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMES)

# One conversation of one channel. `id` is Rasa's sender id ("web-…", "slack-…"). Deleting the row deletes everything
# that belongs to it: every table with a column `conversation_id` refers to it.
conversation = Table(
    "conversation",
    metadata,
    Column("id", String(160), primary_key=True),
    Column("channel", String(16), nullable=False),
    Column("created", String(24), nullable=False),
    Column("last_active", String(24), nullable=False, index=True),
    # who keeps quiet: "bot" answers, "waiting" for a person, "talking" with a person
    Column("spoken_by", String(8), nullable=False, server_default="bot"),
)

# What was said, by whom: "user", "assistant", "staff", "notice". `payload` is JSON (docs/payload.md); `client_id` is
# the sender's own id of a message, so that one sent twice is taken once; a reply carries "re:<id of the message>".
# `to_person`: a user's message that is for a person and not for the bot. `answering_until`: a process works on it.
message = Table(
    "message",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("id", String(36), nullable=False, unique=True),
    Column("conversation_id", String(160), ForeignKey("conversation.id", ondelete="CASCADE"), nullable=False),
    Column("client_id", String(80)),
    Column("role", String(12), nullable=False),
    Column("text", Text, nullable=False),
    Column("payload", Text),
    Column("answer_id", String(32)),
    Column("to_person", Boolean, nullable=False, server_default=false()),
    Column("answering_until", String(24)),
    Column("created", String(24), nullable=False),
    UniqueConstraint("conversation_id", "client_id", name="uq_message_client_id"),
    Index("ix_message_conversation_id_seq", "conversation_id", "seq"),
    sqlite_autoincrement=True,
)

# Whether an answer helped; one row an answer and person (Slack: the person's id; the website: ""), the last click wins.
feedback = Table(
    "feedback",
    metadata,
    Column("conversation_id", String(160), ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True),
    Column("answer_id", String(32), primary_key=True),
    Column("person", String(64), primary_key=True, server_default=""),
    Column("helpful", Boolean, nullable=False),
    Column("comment", Text),
    Column("topic", String(40)),
    Column("updated", String(24), nullable=False),
)

# A student who asked for a person. `status`: waiting, talking, closed. `via`: "slack", where staff talk in a `thread`
# ("C1:1700.1"), or "email". `relayed`: the last message (seq) of the student's that was brought to the thread.
handoff = Table(
    "handoff",
    metadata,
    Column("id", String(36), primary_key=True),
    Column(
        "conversation_id", String(160), ForeignKey("conversation.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("status", String(8), nullable=False),
    Column("via", String(8), nullable=False),
    Column("name", Text),
    Column("email", Text),
    Column("question", Text),
    Column("share_transcript", Boolean, nullable=False),
    Column("thread", String(80), index=True),
    Column("relayed", Integer, nullable=False, server_default="0"),
    Column("created", String(24), nullable=False),
    Column("notified", String(24)),
    Column("closed", String(24)),
    # how often the notice was tried, and when it is tried again
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("next_attempt", String(24)),
)

# Threads in which staff still have to read that the talk is over; it outlives the conversation, and says nothing of it.
# `reason`: "staff", "student", "overdue", "deleted".
ended_thread = Table(
    "ended_thread",
    metadata,
    Column("thread", String(80), primary_key=True),
    Column("reason", String(8), nullable=False),
    Column("ended", String(24), nullable=False),
)

# Rasa's view of a conversation (components/stored_trackers.py): slots and last events, packed. `version` grows by one a
# turn, so that a process knows whether what it remembers is still the latest.
tracker = Table(
    "tracker",
    metadata,
    Column("conversation_id", String(160), ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("data", LargeBinary, nullable=False),
)

# What Slack sent and what became of it. Acknowledged once it stands here. `dedupe` joins the events that Slack
# sends for one post. `status`: new, working, done, ignored, failed. `body` goes when the event is done.
slack_event = Table(
    "slack_event",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("dedupe", String(120), nullable=False, unique=True),
    Column("conversation_id", String(160), index=True),
    Column("kind", String(24), nullable=False),
    Column("body", Text),
    Column("status", String(8), nullable=False),
    Column("received", String(24), nullable=False),
    Column("leased_until", String(24)),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Index("ix_slack_event_status", "status", "received"),
)

# Calls to Slack that must reach it once: sent in order within `lane` (a channel), again after a failure.
slack_call = Table(
    "slack_call",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("dedupe", String(120), nullable=False, unique=True),
    Column("lane", String(80), nullable=False),
    Column("conversation_id", String(160), index=True),
    Column("method", String(60), nullable=False),
    Column("body", Text),
    Column("status", String(8), nullable=False),
    Column("created", String(24), nullable=False),
    Column("not_before", String(24), nullable=False),
    Column("leased_until", String(24)),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("result", Text),
    Index("ix_slack_call_status", "status", "not_before"),
    sqlite_autoincrement=True,
)

# A question that no source covers, counted. An empty string, never NULL, means "not asked for": NULLs would not
# count as the same.
gap = Table(
    "gap",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("topic", String, nullable=False),
    Column("occupation", String, nullable=False),
    Column("place", String, nullable=False),
    Column("credential", String, nullable=False),
    Column("detail", String, nullable=False),
    Column("count", Integer, nullable=False),
    Column("first_seen", String, nullable=False),
    Column("last_seen", String, nullable=False),
    UniqueConstraint("topic", "occupation", "place", "credential", "detail", name="gap_key"),
)

# The words of such questions, if the operator keeps them (WAYMARK_GAP_TEXT). They go with their conversation.
gap_question = Table(
    "gap_question",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("gap_id", Integer, ForeignKey("gap.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("conversation_id", String(160), index=True),
    Column("text", Text, nullable=False),
    Column("asked", String(24), nullable=False),
)
