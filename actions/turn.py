"""One message as the NLU pipeline understood it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

_INDIRECT = re.compile(r"\b(?:wondering|wonder|know|ask|sure|tell me|see) (?:if|whether) ", re.I)
_QUESTION = re.compile(
    r"^\W*(?:(?:so|and|but|ok|okay|hi|hello|hey|well|also|then|um|please|just wondering|wondering)\W+)*"
    r"(do|does|did|is|are|was|were|can|could|will|would|should|must|may|has|have|am|isn't|aren't|don't|doesn't)\b",
    re.I,
)
_INNER_QUESTION = re.compile(
    r"(?:^|[.,;!?]\s*|\b(?:but|so|and|wondering|know|ask|tell me) )(?:if |whether )?"
    r"(do|does|is|are|can|could|will|would|should|must)\s+(i|you|they|we|he|she|it|there|my|the|a|an|people|most|employers?|medical|nurses?)\b",
    re.I,
)
_OPEN = re.compile(r"\b(what|which|who|whom|where|when|why|how)\b", re.I)


# Begin the cues of what is asked in plain words of a school, or of every job: what sources say of it decides, and no
# nearness to other questions.
OF_SCHOOL, EVERY_JOB = "of-school:", "every-job:"


def asked_plainly(cues: Iterable[str]) -> bool:
    """Whether such a question is asked, by its cues."""
    return any(cue.startswith((OF_SCHOOL, EVERY_JOB)) for cue in cues)


@dataclass(frozen=True)
class Mention:
    """An entity of a message; `candidates` if its name may mean several things."""

    kind: str
    value: str
    candidates: tuple[str, ...] = ()
    start: int = 0
    end: int = 0
    implied: bool = False  # the message does not say it, but what it asks tells (occupations.py)


@dataclass(frozen=True)
class Turn:
    """One message, as understood by the NLU pipeline."""

    intent: str
    text: str
    mentions: tuple[Mention, ...] = ()
    confidence: float = 1.0
    ranking: tuple[tuple[str, float], ...] = ()
    vector: str | None = None
    parts: tuple[Turn, ...] = ()  # the questions of a message that asks several
    alone: Turn | None = None  # its question without what it tells beside it, where that is another message
    settled: bool = False  # the conversation tells what is meant, whatever the words look like
    named: str | None = None  # a part written as a note ("growth?"): the topic that it names
    bare: bool = False  # and whether it says nothing else
    told: tuple[Mention, ...] = ()  # names that it only tells of: the job that someone has, the place they leave
    story: str | None = None  # the whole message, where `text` has but its question, every character in its place
    picked: Picked | None = None  # "the lower-paid one", and the message without it
    beside: str | None = None  # a job that only statistics know, of which it is asked what sources say of another
    described: Described | None = None  # "that job where you count pills", and the question about it

    def values(self, kind: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(m.value for m in self.mentions if m.kind == kind))

    @property
    def kinds(self) -> set[str]:
        """The kinds of name in the message; cues are no names."""
        return {mention.kind for mention in self.mentions} - {"cue"}

    def settled_as(self, intent: str, *more: Mention) -> Turn:
        """The message as the conversation tells that it is meant, with what it leaves unsaid."""
        return replace(self, intent=intent, mentions=(*self.mentions, *more), settled=True)

    @property
    def whole(self) -> str:
        """The text with the story that it tells beside its question."""
        return self.story or self.text

    @property
    def rest(self) -> str:
        """The text without the names in it."""
        text = self.text
        for mention in sorted(self.mentions, key=lambda m: -m.start):
            if mention.kind != "cue" and mention.end > mention.start:
                text = f"{text[: mention.start]} {text[mention.end :]}"
        return text

    @property
    def yes_no(self) -> bool:
        """Whether the message is a question that yes or no answers: "do I need …", "is a degree required"."""
        if _INDIRECT.search(self.text):
            return True
        if _QUESTION.search(self.text):
            return not re.match(
                r"^\W*(?:can|could|would|will) you (?:tell|explain|show|give|help|list)\b", self.text, re.I
            )
        return bool(_INNER_QUESTION.search(self.text)) and not _OPEN.search(self.text)


@dataclass(frozen=True)
class Picked:
    """A message without the words by which it picks one out of several, and those words (picked_out.py); `like`: the
    embedding of what they say the one is like, in "the pill counting one"."""

    turn: Turn
    phrase: str
    like: str | None = None


@dataclass(frozen=True)
class Described:
    """A job that a message describes by its work (described.py): the embedding of that, the occupations that it says
    are not meant, and the message without it; None if it asks no more than what the job is."""

    vector: str
    others: tuple[str, ...] = ()
    question: Turn | None = None
