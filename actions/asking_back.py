"""What is said to a message that was not understood: a question back once, a person after that. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from actions.payload import Message, uncited

PATIENCE = 2  # the message in a row, not understood, from which a person is offered
BUTTONS = 2
UNSURE = "I'm not sure that I understood. Did you mean one of these? You can also ask me in other words."
MISSED = "Sorry that this wasn't what you asked. Could you put it in other words, or did you mean one of these?"
NOTHING_YET = "I haven't told you anything yet that this could be about. What would you like to know?"

_COMPLAINT = re.compile(
    r"\b(?:not|isn'?t|wasn'?t|didn'?t) (?:really |quite )?"
    r"(?:what i (?:asked|meant|wanted|said)|(?:answer|answering) (?:my|the) question)"
    r"|\bwrong (?:answer|one)\b|\bmisunderst\w+",
    re.I,
)
_VERY = r"(?:\w+ly |so |just |such |a |an |the |of |kinda |total |complete |freaking |fucking )*"
_NO_USE = r"(?:useless|worthless|no (?:help|use)|not (?:helpful|helping|(?:much|any) help)|unhelpful)"
_BAD = (
    rf"(?:{_NO_USE}|stupid|dumb(?:ass)?|idiot|moron|joke|annoying|trash|garbage|crap|shit|junk|pathetic|lame|ugly"
    r"|(?:piece|pile) of (?:\w+ )?(?:junk|crap|shit|trash|garbage))"
)
_ITSELF = r"(?:bot|chat ?bot|machine|robot|app|ai)"  # no assistant, program or site: jobs and schools have them
_LET_DOWN = re.compile(
    rf"\b(?:you(?:['’]?re| are| r)|u r|u|ur) {_VERY}{_BAD}\b"
    rf"|\bth(?:is|at)(?: (?:chat|answer|thing|website|{_ITSELF}))?(?:['’]?s| is| was) {_VERY}{_NO_USE}\b"
    rf"|\bthis (?:chat|thing|site|website|{_ITSELF}) (?:is {_VERY}{_BAD}|sucks)\b"
    rf"|\b(?:{_BAD}|worst|terrible|horrible) (?:bot|chat ?bot|robot|app)\b"
    r"|\b(?:you|u|this) (?:suck|(?:do not|don['’]?t) (?:know anything|understand (?:me|anything)|get (?:me|it)))\b"
    r"|\bwasting my time\b|\bi hate (?:you|u|this (?:bot|app|thing))\b"
    r"|\b(?:f|fu+c?k|fck|screw|damn) (?:you|u|off)\W*(?:bot|robot|man|dude)?\W*$|\b(?:go to hell|piss off|bite me)\b"
    rf"|^\W*(?:fu+|stfu|shut up|dumb ?ass|idiot|moron|what (?:a )?{_BAD})\W*(?:you |u )?(?:{_BAD} )?{_ITSELF}?\W*$",
    re.I,
)
# "more school, ugh. ok bye": somebody goes, whatever they say of the last answer
_LEAVES = re.compile(
    r"(?:^|[.!,;]\s*|\s(?=(?:ok|okay|so|(?:good)?bye|cya|gtg|g2g|i (?:gotta|have to|must|got to))\b))"
    r"(?:(?:ok|okay|well|alright|anyways?|thanks?|thx|ty|thank you|so|nah|no)[\s,]+)*"
    r"(?:(?:good)?bye+|bye bye|cya|see (?:ya|you)|gtg|g2g|(?:i )?(?:gotta|got to|have to|must) go|take care"
    r"|good ?night)"
    r"(?:\s+(?:now|then|later|everyone|thanks?|thx|ty|thank you|again|and thanks))*[\s.!]*$",
    re.I,
)


def takes_leave(text: str) -> bool:
    """Whether a message ends by taking leave, and asks nothing."""
    return "?" not in text and bool(_LEAVES.search(text))


def let_down(text: str) -> bool:
    """Whether a message says that the assistant is of no use, or insults it, and nothing else."""
    return bool(_LET_DOWN.search(text)) and len(text.split()) <= 8


def sorry(options: Sequence[str], contact: str) -> Message:
    """A person, for somebody whom the assistant let down."""
    text = f"I'm sorry that I was no help. You can reach a person at {contact}, or ask me one of these."
    return uncited("handoff", text, options)


def complains(text: str) -> bool:
    """Whether a message says that the last answer missed the question, without asking it anew."""
    return bool(_COMPLAINT.search(text)) and len(text.split()) <= 8


def ask_back(question: str, options: Sequence[str], misses: int, contact: str) -> Message:
    """`question` with its answers as buttons; from the second message in a row that was not understood (`misses` counts
    them) a person instead, so that no question back is asked twice."""
    if misses < PATIENCE:
        return uncited("clarify", question, options)
    text = f"I'm sorry, I still don't understand. You can reach a person at {contact}, or ask me one of these."
    return uncited("handoff", text, options)


def outside(options: Sequence[str], contact: str) -> Message:
    """What lies outside the sources for the second time in a row: a person, and what can be asked."""
    text = f"I can't help with that either, sorry. You can reach a person at {contact}, or ask me one of these."
    return uncited("handoff", text, options)


def which(candidates: Sequence[str], contact: str) -> Message:
    """A name that was asked back about and is still unclear: its meanings once more, but no question."""
    text = f"I can't tell which of these you mean, so I can't answer yet. Choose one, or reach a person at {contact}."
    return uncited("handoff", text, candidates)
