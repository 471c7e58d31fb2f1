"""The parts of a message that leave something unsaid: notes ("growth"), and questions that need the name or the topic
of the others. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from actions.asking import all_topics_of_cues
from actions.connectives import CONNECTIVES
from actions.context import TOPIC_INTENTS, Context, words
from actions.places import THERE
from actions.plain_pay import ASKS_PAY, says_no_more
from actions.routing import UNCOVERED
from actions.stories import subject
from actions.turn import Mention, Turn
from knowledge.scope import COUNTRY

OF_SCHOOLS = ("education", "programs", "tuition")
OF_PLACES = ("ask_pay", "ask_outlook", "ask_comparison")
# names that tell by themselves what a question is about, so that it is not the school named before
NAMING = frozenset(("school", "occupation", "credential", "place", "employer_type", "foreign"))
SHORT = 10  # words
# words of a note that asks for a topic as a whole, whose best answer is the topic's own
GENERAL = frozenset(
    "school schooling education degree degrees training college certification certifications certificate cert certs"
    " skills duties experience pay salary outlook growth needed required requirements the any and what job description"
    " tasks they do hours license licensing credentials advancement promotion benefits typical".split()
)
# words of a question that is the one before it once more: "how many for the bachelor's", "and if I went to an agency"
_AGAIN = CONNECTIVES | frozenset("how many much as if i went go going through to is it be would".split())
_NOW = re.compile(r"\b(?:now|today|currently|nowadays|these days|at the moment|this year)\b", re.I)
_IT_NOW = _AGAIN | frozenset(
    "do does they them those get make earn paid pay are that now today currently nowadays s".split()
)
_OF_FIGURES = frozenset(("place", "employer_type", "occupation", "statistic", "pay_period"))
_OF_TWO = re.compile(
    r"\b(?:each|both|either|them|who|compare\w*|differ\w*|which(?: one)? (?:is|has|pays|makes|earns|takes|needs|of))\b",
    re.I,
)
_BEFOREHAND = re.compile(
    r"\b(?:first|before(?:hand)?|already|to (?:take|sit|get|earn) (?:it|that|the (?:test|exam)))\b", re.I
)


def note(part: Turn) -> Turn | None:
    """A part that is a note of its topic and nothing else ("growth"), as that; None for any other."""
    if part.named is None or not part.bare:
        return None
    general = set(re.findall(r"[a-z]+", part.rest.lower())) <= GENERAL
    return replace(part, intent=f"ask_{part.named}", settled=True, vector=None if general else part.vector)


def by_cue(turn: Turn, context: Context) -> Turn:
    """A later question of a message that its words alone do not place ("does it expire?"): on the topic of its cue."""
    if turn.intent in (*TOPIC_INTENTS, "follow_up", UNCOVERED) or len(turn.text.split()) > SHORT:
        return turn
    topics = all_topics_of_cues(turn.values("cue"))
    if not topics:
        return turn
    return replace(turn, intent=f"ask_{context.topic if context.topic in topics else topics[0]}", settled=True)


def again(context: Context, part: Turn) -> Turn | None:
    """A later question that is the one before it of something else: "how many for the bachelors", or of another time:
    "and what is it now"; None if it is not."""
    said = set(words(part.rest))
    if context.topic == "pay" and not part.kinds and _NOW.search(part.text) and said <= _IT_NOW:
        return part.settled_as("ask_pay")
    kinds = {one.kind for one in part.mentions if not one.implied and one.kind != "cue"}
    if not kinds or "school" in kinds or not said <= _AGAIN:
        return None
    if "much" in said and not kinds <= _OF_FIGURES:  # what another credential costs
        return None
    return part.settled_as("follow_up")


def beforehand(context: Context, part: Turn) -> Turn | None:
    """ "do I have to finish a degree first", after who gives a credential: of that credential; None if it is not."""
    if context.topic != "certification" or context.credential is None or part.kinds:
        return None
    if part.intent not in ("ask_education", "ask_experience", "ask_how_to_become", "ask_certification"):
        return None
    if not _BEFOREHAND.search(part.text):
        return None
    named = Mention("credential", context.credential, implied=True)
    return replace(part, vector=None, mentions=()).settled_as("ask_certification", named, Mention("cue", "eligibility"))


def is_their_pay(context: Context, part: Turn) -> bool:
    """Whether a later question is the pay of the job and the place named before it, and nothing else: "and what's the
    pay around there?"."""
    return context.place is not None and bool(ASKS_PAY.search(part.text)) and says_no_more(part)


def about_whole(context: Context, turn: Turn) -> Context:
    """The context with the one occupation or credential that a message names apart from its questions."""
    for kind in ("occupation", "credential"):
        if any(part.values(kind) for part in turn.parts):
            return context
    named = subject(turn)
    if named is None or getattr(context, named.kind) == named.value:
        return context
    if named.kind == "occupation":
        return replace(context, occupation=named.value, credential=None)
    return replace(context, credential=named.value)


def of_two(turn: Turn, part: Turn) -> Turn:
    """A question of "each" or "which" that names nobody, as one about the two occupations or credentials that the
    message names apart from its questions: "I'm torn between X and Y. what does each pay, and which …"."""
    if part.kinds & {"occupation", "credential"} or not _OF_TWO.search(part.text):
        return part
    for kind in ("occupation", "credential"):
        two = turn.values(kind)
        if len(two) == 2 and not any(one.values(kind) for one in turn.parts):
            return replace(part, mentions=(*part.mentions, *(Mention(kind, id, implied=True) for id in two)))
    return part


def of_named(
    context: Context,
    turn: Turn,
    part: Turn,
    hinted: str | None = None,
    holds: Callable[[str, str], bool] = lambda occupation, credential: False,
) -> Turn:
    """A question that names nobody, at the start of a conversation, as one about the one occupation that the message
    names: "who keeps the files private, is that on the records tech?"; or else of which it says a word (`hinted`). One
    on a credential, where the occupation has it (`holds`): "cancer registrar: is the CTR required?"."""
    named = {id for one in (*turn.parts, turn) for id in one.values("occupation") if id}
    named = named or {id for id in (hinted,) if id}
    if context.occupation is not None or len(named) != 1 or part.kinds & {"occupation", "school"}:
        return part
    only = next(iter(named))
    if any(not holds(only, credential) for credential in part.values("credential")):
        return part
    return replace(part, mentions=(*part.mentions, Mention("occupation", only, implied=True)))


def of_school(context: Context, part: Turn) -> Turn:
    """A later question of a message that named a school, as one about it: "does DeVry teach it, and do they pay for the
    exam?"."""
    if context.school is None or part.kinds & NAMING:
        return part
    return replace(part, mentions=(*part.mentions, Mention("school", context.school, implied=True)))


def around(turn: Turn) -> tuple[Mention, ...]:
    """The places of a message that stand outside its questions, and the employers that follow them: "what do they earn
    and where? just in hospitals". No employers if a question names one itself."""
    last = max((turn.text.find(part.text) + len(part.text) for part in turn.parts), default=0)
    within = {value for part in turn.parts for value in part.values("place")}
    employers = any(part.values("employer_type") for part in turn.parts)
    return tuple(
        mention
        for mention in turn.mentions
        if len(mention.candidates) < 2
        and (
            (mention.kind == "place" and mention.value not in within)
            or (mention.kind == "employer_type" and mention.start >= last and not employers)
        )
    )


def there(part: Turn, named: Sequence[Mention], others: Sequence[Turn] = ()) -> Turn:
    """A question on figures with the places and employers that stand outside all questions; where one of the others
    names a place itself, only if it says "there" or "here"."""
    elsewhere = any(set(other.values("place")) - {COUNTRY} for other in others)
    wanted = not part.values("place") and (not elsewhere or bool(THERE.search(part.text)))
    meant = tuple(one for one in named if one.kind != "place" or wanted)
    return replace(part, mentions=(*part.mentions, *meant)) if meant and part.intent in OF_PLACES else part
