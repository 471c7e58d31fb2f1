"""What a conversation is about: what is carried over from turn to turn, and what a new turn changes. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from actions.amounts import amount
from actions.aspects import TIME_WORDS
from actions.places import CARRIED_PLACE, WHICH_PLACE, leaves_ranking, with_place
from actions.plain_pay import asks_something_else
from actions.said_there import only_place
from actions.stories import own_credential, own_job, own_place
from actions.turn import Turn
from knowledge.embedding import between
from knowledge.gazetteer import SOURCE_CUE

TOPIC_INTENTS = {
    f"ask_{topic}": topic
    for topic in (
        "duties",
        "definition",
        "education",
        "programs",
        "certification",
        "pay",
        "outlook",
        "skills",
        "work_setting",
        "how_to_become",
        "experience",
        "advancement",
        "related_careers",
        "comparison",
        "fit",
        "benefits",
        "tuition",
    )
}
_PRONOUN = re.compile(r"\b(it|that|this|those|these|that one|this one|one|them)\b", re.I)
_THE_CREDENTIAL = re.compile(
    rf"{_PRONOUN.pattern}|\b(?:the|my) (?:credential|cert\w*|exam|test|title)\b|\bmine\b", re.I
)
# "the beginner one" is none that was named, nor are "others like it"
_ANOTHER_ONE = re.compile(
    r"\bthe (?!same\b)[\w'’-]+ ones?\b"
    r"|\b(?:others?|else|alternatives?|similar|another|different|besides|instead of)\b"
    r"(?: \w+)?? (?:like|to|than|from|besides|of)? ?(?:that one|this one|that|this|it|one)\b",
    re.I,
)
# "what do those earn", after "the ones in schools"; "do they make more"
_THOSE = re.compile(
    r"\b(?:those|these|such|there)\b|\bthey (?:make|earn|get|get paid|paid) (?:\w+ )?(?:more|less|better)\b", re.I
)
_DOING_THERE = re.compile(r"\bthere\b(?! (?:is|are|was|any|a|anything)\b)", re.I)  # at the employer talked of
_OF_PLACES = CARRIED_PLACE | {"work_setting", "fit", "benefits", "duties"}  # in which an employer is where one works
# Topics in which no sum of money is talked of.
_SAYS_NO_AMOUNT = frozenset(
    "duties definition education certification outlook skills work_setting how_to_become experience advancement"
    " related_careers fit".split()
)
# "how is a technologist different from what I do"
MY_WORK = re.compile(
    r"\b(?:what (?:i|we)(?:['’]?m| am| are|['’]?re)? (?:do|doing|did|used to do)(?! (?:i|we)\b)"
    r"|my (?:own |current )?(?:job|work|role|position))\b",
    re.I,
)
# "hospitals or clinics, where are nurses best paid", but not "the best paid nurses of Texas and Ohio"
_BEST_PAID = re.compile(
    r"\b(?:best|better|highest|lowest|worst|least|top)[- ]pa(?:id|y|ying)\b"
    r"(?=\W*$|\s*[,;?!.]| (?:for|of|in|at|to|as|when|if)\b)",
    re.I,
)
# The degrees of nurses, whose names they are too, and their levels.
DEGREES = {"adn": "associate", "asn": "associate", "bsn": "bachelor", "msn": "master"}
_OF_SCHOOLS = {"programs", "education", "tuition", "certification", "experience"}
_THE_SCHOOL = re.compile(
    r"\b(?:it|that|they|their|theirs|there|those|them)\b"
    r"|\bthe (?:school|program|degree|certificate|associate|bachelor|tuition|classes|courses|credits?|price|cost)"
    r"|\b(?:an?|one|each|every) (?:session|term|semester|quarter|class|course)\b",
    re.I,
)
_IN_GENERAL = re.compile(r"\b(?:need|require|have to|has to|must|job|career|other)", re.I)
_IN_GENERAL_AT = re.compile(r"(?<!or )(?<!vs )(?<!than )(?<!and )\bin general\b", re.I)
COMPARED = ("occupation", "credential", "place", "employer_type")  # kinds of which several are set side by side
PLAIN = 8  # words up to which a question that names a degree is about that level alone
KEPT = 12  # how many of the names talked of are remembered
ASKED_ANEW = frozenset(("judged", "of-whom", "why"))  # cues of what is asked about the last figure in words of its own
STEP_UP = "advancement"  # the topic in which another job than the occupation is talked of
LAST_QUESTION = "last_question"
# The fields that are kept in one slot together, most of which belong to one question.
OF_THE_QUESTION = (
    *("question", "vector", "cues", "yes_no", "page", "pending", "options", "further", "misses", "own", "held", "home"),
    *("unanswered", "left", "beside"),
)


def words(text: str) -> list[str]:
    """The words of a text in lower case."""
    return re.findall(r"[a-z']+", text.lower())


def ids_of(names: Sequence[str], kind: str) -> list[str]:
    """The ids of a kind among names as kind:id, in their order."""
    return [name.partition(":")[2] for name in names if name.startswith(f"{kind}:")]


@dataclass(frozen=True)
class Context:
    """The slots. None: not asked. `cues`, `question` and its `vector` (embedding.pack) belong to the last question."""

    topic: str | None = None
    occupation: str | None = None
    second_occupation: str | None = None
    place: str | None = None
    second_place: str | None = None
    credential: str | None = None
    second_credential: str | None = None
    statistic: str | None = None
    pay_period: str | None = None
    employer_type: str | None = None
    second_employer_type: str | None = None
    level: str | None = None
    school: str | None = None
    period: str | None = None
    second_period: str | None = None
    foreign: str | None = None
    cues: tuple[str, ...] = ()
    pending: tuple[str, ...] = ()  # what an ambiguous name may mean, while the question back is open
    further: tuple[str, ...] = ()  # what is compared beyond two, as kind:id
    options: tuple[str, ...] = ()  # all that were compared last, as kind:id, for "the second one"
    recent: tuple[str, ...] = ()  # what was talked of so far, as kind:id in its order, for "back to the first one"
    question: str | None = None
    vector: str | None = None
    yes_no: bool = False
    page: int = 0
    misses: int = 0  # messages in a row that were not understood
    own: str | None = None  # the occupation that someone has, as they told
    held: str | None = None  # the credential that they have
    home: str | None = None  # the place where they live, or come from, if they asked of another
    unanswered: str | None = None  # the topic of the last question, if no source answers it
    beside: str | None = None  # a job that only statistics know, spoken of beside the occupation: nurse practitioners
    left: tuple[str, ...] = ()  # topic, question and vector of the one of several questions that had no answer

    def spoken(self, kind: str) -> list[str]:
        """The ids of a kind that were talked of, in their order; one that came back is there again."""
        return ids_of(self.recent, kind)

    def last(self, kind: str, *besides: str | None) -> str | None:
        """What was talked of last of a kind besides these; None if there is nothing."""
        return next((id for id in reversed(self.spoken(kind)) if id not in besides), None)

    def compared(self, kind: str) -> tuple[str, ...]:
        """The ids of a kind that the question sets side by side, in its order; () if it does not."""
        one, other = getattr(self, kind), getattr(self, f"second_{kind}")
        return (one, other, *ids_of(self.further, kind)) if one and other else ()

    @classmethod
    def from_slots(cls, slots: Mapping[str, Any]) -> Context:
        """The context in a tracker's slots; what is missing is as if it had never been said."""
        last = slots.get(LAST_QUESTION)
        values = {**slots, **(last if isinstance(last, Mapping) else {})}
        known: dict[str, Any] = {f.name: values[f.name] for f in fields(cls) if values.get(f.name) is not None}
        for name in ("cues", "pending", "further", "options", "recent", "left"):
            known[name] = tuple(known.get(name, ()))
        return cls(**known)

    def to_slots(self) -> dict[str, Any]:
        """The slots of domain.yml that say it."""
        values = {f.name: list(v) if isinstance(v := getattr(self, f.name), tuple) else v for f in fields(self)}
        last = {name: values.pop(name) for name in OF_THE_QUESTION}
        return {**values, LAST_QUESTION: last}


@dataclass(frozen=True)
class Ambiguity:
    """A name that may mean several things: which kind, the name as written, the ids it may mean."""

    kind: str
    candidates: tuple[str, ...]


def ambiguity(context: Context, turn: Turn) -> Ambiguity | None:
    """The first name that must be asked back about; none if the conversation already tells."""
    for mention in turn.mentions:
        if len(mention.candidates) > 1:
            if mention.kind == "occupation" and context.occupation in mention.candidates:
                continue
            return Ambiguity(mention.kind, mention.candidates)
    return None


def understand(context: Context, turn: Turn, default_occupation: str) -> Context:
    """The context after `turn`: a new topic keeps the occupation; a new occupation drops what was its own."""
    follow_up = turn.intent not in TOPIC_INTENTS
    topic = _topic(context, turn, follow_up)
    occupations = _occupations(context, turn)
    changed = bool(occupations) and occupations[0] not in (context.occupation, *context.pending)
    local = follow_up and topic in ("pay", "outlook") and leaves_ranking(context, turn)
    # "and for nurses?": the same question
    again = follow_up and topic == context.topic and context.question is not None and not local
    after_why = topic == "pay" and "why" in context.cues  # "and in Ohio?", after "why so low": its figure
    again = again and not after_why and not ASKED_ANEW & set(turn.values("cue"))
    question, vector = (context.question, context.vector) if again else (turn.text, turn.vector)
    if again and topic not in CARRIED_PLACE and turn.kinds & {"employer_type", "level"}:
        question = f"{context.question} {turn.text}"  # "even the ones in schools?": both together
        vector = between(vector, turn.vector) if vector and turn.vector else vector
    new = replace(
        context,
        topic=topic,
        page=0,
        pending=(),
        misses=0,
        unanswered=None,
        left=(),
        foreign=_first(turn, "foreign"),
        question=question,
        vector=vector,
        yes_no=context.yes_no if again else turn.yes_no,
        second_occupation=None,
        second_place=None,
        second_credential=None,
        second_employer_type=None,
        further=(),
        cues=_cues(context, turn, follow_up, topic, local=local, after_why=after_why),
        own=own_job(turn) or context.own,
        held=own_credential(turn) or context.held,
        home=own_place(turn) or context.home,
        beside=turn.beside,  # of the next turn alone, unless that keeps it
    )
    offered = [f"{kind}:{id}" for kind in ("occupation", "place") for id in turn.values(kind) if id in context.pending]
    if offered and len(context.pending) == 2:  # "and the other kind?"; of more, what was not chosen is not talked of
        kind = offered[0].partition(":")[0]
        new = replace(new, options=tuple(f"{kind}:{id}" for id in context.pending))
    new = _with_occupations(new, context, turn, occupations, topic, default_occupation)
    named = any(m.kind == "occupation" and not m.implied for m in turn.mentions)
    new = with_place(new, context, turn, follow_up, topic, named)
    new = _with_credential(new, context, turn, follow_up, topic, changed)
    new = _with_figures(new, context, turn, follow_up, topic, changed)
    new = _of_its_own(_with_further(new, context, turn, occupations), context, turn)
    told = tuple(mention.value for mention in turn.told if mention.kind == "credential")  # "mine", later on
    return _with_options(new, told)


def _of_its_own(new: Context, context: Context, turn: Turn) -> Context:
    """ "And in Charlotte itself?", "what's that a month", after a question that set two side by side: asked in its own
    words alone."""
    left = new.topic == "pay" and any(context.compared(kind) and not new.compared(kind) for kind in COMPARED)
    if not left or new.question != context.question:
        return new
    return replace(new, question=turn.text, vector=turn.vector, yes_no=turn.yes_no, cues=turn.values("cue"))


def _with_further(new: Context, context: Context, turn: Turn, occupations: Sequence[str]) -> Context:
    """What is compared beyond two: all that the message names, or all that were compared before it."""
    found: list[str] = []
    for kind in COMPARED:
        two = new.compared(kind)
        named = occupations if kind == "occupation" else turn.values(kind)
        known = named or ids_of(context.options, kind)
        if two and set(two) <= set(known):
            found += [f"{kind}:{id}" for id in known if id not in two]
    several = any(new.compared(kind) for kind in COMPARED)
    best = several and _BEST_PAID.search(turn.text)  # the one that is, not the tenth that earns most
    return replace(new, further=tuple(found), statistic=None if best else new.statistic)


def _with_options(new: Context, told: Sequence[str] = ()) -> Context:
    """Remember what is compared, so that "the second one" can be told, and what was talked of."""
    talked = [(kind, new.compared(kind) or (getattr(new, kind),)) for kind in ("credential", "occupation", "place")]
    options = new.options
    for kind, ids in talked:  # another one is talked of now
        if ids[0] and options and options[0].startswith(f"{kind}:") and f"{kind}:{ids[0]}" not in options:
            options = ()
    for kind, ids in reversed(talked):
        named = tuple(f"{kind}:{id}" for id in ids)
        if len(set(ids)) > 1 and set(named) != set(options):  # compared again, "the second" is the same as before
            options = named
    at = ("employer_type", new.compared("employer_type") or (new.employer_type,))
    return replace(new, options=options, recent=_recent(new, [("credential", told), *talked, at]))


def _recent(new: Context, talked: Sequence[tuple[str, Sequence[str | None]]]) -> tuple[str, ...]:
    recent = list(new.recent)
    for kind, ids in talked:
        for id in ids:
            last = next((name for name in reversed(recent) if name.startswith(f"{kind}:")), None)
            if id and last != f"{kind}:{id}":
                recent.append(f"{kind}:{id}")
    return remembered(recent)


def remembered(recent: Sequence[str]) -> tuple[str, ...]:
    """Of the names talked of, as kind:id, those that are remembered: the first two and the last."""
    return tuple(recent if len(recent) <= KEPT else (*recent[:2], *recent[2 - KEPT :]))


def _topic(context: Context, turn: Turn, follow_up: bool) -> str | None:
    topic = TOPIC_INTENTS.get(turn.intent, context.topic)
    kinds = {mention.kind for mention in turn.mentions if not mention.implied}
    if follow_up and topic in (None, "outlook", "comparison") and WHICH_PLACE.search(turn.text):
        return "pay"
    two = context.second_employer_type or (context.second_place and not turn.settled)
    of_two = topic == "comparison" and two and kinds & {"employer_type", "place"}
    of_places = topic == "comparison" and context.second_place and "occupation" in kinds  # "and nurses here in Ohio?"
    if follow_up and (of_two or of_places or (topic == "outlook" and "statistic" in kinds)):
        return "pay"
    levels = len(turn.values("level"))
    if topic == "comparison" and (levels == 2 or (levels and not context.options)) and not _two_named(turn):
        return "education"  # "a certificate or an associate for coding: how long is each?"
    said = [turn.whole[m.start : m.end].lower() for m in turn.mentions if m.kind == "occupation" and m.end > m.start]
    if topic == "comparison" and said and set(said) <= set(DEGREES):
        return "education"  # "ADN or BSN"
    figure = kinds & {"place", "pay_period", "statistic"}
    elsewhere = topic is None or (topic not in CARRIED_PLACE and figure)
    figure_only = topic is None or kinds & {"pay_period", "statistic"} or not asks_something_else(turn)
    elsewhere = elsewhere and bool(figure or "employer_type" in kinds) and figure_only
    if follow_up and elsewhere and not kinds & {"credential", "level"} and not only_place(context, turn):
        return "pay"  # "and in Ohio?", after duties
    if follow_up and topic in _SAYS_NO_AMOUNT and not kinds and amount(turn.text):
        return "pay"  # "and the 60k they advertise?"
    if follow_up and "credential" in kinds and topic not in ("comparison", "certification", "pay", "tuition"):
        return "certification"
    if follow_up and "level" in kinds and topic not in ("education", "programs", "comparison"):
        return "education"
    if follow_up and topic == "fit" and "employer_type" in kinds:
        return "work_setting"  # "and if I work in a school?"
    if follow_up and topic is None and "occupation" in kinds:
        return "definition"
    if topic in ("how_to_become", "education", "definition") and not kinds & {"occupation", "level"}:
        named = "credential" in kinds
        meant = context.topic == "certification" and context.credential and _PRONOUN.search(turn.text)
        if named or (meant and topic != "education"):
            return "certification"
    of_schools = ("programs", "education", "tuition", *(() if follow_up else ("certification",)))
    if "school" in kinds and topic not in of_schools:
        return "programs"
    if len(turn.values("credential")) > 1 and topic == "certification":
        return "comparison"
    return topic


def _two_named(turn: Turn) -> bool:
    return any(len(turn.values(kind)) > 1 for kind in ("occupation", "credential", "place", "school"))


def _occupations(context: Context, turn: Turn) -> tuple[str, ...]:
    found = []
    for mention in turn.mentions:
        if mention.kind == "occupation":
            known = context.occupation in mention.candidates
            found.append(context.occupation if known and context.occupation else mention.value)
    if len(found) > 1 and len(set(found)) == 1 and turn.intent == "ask_comparison":
        return (found[0], found[0])  # "coder or biller?": two names of one occupation
    return tuple(dict.fromkeys(found))


def _with_occupations(
    new: Context, context: Context, turn: Turn, occupations: Sequence[str], topic: str | None, default: str
) -> Context:
    if len(occupations) == 2 and topic in ("pay", "comparison") and occupations[0] == new.own:
        occupations = occupations[::-1]  # "12 years as a cook, would I make more as a biller": of that one from now on
    if len(occupations) >= 2:
        return replace(new, occupation=occupations[0], second_occupation=occupations[1])
    if occupations and topic == "comparison" and any(len(turn.values(kind)) > 1 for kind in ("employer_type", "place")):
        return replace(new, occupation=occupations[0])  # "would a registrar do better at an insurer or in a hospital"
    if occupations and topic == "comparison":
        mine = context.own if MY_WORK.search(turn.text) else None
        other = mine or context.occupation or default
        if occupations[0] == other and not mine:
            other = context.last("occupation", other) or other
        if occupations[0] != other and MY_WORK.search(turn.text):  # which is talked of from now on
            return replace(new, occupation=occupations[0], second_occupation=other)
        if occupations[0] != other:
            return replace(new, occupation=other, second_occupation=occupations[0])
    if occupations:
        return replace(new, occupation=occupations[0])
    if topic == "comparison" and context.options[:1] and not occupations:
        kind, _, one = context.options[0].partition(":")
        if kind == "occupation":
            return replace(new, occupation=one, second_occupation=context.options[1].partition(":")[2])
    figure = bool(turn.kinds) and turn.kinds <= {"place", "pay_period", "statistic"}  # "and in Ohio?", "and hourly"
    figure = figure and (turn.kinds == {"place"} or not _PRONOUN.search(turn.text))  # "what's that an hour" is of one
    same_two = topic == "comparison" or (topic == context.topic == "pay" and figure)
    if same_two and context.second_occupation:
        return replace(new, second_occupation=context.second_occupation)
    return replace(new, occupation=context.occupation or default)


def _with_credential(
    new: Context, context: Context, turn: Turn, follow_up: bool, topic: str | None, changed: bool
) -> Context:
    credentials = turn.values("credential")
    if credentials:
        second = credentials[1] if len(credentials) > 1 else None
        if topic == "comparison" and second is None and context.credential not in (None, credentials[0]):
            return replace(new, credential=context.credential, second_credential=credentials[0])
        return replace(new, credential=credentials[0], second_credential=second)
    if topic == "comparison" and context.options[:1] and context.options[0].startswith("credential:") and not changed:
        one, other = ids_of(context.options, "credential")[:2]
        return replace(new, credential=one, second_credential=other)
    if changed:
        return replace(new, credential=None)
    kept = follow_up or (
        topic in ("certification", "tuition") and _THE_CREDENTIAL.search(_ANOTHER_ONE.sub(" ", turn.text))
    )
    return (
        new if kept or topic not in ("certification", "comparison", "pay", "tuition") else replace(new, credential=None)
    )


def _with_figures(
    new: Context, context: Context, turn: Turn, follow_up: bool, topic: str | None, changed: bool
) -> Context:
    employers, periods = turn.values("employer_type"), turn.values("period")
    if len(employers) == 2 and _IN_GENERAL_AT.search(turn.text):  # "the federal government in general"
        employers = tuple(one for one in employers if one != "all")
    if topic == "comparison" and len(periods) == 1 and context.period not in (None, periods[0]):
        periods = (context.period or "", *periods)
    # "how much is that an hour?" is asked of the figure before, whatever the classifier takes it for
    weighed = any(m.kind == "occupation" and m.implied for m in turn.mentions)  # "vs LPNs", after an hourly figure
    carry = topic == context.topic and (follow_up or (topic == "pay" and (weighed or turn.kinds == {"pay_period"})))
    same_figure = carry or (topic == "comparison" and context.topic == "pay" and turn.settled)
    there = context.place is None and "there" in words(turn.text)  # "and medical assistants there", after hospitals
    at_those = carry or (topic == "pay" and context.topic in _OF_PLACES and bool(_THOSE.search(turn.text)))
    at_those = at_those or (topic == "duties" and bool(_DOING_THERE.search(turn.text)))
    at_school = (carry or of_the_school(context, turn, topic)) and not changed
    # "how about nurses who work for the government", after the lowest tenth in a city: a question of its own
    anew = employers and context.employer_type is None and context.occupation in turn.values("occupation")
    return replace(
        new,
        statistic=_statistic(turn) or (context.statistic if same_figure and not anew else None),
        pay_period=_pay_period(turn) or (context.pay_period if same_figure and not anew else None),
        employer_type=employers[0]
        if employers
        else (context.employer_type if at_those and (there or not changed) else None),
        second_employer_type=employers[1] if len(employers) > 1 else None,
        level=_first(turn, "level") or _named_degree(turn) or (context.level if at_school else None),
        school=_first(turn, "school") or (context.school if at_school else None),
        period=periods[0] if periods else None,
        second_period=periods[1] if len(periods) > 1 else None,
    )


def of_the_school(context: Context, turn: Turn, topic: str | None = "programs") -> bool:
    """Whether a message asks about the school that was talked of: "how long is the associate there?"."""
    schooling = {topic, context.topic} <= _OF_SCHOOLS
    return schooling and bool(_THE_SCHOOL.search(turn.text)) and not _IN_GENERAL.search(turn.text)


def between_both(context: Context, turn: Turn) -> str | None:
    """The packed embedding halfway between the last question and this message; the message's own if either has none."""
    return between(context.vector, turn.vector) if context.vector and turn.vector else turn.vector


def of_what_was_said(question: str, school: str) -> bool:
    """Whether a question means the school talked of and does not name it: "do those credits count for a degree"."""
    pointing = re.sub(r"\b(?:is|are) there\b", " ", question, flags=re.I)
    return school not in question.lower() and bool(_THE_SCHOOL.search(pointing))


def _statistic(turn: Turn) -> str | None:
    """The statistic asked for; of "median or mean" the mean, whose answer gives both; of "the lower end, like the
    bottom quarter" the quarter, which is the plainer word."""
    named = turn.values("statistic")
    quarter = next((one for one in named if one in ("percentile:25", "percentile:75")), None)
    return "mean" if {"mean", "median"} <= set(named) else quarter or next(iter(named), None)


def _pay_period(turn: Turn) -> str | None:
    """An explicit unit ("hourly") beats the year that the word "salary" only hints at."""
    periods = turn.values("pay_period")
    explicit = [period for period in periods if period != "year"]
    return explicit[0] if explicit else (periods[0] if periods else None)


def _cues(
    context: Context, turn: Turn, follow_up: bool, topic: str | None, *, local: bool, after_why: bool
) -> tuple[str, ...]:
    """`local`: only the place of a figure is asked about; `after_why`: a figure after the reasons for it."""
    cues = turn.values("cue")
    if local:
        return ()
    if follow_up and after_why:
        return cues
    if "openings" in cues:
        cues = tuple(cue for cue in cues if cue != "employment")  # "how many job openings", not how many work
    if topic == "education" and "length" not in cues and re.search(TIME_WORDS, turn.text, re.I):
        cues = ("length", *cues)  # "ADN or BSN, which is quicker to finish"
    two = topic == "comparison" and context.topic == "certification" and len(turn.values("credential")) > 1
    if cues or not follow_up or not (two or topic == context.topic):
        return cues
    ended = {"starting"} if "statistic" in turn.kinds else set()  # "and the top ten percent?", after beginners
    return tuple(cue for cue in context.cues if cue not in ASKED_ANEW | ended and not cue.startswith(SOURCE_CUE))


def levels_asked(context: Context) -> set[str]:
    """The levels of schooling that the last question means: the one talked of, or those of the degrees of nurses that
    it names."""
    named = {DEGREES[word] for word in words(context.question or "") if word in DEGREES}
    return {context.level} if context.level else named


def _named_degree(turn: Turn) -> str | None:
    """The level of the one degree that stands for nurses in a message: "what's a BSN"."""
    said = {turn.whole[m.start : m.end].lower() for m in turn.mentions if m.kind == "occupation"} & set(DEGREES)
    plain = len(said) == 1 and len(words(turn.whole)) <= PLAIN  # not "could I do the ADN first and the rest later"
    return DEGREES[said.pop()] if plain else None


def _first(turn: Turn, kind: str) -> str | None:
    values = turn.values(kind)
    return values[0] if values else None
