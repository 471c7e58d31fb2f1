"""Telling staff by e-mail that a student asks for a person: claimed by one process, tried again until it is out."""

from __future__ import annotations

import asyncio
import logging
import smtplib
import ssl
from collections.abc import Sequence
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from sqlalchemy.engine import Connection

import settings
from channels import texts, transcript
from channels.turns import State
from state import handoffs, messages
from state.handoffs import Handoff
from state.messages import Message

logger = logging.getLogger(__name__)
SMTP_SECONDS = 10.0  # for each step of the talk with the mail server
SEND_SECONDS = 40.0  # for all of it
LEASE = 90.0
BACK_OFF = (30.0, 60.0, 300.0, 900.0, 3600.0)
LOOPBACK = ("127.0.0.1", "::1", "localhost")


async def deliver(state: State, config: settings.Settings) -> int:
    """Send what is due; returns how many e-mails went out. Raises Problem if the state database is away."""
    sent = 0
    while True:
        due = await state.run(_claim)
        if due is None:
            return sent
        asked, said = due
        try:
            letter = compose(asked, said if asked.share_transcript else None, config)
            work = asyncio.get_running_loop().run_in_executor(None, send, config.smtp_url, letter)
            await asyncio.wait_for(work, SEND_SECONDS)
        except (OSError, smtplib.SMTPException, asyncio.TimeoutError, ValueError) as error:
            wait = BACK_OFF[min(asked.attempts, len(BACK_OFF)) - 1]
            logger.error("staff could not be told by e-mail (%s); again in %.0f s", type(error).__name__, wait)
            await state.run(lambda c, one=asked, pause=wait: handoffs.retry_notice(c, one.id, pause))  # type: ignore[misc]
            continue
        await state.run(lambda c, one=asked: _told(c, one))  # type: ignore[misc]
        sent += 1


def _claim(connection: Connection) -> tuple[Handoff, list[Message]] | None:
    asked = handoffs.claim_notice(connection, handoffs.EMAIL, LEASE)
    return None if asked is None else (asked, messages.history(connection, asked.conversation_id))


def _told(connection: Connection, asked: Handoff) -> None:
    """From now on it is between the student and staff, by e-mail."""
    handoffs.notified(connection, asked.id)
    handoffs.close(connection, asked.id, "staff")


def compose(asked: Handoff, said: Sequence[Message] | None, config: settings.Settings) -> EmailMessage:
    """The e-mail to staff; a reply goes to the student. The same request always has the same Message-ID."""
    letter = EmailMessage()
    letter["Subject"] = texts.MAIL_SUBJECT
    letter["From"] = config.mail_from
    letter["To"] = config.handoff_email
    letter["Reply-To"] = asked.email
    letter["Message-ID"] = f"<{asked.id}@{config.mail_from.rpartition('@')[2]}>"
    lines = "" if said is None else "\n\n".join(transcript.lines(said))
    letter.set_content(
        texts.MAIL_BODY.format(
            school=f" of {config.school}" if config.school else "",
            name=asked.name or "-",
            email=asked.email,
            question=asked.question or "-",
            created=f"{transcript.clock(asked.created)} UTC",
            transcript=texts.MAIL_NO_TRANSCRIPT if said is None else texts.MAIL_TRANSCRIPT.format(lines=lines),
            days=config.keep_days,
        )
    )
    return letter


def send(url: str, letter: EmailMessage) -> None:
    """Hand a letter to the mail server: encrypted, but to a server on this machine. Raises OSError, SMTPException."""
    parts = urlsplit(url)
    host, context = parts.hostname or "", ssl.create_default_context()
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, parts.port or 465, timeout=SMTP_SECONDS, context=context)
    else:
        server = smtplib.SMTP(host, parts.port or 587, timeout=SMTP_SECONDS)
    with server:
        if parts.scheme == "smtp" and host not in LOOPBACK:
            server.starttls(context=context)  # raises if the server cannot: details of students go out encrypted only
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        server.send_message(letter)
