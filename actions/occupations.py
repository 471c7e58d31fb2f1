"""Which occupation a question is about that names none, or several: the one whose known questions it is like. Pure.

"Who counts the pills?" is asked of nobody by name; only the questions beside one occupation's statements are like it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from actions.context import Context
from actions.stories import own_job, together
from actions.turn import Mention, Turn
from actions.way import STEP
from knowledge.asked import Target

Likeliest = Mapping[str, tuple[Target, float]]  # occupation -> the target of its nearest question, and the cosine

LIKE = 0.62  # a cosine from which a question may be about an occupation that it does not name
CLEARLY = 0.06  # by how much it must be nearer than the occupation that is taken otherwise
AMONG = 0.05  # the same among the several that a message names, or that a name may mean
HINT = 0.15  # how far behind the nearest the one of which a word occurs may be
STORY = 12  # words from which a message tells more than it asks
FIGURES = ("ask_pay", "ask_outlook", "ask_comparison")
COMPARES = "comparison."
LEADS = "advancement."
RELATED = "related.occupation"
SHARED = "health info"  # what names of records technicians share with those of the occupations beside them
CHANGES_NOTHING = ("pay.", "outlook.")  # asked of every occupation in the same words
POINTS = re.compile(r"\b(?:they|them|their|theirs|those|these|that|it|its|one|ones|this)\b", re.I)


def about_whom(
    turn: Turn,
    likeliest: Likeliest,
    held: str | None,
    default: str,
    same: Mapping[str, str],
    hinted: Collection[str] = (),
    unanswered: float = 0.0,
    of_default: Callable[[Target], bool] = lambda target: False,
) -> Turn:
    """The turn with the occupation that it is about, as a mention.

    `held`: the occupation that the conversation is about; `default`: the one that is taken if nothing tells; `same`:
    occupation -> another that some sources hold to be the same; `hinted`: those of which a word occurs ("billing");
    `unanswered`: the highest cosine with a question that no source answers of the default; `of_default`: whether the
    same is said of the default ("will they train me once hired" is answered of every occupation).
    """
    unclear = next((m for m in turn.mentions if m.kind == "occupation" and len(m.candidates) > 1), None)
    if unclear is not None:
        return _settled(turn, unclear, likeliest, held, same)
    named = turn.values("occupation")
    if len(named) > 1:
        return _one_of(turn, named, likeliest)
    if held or not likeliest:
        return turn
    best = max(sorted(likeliest), key=lambda id: likeliest[id][1])
    target, cosine = likeliest[best]
    if named and _twin(turn, named[0], best, likeliest, same, unanswered):
        return _named(turn, best)
    leads = own_job(turn) in (None, best)  # "I'm an office clerk, could I work up to manager from that"
    if named and leads and _leads_to(named[0], best, likeliest, unanswered):
        return _named(turn, best)
    if named:  # "the recruiter said …": nothing but statistics is known of recruiters
        told = len(turn.text.split()) >= STORY and named[0] not in likeliest and cosine >= max(LIKE, unanswered)
        figures = target.indicator.startswith(CHANGES_NOTHING) or turn.intent in FIGURES
        return _named(turn, best) if told and not figures else turn
    hint = next(iter(hinted)) if len(hinted) == 1 else default if default in hinted else ""
    if hint in likeliest and likeliest[hint][1] >= cosine - HINT:
        return turn if hint == default else _named(turn, hint)
    own, cosine_of_own = likeliest.get(default, (None, 0.0))
    related = own.item if own is not None and own.indicator == RELATED else ""
    beside = related in likeliest and best in (default, related) and cosine_of_own >= LIKE
    if beside and turn.intent != "ask_related_careers":  # "does anybody still type up doctors' notes"
        return _named(turn, related)
    rival = max(0.0 if related == best else cosine_of_own, unanswered)
    beyond = 0.0 if turn.values("credential") and same.get(best) == default else CLEARLY
    if best == default or cosine < LIKE or cosine - rival < beyond or _of_any(target, of_default):
        return turn
    return _named(turn, best)


def _of_any(target: Target, of_default: Callable[[Target], bool]) -> bool:
    """Whether the same words ask the same of every occupation, so that they tell none."""
    return target.indicator.startswith(CHANGES_NOTHING) or (bool(target.item) and of_default(target))


def _named(turn: Turn, id: str) -> Turn:
    """The turn as if it named this occupation and no other."""
    others = tuple(m for m in turn.mentions if m.kind != "occupation")
    return replace(turn, mentions=(*others, Mention("occupation", id, implied=True)))


def _twin(turn: Turn, named: str, best: str, likeliest: Likeliest, same: Mapping[str, str], unanswered: float) -> bool:
    """Whether the question is rather one of an occupation with a like name, as where some sources hold both to be the
    same: "health information technology bachelor's"."""
    alike = same.get(best) == named or (SHARED in best.replace("-", " ") and SHARED not in named.replace("-", " "))
    if not alike or likeliest[best][0].indicator.startswith((COMPARES, *CHANGES_NOTHING)):
        return False
    words = " ".join(turn.whole[m.start : m.end].lower() for m in turn.mentions if m.kind == "occupation")
    behind = max(likeliest.get(named, (None, 0.0))[1], unanswered)
    return SHARED in words and likeliest[best][1] >= max(LIKE, behind + CLEARLY)


def _leads_to(named: str, best: str, likeliest: Likeliest, unanswered: float) -> bool:
    """Whether the question is rather one of an occupation that leads to the named one: "can I go from billing to
    pharmacy tech later on"."""
    target, cosine = likeliest[best]
    behind = max(likeliest.get(named, (None, 0.0))[1], unanswered)
    return target.indicator.startswith(LEADS) and target.item.endswith(named) and cosine >= max(LIKE, behind + CLEARLY)


def _settled(turn: Turn, unclear: Mention, likeliest: Likeliest, held: str | None, same: Mapping[str, str]) -> Turn:
    """The turn whose ambiguous name ("the tech") means the one candidate that is asked such things."""
    if held in unclear.candidates:
        return turn
    known = sorted((id for id in unclear.candidates if id in likeliest), key=lambda id: -likeliest[id][1])
    if not known:
        return turn
    best = known[0]
    others = [id for id in known[1:] if same.get(id) != best and same.get(best) != id]
    ahead = likeliest[best][1] - max((likeliest[id][1] for id in others), default=0.0)
    target = likeliest[best][0]  # "what does a technician do", or earn, is asked of all of them
    general = not target.item or target.indicator.startswith(CHANGES_NOTHING) or turn.intent in FIGURES
    if likeliest[best][1] < LIKE or ahead < AMONG or general:
        return turn
    plain = same.get(best)
    if plain in known and likeliest[best][1] - likeliest[plain][1] < AMONG:
        best = plain
    chosen = replace(unclear, value=best, candidates=())
    return replace(turn, mentions=tuple(chosen if m is unclear else m for m in turn.mentions))


def _one_of(turn: Turn, named: tuple[str, ...], likeliest: Likeliest) -> Turn:
    """The turn without the names of others, where one statement of one of those that it names answers it."""
    compares = dict(turn.ranking).get("ask_comparison", 0.0) >= 0.5 or together(turn) or STEP.search(turn.text)
    if compares or not all(id in likeliest for id in named):
        return turn
    best, *others = sorted(named, key=lambda id: -likeliest[id][1])
    target, cosine = likeliest[best]
    of_all = target.indicator.startswith((COMPARES, *CHANGES_NOTHING))
    if of_all or cosine < LIKE or cosine - likeliest[others[0]][1] < AMONG:
        return turn
    kept = tuple(m for m in turn.mentions if m.kind != "occupation" or m.value == best)
    return replace(turn, mentions=kept)


def before_a_side_question(context: Context, turn: Turn, known: Callable[[str], bool]) -> str | None:
    """The occupation that a question is about after a side question on a job: the one before, unless the question
    points at the job ("do they need a degree") and that is not what the person does anyway.

    `known`: whether an occupation is known in depth.
    """
    if turn.values("occupation") or (POINTS.search(turn.text) and context.occupation != context.own):
        return None
    return next((id for id in reversed(context.spoken("occupation")) if known(id)), None)
