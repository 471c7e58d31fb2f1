"""Everything that is kept of users. Takes over the gaps of version 0.1.0, which had no migrations."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    old = _take_old_gaps()
    _create()
    gaps, words = sa.table("gap", *map(sa.column, GAP)), sa.table("gap_question", *map(sa.column, WORDS))
    if old:
        op.bulk_insert(gaps, [{name: row[name] for name in GAP} for row in old])
        kept = [(row["id"], row["question_text"], row["last_seen"]) for row in old if row["question_text"]]
        op.bulk_insert(words, [{"gap_id": a, "text": b, "conversation_id": "", "asked": c} for a, b, c in kept])
        if op.get_bind().dialect.name == "postgresql":
            op.execute("SELECT setval(pg_get_serial_sequence('gap', 'id'), (SELECT max(id) FROM gap))")


GAP = ("id", "topic", "occupation", "place", "credential", "detail", "count", "first_seen", "last_seen")
WORDS = ("gap_id", "text", "conversation_id", "asked")


def _take_old_gaps() -> list[dict[str, Any]]:
    connection = op.get_bind()
    if not sa.inspect(connection).has_table("gap"):
        return []
    rows = [dict(row._mapping) for row in connection.execute(sa.text("SELECT * FROM gap"))]
    op.drop_table("gap")
    return rows


def _create() -> None:
    op.create_table(
        "conversation",
        sa.Column("id", sa.String(length=160), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("created", sa.String(length=24), nullable=False),
        sa.Column("last_active", sa.String(length=24), nullable=False),
        sa.Column("spoken_by", sa.String(length=8), server_default="bot", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversation")),
    )
    op.create_index(op.f("ix_conversation_last_active"), "conversation", ["last_active"], unique=False)
    op.create_table(
        "gap",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("occupation", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("credential", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("first_seen", sa.String(), nullable=False),
        sa.Column("last_seen", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gap")),
        sa.UniqueConstraint("topic", "occupation", "place", "credential", "detail", name="gap_key"),
    )
    op.create_table(
        "ended_thread",
        sa.Column("thread", sa.String(length=80), nullable=False),
        sa.Column("reason", sa.String(length=8), nullable=False),
        sa.Column("ended", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("thread", name=op.f("pk_ended_thread")),
    )
    op.create_table(
        "slack_call",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("dedupe", sa.String(length=120), nullable=False),
        sa.Column("lane", sa.String(length=80), nullable=False),
        sa.Column("conversation_id", sa.String(length=160), nullable=True),
        sa.Column("method", sa.String(length=60), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("status", sa.String(length=8), nullable=False),
        sa.Column("created", sa.String(length=24), nullable=False),
        sa.Column("not_before", sa.String(length=24), nullable=False),
        sa.Column("leased_until", sa.String(length=24), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("result", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slack_call")),
        sa.UniqueConstraint("dedupe", name=op.f("uq_slack_call_dedupe")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_slack_call_conversation_id"), "slack_call", ["conversation_id"], unique=False)
    op.create_index("ix_slack_call_status", "slack_call", ["status", "not_before"], unique=False)
    op.create_table(
        "slack_event",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("dedupe", sa.String(length=120), nullable=False),
        sa.Column("conversation_id", sa.String(length=160), nullable=True),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("status", sa.String(length=8), nullable=False),
        sa.Column("received", sa.String(length=24), nullable=False),
        sa.Column("leased_until", sa.String(length=24), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slack_event")),
        sa.UniqueConstraint("dedupe", name=op.f("uq_slack_event_dedupe")),
    )
    op.create_index(op.f("ix_slack_event_conversation_id"), "slack_event", ["conversation_id"], unique=False)
    op.create_index("ix_slack_event_status", "slack_event", ["status", "received"], unique=False)
    op.create_table(
        "feedback",
        sa.Column("conversation_id", sa.String(length=160), nullable=False),
        sa.Column("answer_id", sa.String(length=32), nullable=False),
        sa.Column("person", sa.String(length=64), server_default="", nullable=False),
        sa.Column("helpful", sa.Boolean(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("topic", sa.String(length=40), nullable=True),
        sa.Column("updated", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_feedback_conversation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("conversation_id", "answer_id", "person", name=op.f("pk_feedback")),
    )
    op.create_table(
        "gap_question",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("gap_id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(length=160), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("asked", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(["gap_id"], ["gap.id"], name=op.f("fk_gap_question_gap_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gap_question")),
    )
    op.create_index(op.f("ix_gap_question_conversation_id"), "gap_question", ["conversation_id"], unique=False)
    op.create_index(op.f("ix_gap_question_gap_id"), "gap_question", ["gap_id"], unique=False)
    op.create_table(
        "handoff",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("conversation_id", sa.String(length=160), nullable=False),
        sa.Column("status", sa.String(length=8), nullable=False),
        sa.Column("via", sa.String(length=8), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("question", sa.Text(), nullable=True),
        sa.Column("share_transcript", sa.Boolean(), nullable=False),
        sa.Column("thread", sa.String(length=80), nullable=True),
        sa.Column("relayed", sa.Integer(), server_default="0", nullable=False),
        sa.Column("created", sa.String(length=24), nullable=False),
        sa.Column("notified", sa.String(length=24), nullable=True),
        sa.Column("closed", sa.String(length=24), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("next_attempt", sa.String(length=24), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_handoff_conversation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handoff")),
    )
    op.create_index(op.f("ix_handoff_conversation_id"), "handoff", ["conversation_id"], unique=False)
    op.create_index(op.f("ix_handoff_thread"), "handoff", ["thread"], unique=False)
    op.create_table(
        "message",
        sa.Column("seq", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("conversation_id", sa.String(length=160), nullable=False),
        sa.Column("client_id", sa.String(length=80), nullable=True),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=True),
        sa.Column("answer_id", sa.String(length=32), nullable=True),
        sa.Column("to_person", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("answering_until", sa.String(length=24), nullable=True),
        sa.Column("created", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_message_conversation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_message")),
        sa.UniqueConstraint("conversation_id", "client_id", name="uq_message_client_id"),
        sa.UniqueConstraint("id", name=op.f("uq_message_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_message_conversation_id_seq", "message", ["conversation_id", "seq"], unique=False)
    op.create_table(
        "tracker",
        sa.Column("conversation_id", sa.String(length=160), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_tracker_conversation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_tracker")),
    )
