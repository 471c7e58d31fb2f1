"""What a short message means in its conversation, where its words alone mislead the classifier. Pure.

Only a name ("home health agencies?") follows up; "why?" asks for the reasons; "growing?" for the outlook; "how do I get
that one?" after a credential for the credential.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from actions.against import ASKS, WEIGHS
from actions.asking import topic_of_cues
from actions.connectives import ABOUT_WORDS, ASIDE, CONNECTIVES, LINK
from actions.context import TOPIC_INTENTS, Context, words
from actions.judging import growth_judged, judged, to_live_on
from actions.of_a_school import of_a_school
from actions.plain_follow_ups import PLAIN
from actions.plain_pay import asks_something_else, says_no_more
from actions.references import pointed, weighed_with_other
from actions.routing import FALLBACK, SURE, UNCOVERED
from actions.short_questions import (
    FIGURES,
    GET,
    UNSURE,
    VAGUE_INTENTS,
    WHO,
    at_school,
    at_work,
    brief,
    cost_or_pay,
    credential,
    figure,
    of_the_list,
    question_word,
    same_again,
    starts_at,
    why,
)
from actions.sides import added, measured, moves, of_each, other_end, same_places, set_apart, which
from actions.topic_words import beside_names, named_topic, only_topic
from actions.turn import Mention, Turn

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
_COMPARE = re.compile(r"\b(compare[ds]?|comparing|versus|vs|against|than)\b", re.I)
_VERSUS = re.compile(rf"{LINK}(?:versus|vs|compared? (?:to|with|against)|against)\b", re.I)
_TELL = re.compile(
    r"^\W*(?:(?:please|can you|could you|pls)\W+)*(?:tell me|info|information|talk to me|learn|explain)\b", re.I
)
_PAYS_MORE = re.compile(rf"{LINK}(?:which|who)\b.*\bpay(?:s|ing)? (?:more|better|(?:the )?(?:most|best))\b", re.I)
_OF_THEM = re.compile(r"\b(?:those|these|them|which (?:ones?|kind|type|sort|place)|who)\b", re.I)
_WORK = re.compile(
    r"\b(?:hir\w+|works?|working|employs?|jobs?|there|look(?:s|ing)? for|wants?|prefers?|expects?|requires?|likes?)\b",
    re.I,
)
_WISE = re.compile(r"\b([a-z]{3,})[- ]?wise\b", re.I)
_AND_ONE = re.compile(r"^\W*(?:and|but|ok|so)\b(?!.*\b(?:do|does|need|take|become|get into|go)\b)", re.I)
_ABOUT_ONE = re.compile(r"\babout (?:that|this|it)\b", re.I)
_REMARK_ENDS = re.compile(r"[.!;…]+\s+|,?\s+(?=(?:what|how) about\b)", re.I)
_THAT_ONE = re.compile(r"\b(?:how|what|does|do|is|are|and)\b.*\b(?:that|this) (?:one|job|kind)\b", re.I)
_HERE_TOO = re.compile(r"\b(?:here|home|now|mine|us|where i (?:am|live)(?: now)?)\W*$", re.I)
# "do I need experience" asks what it takes, "how long till I'm trained" when; a note of a beginner asks for their pay
_REQUIRED = re.compile(
    r"\b(?:needs?|required?|requires?|must|ha(?:ve|s) to|gotta|wants?|hires?|hired|takes?|trains?|trained|possible|can"
    r"|could|should|how|where|who|why|when|is|are|do|does|will|would)\b",
    re.I,
)
Rule = Callable[[Context, Turn], "Turn | None"]


def in_context(context: Context, turn: Turn) -> Turn:
    """The turn as it is meant in the conversation; `settled` where nothing else should decide."""
    if (school := of_a_school(context, turn)) is not None:
        return school
    kinds = turn.kinds
    if kinds == {"occupation"} and _TELL.match(turn.text) and set(words(turn.rest)) <= CONNECTIVES | ABOUT_WORDS:
        return replace(turn, intent="ask_definition", settled=True)
    if turn.intent == "ask_capabilities" and "occupation" in kinds:  # "could you tell me what such a person does?"
        does = re.search(r"\bwhat\b.*\b(?:do|does|doing)\b", turn.text, re.I)
        return replace(turn, intent="ask_duties" if does else "ask_definition", settled=True)
    if kinds == {"occupation"} and turn.intent in ("ask_definition", "ask_duties") and _WHAT_THEY_DO.search(turn.rest):
        return replace(turn, intent="ask_duties", settled=context.topic is not None)
    if suits := _suits(context, turn):
        return suits
    if kinds and kinds <= {"occupation", "place", "credential", "pay_period", "statistic"}:
        topic = only_topic(turn)  # "pay for trauma registrars"
        apart = (
            context.topic == "pay" and "place" in kinds and _COMPARE.search(turn.text)
        )  # "than the national average"
        if topic and not apart:
            return replace(turn, intent=f"ask_{topic}", settled=True)
    if two := set_apart(context, turn):
        return two
    if turn.settled or (context.topic or context.unanswered) is None:
        return turn
    rules = RULES if context.topic else RULES_AFTER_SILENCE
    return _rules(context, turn, rules) or turn


def _suits(context: Context, turn: Turn) -> Turn | None:
    """ "Terrible at small talk, brilliant with details. Would records be a good fit?": of whom a job suits, not of what
    else the story is like."""
    one = len(turn.values("occupation")) == 1 or (not turn.values("occupation") and context.occupation)
    unsure = turn.intent in _OF_SUITING or turn.confidence < UNSURE
    if not one or not unsure or turn.kinds - {"occupation", "employer_type"} or not _SUITS.search(turn.text):
        return None
    at = tuple(m for m in turn.mentions if m.kind != "employer_type")
    return replace(turn, mentions=at, intent="ask_fit", settled=True)


def _referred(context: Context, turn: Turn) -> Turn | None:
    """ "how do I get the second one?": what it points at, and what is asked of it."""
    named = pointed(context, turn)
    if named is turn:
        return None
    left = set(words(named.rest)) - CONNECTIVES
    wants = GET.search(turn.text)
    kind = named.mentions[-1].kind
    if turn.intent in VAGUE_INTENTS and not left - _VAGUE_WORDS:
        if kind == "credential":
            return named.settled_as("ask_certification", *((Mention("cue", "eligibility"),) if wants else ()))
        return (
            named.settled_as("ask_how_to_become")
            if wants
            else _one_of_two(context, named) or named.settled_as("follow_up")
        )
    if kind == "occupation" and turn.intent in ("ask_duties", "ask_definition") and _DOES.search(turn.text):
        return named.settled_as("ask_duties")  # "what does the second one do"
    weighed = turn.intent != "ask_comparison" or WEIGHS.search(turn.text)  # "and for the other one, what do they want"
    if kind == "credential" and (turn.intent in OF_A_CREDENTIAL or not weighed or WHO.search(turn.text)):
        issuer = (Mention("cue", "issuer"),) if WHO.search(turn.text) else ()
        return named.settled_as("ask_certification", *issuer)
    if both := weighed_with_other(context, named):
        return both
    rest = _rules(context, named, RULES_AFTER_REFERENCE)
    if rest is not None:
        return rest
    if not weighed:
        topic = named_topic(beside_names(named), limit=None)
        return named.settled_as(f"ask_{topic}") if topic else _one_of_two(context, named) or named
    if turn.intent in TOPIC_INTENTS:  # its name would have made it plain
        of_pay_alone = turn.intent != "ask_pay" or turn.confidence >= SURE or says_no_more(turn)
        return replace(named, settled=turn.confidence >= UNSURE and of_pay_alone)
    if turn.intent in VAGUE_INTENTS:
        return _one_of_two(context, named) or named.settled_as("follow_up")
    return named


# What is asked of a credential under its own topic: "do I need experience for the other one".
OF_A_CREDENTIAL = frozenset(
    "ask_certification ask_experience ask_education ask_how_to_become ask_skills ask_source ask_definition".split()
)
# whether a job suits somebody, whatever is told of them: "would records be a good fit", "what should he know of it"
_SUITS = re.compile(
    r"\b(?:good|bad|right|decent|better|poor|natural) (?:fit|match|choice)\b"
    r"|\bfit for (?:someone|somebody|me|him|her)\b"
    r"|\b(?:what|anything)(?: else)? (?:(?:should|would|must|do) (?:i|we|she|he|they|someone)"
    r"|(?:i|we|she|he|they|someone) (?:should|must|need to|ought to)) (?:\w+ )?"
    r"(?:know|consider|think|be aware|watch)\b.{0,12}\b(?:about|of|before|out)\b"
    r"|\bpros (?:and|&|n) cons\b|\b(?:ups|upsides) and (?:downs|downsides)\b",
    re.I,
)
_OF_SUITING = ("ask_fit", FALLBACK, "follow_up", "ask_comparison", "ask_skills", UNCOVERED)
# "managers, what is it they do": no more than a name and what may stand beside one, and yet a question of its own
_WHAT_THEY_DO = re.compile(r"\bwhat\b[^.?!]*\b(?:they|he|she|you|those|that|it|one)\b[^.?!]*\bdo(?:es|ing)?\W*$", re.I)
_DOES = re.compile(r"\bwhat (?:do|does|would)\b[^.?!]*\bdo(?: all day| exactly| every day)?\W*$", re.I)
# "id rather work in a school, what about there": what somebody would like better is asked about as was the other
_WISHED = re.compile(
    r"\b(?:i|she|he|we|they)(?:['’]?d| would|['’]?m| am|['’]?s)?\s+(?:much |really |kinda |also |probably )*"
    r"(?:rather|prefer|like|love|want|thinking|leaning|hoping|planning)"
    r"(?:\s+(?:to|of|on|be|being|become|becoming|work|working|do|doing|go|going|more|toward|towards|for))*\b",
    re.I,
)
_OF_A_FIGURE = frozenset("is it that what's whats would be if i went go was".split())
_IF_I_WORK = frozenset("if when i i'm im you you're work worked working am were get got job who that ones".split())
_VAGUE_WORDS = frozenset("how do i you get can to become become earn obtain qualify for be would could apply".split())


def _rules(context: Context, turn: Turn, rules: Sequence[Rule]) -> Turn | None:
    return next((found for rule in rules if (found := rule(context, turn)) is not None), None)


def _after_remark(turn: Turn) -> Turn:
    """ "nah thats too much school for me. medical assistant?": the turn without a remark before its names that asks
    nothing itself; itself if there is none."""
    start = max((match.end() for match in _REMARK_ENDS.finditer(turn.text.rstrip())), default=0)
    before = turn.text[:start]
    names = tuple(m for m in turn.mentions if m.kind != "cue")
    if not before.strip() or "?" in before or ASKS.search(before) or not names or min(m.start for m in names) < start:
        return turn
    if turn.intent in TOPIC_INTENTS and turn.confidence >= SURE and named_topic(before, limit=None):
        return turn  # "I want to know the pay. Medical assistant?"
    return replace(turn, text=f"{' ' * start}{turn.text[start:]}", mentions=names)


def _only_names(context: Context, turn: Turn) -> Turn | None:
    turn = _after_remark(turn)
    bare = turn.confidence < SURE or turn.intent == "ask_definition"  # "what is it there"
    there = "place" in turn.kinds and turn.kinds <= {"place", "occupation"}  # "I'm in El Paso, what would RN be here"
    elsewhere = bare and (there or (context.topic in FIGURES and turn.kinds <= {"place", "employer_type"}))
    spare = CONNECTIVES | _OF_A_FIGURE if elsewhere else CONNECTIVES  # "and what is it in drugstores"
    spare = spare | _IF_I_WORK if there or turn.kinds <= {"employer_type", "place"} else spare
    left = turn.rest if turn.intent in TOPIC_INTENTS and turn.confidence >= SURE else _WISHED.sub(" ", turn.rest)
    if turn.kinds and set(words(ASIDE.sub(" ", left))) <= spare:
        return _one_of_two(context, turn) or turn.settled_as("follow_up")
    return None


def _one_of_two(context: Context, turn: Turn) -> Turn | None:
    """After a comparison, one of the two by itself: what was compared, of that one alone."""
    named = turn.values("occupation")
    if context.topic != "comparison" or len(named) != 1 or f"occupation:{named[0]}" not in context.options:
        return None
    asked = _own_topic(turn) or named_topic(context.question or "", limit=None)
    if turn.values("place") and asked != "outlook":
        return turn.settled_as("ask_pay")
    return turn.settled_as(f"ask_{asked}" if asked else "ask_definition")


def _own_topic(turn: Turn) -> str | None:
    """What a message that names one of two asks of it, by its own words."""
    if turn.values("level"):
        return "education"  # "so the second one needs a bachelor's?"
    return named_topic(beside_names(turn), limit=None)


def _of_a_third(context: Context, turn: Turn) -> Turn | None:
    """ "wait, there's also the technologist. how much is that one", after two were compared: of that one alone."""
    named = turn.values("occupation")
    third = len(named) == 1 and f"occupation:{named[0]}" not in context.options
    if context.topic != "comparison" or not third or turn.intent not in ("follow_up", "ask_comparison"):
        return None
    if not _THAT_ONE.search(turn.text) or WEIGHS.search(turn.text):
        return None
    likely = (TOPIC_INTENTS[intent] for intent, _ in turn.ranking if intent in TOPIC_INTENTS)
    topic = _own_topic(turn) or next((one for one in likely if one != "comparison"), None)
    return turn.settled_as(f"ask_{topic}") if topic else None


def _of_one(context: Context, turn: Turn) -> Turn | None:
    """ "and what do coders get here in Ohio", "and who hires the technologist kind", after two were compared."""
    found = _one_of_two(context, turn) if turn.intent == "follow_up" else None
    likely = {TOPIC_INTENTS[intent]: share for intent, share in turn.ranking if intent in TOPIC_INTENTS}
    topic = topic_of_cues(turn.values("cue"), likely) if found else None
    return replace(found, intent=f"ask_{topic}") if found and topic else found


def _topic_named(context: Context, turn: Turn) -> Turn | None:
    """ "wut abt teh outlok"; "and the records one makes?"."""
    wise = _WISE.search(turn.text)
    if wise and (sort := named_topic(wise.group(1))):  # "what do they need, education-wise"
        return turn.settled_as(f"ask_{sort}")
    weak = turn.intent in LEANING_INTENTS or (turn.confidence < UNSURE and brief(turn))
    topic = named_topic(beside_names(turn)) if weak else None
    if topic is None or (topic == context.topic and turn.intent in LEANING_INTENTS):
        return None
    talk = (
        turn.intent in LEANING_INTENTS - {"follow_up", FALLBACK} and turn.confidence >= SURE
    )  # "who won the game last night"
    if talk and len([word for word in words(turn.rest) if word not in CONNECTIVES]) > 2:
        return None
    if topic == "tuition" and context.topic == "certification" and context.credential and not turn.kinds:
        held = Mention("credential", context.credential, implied=True)  # "and the price"
        return turn.settled_as("ask_tuition", held)
    return turn.settled_as(f"ask_{topic}")


def _of_employers(context: Context, turn: Turn) -> Turn | None:
    """ "and which of those pays the most?", after who hires them, "which pays worst?" after the employers by their pay:
    the employers, not the states."""
    cues = turn.values("cue")
    unsure = turn.confidence < UNSURE and not turn.kinds and brief(turn)
    if context.topic == "pay" and unsure and "employers" in cues and not _WORK.search(turn.text):
        return turn.settled_as("ask_pay", Mention("cue", "employers"))  # "what kind of employer gets you near that"
    ranked = {"best-places", "worst-places"} & set(turn.values("cue")) or _PAYS_MORE.search(turn.text)
    listed = "employers" in context.cues
    if not (context.topic == "work_setting" or listed) or not ranked or turn.kinds - {"occupation"}:
        return None
    if {"states", "cities"} & set(turn.values("cue")) or not (listed or _OF_THEM.search(turn.text)):
        return None
    return turn.settled_as("ask_pay", Mention("cue", "employers"))


def _set_against(context: Context, turn: Turn) -> Turn | None:
    kinds = turn.kinds
    if context.compared("place") and not kinds and _VERSUS.match(turn.text) and _HERE_TOO.search(turn.text):
        return turn.settled_as("follow_up")  # "vs here", of the two that were compared
    place = "place" in kinds and context.place
    if context.topic == "pay" and (place or "period" in kinds) and _COMPARE.search(turn.text):
        return turn.settled_as("ask_comparison")
    one = turn.values("occupation")
    workplace, at = context.employer_type, turn.values("employer_type")
    of_pay = context.topic == "pay" or turn.intent == "ask_pay"  # "how does the pay compare with hospitals"
    apart = of_pay and kinds == {"employer_type"} and _COMPARE.search(turn.text)
    if apart and len(at) == 2:  # "is that more at a hospital than at a drugstore"
        return turn.settled_as("ask_pay")
    if apart and workplace and len(at) == 1 and at[0] != workplace:  # "is that more than in hospitals", after insurers
        both = (Mention("employer_type", workplace, implied=True), *turn.mentions)
        return replace(turn, mentions=both).settled_as("ask_pay")
    if context.topic == "pay" and kinds == {"occupation"} and len(one) == 1 and _VERSUS.match(turn.text):
        held = context.occupation if context.occupation != one[0] else None
        if held:  # "vs nurses", after a figure: that figure of both
            return replace(turn, mentions=(Mention("occupation", held, implied=True), *turn.mentions)).settled_as(
                "ask_pay"
            )
    if kinds & {"occupation", "credential"} and _VERSUS.match(turn.text):
        return turn.settled_as("ask_comparison")
    return None


# "I should have said, we're moving to Ohio to be near my mother": the same there, however much is told
_MOVES_TO = re.compile(
    r"\b(?:i|we|she|he|they)(?:['’]?(?:m|re|s|ll|d)| am| are| is| will| would| might| may| have to| live| lives)*"
    r"(?: (?:now|actually|really|gonna|going to|about to|planning on|thinking of))*"
    r" (?:mov(?:e|es|ing) (?:back |over |down |up )?to|liv(?:e|es|ing) in|reloc\w+ to|head\w* to|in|near|from|based in)"
    r"\s+(?:the )?$",
    re.I,
)
_BARE = re.compile(r"^\W*(?:(?:ok|wow|and|so)\W+)*(?:what|how)(?:['’]?s|\s+is|\s+about)?\W*$", re.I)


def _told(context: Context, turn: Turn) -> Turn | None:
    """ "she lives in Wisconsin" after a figure: the same there; "tell me more about that one" after a comparison."""
    talk = turn.intent in LEANING_INTENTS and context.topic in FIGURES
    another = turn.kinds == {"occupation"} and _AND_ONE.match(turn.text)  # "and once she's a pharmacist?"
    sure = turn.intent == "out_of_scope" and turn.confidence >= SURE
    own = asks_something_else(turn) or (sure and not _BARE.match(turn.rest))
    asks = ASKS.match(turn.text) and own  # "is it crowded in Fresno", but "whats Fresno"
    short = brief(turn) or _MOVES_TO.search(turn.text[: min((m.start for m in turn.mentions), default=0)])
    if talk and (turn.kinds == {"place"} or another) and short and not asks:
        return turn.settled_as("follow_up")
    if context.topic == "comparison" and turn.intent == "ask_more" and _ABOUT_ONE.search(turn.text):
        return turn.settled_as("ask_definition")
    return None


# "would I have to go back to school for it": of the schooling, whatever is told beside it
_MORE_SCHOOL = re.compile(
    r"\b(?:do|does|did|would|will|must|should) (?:\w+ )?(?:(?:have|need|got) to )?(?:go|return|head) back to"
    r" (?:school|college|class\w*)\b"
    r"|\b(?:need|require|take|get|do)s? (?:any |some |a lot of )?(?:more|extra|additional|another round of)"
    r" (?:school\w*|classes|training|college)\b",
    re.I,
)


def _schooled_again(context: Context, turn: Turn) -> Turn | None:
    """ "I'm 58. Would I have to go back to school for it": the schooling that it takes."""
    asks = turn.intent in (*LEANING_INTENTS, "ask_education", "ask_how_to_become") and turn.confidence < SURE
    if not asks or turn.kinds or not turn.yes_no or not _MORE_SCHOOL.search(turn.text):
        return None
    return replace(turn, vector=None).settled_as("ask_education")


def _to_start(context: Context, turn: Turn) -> Turn | None:
    """ "starting out, I mean", "and brand new there, no experience", after a figure: what somebody new gets."""
    note = not _REQUIRED.search(turn.text) and named_topic(turn.text, limit=None) in (None, "pay", "experience")
    meant = turn.intent in LEANING_INTENTS or turn.confidence < UNSURE or note
    new = context.topic == "pay" and "starting" in turn.values("cue") and not turn.kinds - {"place"}
    other = turn.kinds and asks_something_else(turn)
    return turn.settled_as("follow_up") if new and meant and brief(turn) and not other else None


RULES_AFTER_REFERENCE: tuple[Rule, ...] = (_only_names, _topic_named)
RULES_AFTER_SILENCE: tuple[Rule, ...] = (measured, same_again)  # where nothing but an unanswered question was asked
RULES: tuple[Rule, ...] = (
    *PLAIN,
    cost_or_pay,
    to_live_on,
    judged,
    growth_judged,
    moves,
    added,
    same_places,
    other_end,
    which,
    of_each,
    measured,
    _referred,
    _only_names,
    starts_at,
    figure,
    question_word,
    of_the_list,
    same_again,
    at_work,
    at_school,
    credential,
    _of_employers,
    _topic_named,
    why,
    _set_against,
    _told,
    _schooled_again,
    _to_start,
    _of_a_third,
    _of_one,
)
