"""What a short message means in its conversation, where its words alone mislead the classifier. Pure.

Only a name ("home health agencies?") follows up; "why?" asks for the reasons; "growing?" for the outlook; "how do I get
that one?" after a credential for the credential.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from actions.asking import topic_of_cues, topics_of_cues
from actions.connectives import ABOUT_WORDS, CONNECTIVES, LINK
from actions.context import TOPIC_INTENTS, Context, words
from actions.references import compared, pointed
from actions.routing import ABOUT_ANSWER, FALLBACK, SURE, UNCOVERED
from actions.topic_words import beside_names, named_topic, only_topic
from actions.turn import Mention, Turn

LEANS = 12  # words up to which it may, if a cue leaves little doubt
BRIEF = 9  # words up to which a message may lean on the conversation altogether
FIGURES = ("pay", "outlook", "comparison")  # topics that figures answer, not a list
UNSURE = 0.5  # a confidence below which the words that name a topic count more
# What "how do I get that one?" is taken for without its conversation.
VAGUE_INTENTS = frozenset(
    (
        "ask_how_to_become",
        "ask_education",
        "ask_definition",
        "ask_experience",
        "ask_programs",
        "talk_to_person",
        "bot_challenge",
        "smalltalk",
        "affirm",
        "nlu_fallback",
        "follow_up",
        "out_of_scope",
        "ask_capabilities",
    )
)
# What "and the outlook?" is taken for without its conversation, beside a question of its own.
LEANING_INTENTS = frozenset(
    (
        "follow_up",
        "deny",
        "affirm",
        "nlu_fallback",
        "smalltalk",
        "thanks",
        "goodbye",
        "out_of_scope",
        "bot_challenge",
        "ask_capabilities",
        "start_over",
    )
)
# Cues that ask for something by themselves, whatever else a short message says.
TELLING_CUES = frozenset(
    "length online part-time-study accreditation renewal exam exam-fee employment openings new-jobs growth automation hours "
    "remote patients conditions internship training aid starting course issuer manager-path".split()
)
PLAIN_CUES = frozenset("length online growth openings employment hours".split())  # that leave little doubt
NEVER_SAID = frozenset(("pass-rate", "exam-fee", "tips-overtime"))  # what no source says
_COMPARE = re.compile(r"\b(compare[ds]?|comparing|versus|vs|against|than)\b", re.I)
_VERSUS = re.compile(rf"{LINK}(?:versus|vs|compared? (?:to|with|against)|against)\b", re.I)
_GET = re.compile(r"\b(get|getting|earn|obtain|become|qualify|apply|eligible)\b", re.I)
_THAT = re.compile(r"\b(it|that|this|that one|this one|the exam|the test)\b", re.I)
_TELL = re.compile(
    r"^\W*(?:(?:please|can you|could you|pls)\W+)*(?:tell me|info|information|talk to me|learn|explain)\b", re.I
)
_THOSE = re.compile(r"\b(?:one of (?:those|them|these)|those|them|these)\b", re.I)
_KNOW = re.compile(r"\b(?:need|have|should i) (?:to )?(?:know|learn|study)\b", re.I)
_WHAT_IF = re.compile(rf"{LINK}(?:what|how) (?:if|about)\b", re.I)
_WHO = re.compile(
    r"\bwho(?:'s| is| are)? (?:gives?|issu\w+|offers?|runs?|makes?|awards?|behind|hands? out|grants?)\b", re.I
)
_WHY = re.compile(rf"{LINK}(?:why|how come)(?: is (?:that|it)| so| that| it|'s that| not| though| tho)*\W*$", re.I)
_HOW_MUCH = re.compile(
    rf"{LINK}how much(?: money| in dollars| dollars| is (?:it|that)| would (?:it|that) be| in total| about| roughly)*\W*$",
    re.I,
)
_NEED_ONE = re.compile(
    r"\b(?:needs?|requires?|required to have|have to have|has to have|gotta have|must have|want|get|have) (?:one|it|that|them|those)"
    r"(?: too| as well| also)?\W*$",
    re.I,
)
_REQUIRED = re.compile(r"\b(?:optional|required|mandatory|compulsory|necessary|needed|a must|voluntary)\b", re.I)
_WHICH_ONES = re.compile(
    rf"{LINK}(?:like (?:what|which)|such as(?: what)?|for example|for instance|e\.?g\.?|(?:which|what) (?:ones?|kinds?)"
    r"|name (?:some|a few|them)|list them)(?: are there| are they| exactly| of them)*\W*$",
    re.I,
)
_NOW = re.compile(
    rf"{LINK}(?:now|today|currently|nowadays|these days|right now|at the moment|presently|this year)\W*$", re.I
)
_WHEN = re.compile(rf"{LINK}when(?: though| tho| exactly)?\W*$", re.I)
_WHO_ALONE = re.compile(rf"{LINK}who(?: though| tho| exactly)?\W*$", re.I)
_WHERE = re.compile(rf"{LINK}where(?: at| though| tho| exactly| can i| do i| is (?:it|that))?\W*$", re.I)
_HOW_MANY = re.compile(rf"{LINK}how many(?: (?:jobs|of them|people|are there|in total|are they|openings))*\W*$", re.I)
_END = re.compile(
    rf"{LINK}(?:(?P<low>bottom|lowest|low|worst|least|minimum)|(?P<high>top|highest|high|best|most|maximum))"
    r"(?: (?:one|ones|end|paid|tenth|part|earners?|figure|number|10|ten|percent)| ?%)*\W*$",
    re.I,
)
_HELPS_PAY = re.compile(
    r"\b(?:help|raise|increase|boost|affect|change|improve|bump|better|up) (?:with )?(?:my|the|your|their)? ?(?:pay|salary|wages?"
    r"|earnings|income|paycheck)\b",
    re.I,
)
Rule = Callable[[Context, Turn], "Turn | None"]


def in_context(context: Context, turn: Turn) -> Turn:
    """The turn as it is meant in the conversation; `settled` where nothing else should decide."""
    kinds = _kinds(turn)
    if kinds == {"occupation"} and _TELL.match(turn.text) and set(words(turn.rest)) <= CONNECTIVES | ABOUT_WORDS:
        return replace(turn, intent="ask_definition", settled=True)
    if turn.intent == "ask_capabilities" and "occupation" in kinds:  # "could you tell me what such a person does?"
        does = re.search(r"\bwhat\b.*\b(?:do|does|doing)\b", turn.text, re.I)
        return replace(turn, intent="ask_duties" if does else "ask_definition", settled=True)
    if kinds and kinds <= {"occupation", "place", "credential", "pay_period", "statistic"}:
        topic = only_topic(turn)  # "pay for trauma registrars"
        if topic:
            return replace(turn, intent=f"ask_{topic}", settled=True)
    if context.topic is None or turn.settled:
        return turn
    for rule in RULES:
        found = rule(context, turn)
        if found is not None:
            return found
    return turn


def _kinds(turn: Turn) -> set[str]:
    return {mention.kind for mention in turn.mentions} - {"cue"}


def _brief(turn: Turn) -> bool:
    return len(turn.rest.split()) <= BRIEF


def _as(turn: Turn, intent: str, *more: Mention) -> Turn:
    return replace(turn, intent=intent, mentions=(*turn.mentions, *more), settled=True)


def _again(context: Context, turn: Turn, *more: Mention) -> Turn:
    """The topic of the conversation, asked anew in the words of this message."""
    return _as(turn, f"ask_{context.topic}", *more)


def _which(context: Context, turn: Turn) -> Turn | None:
    """ "which of them pays more?": the two that were talked of, side by side."""
    pair = compared(context, turn)
    cues = tuple(mention for mention in turn.mentions if mention.kind == "cue")
    return replace(turn, intent="ask_comparison", mentions=(*cues, *pair), settled=True) if pair else None


def _referred(context: Context, turn: Turn) -> Turn | None:
    """ "how do I get the second one?": what it points at, and what is asked of it."""
    named = pointed(context, turn)
    if named is turn:
        return None
    left = set(words(named.rest)) - CONNECTIVES
    wants = _GET.search(turn.text)
    kind = named.mentions[-1].kind
    if turn.intent in VAGUE_INTENTS and not left - _VAGUE_WORDS:
        if kind == "credential":
            return _as(named, "ask_certification", *((Mention("cue", "eligibility"),) if wants else ()))
        return _as(named, "ask_how_to_become") if wants else _one_of_two(context, named) or _as(named, "follow_up")
    if kind == "credential" and turn.intent in OF_A_CREDENTIAL:
        issuer = (Mention("cue", "issuer"),) if _WHO.search(turn.text) else ()
        return _as(named, "ask_certification", *issuer)
    rest = _rules(context, named, RULES_AFTER_REFERENCE)
    if rest is not None:
        return rest
    if turn.intent in TOPIC_INTENTS:  # its name would have made it plain
        return replace(named, settled=turn.confidence >= UNSURE)
    if turn.intent in VAGUE_INTENTS:
        return _one_of_two(context, named) or _as(named, "follow_up")
    return named


# What is asked of a credential under its own topic: "do I need experience for the other one".
OF_A_CREDENTIAL = frozenset(
    "ask_certification ask_experience ask_education ask_how_to_become ask_skills ask_source ask_definition".split()
)
_VAGUE_WORDS = frozenset("how do i you get can to become become earn obtain qualify for be would could apply".split())


def _rules(context: Context, turn: Turn, rules: Sequence[Rule]) -> Turn | None:
    return next((found for rule in rules if (found := rule(context, turn)) is not None), None)


def _cost_or_pay(context: Context, turn: Turn) -> Turn | None:
    if not _HOW_MUCH.match(turn.text):
        return None
    schooling = context.topic == "programs" or (context.topic == "education" and (context.school or context.level))
    if context.topic == "certification" and context.credential:
        return _as(turn, "ask_tuition")
    if context.topic == "tuition" or schooling:  # what the schooling costs in dollars
        return replace(turn, intent=UNCOVERED, ranking=(("ask_tuition", 1.0),), settled=True)
    return _as(turn, "ask_pay")


def _only_names(context: Context, turn: Turn) -> Turn | None:
    if _kinds(turn) and set(words(turn.rest)) <= CONNECTIVES:
        return _one_of_two(context, turn) or _as(turn, "follow_up")
    return None


def _one_of_two(context: Context, turn: Turn) -> Turn | None:
    """After a comparison, one of the two by itself: what was compared, of that one alone."""
    named = turn.values("occupation")
    if context.topic != "comparison" or len(named) != 1 or f"occupation:{named[0]}" not in context.options:
        return None
    asked = named_topic(context.question or "", limit=None)
    return _as(turn, f"ask_{asked}" if asked else "ask_pay" if turn.values("place") else "ask_definition")


def _topic_named(context: Context, turn: Turn) -> Turn | None:
    """ "wut abt teh outlok"; "and the records one makes?"."""
    weak = turn.intent in LEANING_INTENTS or (turn.confidence < UNSURE and _brief(turn))
    topic = named_topic(beside_names(turn)) if weak else None
    if topic is None or (topic == context.topic and turn.intent in LEANING_INTENTS):
        return None
    talk = turn.intent in LEANING_INTENTS - {"follow_up", FALLBACK} and turn.confidence >= SURE  # "who won the game last night"
    if talk and len([word for word in words(turn.rest) if word not in CONNECTIVES]) > 2:
        return None
    return _as(turn, f"ask_{topic}")


def _cue_named(context: Context, turn: Turn) -> Turn | None:
    """ "growing?", "is that one still hiring": what a cue asks for, where the classifier saw a phrase of talk."""
    talk = turn.intent in LEANING_INTENTS | ABOUT_ANSWER or turn.intent == "talk_to_person"
    cues = [cue for cue in turn.values("cue") if cue in TELLING_CUES]
    if talk and turn.confidence < SURE and _brief(turn):
        if set(turn.values("cue")) & NEVER_SAID and context.topic in ("certification", "pay", "benefits"):
            return _again(context, turn)  # which says that no source has it
        topic = topic_of_cues(cues, {context.topic: 1.0} if context.topic else {})
        return _as(turn, f"ask_{topic}") if topic else None
    topic = TOPIC_INTENTS.get(turn.intent)
    weak = turn.confidence < UNSURE and len(turn.text.split()) <= LEANS and _kinds(turn) <= {"employer_type"}
    if weak and topic in topics_of_cues([cue for cue in cues if cue in PLAIN_CUES]):
        return _as(turn, f"ask_{topic}")
    return None


def _of_those(context: Context, turn: Turn) -> Turn | None:
    """ "where do I find one of those": a cue of the topic that "those" belong to."""
    weak = turn.confidence < SURE and _brief(turn) and not _kinds(turn)
    leans = _THOSE.search(turn.text) or turn.intent == FALLBACK
    if not weak or not leans or context.topic not in topics_of_cues(turn.values("cue")):
        return None
    return _again(context, turn)


def _set_against(context: Context, turn: Turn) -> Turn | None:
    kinds = _kinds(turn)
    place = "place" in kinds and context.place
    if context.topic == "pay" and (place or "period" in kinds) and _COMPARE.search(turn.text):
        return _as(turn, "ask_comparison")
    if kinds & {"occupation", "credential"} and _VERSUS.match(turn.text):
        return _as(turn, "ask_comparison")
    return None


def _why(context: Context, turn: Turn) -> Turn | None:
    if not _WHY.match(turn.text):
        return None
    if context.topic == "outlook":
        return _as(turn, "ask_outlook", Mention("cue", "driver"))
    return _as(turn, "ask_disagreement" if "differ" in turn.text.lower() else "ask_source")


def _what_if(context: Context, turn: Turn) -> Turn | None:
    return _as(turn, "follow_up") if _kinds(turn) and _WHAT_IF.match(turn.text) else None


def _question_word(context: Context, turn: Turn) -> Turn | None:
    """A question word alone: "when?", "where?", "who?", "how many?"."""
    if _WHICH_ONES.match(turn.text) and context.topic not in FIGURES:
        return _again(context, turn)
    if _HOW_MANY.match(turn.text):
        return _as(turn, "ask_outlook", *(() if "opening" in turn.text.lower() else (Mention("cue", "employment"),)))
    if _WHEN.match(turn.text) and context.topic not in FIGURES:
        return _as(turn, "follow_up")
    if _WHERE.match(turn.text):
        known = {"education": "programs", "programs": "programs", "how_to_become": "programs", "pay": "pay"}
        topic = known.get(context.topic or "", "work_setting")
        return _as(turn, f"ask_{topic}", *((Mention("cue", "best-places"),) if topic == "pay" else ()))
    if _WHO_ALONE.match(turn.text) and not (context.credential and context.topic == "certification"):
        return _as(turn, "ask_source")
    return None


def _same_again(context: Context, turn: Turn) -> Turn | None:
    """The same question of another occupation or time: "do nurses need one", "ok then now"."""
    if _NOW.match(turn.text):
        return _as(turn, "follow_up")
    schooling = context.topic in ("education", "certification", "experience", "programs", "skills", "benefits")
    if schooling and "occupation" in _kinds(turn) and _NEED_ONE.search(turn.text) and turn.confidence < SURE:
        return _as(turn, "follow_up")
    return None


def _required(context: Context, turn: Turn) -> Turn | None:
    """ "so it's optional?" after the schooling or the certification."""
    if context.topic not in ("certification", "education", "experience") or not _brief(turn) or _kinds(turn):
        return None
    if not _REQUIRED.search(turn.text) or (turn.intent in TOPIC_INTENTS and turn.confidence >= UNSURE):
        return None
    return _again(context, turn)


def _figure(context: Context, turn: Turn) -> Turn | None:
    """ "the bottom?" after a figure of pay; "would it help my pay" after a certification."""
    end = _END.match(turn.text) if context.topic == "pay" and not _kinds(turn) else None
    if end:
        return _as(turn, "follow_up", Mention("statistic", "percentile:10" if end.group("low") else "percentile:90"))
    if _HELPS_PAY.search(turn.text) and _brief(turn):
        return _as(turn, "ask_pay", Mention("cue", "pay-factor"))
    return None


def _credential(context: Context, turn: Turn) -> Turn | None:
    """What is asked of the credential that was talked of: "who runs it?", "how do I get that?"."""
    about = (
        context.credential
        and context.topic in ("certification", "tuition")
        and not _kinds(turn) & {"occupation", "credential"}
    )
    if not about or not _brief(turn):
        return None
    if _WHO.search(turn.text) or _WHO_ALONE.match(turn.text):
        return _as(turn, "ask_certification", Mention("cue", "issuer"))
    if _THAT.search(turn.text) and _KNOW.search(turn.text):  # what the exam covers, not who may take it
        others = tuple(m for m in turn.mentions if m.value != "eligibility")
        return _as(replace(turn, mentions=others), "ask_certification", Mention("cue", "exam"))
    if _THAT.search(turn.text) and turn.intent in (*VAGUE_INTENTS, "ask_certification"):
        return _as(turn, "ask_certification", *((Mention("cue", "eligibility"),) if _GET.search(turn.text) else ()))
    return None


def _from_home(context: Context, turn: Turn) -> Turn | None:
    """ "could I do that from home", where "that" is the school."""
    school = context.topic in ("education", "programs", "tuition") and "remote" in turn.values("cue")
    if not school or _kinds(turn) or not _THAT.search(turn.text):
        return None
    others = tuple(m for m in turn.mentions if m.value != "remote")
    return _as(replace(turn, mentions=others), "ask_education", Mention("cue", "online"))


RULES_AFTER_REFERENCE: tuple[Rule, ...] = (_only_names, _topic_named, _cue_named)
RULES: tuple[Rule, ...] = (
    _cost_or_pay,
    _which,
    _referred,
    _only_names,
    _figure,
    _question_word,
    _same_again,
    _from_home,
    _required,
    _topic_named,
    _of_those,
    _cue_named,
    _set_against,
    _why,
    _what_if,
    _credential,
)
