"""Short questions that mean something in their conversation only: "why?", "how much", "do nurses need one". Pure.

Each rule gives the message as it is meant, or None.
"""

from __future__ import annotations

import re
from dataclasses import replace

from actions.asking import topics_of_cues
from actions.aspects import GROWTH_WORDS
from actions.connectives import CONNECTIVES, LINK
from actions.context import Context, between_both, words
from actions.judging import RANKS
from actions.places import THERE
from actions.plain_pay import asks_something_else
from actions.routing import SURE, TALK, UNCOVERED
from actions.stories import turned_to
from actions.topic_words import beside_names, named_topic
from actions.turn import Mention, Turn
from knowledge.scope import COUNTRY

ABOUT_EXAM = 14  # words up to which experience is asked for the exam of the credential that was talked of
BRIEF = 9  # words up to which a message may lean on the conversation altogether
SURE_OF_TOPIC = 0.8  # a confidence from which a question after a figure is not another one on figures
UNSURE = 0.5  # a confidence below which the words that name a topic count more
LISTS = ("related_careers", "advancement")  # topics whose answer is a list of jobs
LISTED = 0.7  # how sure it is that "which of those" asks about them
_OF_FIGURES = ("ask_pay", "ask_outlook", "ask_comparison")
FIGURES = ("pay", "outlook", "comparison")  # topics that figures answer, not a list
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
GET = re.compile(r"\b(get|getting|earn|obtain|become|qualify|apply|eligible)\b", re.I)
WHO = re.compile(
    r"\bwho(?:['’]?s| is| are)?(?: (?:actually|really|exactly))? (?:gives?|issu\w+|offers?|runs?"
    r"|makes?(?! (?:more|most|less|better|the))|awards?|behind|hands? out|grants?)\b"
    r"|\bwho(?:['’]?s| is| does| did)? (?:it|(?:that|this)(?: one)?|the \w+)(?: come)? (?:from|by|through)\b",
    re.I,
)
_WHY = re.compile(
    rf"{LINK}(?:why|how come)(?: is (?:that|it)| so| that| it|'s that| not| though| tho| lol| haha)*\W*$", re.I
)
ASKS_WHY = re.compile(
    rf"{LINK}(?:why|how come|what explains|what(?:['’]s| is) the reason(?: for)?|for what reason)\b", re.I
)
FEW_BESIDE = 4  # words of its own beside "why" of what is paid: "why do they pay people so badly"
_OF_MONEY = re.compile(
    r"\b(?:pa(?:y|ys|id|ying)|mak(?:e|es|ing)|earn\w*|salar\w+|wages?|money|low\w*|high\w*|big|gap|difference)\b", re.I
)
_WEIGHED = re.compile(r"\b(?:more|less|higher|lower|better|worse|bigger|different|difference|gap|jump|drop)\b", re.I)
# what may be said beside "why" of figures that somebody was told
_OF_A_DIFFERENCE = frozenset(
    "is are was were do does did would it its it's that this they those these them there here over so such much more"
    " less low high lower higher lowest highest big bigger huge large small little bit lot way same different"
    " difference gap jump drop pay paid pays paying make makes making earn earns earning get gets getting than one"
    " other others both two up down have has be not".split()
)
# "why does that matter", "what difference does it make"
_MATTERS = re.compile(
    rf"{LINK}(?:why (?:does|would|should|do|is|are) (?:that|it|this|they|those|these)(?: even| so| really| such)* "
    r"(?:matter|count|important|a (?:big )?deal|needed|required|necessary|help|good|useful)\b"
    r"|what (?:difference|good) (?:does|would|will) (?:that|it|this|they) (?:make|do)\b"
    r"|what(?:['’]?s| is) (?:so (?:important|special|great) about"
    r"|the (?:big )?(?:deal|point|use|good) (?:with|of|in|about|to)) (?:that|it|this|them|those)\b"
    r"|why (?:bother|care)\b)",
    re.I,
)
_I_MEAN = re.compile(r"\bi (?:mean|meant)\b", re.I)
_OF_A_SCHOOL = ("programs", "education", "tuition", "certification")
_PAID_FOR = re.compile(
    r"\b(?:they|the (?:school|college|program)|who)(?: (?:will|would|also|even|ever|help|to|does|do))*"
    r" (?:pays?|covers?|reimburses?|foots?|picks? up)\b(?: \w+){0,3}?"
    r" (?:it|that|one|them|those|exams?|tests?|certif\w+|fees?|bill)\b",
    re.I,
)
_CHARGES = re.compile(
    r"\b(?:how much|what)\b.*\b(?:(?:they|those|these|it|that|schools?|colleges?|programs?) (?:\w+ )?charg(?:e|es|ing)"
    r"|set (?:me|you|us|them|her|him|u) back)\b"
    r"|\b(?:how much|what) (?:do|does|would|will) (?:it|that|those|these|they|one)(?: \w+)? run(?: (?:me|you|us|u))?\b",
    re.I,
)
HOW_MUCH = re.compile(
    rf"{LINK}how much(?: money| in dollars| dollars| is (?:it|that)| would (?:it|that) be| in total)*\W*$",
    re.I,
)
_IS_IT = re.compile(r"\b(?:is|would) (?:it|that)\b", re.I)
_NEED_ONE = re.compile(
    r"\b(?:needs?|requires?|required to have|have to have|has to have|gotta have|must have|want|get|have)"
    r" (?:one|it|that|them|those)(?: too| as well| also)?(?: (?:for|as|in|with|to be)(?: an?| the)?)?\W*$",
    re.I,
)
_WHICH_ONES = re.compile(
    rf"{LINK}(?:(?:like|as) (?:what|which)(?: (?:ones?|kinds?|sorts?|types?))?|such as(?: what)?"
    r"|for example|for instance|e\.?g\.?|(?:which|what) (?:ones?|kinds?)"
    r"|name (?:some|a few|them)|list them)(?: are there| are they| exactly| of them)*\W*$",
    re.I,
)
_OTHERS = re.compile(
    rf"{LINK}(?:any|what|which|are there)(?: are)?(?: the| any)? others?"
    r"(?: (?:ones?|kinds?|schools?|exams?|cert\w*))?(?: (?:are|is) there| out there| like (?:it|that)"
    r"| (?:i|you|u) (?:can|could) (?:get|take|do)| to (?:get|take))*\W*$",
    re.I,
)
_OF_THE_LIST = re.compile(r"\b(?:which|what)(?: ones?)? of (?:them|these|those)\b|\bwhich ones\b", re.I)
_FOR_THOSE = re.compile(
    r"\b(?:for|in|into|to (?:be|do|get|get to|get into|become|reach)) (?:one of |any of |all )?(?:those|these|them)"
    r"(?: (?:jobs?|roles?|positions?|ones?))?\W*$",
    re.I,
)
_TO_GET_THERE = ("ask_education", "ask_how_to_become", "ask_experience", "ask_certification", "ask_skills")
_WHOSE = re.compile(
    r"\bwho(?:se)?\b.*\b(?:numbers?|figures?|stat(?:s|istics?)|data|projections?|forecasts?|estimates?|percentages?)\b",
    re.I,
)
_SOURCE_OF = re.compile(
    r"\b(?:which|what|whats|what['’]s|your)\b.{0,20}\bsources?\b(?! of (?!the|that|this|those|your))"
    r"|\bwhere (?:do|does|did|is|are|['’]?s)\b.{0,40}\b(?:figures?|numbers?|wages?|salar(?:y|ies)|stat(?:s|istics?)"
    r"|data|projections?|estimates?)\b.{0,20}\b(?:come|coming|came|from|taken)\b",
    re.I,
)
_A_SOURCE_FOR = re.compile(  # "a good source to study for the exam", "other income sources"
    r"\b(?:good|best|better|other|income|another|more)\b.{0,12}\bsources?\b"
    r"|\bsources?\s+(?:to|of income|for (?:stud|learn|the exam|my exam))",
    re.I,
)
SAID_OF = re.compile(  # "do your sources mention night work", "anything in your sources about that": of what they say
    r"\b(?:do|does|did|would) (?:any of |all )?(?:(?:your|the|those|these) )?sources? (?:\w+ )?"
    r"(?:say|mention|tell|cover|list|talk|speak|name|give|describe|treat|count|call|put)\b"
    r"|\b(?:in|by|from|according to) (?:any of )?your (?:\w+ )?sources?\b(?=.*\b(?:about|on|for|whether|if)\b)"
    r"|\baccording to (?:your|the) (?:\w+ )?sources?\b"
    r"|\byour sources? (?:\w+ )?(?:say|mention|have|know|tell\w*)(?: \w+)? (?:about|on|of|whether|if)\b",
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
    rf"{LINK}(?:(?:(?:who|those)(?: that)?(?: are| is)?(?= (?:at|near|in|on)\b)|some(?:one|body)"
    r"|any(?:one|body)|people|folks|ones?|guys|at|near|on|in|from|the|way|up) )*"
    r"(?:(?P<low>bottom|lowest|low|worst|least|minimum)|(?P<high>top|highest|high|best|most|maximum))"
    r"(?: (?:one|ones|end|paid|tenth|part|earners?|figure|number|10|ten|percent)| ?%)*\W*$",
    re.I,
)
_PART_OF_IT = re.compile(r"\b(?:worst|best) (?:part|thing)\b", re.I)  # "what's the worst part": of the job, not of pay
_STARTS_AT = re.compile(
    r"\b(?:what|whats|what['’]s|where|how much)\b.*\b(?:start|begin)(?:s|ning|ing)?"
    r"(?: (?:people|them|you|u|me|us|someone|somebody|off|out|pay|salary))* at\W*$",
    re.I,
)
_NO_PAY = re.compile(
    r"\b(?:position|role|jobs?|rank|employers?|hospitals?|company|titles?|desk|departments?|days?|dates?|months?"
    r"|age|old|time|hour|o['’]?clock|level|grade|school|college|class\w*|shifts?|work|place|places|rung)\b",
    re.I,
)
_PERCENTILE = re.compile(
    rf"{LINK}(?:(?:the|for|at) )*(?P<tenth>10|25|50|75|90)th(?: (?:one|percentile|percent|pct|tile|then|too))*\W*$",
    re.I,
)
_EARNERS = re.compile(  # people, not places: "the ones that earn the most"
    r"\b(?:ones?|people|folks|those|person|workers?|guys|somebody|someone) (?:that|who|with)(?:['’]?s| is| are)?"
    r"(?: the)? (?:earn|mak|get|paid)\w*(?: paid)?(?: the)?"
    r" (?:(?P<high>most|best|highest)|(?P<low>least|lowest|worst))\b"
    r"|\b(?:(?P<top>top|highest|best)|(?P<bottom>bottom|lowest|worst))[- ](?:paid |paying )?(?:earners|people|ones)\b",
    re.I,
)
_WHICH_PLACE = re.compile(r"\b(?:where|which)\b", re.I)
_HELPS_PAY = re.compile(
    r"\b(?:help|raise|increase|boost|affect|change|improve|bump|better|up) (?:with )?(?:my|the|your|their)? ?"
    r"(?:pay|salary|wages?|earnings|income|paycheck)\b(?! (?:for|back|off|towards?)\b)",  # "help pay for school"
    re.I,
)
_HELPS_THAT = re.compile(  # "does a certification bump that up", after a figure
    r"\b(?:(?:rais|increas|boost|affect|chang|bump|push|mov|improv)(?:e|es)?s? (?:it|that|this|them)\b"
    r"|(?:help|bring|make|get|move|push|drive)s? (?:that|it|this) (?:number |figure |pay )?(?:(?:go )?up|higher)\b"
    r"|\b(?:it|that|they)\b.{0,12}\b(?:goes?|rises?|climbs?|increases?|grows?)(?: up| higher)?"
    r" (?:with|once|if|when) (?:more |your |some )?(?:exper\w+|years|time|degrees?|certif\w+|educat\w+|school\w*)\b)",
    re.I,
)
_AT_WORK = re.compile(
    r"\bon[- ]the[- ]job\b|\blearn(?:ing)? (?:it |that |this |everything )?(?:at|on|as)\b"
    r"|\btrains? (?:you|u|me|us|them|him|her|people)\b",
    re.I,
)
_HOW_TRAINED = re.compile(
    r"\b(?:what|how (?:much|many|long)|how'?s|which|length|amount)\b.*\btrain(?:ing|ed)\b|^\W*training\b", re.I
)
_LIKE_IT = re.compile(  # "others like that", not "any similar work in healthcare"
    r"\b(?:like|to|besides|than|instead of) (?:it|that|this|those)\b|^\W*(?:and |are there |any )*(?:others?|ones)\b",
    re.I,
)
_HOW_LONG_A_PROGRAM = re.compile(
    r"\b(?:how (?:long|many (?:weeks|months|years))|length)\b"
    r"(?: (?!after\b|before\b|without\b|from\b|since\b|until\b|past\b)\w+){0,3}?"
    r" (?:school(?:ing)?|program|degree|course(?:work)?|class(?:es)?|studies)\b",
    re.I,
)
_OF_A_PROGRAM = ("ask_certification", "ask_education", "ask_experience", "ask_how_to_become")
_AT_A_JOB = re.compile(r"\b(?:hir\w+|employ\w+|boss\w*|jobs?|once|after|start\w*|new|paid|pays?|period|at)\b", re.I)
_SAME = re.compile(r"\bsame\b(?! (?:as|job|person|day|time|pay|amount|schooling|training|degree|thing as))", re.I)
_TOO = re.compile(  # "do coders have to too", the name taken out
    rf"{LINK}(?:do|does|did|is|are|can|could|would|will|must|should|have|has)(?:n['’]?t)?\s+(?:an?\s+|the\s+)?"
    r"(?:(?:have|need|get|got|want|like) to\s+|do\s+|need (?:it|that|one)\s+)?(?:that\s+|it\s+|this\s+)?"
    r"(?:too|as well|also|either)\W*$",
    re.I,
)
_IS_ONE = re.compile(r"\b(?:be|being|become|like|as)\s+(?:an?\s+)?$", re.I)
# words that stand for what was asked before, and those that may stand beside them
_POINTING = frozenset("it that this so those these them one ones different differ similar alike".split())
_FOR_A_VERB = frozenset(
    "do does did doing done is are be can could would will might may should has have had get gets need needs let lets"
    " allow allows offer offers give gives you u i they we he she people there's case true as like way work works"
    " possible option allowed able be also ever any all on way better worse safer easier harder ok okay"
    " fine good bad".split()
)
SPARE = 2  # words of its own that a message may have which points back at what no source answered
_POINTS_BACK = re.compile(
    r"\b(?:that|this|those|these|them|so)\b|\b(?:on|with|about|for|of|in|do|get|have|need|allow\w*) it\b", re.I
)
_SITS_IT = re.compile(  # "and when do they usually sit it"
    r"\b(?:sit|sits|sitting|taken?|takes|taking|pass|passes|passing|retake|retaking|schedule|scheduling)(?: for)?"
    r" (?:it|that|this|that one|this one|the (?:exam|test))\b(?=\W*$|\s+(?:again|online|before|after|during|while|if"
    r"|when|early|at|in|as|right|though|tho|too|now))",
    re.I,
)
_GET_IT = re.compile(r"\b(?:get|earn|obtain|qualify for|apply for) (?:it|that|one|them|those)\W*$", re.I)
_FOUND_IT = re.compile(r"\bwhere(?:['’]d)? (?:did |do |does )?(?:you|u|ya)\b", re.I)  # "where did you get that"
_NEED_IT = re.compile(
    r"\b(?:need|require|(?:need|have|got|gotta|required) to (?:have|hold|get|earn)|must have|gotta have|without)"
    r" (?:it|that|that one|this one|one)\b",
    re.I,
)
_THAT = re.compile(r"\b(it|that|this|that one|this one|the exam|the test)\b", re.I)
_CREDENTIAL = re.compile(
    r"\b(?:the|that|this|those|these) (?:credentials?|cert\w*|exams?|tests?|letters|title)\b", re.I
)
_TAKEN = re.compile(
    r"\b(?:before|to) (?:(?:i|you|u|they|we|can|could) )*(?:tak(?:e|ing)|sit|sitting|test|testing|attempt\w*|apply\w*"
    r"|get|getting|go(?:ing)? for|try|trying|qualify)\b",
    re.I,
)
_FEE = re.compile(  # "how much is it to take", "what would i pay to sit"
    r"^(?!.*\b(?:school\w*|program\w*|class\w*|courses?|tuition|college|degree|training|earn\w*|makes?|salary"
    r"|add\w*|rais\w*|my pay)\b).*"
    r"(?:\b(?:costs?|fees?|price[sdy]?|expensive|how much (?:is|was|are|would|will))\b.*"
    r"\b(?:sit|tak(?:e|ing)|tests?|exams?|it|that|this|one)\b"
    r"|\bpay(?:ing)? (?:to (?:sit|take|test|get|register)|for (?:it|that|the (?:test|exam)))\b"
    r"|\b(?:it|that|this|one|exam|test) costs?\b)",
    re.I,
)
_HIRED = re.compile(r"\b(?:helps?|hired?|hiring|land|employers?)\b", re.I)  # "does it help with getting a job"
_HANDS_ON = re.compile(r"\bhands?[- ]on\b", re.I)
_OF_MONEY_FOR_IT = ("ask_tuition", "ask_benefits", "ask_pay")
_BESIDE_WORK = re.compile(  # when somebody who works may study
    r"\b(?:evenings?|nights?|weekends?|saturdays?|part[- ]?time|after (?:hours|work))\b"
    r"|\baround (?:\w+ )?(?:shifts?|job|work|schedule)\b"
    r"|\bwhile (?:i|i'?m|he'?s?|she'?s?|studying|learning|doing|working)\b",
    re.I,
)
_OF_THE_JOB = re.compile(
    r"\b(?:they|people|you|u|we|\w+ers|\w+s) (?:(?:have to|gotta|usually|ever|also|sometimes|mostly|always) )?work\b"
    r"|\bwork(?:ing)? (?:\w+ )?(?:nights?|weekends?|evenings?|part[- ]?time|saturdays?)\b"
    r"|\b(?:nights?|evenings?|weekends?|part[- ]?time) (?:work|jobs?)\b|\bon nights\b"
    r"|\b(?:the|this|that) job\b|\bjobs\b|\bhours\b(?<!after hours)|\bhired?\b|\bnight shifts?\b|\boff\b"
    r"|\bon[- ]call\b",
    re.I,
)
_WORKED = re.compile(  # "do i have to have a job first before i can take it"
    r"\b(?:worked|employed|experience|on the job|in the field"
    r"|(?:have|had|held|hold|need) (?:to have )?(?:had |held )?an? jobs?)\b",
    re.I,
)
_WITH_IT = re.compile(
    r"\bwith (?:it|that|this|that one|this one|one of those|mine)\b"
    r"(?=\W*$|\s*[,.;?!]| (?:too|alone|only|then|instead|now|though|tho)\b)"
    r"|\b(?:having|holding|getting|earning) (?:it|that one|this one|one)\b",
    re.I,
)
_BRINGS = re.compile(  # "what does it get her"
    r"\bwhat (?:does|do|would|will|can|could) (?:it|that|this)(?: one)? (?:get|do|bring|give|open)\b", re.I
)
_JOBS = re.compile(
    r"\b(?:jobs?|positions?|roles?|careers?|titles?|hired|good for|doors|(?:do|doing) with|places?|where\b.*\bwork)\b",
    re.I,
)
_NO_MORE_THAN_EXPERIENCE = frozenset(
    "zero no any none without experience years year months work of at all really even is are you sure serious"
    " seriously".split()
)  # not "is work experience required", which is asked of the job
_BOTH = re.compile(r"\b(?:both|each|either|them|they|those|these|the two)\b", re.I)
_COVERS = re.compile(  # what the exam covers, not who may take it
    r"\b(?:need|have|should i) (?:to )?(?:know|learn|study)\b"
    r"|\bwhat(?:['’]?s| is| are| all)*"
    r"(?: (?:subjects?|topics?|things|areas?|material|kinds? of \w+|questions)(?: are| is)?)? (?:on|in|covered)\b"
    r"|\bwhat (?:does|do|will|would) (?:it|that|they|the \w+) (?:cover|include|test|ask|go (?:over|into))\b",
    re.I,
)


def brief(turn: Turn) -> bool:
    return len(turn.rest.split()) <= BRIEF


def again(context: Context, turn: Turn, *more: Mention) -> Turn:
    """The topic of the conversation, asked anew in the words of this message."""
    return turn.settled_as(f"ask_{context.topic}", *more)


def cost_or_pay(context: Context, turn: Turn) -> Turn | None:
    if context.school and context.topic in _OF_A_SCHOOL and not turn.kinds and _PAID_FOR.search(turn.text):
        return turn.settled_as("ask_tuition")  # "and do they pay for one", of the exams a school prepares for
    schools = context.topic in _OF_A_SCHOOL[:3] and not turn.kinds - {"school", "level"}
    charged = schools and _CHARGES.search(turn.text)  # "and roughly what do those charge"
    if not charged and not HOW_MUCH.match(turn.text):
        return None
    of_that = context.school or context.level or _IS_IT.search(turn.text)  # not "how much?", of the job
    schooling = context.topic == "programs" or (context.topic == "education" and bool(of_that))
    if context.topic == "certification" and context.credential:
        return turn.settled_as("ask_tuition")
    if charged or context.topic == "tuition" or schooling:  # what the schooling costs in dollars
        asked = replace(turn, ranking=(("ask_tuition", 1.0),))
        return asked.settled_as(UNCOVERED, Mention("cue", "school-cost"))
    return turn.settled_as("ask_pay")


def why(context: Context, turn: Turn) -> Turn | None:
    if context.topic not in FIGURES and _MATTERS.match(turn.text):  # what the sources say beside what they just said
        cues = tuple(Mention("cue", cue) for cue in context.cues)
        return again(context, replace(turn, mentions=cues, vector=between_both(context, turn)))
    of_pay = context.topic in ("pay", "comparison") or turn.intent == "ask_pay"  # asked before the last of several
    if of_pay and ASKS_WHY.match(turn.text) and "growth" not in context.cues:
        return _why_paid(context, turn)
    if not _WHY.match(turn.text):
        return None
    if context.topic == "outlook" or "growth" in context.cues:
        return turn.settled_as("ask_outlook", Mention("cue", "driver"))
    if context.unanswered:  # "why is that?", of the refusal: of what was shown instead
        return turn.settled_as("ask_source")
    asked = replace(turn, mentions=(), ranking=((f"ask_{context.topic}", 1.0),))
    return asked.settled_as(UNCOVERED, Mention("cue", "why"))


def _why_paid(context: Context, turn: Turn) -> Turn | None:
    """ "why so low", "how come it's that much more over there", after figures: what pay depends on; of two or several
    no source says why."""
    others = turn.kinds - {"occupation", "place", "employer_type"}
    beside = set(words(ASKS_WHY.sub(" ", turn.rest))) - CONNECTIVES - _OF_A_DIFFERENCE
    of_pay = _OF_MONEY.search(turn.text) and named_topic(turn.rest, limit=None) in (None, "pay")
    if others or len(beside) > (FEW_BESIDE if of_pay else 0):
        return None
    if context.topic == "comparison" and re.search(GROWTH_WORDS, context.question or "", re.I):
        return turn.settled_as("ask_outlook", Mention("cue", "driver"))
    named = tuple(m for m in turn.mentions if m.kind != "cue")
    left = replace(turn, mentions=named)
    two = context.topic == "comparison" or context.second_occupation or context.second_place
    weighed = _WEIGHED.search(turn.text) or THERE.search(turn.text)
    elsewhere = weighed and context.place not in (None, COUNTRY)  # "why so much less there": of that place none says it
    if two or elsewhere or context.second_employer_type or turn.kinds or RANKS & set(context.cues):
        asked = replace(left, ranking=((f"ask_{context.topic}", 1.0),))
        return asked.settled_as(UNCOVERED, Mention("cue", "why"))
    return left.settled_as("ask_pay", Mention("cue", "pay-factor"), Mention("cue", "why"))


def question_word(context: Context, turn: Turn) -> Turn | None:
    """A question word alone: "when?", "where?", "who?", "how many?"; "which others?", "whose figures are those"."""
    if _WHICH_ONES.match(turn.text) and context.topic not in FIGURES:
        return again(context, turn)
    one = (context.topic == "certification" and context.credential) or (
        context.topic in ("programs", "education", "tuition") and context.school
    )
    related = turn.intent == "ask_related_careers" and not turn.kinds
    alike = related and _LIKE_IT.search(turn.text) and not _JOBS.search(turn.text)
    if one and (alike or _OTHERS.match(turn.text)):  # beside the one that was talked of
        return again(context, turn)
    if context.topic in FIGURES and turn.confidence < SURE and not turn.kinds and _WHOSE.search(turn.text):
        return turn.settled_as("ask_source")
    of_a_source = _SOURCE_OF.search(turn.text) and not (_A_SOURCE_FOR.search(turn.text) or SAID_OF.search(turn.text))
    if of_a_source and turn.kinds <= {"place", "occupation"}:
        return turn.settled_as("ask_source")
    if _HOW_MANY.match(turn.text):
        return turn.settled_as(
            "ask_outlook", *(() if "opening" in turn.text.lower() else (Mention("cue", "employment"),))
        )
    if _WHEN.match(turn.text) and context.topic not in FIGURES:
        return turn.settled_as("follow_up")
    if _WHERE.match(turn.text):
        known = {"education": "programs", "programs": "programs", "how_to_become": "programs", "pay": "pay"}
        topic = known.get(context.topic or "", "work_setting")
        return turn.settled_as(f"ask_{topic}", *((Mention("cue", "best-places"),) if topic == "pay" else ()))
    if _WHO_ALONE.match(turn.text) and not (context.credential and context.topic == "certification"):
        return turn.settled_as("ask_source")
    return None


def of_the_list(context: Context, turn: Turn) -> Turn | None:
    """ "which of those takes blood?", "do I need more school for those", after jobs that were listed: of what is said
    of these jobs."""
    listed = context.topic in LISTS and not context.second_occupation and not turn.kinds
    to_get_there = turn.intent in _TO_GET_THERE and _FOR_THOSE.search(turn.text)
    if not listed or not (to_get_there or _OF_THE_LIST.search(turn.text)) or turn.intent in (*_OF_FIGURES, *TALK):
        return None
    topic = f"ask_{context.topic}"
    if to_get_there:
        return turn.settled_as(topic)
    others = tuple((intent, share * (1 - LISTED)) for intent, share in turn.ranking if intent != topic)
    return replace(turn, intent=topic, confidence=LISTED, ranking=((topic, LISTED), *others))


def same_again(context: Context, turn: Turn) -> Turn | None:
    """The same question of another occupation or time: "do nurses need one", "ok then now"."""
    if _NOW.match(turn.text):
        return turn.settled_as("follow_up")
    new = "length" in turn.values("cue") and "length" not in context.cues  # "how about nurses, how long is that one"
    says_so = turn.confidence < SURE_OF_TOPIC and not new and _says_the_same(turn, bool(context.unanswered))
    if turn.kinds == {"occupation"} and (says_so or _TOO.match(turn.rest)):
        cued = topics_of_cues(context.cues) if context.unanswered else ()
        topic = next((one for one in cued if one not in FIGURES), None)  # of what no source said
        cues = (Mention("cue", cue) for cue in context.cues)
        return turn.settled_as(f"ask_{topic}", *cues) if topic else turn.settled_as("follow_up")
    schooling = context.topic in ("education", "certification", "experience", "programs", "skills", "benefits")
    another = turn.kinds and turn.kinds <= {"occupation", "place"} and turn.confidence < SURE
    if another and _SAME.search(turn.text) and len(turn.text.split()) <= ABOUT_EXAM:  # "the same number for nurses?"
        return turn.settled_as("follow_up")
    if schooling and "occupation" in turn.kinds and _NEED_ONE.search(turn.rest) and turn.confidence < SURE:
        return turn.settled_as("follow_up")
    return None


def _says_the_same(turn: Turn, unanswered: bool) -> bool:
    """Whether a message but for its names only points at what was asked before: "can nurses do that too"; after what no
    source answered, also in a word or two of its own: "how strict are nurses on that"."""
    if any(m.kind == "occupation" and _IS_ONE.search(turn.text[: m.start]) for m in turn.mentions):
        return False  # "do you have to be a nurse for that"
    left = set(words(turn.rest)) - CONNECTIVES
    own = left - _POINTING - _FOR_A_VERB
    unanswered = unanswered and turned_to(turn) is None  # "billing then. is that desk work"
    if own and unanswered and _POINTS_BACK.search(turn.rest) and named_topic(beside_names(turn), limit=None) is None:
        return len(own) <= SPARE
    return bool(left & _POINTING) and not own


def starts_at(context: Context, turn: Turn) -> Turn | None:
    """ "What do new ones start at", whatever was asked before: the pay of beginners."""
    unsure = turn.confidence < SURE_OF_TOPIC or turn.intent == "ask_pay"
    names = turn.kinds <= {"occupation", "place", "employer_type", "pay_period"}
    if not unsure or not names or not _STARTS_AT.search(turn.text) or _NO_PAY.search(turn.text):
        return None
    left = tuple(m for m in turn.mentions if m.kind != "cue")
    return replace(turn, mentions=left).settled_as("ask_pay", Mention("cue", "starting"))


def figure(context: Context, turn: Turn) -> Turn | None:
    """ "the bottom?" after pay, "same for nurses, the top"; "would it help my pay" after a certification."""
    left = " ".join(word for word in words(turn.rest) if word not in CONNECTIVES)
    ends = context.topic == "pay" and turn.kinds <= {"occupation", "place"} and not _PART_OF_IT.search(turn.text)
    end = _END.match(left) if ends else None
    if end and RANKS & set(context.cues) and not turn.kinds:  # the other end of the list
        kept = (Mention("cue", cue) for cue in context.cues if cue in ("states", "cities", "employers"))
        other = replace(turn, mentions=())
        return other.settled_as("follow_up", Mention("cue", f"{'worst' if end.group('low') else 'best'}-places"), *kept)
    if end:
        return turn.settled_as(
            "follow_up", Mention("statistic", "percentile:10" if end.group("low") else "percentile:90")
        )
    of_pay = context.topic == "pay" and turn.kinds <= {"occupation", "place"}
    if of_pay and (alone := _PERCENTILE.match(turn.rest)):  # "90th?", "and the 75th"
        size = alone.group("tenth")
        return turn.settled_as("follow_up", Mention("statistic", "median" if size == "50" else f"percentile:{size}"))
    if people := _earners(context, turn):
        return people
    tenths = [value for value in turn.values("statistic") if value.startswith("percentile")]
    asked = turn.intent.startswith("ask_") and turn.confidence >= SURE_OF_TOPIC
    asked = asked or named_topic(turn.text, limit=None) not in (None, "pay")  # "is that one growing at least"
    if context.topic == "pay" and tenths and turn.kinds <= {"statistic", "pay_period"} and not asked:
        return turn.settled_as("follow_up")  # "whats the low end there, like somebody who just started"
    unsure = not turn.intent.startswith("ask_") or turn.confidence < UNSURE or _I_MEAN.search(turn.text)
    new = context.topic == "pay" and set(turn.values("cue")) == {"starting"} and unsure and brief(turn)
    if new and not (turn.kinds and asks_something_else(turn)):  # "do clinics take beginners" is no pay
        return turn.settled_as("follow_up")  # "starting out, I mean"
    helps = _HELPS_PAY.search(turn.text) or (context.topic == "pay" and _HELPS_THAT.search(turn.text))
    aid = turn.intent == "ask_tuition" and turn.confidence >= SURE_OF_TOPIC  # "any scholarships to help pay"
    if helps and brief(turn) and not aid:
        return turn.settled_as("ask_pay", Mention("cue", "pay-factor"))
    return None


def _earners(context: Context, turn: Turn) -> Turn | None:
    """ "And the ones that earn the most there?", after the pay in one place: its tenth, not the best-paying places."""
    people = _EARNERS.search(turn.text)
    if people is None or context.topic != "pay" or context.place is None or RANKS & set(context.cues):
        return None
    elsewhere = {"states", "cities", "employers"} & set(turn.values("cue")) or _WHICH_PLACE.search(turn.text)
    if elsewhere or turn.kinds - {"occupation", "place", "statistic"}:
        return None
    found = people.groupdict()
    tenth = "percentile:90" if found["high"] or found["top"] else "percentile:10"
    left = tuple(m for m in turn.mentions if m.kind not in ("cue", "statistic"))
    return replace(turn, mentions=left).settled_as("follow_up", Mention("statistic", tenth))


def credential(context: Context, turn: Turn) -> Turn | None:
    """What is asked of the credential that was talked of: "who runs it?", "how do I get that?"."""
    if turn.kinds & {"occupation", "credential"} or (context.school and turn.kinds & {"level", "school"}):
        return None
    two = context.topic == "comparison" and context.second_credential is not None
    of_credentials = two or context.topic in ("certification", "tuition")
    jobs = context.credential and context.topic not in ("education", "programs") and _WITH_IT.search(turn.text)
    if jobs and (found := _with_one(str(context.credential), turn)):
        return found
    who = WHO.search(turn.text) and brief(turn)
    if context.topic == "comparison" and context.second_credential and who:
        both = "ask_comparison" if _BOTH.search(turn.text) else "ask_certification"
        return turn.settled_as(both, Mention("cue", "issuer"))
    if who and (of_credentials or (context.credential and _CREDENTIAL.search(turn.text))):
        held = (Mention("credential", context.credential, implied=True),) if context.credential else ()
        return turn.settled_as("ask_certification", Mention("cue", "issuer"), *held)
    if context.topic == "certification" and context.credential and brief(turn) and _FEE.search(turn.text):
        return turn.settled_as("ask_certification", Mention("cue", "exam-fee"))
    if of_credentials and _of_exam(turn):
        others = tuple(m for m in turn.mentions if m.kind != "cue")
        one = context.credential if not two else None
        held = (Mention("credential", one, implied=True),) if one else ()
        vector = between_both(context, turn) if _experience_alone(turn) else turn.vector
        asked = replace(turn, mentions=others, vector=vector)
        return asked.settled_as("ask_certification", Mention("cue", "experience-for-exam"), *held)
    if not of_credentials or not context.credential:
        return _of_certification(context, turn)
    if not brief(turn) or (turn.intent in TALK and turn.confidence >= SURE_OF_TOPIC):
        return None
    if _WHO_ALONE.match(turn.text):
        return turn.settled_as("ask_certification", Mention("cue", "issuer"))
    if _SITS_IT.search(turn.text) and context.topic == "certification":
        cues = {"conditions", "eligibility"}
        return replace(turn, mentions=tuple(m for m in turn.mentions if m.value not in cues)).settled_as(
            "ask_certification"
        )
    if "exam" in turn.values("cue") and _COVERS.search(turn.text):  # "what do i have to know to pass"
        of_it = Mention("credential", context.credential, implied=True)
        others = tuple(m for m in turn.mentions if m.value != "eligibility")
        return replace(turn, mentions=others).settled_as("ask_certification", of_it)
    if _THAT.search(turn.text) and _COVERS.search(turn.text):
        others = tuple(m for m in turn.mentions if m.value != "eligibility")
        return replace(turn, mentions=others).settled_as("ask_certification", Mention("cue", "exam"))
    if _of_another_topic(turn):
        return None
    if _THAT.search(turn.text) and turn.intent in (*VAGUE_INTENTS, "ask_certification"):
        if _BRINGS.search(turn.text):
            return turn.settled_as("ask_certification", Mention("cue", "credential-use"))
        may = GET.search(turn.text) or turn.intent == "ask_education"  # "does it need a bachelors"
        return turn.settled_as("ask_certification", *((Mention("cue", "eligibility"),) if may else ()))
    return None


def _of_another_topic(turn: Turn) -> bool:
    """Whether words of a message speak of something else than a credential: "can it be online"."""
    topics = topics_of_cues(turn.values("cue"))
    return bool(topics) and "certification" not in topics


def _with_one(held: str, turn: Turn) -> Turn | None:
    """ "what jobs do people hold with it", "what's the pay with that one"."""
    one = Mention("credential", held, implied=True)
    if turn.intent == "ask_pay":
        return replace(turn, mentions=(*turn.mentions, one))
    if not _JOBS.search(turn.text):
        return None
    names = replace(turn, mentions=tuple(m for m in turn.mentions if m.kind != "cue"))
    return names.settled_as("ask_certification", Mention("cue", "credential-use"), one)


def _experience_alone(turn: Turn) -> bool:
    """Whether a message says nothing but experience: "zero experience?", after what a beginner can take."""
    return turn.intent == "ask_experience" and set(words(turn.text)) <= _NO_MORE_THAN_EXPERIENCE | CONNECTIVES


def _of_exam(turn: Turn) -> bool:
    """Whether experience is asked for an exam: "do you need to have worked in it before taking that"."""
    if len(turn.text.split()) > ABOUT_EXAM:
        return False
    if _experience_alone(turn):
        return True
    of_that = bool(_THAT.search(turn.text)) and not _HIRED.search(turn.text)
    if turn.intent == "ask_certification":
        return bool(_WORKED.search(turn.text) and (_TAKEN.search(turn.text) or of_that))
    return turn.intent == "ask_experience" and of_that


def _of_certification(context: Context, turn: Turn) -> Turn | None:
    """ "how would I get one?" after certification in general; "do I have to have it?" of a credential named before."""
    unsure = turn.confidence < SURE and not turn.kinds and brief(turn)
    if context.topic == "certification" and unsure and _NEED_IT.search(turn.text):  # "can you get hired without it"
        return replace(turn, mentions=()).settled_as("ask_certification")
    get_it = _GET_IT.search(turn.text) and not _FOUND_IT.search(turn.text)
    if context.topic == "certification" and get_it and brief(turn):
        return turn.settled_as("ask_certification", Mention("cue", "eligibility"))
    elsewhere = context.topic in ("duties", "definition", "work_setting", "outlook", "pay", "fit", "advancement")
    if context.credential and elsewhere and turn.confidence < SURE and _NEED_IT.search(turn.text):
        return turn.settled_as("ask_certification")
    return None


def at_work(context: Context, turn: Turn) -> Turn | None:
    """ "how long does that take", where "that" is to learn on the job."""
    told = context.topic in ("education", "experience", "how_to_become") and _AT_WORK.search(context.question or "")
    if not told or turn.kinds or "length" not in turn.values("cue") or not _THAT.search(turn.text) or not brief(turn):
        return None
    return turn.settled_as("ask_experience", Mention("cue", "on-the-job"))


def of_schooling(context: Context, turn: Turn) -> Turn:
    """ "How long is the training?": the schooling, unless a job gives it; "how long is the course before the exam"."""
    of_a_program = "length" in turn.values("cue") and _HOW_LONG_A_PROGRAM.search(turn.text)
    if of_a_program and turn.intent in _OF_A_PROGRAM:
        return replace(turn, intent="ask_education", mentions=tuple(m for m in turn.mentions if m.value != "exam"))
    if turn.intent != "ask_experience" or "training" not in turn.values("cue") or "on-the-job" in turn.values("cue"):
        return turn
    at_work = _AT_A_JOB.search(turn.rest) or _AT_WORK.search(context.question or "")
    return turn if at_work or not _HOW_TRAINED.search(turn.text) else replace(turn, intent="ask_education")


def at_school(context: Context, turn: Turn) -> Turn | None:
    """ "could I do that from home", "evenings?", where the school was talked of and not the job."""
    if context.topic not in ("education", "programs", "tuition") or turn.kinds - {"pay_period"}:  # "days a week"
        return None
    if turn.intent in _OF_MONEY_FOR_IT and turn.confidence >= SURE:  # "who pays for it while i study"
        return None
    sure_of_it = turn.intent == "ask_fit" and turn.confidence >= SURE  # "I like hands-on work, would it suit me"
    # practice while one studies, not the patients of the job
    if _HANDS_ON.search(turn.text) and not sure_of_it and not _OF_THE_JOB.search(turn.text):
        others = tuple(m for m in turn.mentions if m.value != "patients")
        return replace(turn, mentions=others).settled_as("ask_experience", Mention("cue", "internship"))
    apart = _BESIDE_WORK.search(turn.text) and not _OF_THE_JOB.search(turn.text)
    if not apart and not ("remote" in turn.values("cue") and _THAT.search(turn.text)):
        return None
    others = tuple(m for m in turn.mentions if m.value not in ("remote", "hours") and m.kind != "pay_period")
    how = Mention("cue", "part-time-study" if apart else "online")
    return replace(turn, mentions=others).settled_as("ask_education", how)
