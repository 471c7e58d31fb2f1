"""The occupation that a message describes by its work instead of naming it: "that job where you count pills". Pure.

Only the questions beside what the sources say of duties tell whose work it is, as in an answer to a question back
(picking.py); where two do it alike, it is asked back.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from actions.context import Context
from actions.occupations import AMONG, LIKE, RELATED, Likeliest
from actions.turn import Mention, Turn

ALIKE = 0.66  # a cosine with a known question on duties from which it is that work; LIKE where no other is near
_ALSO = re.compile(r"\W*(?:(?:ok|okay|so|oh|well|then)\W+)*(?:and|or|what about|how about)\b", re.I)
OF_WORK = ("duties.task", "duties.summary", "duties.context", "definition.summary")


def named_by_work(context: Context, turn: Turn, likeliest: Likeliest, same: Mapping[str, str]) -> Turn:
    """The turn as its question about the occupation whose work it describes; itself if nothing tells which that is.

    `likeliest`: of the description (occupations.py); `same`: occupation -> another that some sources hold to be the
    same.
    """
    described = turn.described
    if described is None:
        return turn
    meant = _whose(likeliest, described.others, same)
    if not meant or context.occupation in meant[1:]:
        return turn
    named = Mention("occupation", meant[0], meant if meant[1:] else ())
    if described.question is None:
        others = tuple(m for m in turn.mentions if m.kind not in ("occupation", "cue"))
        asked = replace(turn, mentions=(*others, named), described=None)
        also = context.topic is not None and _ALSO.match(turn.text)
        return replace(asked, intent="follow_up" if also else "ask_definition", vector=None, settled=True)
    asked = described.question
    return replace(asked, mentions=(*(m for m in asked.mentions if m.kind != "occupation"), named))


def _whose(likeliest: Likeliest, others: tuple[str, ...], same: Mapping[str, str]) -> tuple[str, ...]:
    """Those who may do a work, the likeliest first; () if it is like the work of none."""
    near: dict[str, float] = {}
    for id, (target, cosine) in likeliest.items():
        whose = target.item if target.indicator == RELATED else id if target.indicator in OF_WORK else ""
        if whose in likeliest and whose not in others:
            near[whose] = max(cosine, near.get(whose, 0.0))
    ranked = sorted(near, key=lambda id: -near[id])
    if not ranked:
        return ()
    rival = max((cosine for id, (_, cosine) in likeliest.items() if id != ranked[0]), default=0.0)
    if near[ranked[0]] < (LIKE if near[ranked[0]] - rival >= AMONG else ALIKE):
        return ()
    close = [id for id in ranked if near[ranked[0]] - near[id] < AMONG]
    plain = [id for id in close if same.get(id) not in close]  # "health information technician" for records
    return tuple(plain)
