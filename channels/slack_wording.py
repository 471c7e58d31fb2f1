"""What the Slack channel itself says; answers come from the actions."""

from __future__ import annotations

from collections.abc import Sequence

SAMPLES: Sequence[str] = (
    "How much do medical records technicians earn?",
    "What schooling do medical records technicians need?",
    "Compare medical assistants and registered nurses",
    "What is the job outlook for registered nurses in Ohio?",
)
ABLE = (
    "Ask me about a job: what people do in it, the schooling and certifications it takes, what it pays in any US state "
    "or metro area, and where it leads. Every fact names its source and date, and if sources differ I say so."
)
NOT_ABLE = "If no source covers a question, I say that too, and note it for the staff. I never make an answer up."
HOME_TITLE = "Questions on careers, answered from sources"
GREETING = "Hi! I answer questions on careers from a collection of sources."
PROMPTS_TITLE = "You can ask, for example:"
WHERE = (
    "Write to me directly, mention me in a channel, or use {command} for an answer that only you see. In a thread "
    "where I take part you need not mention me again."
)
FEEDBACK_YES, FEEDBACK_NO = "👍 Helpful", "👎 Not helpful"
NOTED_YES = "Thank you. Noted: the answer helped."
NOTED_NO = "Thank you. Noted: the answer did not help. You can ask for a person if you like."
ASK_PERSON = "Ask a person"
PERSON_SUGGESTION = "Talk to a person"  # among the suggestions of actions/
SHARE = "Share in channel"
SHARED = "Shared in the channel."
SHARE_GONE = "I no longer have that answer. Please ask again, then share it."
ASKED = "asked:"
SOURCES = "Sources"
MORE_SOURCES = "… and {count} more, under the numbers in the text"
MORE_LINES = "… and {count} more that do not fit here"
WORKING = "is looking that up…"
NO_TEXT = "I can only read text. What would you like to know?"
OLD_BUTTON = "That button belongs to an answer that I can no longer check. Please ask in words."
PERSON_TITLE = "Ask a person?"
PERSON_CONFIRM = "Your name, this question and what you write here until the talk ends go to the staff who answer."
PERSON_YES, PERSON_NO = "Ask a person", "Cancel"


def too_long(length: int, limit: int) -> str:
    """What is said to a message that is too long to be read."""
    return f"Your message has {length} characters; I can read at most {limit}. Please shorten it."


def person(contact: str) -> str:
    """Where to find a person if none can be called from here."""
    return f"You can reach a person at {contact}."


def help_text(command: str, contact: str) -> str:
    """What `/career` and `/career help` explain."""
    where = WHERE.format(command=f"{command} and your question")
    return f"{ABLE}\n{where}\nFor example: {command} {SAMPLES[0]}\n{NOT_ABLE} {person(contact)}"


def knowledge(sources: int, newest: str, checked: str) -> str:
    """How up to date the knowledge is."""
    return (
        f"I answer from {sources} editions of sources. The newest was published on {newest}; the last look at a source "
        f"was on {checked}."
    )


# --- a person takes over

A_STUDENT, SOMEBODY = "A student", "Somebody"
ASKS_FOR_PERSON = "asks for a person."
IN, IN_DIRECT = "in", "in a direct message"
QUESTION, EMAIL = "Question", "E-mail"
TRANSCRIPT = "What was said so far (the student agreed that you read it):"
CARD_HOW = (
    "Answer in this thread: what you write here reaches the student, and the assistant keeps quiet until you close the "
    "talk. If you mention me here, I answer you, and the student does not see that."
)
CARD_AGAIN = "This request was deleted, but the student still waits. To end it, close it."
CLOSE = "Close the talk"
END_TALK = "End the talk"
TALK_IS_OVER = "This talk is over: the student does not see what you write here."
ONLY_TEXT_ARRIVES = "Only text reaches the student, no files."
OVER = {
    "staff": "Closed.",
    "student": "The student ended the talk.",
    "overdue": "Nobody took this up in time. The student was told so, and the assistant answers again.",
    "deleted": "The student deleted the conversation. What was written here is deleted, too.",
}


def passed_on(contact: str) -> str:
    """What somebody in Slack reads who asked for a person."""
    return (
        f"I have passed this on to {contact}. They answer here. What you write here from now on goes to them, and I "
        "keep quiet until the talk ends."
    )
