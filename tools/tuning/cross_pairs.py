"""Questions beside sentences that answer them and beside others that are near to them but do not. Seeded.

Groups of pairs, of eight kinds: from judged.jsonl a question that a statement answers, that none does or that
only figures do; from contrasts.jsonl a statement and questions that it answers or only seems to; from asked/ a question
with a statement that answers it and those of the occupation that are likest to it of what does not, or a question that
no source answers with those that are likest to it; and questions beside what figures tell, all of it or one thing.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from actions.verification import TOLD_BY_FIGURES
from knowledge.asked import ANY, Asked, Target
from knowledge.cross_encoder import joined
from knowledge.statement import Statement
from tools.tuning.told_apart import VERDICTS, Contrast, Judged, ToldApart

NONE, YES, FIGURES = VERDICTS
CONTRAST, ASKED, UNCOVERED = "contrast", "asked", "uncovered"
TOLD, SOME = "told by figures", "told by some figures"
SHARES = {YES: 24, NONE: 44, FIGURES: 4, CONTRAST: 20, ASKED: 10, UNCOVERED: 6, TOLD: 5, SOME: 5}
BATCHES = 8  # in which there are these shares of groups
# what such a group says of all its sentences
WHOLE = {YES: True, NONE: False, ASKED: True, UNCOVERED: False, SOME: True}
JUDGED_PAIRS, RIGHT, NEXT = 5, 2, 2  # pairs of a judged question: of these that answer, and the first that do not
FIGURES_PAIRS = 3
SEEMING = 3  # questions that only seem to be answered, beside one that is
LEANING = 0.65  # the share of contrasts that get the question before, where each may lean on it
NEAREST, FARTHER = 2, 9  # sentences that do not answer: the nearest, and one of those up to this place
ALIKE = 0.86  # a cosine of two sentences at which one may answer what the other does
SAME_QUESTION = 0.985  # a cosine of two questions that are the same but for a letter
BORROWED = 0.95  # what a sentence's own nearness counts beside that of the questions that it answers
LEANS = 0.15  # onto the nearness of a sentence to a question by the questions that it answers
BEFORE, BEFORE_FIGURES = 0.12, 0.3  # the share of known questions that get another one before them, which tells nothing
SAID = {
    f"{topic}.{indicator}": sentence
    for topic, indicators in (("pay", "annual ranking comparison"), ("outlook", "growth openings employment"))
    for indicator, sentence in zip(indicators.split(), TOLD_BY_FIGURES[topic])
}  # which sentence tells what is asked with an indicator
PAY = "pay.annual"  # what most questions on money seem to be answered by
OFTEN = 3  # how often its sentence is among those to choose from, beside all
MONEY = re.compile(r"\b(?:pay|paid|earn|how many|how much|salary|more)", re.I)

Vectors = npt.NDArray[np.float32]
Embed = Callable[[Sequence[str]], Vectors]
Texts = Mapping[Target, Sequence[str]]


@dataclass(frozen=True)
class Pair:
    """`question`: with the one before, if it follows one. `answers`: None where it is not known of the pair alone."""

    question: str
    sentence: str
    answers: bool | None


@dataclass(frozen=True)
class Group:
    """Pairs side by side, nearly all of one question or of one sentence."""

    kind: str
    pairs: tuple[Pair, ...]

    @property
    def answered(self) -> bool | None:
        """Whether some sentence of it answers the question, or none does; None: it says nothing of that."""
        return WHOLE.get(self.kind)

    @property
    def ranked(self) -> bool:
        """Whether the pairs that answer belong before the others: not where the questions are different ones."""
        return self.kind != CONTRAST and any(pair.answers for pair in self.pairs)


Maker = Callable[[random.Random], Group]  # a group is put together when its turn comes: each time a little different


def statements_by_target(statements: Sequence[Statement]) -> dict[Target, tuple[str, ...]]:
    """The texts of what answers a target; deprecated ones are left out."""
    texts: dict[Target, list[str]] = defaultdict(list)
    for statement in statements:
        if statement.text and statement.rank != "deprecated":
            texts[Target.of(statement)].append(statement.text)
    return {target: tuple(dict.fromkeys(found)) for target, found in texts.items()}


def makers(asked: Asked, told_apart: ToldApart, texts: Texts, embed: Embed) -> dict[str, list[Maker]]:
    """What puts groups together, by their kind."""
    judged = [one for one in told_apart.judged if one.near]
    return {
        **{kind: [partial(judged_group, one, texts) for one in judged if one.verdict == kind] for kind in VERDICTS},
        CONTRAST: [partial(contrast_group, one, texts) for one in told_apart.contrasts],
        **_of_asked(asked, texts, embed),
        TOLD: [*_told(asked, texts), *_not_told(judged)],
        SOME: [partial(some_group, one) for one in judged if one.verdict == FIGURES],
    }


def batches(known: Mapping[str, Sequence[Maker]], seed: int = 2) -> Iterator[list[Group]]:
    """Batches for ever, BATCHES after each other with the shares of SHARES, those of like length together. All groups
    of a kind have their turn before one of them has its next."""
    chance = random.Random(seed)
    turns = {kind: _turns(of_kind, chance) for kind, of_kind in known.items() if of_kind}
    while True:
        found = [next(turns[kind])(chance) for kind, share in SHARES.items() if kind in turns for _ in range(share)]
        found.sort(key=lambda group: max(len(pair.question) + len(pair.sentence) for pair in group.pairs))
        size = -(-len(found) // BATCHES)
        cut = [found[start : start + size] for start in range(0, len(found), size)]
        chance.shuffle(cut)
        yield from cut


def _turns(of_kind: Sequence[Maker], chance: random.Random) -> Iterator[Maker]:
    while True:
        yield from chance.sample(of_kind, len(of_kind))


def judged_group(judged: Judged, texts: Texts, chance: random.Random) -> Group:
    """A judged question beside what was near to it, each statement in its fullest words."""
    question = joined(judged.before, judged.question)
    right = judged.answered_by[:RIGHT]
    wrong = [target for target in judged.near if target not in judged.answered_by]
    first, rest = wrong[:NEXT], wrong[NEXT:]
    size = FIGURES_PAIRS if judged.verdict == FIGURES else JUDGED_PAIRS
    beside = [*first, *chance.sample(rest, len(rest))][: size - len(right)]
    found = [Pair(question, max(texts[target], key=len), target in right) for target in (*right, *beside)]
    return Group(judged.verdict, tuple(found))


def contrast_group(contrast: Contrast, texts: Texts, chance: random.Random) -> Group:
    """A question that the statement answers and some that it only seems to answer."""
    may = chance.random() < LEANING
    found = []
    for side, (answers, questions, count) in enumerate(
        ((True, contrast.answered, 1), (False, contrast.unanswered, SEEMING))
    ):
        for place in chance.sample(range(len(questions)), min(count, len(questions))):
            leans = contrast.leaning[side] == place if contrast.leaning else may
            question = joined(contrast.before if leans else "", questions[place])
            found.append(Pair(question, chance.choice(texts[contrast.target]), answers))
    return Group(CONTRAST, tuple(found))


def _told(asked: Asked, texts: Texts) -> Iterator[Maker]:
    """What is asked of any occupation, beside the sentence of what figures tell of it and one of the other topic."""
    others = [question for question, target in asked.covered if target in texts]
    for question, target in asked.covered:
        if target.occupation == ANY and target.indicator in SAID:
            yield partial(told_group, question, target.indicator, others)


def told_group(question: str, indicator: str, others: Sequence[str], chance: random.Random) -> Group:
    """`others`: questions to put before it now and then."""
    before = chance.choice(others) if others and chance.random() < BEFORE_FIGURES else ""
    topic = indicator.partition(".")[0]
    wrong = chance.choice([said for one, said in SAID.items() if one.partition(".")[0] != topic])
    asked = joined(before, question)
    return Group(TOLD, (Pair(asked, SAID[indicator], True), Pair(asked, wrong, False)))


def _not_told(judged: Sequence[Judged]) -> Iterator[Maker]:
    """Questions on money that nothing answers, as judged: figures do not either."""
    for one in judged:
        if one.verdict == NONE and MONEY.search(one.question):
            yield partial(not_told_group, joined(one.before, one.question))


def not_told_group(question: str, chance: random.Random) -> Group:
    """`question`: with the one before."""
    sentence = SAID[chance.choice([*SAID, *[PAY] * OFTEN])]
    return Group(TOLD, (Pair(question, sentence, False),))


def some_group(judged: Judged, chance: random.Random) -> Group:
    """A question that figures answer beside all that they tell: some of it answers, which is not known."""
    question = joined(judged.before, judged.question)
    return Group(SOME, tuple(Pair(question, sentence, None) for sentence in chance.sample([*SAID.values()], len(SAID))))


def _of_asked(asked: Asked, texts: Texts, embed: Embed) -> dict[str, list[Maker]]:
    near = _Nearness(asked, texts, embed)
    covered: list[Maker] = [
        partial(near.covered_group, place) for place, (_, target) in enumerate(asked.covered) if target in texts
    ]
    return {ASKED: covered, UNCOVERED: [partial(near.uncovered_group, question) for question, _ in asked.uncovered]}


def _some(order: Sequence[int], chance: random.Random) -> list[int]:
    rest = list(order[NEAREST:FARTHER])
    return [*order[:NEAREST], *chance.sample(rest, min(1, len(rest)))]


class _Nearness:
    """Which statements are nearest to a question, by their texts and by the questions that they answer."""

    def __init__(self, asked: Asked, texts: Texts, embed: Embed) -> None:
        targets = list(texts)
        self._asked, self._texts, self._embed, self._targets = asked.covered, texts, embed, targets
        self.covered = embed([question for question, _ in asked.covered])
        self._said = embed([texts[target][0] for target in targets])
        self._questions = [question for question, target in asked.covered if target in texts]
        self._answered: dict[str, set[Target]] = defaultdict(set)
        for question, target in asked.covered:
            self._answered[_bare(question)].add(target)
        self._place = {target: place for place, target in enumerate(targets)}
        of_kind: dict[object, list[int]] = defaultdict(list)
        for place, (_, target) in enumerate(asked.covered):
            of_kind[_kind(target)].append(place)
        kinds = {kind: number for number, kind in enumerate(of_kind)}
        self._known = self.covered[np.concatenate([np.array(places) for places in of_kind.values()])]
        self._holder = [asked.covered[place][1].occupation for places in of_kind.values() for place in places]
        self._starts = np.cumsum([0, *(len(places) for places in of_kind.values())])[:-1]
        self._kind_of = np.array([kinds.get(_kind(target), -1) for target in targets])
        self._of: dict[str, list[int]] = defaultdict(list)
        for place, target in enumerate(targets):
            self._of[target.occupation].append(place)

    def covered_group(self, place: int, chance: random.Random) -> Group:
        """A question that a source answers, with a statement that does and the likest of those that do not."""
        question, target = self._asked[place]
        good = self._answered[_bare(question)]
        order = [
            other
            for other in self.order(self.covered[place], target.occupation)
            if self._targets[other] not in good
            and self._targets[other].indicator != target.indicator
            and self.likeness(target, self._targets[other]) < ALIKE
        ]
        asked = self._after_another(question, chance)
        right = Pair(asked, chance.choice(self._texts[target]), True)
        return Group(ASKED, (right, *self._wrong(asked, order, chance)))

    def uncovered_group(self, question: str, chance: random.Random) -> Group:
        """A question that no source answers, with what is likest to it of an occupation that it may be asked of."""
        vector = self._embed([question])[0]
        order = self.order(vector, chance.choice(self.occupations(vector)))
        return Group(UNCOVERED, tuple(self._wrong(self._after_another(question, chance), order, chance)))

    def _after_another(self, question: str, chance: random.Random) -> str:
        return joined(chance.choice(self._questions) if chance.random() < BEFORE else "", question)

    def _wrong(self, question: str, order: Sequence[int], chance: random.Random) -> Iterator[Pair]:
        for place in _some(order, chance):
            yield Pair(question, chance.choice(self._texts[self._targets[place]]), False)

    def likeness(self, one: Target, other: Target) -> float:
        return float(self._said[self._place[one]] @ self._said[self._place[other]])

    def occupations(self, vector: Vectors, count: int = 3) -> list[str]:
        """Those of which the questions are asked that are likest; whichever there are, if none is of one known."""
        likest = [self._holder[place] for place in np.argsort(-(self._known @ vector))[: 4 * count]]
        return [one for one in dict.fromkeys(likest) if one in self._of][:count] or sorted(self._of)

    def order(self, vector: Vectors, occupation: str) -> list[int]:
        """The places of an occupation's targets, the nearest first; the question itself does not count."""
        cosines = self._known @ vector
        cosines[cosines > SAME_QUESTION] = 0.0
        kinds = np.append(np.maximum.reduceat(cosines, self._starts), 0.0)
        places = np.array(self._of[occupation])
        own = self._said[places] @ vector
        total = np.maximum(kinds[self._kind_of[places]], BORROWED * own) + LEANS * own
        return [int(place) for place in places[np.argsort(-total)]]


def _kind(target: Target) -> tuple[object, ...]:
    return (target.indicator, target.item, target.qualifiers)


def _bare(question: str) -> str:
    return question.lower().strip(" ?.!")
