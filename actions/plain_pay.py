"""Whether a message asks for a pay figure and nothing else. Pure.

A figure of the statistics answers every question that consists of names, words for pay and filler: "what do LPNs clear
in Omaha". One word beyond those ("night", "Kaiser", "union") may ask for what no source says, and is left to the gate.
"""

from __future__ import annotations

import re
from dataclasses import replace

from actions.amounts import AMOUNT, amount
from actions.connectives import ASIDE, CONNECTIVES
from actions.turn import Turn
from knowledge.named_employers import named_in

_EARN = (
    r"makes?(?! an? (?:good|great))|making|made"
    r"|earns?|earning|earned|clears?|clearing|nets?|gross(?:es)?|banks?|fetch(?:es)?"
    r"|pulls? (?:in|down)|pulling (?:in|down)|brings? (?:in|home)|bringing (?:in|home)|takes? home|taking home"
    r"|rakes? in|raking (?:it )?in|walks? away with"
    r"|(?:start|begin)(?:s|ning|ing)? (?:(?:out|off|people|you|u|me|them|us|someone) )?(?:off )?at"
    r"|tops? out at|goes? for|counts? on|counting on"
)
ASKS_PAY = re.compile(
    rf"\b(?:pay|pays|paid|paying|payed|payscale|salar\w+|salery|wages?|earnings?|incomes?|compensation|paychecks?"
    rf"|money|\$+|bucks|dough|going rate|rate per hour|hourly rate|stingiest|stingy"
    # "what kind of offer should I expect"
    rf"|(?:what|which)\b.{{0,40}}?\boffers?\b.{{0,20}}?\b(?:expect|count on|hope for|ask for|fair|realistic)"
    rf"|(?:what|whats|what's|how (?!many)m\w{{2,3}}|how well|how little)\b.{{0,80}}?\b(?:{_EARN})"
    rf"|how (?!many)m\w{{2,3}}\b.{{0,80}}?\b(?:gets?|getting)"
    # "what do coders get here", not "what do I need to get", "what do they get to do"
    rf"|what (?:do|does|did|would|will|can|could|might)\b(?:(?!\b(?:need|have|take|want|help)\b).){{0,60}}?\bget\b"
    rf"(?!\s+(?:to|into|out|from|in|a|an|the|my|hired|certified|licensed|started|done)\b))(?!\w)"
    rf"|\${{1,3}}(?=\W*$)",
    re.I,
)
FILLER = frozenset(
    """
    i'm i've i'd i'll it's she's he's they're there's don't let's who's how's we're you're
    a about actually ad ads again all also am amount an and any anybody anyone anything approx approximately are area
    around as asking at avg bad be been before being best better bit brand brother but by can cause check clinic could
    cousin curious curr current currently dad damage daughter day days deal decent did do does doing down each earn else
    enough even ever exact exactly expect fair fairly field figure figures folks for friend from full gain general
    generally get gets getting give go going gonna good got great hello help her here hey hi high higher him his hope
    how
    hows husband i idea if im in is it its job jobs just keep kind kinda know like likely line little live living lol
    long look looking looks lot low lower lowest ma'am man many maybe me mean middle might mine mom money more most
    mother
    much my near nearby need new nice nor normal normally not now number numbers of off offer offered offering ok
    okay on
    one ones open or our out outside over overall part people per person place places please pls plz position positions
    possible pretty probably quick range rate rates reasonable really right road role roles roughly salary same say says
    see seeing seems she should sister so somebody someone something son sort starting state stuff sure take tell than
    thank thanks that that's the their them then there these they thing things think thinking this those time to today
    total town type typical typically u under up ur us usual usually want wanna was we week well were what what's whats
    when where which who whole why wife will with wonder wondering work worker workers working works would wouldnt
    wow ya
    s has have had were back then department dept according per officially official geteducated igniter bls bureau
    yall year years yes yo you your yr area's region small rural remote average highest top bottom end senior
    experienced
    clears clear pulls pull bring brings home take takes rake raking net gross bank fetch see sees run runs start starts
    make makes making made earns earning earned pay pays paid paying payed salaries wage wages earnings income
    compensation
    coding billing cash
    still decently ballpark nowadays anymore honestly truly national nationwide nationally country countrywide america
    american americans statewide across entire ppl gals guys guy gal gimme lemme quickly quarter quarters fourth three
    than other others overall hr hrs bringing pulling taking clearing netting raking down here's
    stingiest stingy expect count runs running rule
    paycheck paychecks bucks dough going well paid least rn since gone went risen rise rises change changed increase
    increased grown grow leaving army navy military moving move relocating relocate dead set
    """.split()
) - {"remote", "senior", "experienced"}
# Of the filler, what a question of yes or no may be about: "is Reno nice", "do clinics take new ones".
_JUDGING = frozenset(
    "nice good great bad decent like love live living help work working works take takes looking new people".split()
)
_ASKS = re.compile(r"\b(?:what|which|who|where|when|why|how)\b(?! (?:about|if|of)\b)", re.I)
_CONDITION = re.compile(r"\b(?:nights?|shifts?|overtime|bonus\w*|travel\w*|unions?|contracts?)\b", re.I)
# Beside an amount, the words of one who was told it and asks whether it is so.
_SAYS = re.compile(
    r"\b(?:says?|said|saying|told|tells|telling|tell|claims?|claimed|claiming|hears?|heard|reads?|saw|seen|quot(?:es?|ed|ing)"
    r"|brochures?|fl[iy]ers?|ads?|articles?|websites?|posters?|commercials?|billboards?|pamphlets?|recruiters?|reps?"
    r"|promis\w+|guarante\w+|advertis\w+|post(?:ed|ing|s)|list(?:ed|ing|s)|offer\w*|swears?|insists?|thinks?|thought)\b",
    re.I,
)
# "do official numbers bear that out", "does 70k check out"
_IS_IT = re.compile(
    r"\b(?:bears?|holds?|checks?|adds?|backs?|lines?|match\w*|agrees?|true|accurate|legit|realistic|official)\b", re.I
)
_CLAIM = frozenset(
    """
    claim claims claimed claiming says say said saying told tells telling hear heard hears read reads saw seen quote
    quotes quoted quoting promise promises promised promising guarantee guarantees guaranteed advertise advertises
    advertised advertising ad posted posting posts list lists listed listing offer offers offered offering swears swear
    insists insist thinks think thought counselor counsellor advisor adviser recruiter teacher instructor school program
    course ad flyer brochure website site online internet tiktok facebook reddit youtube video post article indeed
    glassdoor ziprecruiter coworker guy lady neighbor someone they she he is isn't true false right wrong correct
    accurate legit legitimate realistic real believable bs bull lie lies lying liar exaggerating exaggerated
    selling sell pitch hype honest truth actually really sound sounds seem seems too good crazy wild believe trust
    article articles poster commercial billboard pamphlet rep ads flier fliers official numbers number figures stats
    statistics data government federal bear bears borne back backs match matches agree agrees hold holds up line confirm
    confirms confirmed support supports verify add adds checks out against with
    somewhere fact check me just the or off way close ballpark graduates grads aunt uncle roommate buddy boss cousin
    never hardly barely clears plausible possible likely unlikely high low top best ever least most him her them pull
    pulls down in even that as much
    starting start out new job jobs offer fair lowball lowballed lowballing insulting take get
    """.split()
)
# Beside "starting", the words of one who has not worked yet.
_BEGINNERS = frozenset(
    """
    fresh zero experience straight graduate graduates grad grads graduated graduating certificate cert program school
    class classes course student day job brand newbie newbies beginner beginners beginning entry level begin
    begins somebody who's whos never worked before no without any finished finishing done right trained training newly
    rookie i'm just
    """.split()
)
_HOW_MUCH = frozenset("how much for there here in at and ok okay so the a an is it then now what about".split())
_WHERE = frozenset("in around near at for the area small town outside rural city and of by out region please".split())
_CLAUSE = re.compile(r"[^,.;!?]+")
_SENTENCE = re.compile(r"[.?!]+\s+(?=\S)")
_THERE = re.compile(r"\b(?:there|here|those parts|that area)\b", re.I)
CODING = re.compile(r"\b(?:coding|billing)\b", re.I)  # which name the occupation, though no reader of names says so
TELLER = 10  # words in which somebody is called who says what pay is
_SIGNS = frozenset(("occupation", "place", "employer_type"))
_BEYOND = frozenset(("foreign", "credential", "school", "level"))
# Employers by name, of whom no source gives figures, although a part of the name may be a place or a kind of employer.
_BY_NAME = re.compile(
    r"\b(?:cleveland clinic|mayo|kaiser|hca|cvs|walgreens|walmart|rite aid|costco|kroger|publix|optum|humana"
    r"|aetna|cigna"
    r"|united ?health\w*|blue cross|banner|ascension|sutter|geisinger|intermountain|johns hopkins)\b",
    re.I,
)


def asks_how_much(turn: Turn) -> bool:
    """Whether nothing but an occupation, a place and "how much" is said, which is its pay where pay was talked of:
    "pharmacy in north carolina, how much", "how much for medical assistants there"."""
    said = set(re.findall(r"[a-z']+", turn.rest.lower()))
    somewhere = "place" in turn.kinds or said & {"there", "here"}
    return bool({"how", "much"} <= said <= _HOW_MUCH and turn.kinds >= {"occupation"} and somewhere)


def is_plain(turn: Turn) -> bool:
    """Whether nothing but the pay of the occupation, place and employer that the message names can be meant, or that
    its last sentence names after a story: "she just got her CPC and is off to Tampa. What does coding pay there?"."""
    return _is_plain(turn) or _is_plain(_last_sentence(turn))


def _last_sentence(turn: Turn) -> Turn:
    """The turn with its last sentence alone, every character in its place, and the place that it points at."""
    begins = len(turn.text) - len(turn.text.lstrip())  # of a story only the question is left (Turn.story)
    start = max((match.end() for match in _SENTENCE.finditer(turn.text)), default=begins)
    there = bool(_THERE.search(turn.text, start))
    mentions = tuple(m for m in turn.mentions if m.start >= start or (there and m.kind == "place"))
    return replace(turn, text=" " * start + turn.text[start:], mentions=mentions)


def _is_plain(turn: Turn) -> bool:
    kinds = {mention.kind for mention in turn.mentions}
    starting = "starting" in turn.values("cue") and bool(ASKS_PAY.search(turn.text))
    if kinds & (_BEYOND - {"level"} if starting else _BEYOND) or _named_employer(turn):
        return False
    if is_claim(turn):
        return True
    if not kinds & _SIGNS and not CODING.search(turn.text):
        return False
    where_only = set(turn.values("cue")) <= {"cities", "states"}
    if {"occupation", "place"} <= kinds and where_only and set(_words(turn)) <= _WHERE:
        return True  # "opticians around Chula Vista"
    if not (ASKS_PAY.search(turn.rest) or kinds & {"pay_period", "statistic"} or amount(turn.text)):
        return False
    filler = FILLER | _BEGINNERS if starting else FILLER
    unknown = [word for word in _words(turn) if word not in filler]
    return not unknown or (len(unknown) == 1 and _misspelt(unknown[0]))


def _named_employer(turn: Turn) -> bool:
    """Whether a message names one employer, and not the kind that it is of ("a cvs type place")."""
    kinds = [(m.start, m.end) for m in turn.mentions if m.kind == "employer_type"]
    named = [*(match.start() for match in _BY_NAME.finditer(turn.text)), *named_in(turn.text)]
    return any(not any(a <= start < b for a, b in kinds) for start in named)


def of_one_employer(turn: Turn) -> bool:
    """Whether a clause asks what an employer pays that it calls by name, of which no source tells: "does Duke Hospital
    pay coders well"; "I volunteer at Duke Hospital, what do coders make" only tells of it."""
    clauses = _CLAUSE.finditer(turn.text)
    return any(ASKS_PAY.search(clause.group()) and named_in(clause.group()) for clause in clauses)


def is_claim(turn: Turn) -> bool:
    """Whether somebody asks if pay that they were told of, or offered, is right: "my counselor says billing pays 24 an
    hour. is that true"."""
    if amount(turn.text) is None or not (_SAYS.search(turn.text) or _IS_IT.search(turn.text)):
        return False
    if not (turn.values("occupation") or CODING.search(turn.text)):
        return False
    return all(word in FILLER or word in _CLAIM for word in _words(_without_teller(turn)))


def _without_teller(turn: Turn) -> Turn:
    """The turn without who says it, whoever that is: "a lady at my church swears ..."."""
    says = _SAYS.search(turn.text)
    before = turn.text[: says.start()] if says else ""
    named = any(m.kind in _SIGNS and m.end > m.start and m.start < len(before) for m in turn.mentions)
    beyond = _CONDITION.search(before)
    if not says or named or beyond or amount(before) or len(before.split()) > TELLER or _SENTENCE.search(before):
        return turn
    return replace(turn, text=" " * says.start() + turn.text[says.start() :])


def says_no_more(turn: Turn) -> bool:
    """Whether a question of pay says nothing that a figure does not answer: "what do they make", "and the top ones"."""
    return all(word in FILLER for word in _words(turn))


def asks_something_else(turn: Turn) -> bool:
    """Whether a message with names in it asks something of its own ("is it hard to get hired in Dallas", "why is Dallas
    so low") and does not only put them into the question before ("ok and what about over in Dallas")."""
    filler = FILLER - _JUDGING if turn.yes_no else FILLER  # "do people in Boise like it", not "I live in Boise"
    new = _BEGINNERS if "starting" in turn.values("cue") else frozenset()
    own = set(_words(replace(turn, text=_blanked(turn)))) - filler - new - CONNECTIVES
    return len(own) > 1 or bool(own and (turn.yes_no or _ASKS.search(turn.text)))


def _blanked(turn: Turn) -> str:
    """The text without what is said besides ("like me now"), every other character in its place."""
    return ASIDE.sub(lambda found: " " * len(found.group()), turn.text)


def _words(turn: Turn) -> list[str]:
    rest = AMOUNT.sub(" ", turn.rest.replace("’", "'")) if amount(turn.text) else turn.rest.replace("’", "'")
    return re.findall(r"[a-z]+(?:'[a-z]+)?|\d+", rest.lower())


def _misspelt(word: str) -> bool:
    """Whether a word is one of the filler with its letters in another order: "mcuh"."""
    letters = sorted(word)
    return len(word) > 3 and any(
        (known[0], known[-1]) == (word[0], word[-1]) and sorted(known) == letters for known in FILLER
    )
