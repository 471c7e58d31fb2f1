"""Learning to read question and statement together: what the pairs are, and that learning and its file work."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from actions.verification import TOLD_BY_FIGURES
from knowledge import cross_encoder, embedding
from knowledge.asked import Asked, Missing, Target
from knowledge.cross_encoder import CrossEncoder
from knowledge.embedding import TUNED
from knowledge.errors import FaultyKnowledge, KnowledgeError
from knowledge.facts import read as read_facts
from tools.tuning import cross, cross_pairs, told_apart, weights
from tools.tuning.cross_pairs import BATCHES, SHARES, Group, Pair, statements_by_target
from tools.tuning.told_apart import Contrast, Judged, ToldApart, read_told_apart

PAY, NIGHTS, LENGTH = (
    Target("nurse", "pay.annual"),
    Target("nurse", "setting.hours", "nights"),
    Target("nurse", "length"),
)
EXAM, FEE, CLERK = Target("nurse", "exam"), Target("nurse", "fee"), Target("clerk", "exam")
TEXTS = {
    PAY: ("They earn $90,000.",),
    NIGHTS: ("Many work nights.", "Many of them work at night and on weekends."),
    LENGTH: ("The program takes two years.",),
    EXAM: ("There is an exam.",),
    FEE: ("The exam costs $200.",),
    CLERK: ("Clerks sit no exam.",),
}
JUDGED = {
    "occupation": "nurse",
    "before": "is there an exam?",
    "question": "what does it cost",
    "verdict": "yes",
    "near": ["exam", "fee", "pay.annual"],
    "answered_by": [1],
}
CONTRAST = {
    "occupation": "nurse",
    "statement": "setting.hours nights",
    "before": "what are the hours?",
    "answered": ["nights too?", "do nurses work at night"],
    "unanswered": ["is that paid more?", "are nights quieter for nurses", "how many nights"],
}


def _folder(path: Path, judged: Sequence[Any] = (JUDGED,), contrasts: Sequence[Any] = (CONTRAST,)) -> Path:
    folder = path / "questions"
    folder.mkdir()
    for name, entries in (("judged.jsonl", judged), ("contrasts.jsonl", contrasts)):
        lines = [entry if isinstance(entry, str) else json.dumps(entry) for entry in entries]
        (folder / name).write_text("\n".join(lines) + "\n")
    return folder


def _fault(path: Path, **entries: Any) -> str:
    with pytest.raises(FaultyKnowledge) as caught:
        read_told_apart(TEXTS, _folder(path, **entries))
    assert len(caught.value.problems) == 1
    return str(caught.value.problems[0])


def test_both_files_are_read(tmp_path: Path) -> None:
    found = read_told_apart(TEXTS, _folder(tmp_path, contrasts=(CONTRAST, {**CONTRAST, "leaning": [0, 3]})))
    judged = Judged("what does it cost", "is there an exam?", "yes", (EXAM, FEE, PAY), (FEE,))
    contrast = Contrast(NIGHTS, "what are the hours?", tuple(CONTRAST["answered"]), tuple(CONTRAST["unanswered"]))
    assert found.judged == (judged,)
    assert found.contrasts[0] == contrast and found.contrasts[1].leaning == (0, 3)


def test_a_statement_that_is_gone_is_left_out_where_it_is_only_near(tmp_path: Path) -> None:
    near = {**JUDGED, "near": ["gone", "fee", "pay.annual"]}
    assert read_told_apart(TEXTS, _folder(tmp_path, judged=[near])).judged[0].near == (FEE, PAY)


GONE = "which nurse has no more. Delete the line or rename the statement"


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"near": ["exam", "gone", "pay.annual"]}, f"has the statement 'gone', {GONE}"),
        ({"occupation": "smith"}, "has the occupation 'smith', of which no statement is. Write the id of one there is"),
        ({"verdict": "maybe"}, "has the verdict 'maybe'. Write one of none, yes, figures"),
        ({"verdict": "none"}, "has the verdict 'none' and `answered_by` (1,). Write the places"),
        ({"answered_by": []}, "has the verdict 'yes' and `answered_by` (). Write the places"),
        ({"answered_by": [3]}, "has `answered_by` [3]. Write places in the list, from 0 to 2"),
        ({"question": " "}, 'has no text `question`. Write "question": "…"'),
        ({"near": "fee"}, 'has no list of texts `near`. Write "near": ["…"]'),
        ({"nearest": ["fee"]}, "has an unknown field 'nearest'. Write only occupation, before"),
    ],
)
def test_a_fault_in_what_was_judged_is_named(tmp_path: Path, changed: Mapping[str, Any], fault: str) -> None:
    named = _fault(tmp_path, judged=[JUDGED, {**JUDGED, **changed}])
    assert named.startswith(f"questions/judged.jsonl: line 2: {fault}")


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"statement": "gone"}, f"has the statement 'gone', {GONE}"),
        ({"leaning": [2, 4]}, "has `leaning` [4]. Write places in the list, from 0 to 3"),
        ({"leaning": 1}, "has `leaning` that is no pair. Write a place in `answered` and one in `unanswered`"),
        ({"unanswered": []}, "has no list of texts `unanswered`"),
        ({"before": None}, "has no text `before`"),
    ],
)
def test_a_fault_in_a_contrast_is_named(tmp_path: Path, changed: Mapping[str, Any], fault: str) -> None:
    assert _fault(tmp_path, contrasts=[{**CONTRAST, **changed}]).startswith(
        f"questions/contrasts.jsonl: line 1: {fault}"
    )


def test_a_line_that_is_no_entry_and_a_file_that_is_missing_are_named(tmp_path: Path) -> None:
    fault = "questions/judged.jsonl: line 2: is no JSON object. Write one entry a line"
    assert _fault(tmp_path, judged=[JUDGED, "{"]).startswith(fault)
    (tmp_path / "questions" / "judged.jsonl").unlink()
    with pytest.raises(FaultyKnowledge, match=r"judged\.jsonl: cannot be read .*Check the file out again"):
        read_told_apart(TEXTS, tmp_path / "questions")


def test_the_shipped_files_have_no_fault() -> None:
    targets = statements_by_target(read_facts().statements)
    found = read_told_apart(targets)
    assert len(found.judged) > 5000 and len(found.contrasts) > 4000
    assert {one.verdict for one in found.judged} == set(told_apart.VERDICTS)


def test_a_judged_question_stands_beside_what_answers_it_and_what_is_near() -> None:
    near = (EXAM, FEE, PAY, NIGHTS, LENGTH, CLERK)
    yes = Judged("what does it cost", "is there an exam?", "yes", near, (FEE,))
    question = "is there an exam? | what does it cost"
    found = cross_pairs.judged_group(yes, TEXTS, random.Random(1))
    assert found.answered is True and found.ranked and len(found.pairs) == 5
    assert found.pairs[:3] == (
        Pair(question, "The exam costs $200.", True),
        Pair(question, "There is an exam.", False),
        Pair(question, "They earn $90,000.", False),
    )
    three = Judged("what does it cost", "", "yes", near, (FEE, EXAM, PAY))
    found = cross_pairs.judged_group(three, TEXTS, random.Random(1))
    assert [pair.answers for pair in found.pairs] == [True, True, False, False, False]
    assert not any(pair.sentence == "They earn $90,000." for pair in found.pairs)  # it answers: never a wrong one
    for verdict, size, whole in (("none", 5, False), ("figures", 3, None)):
        found = cross_pairs.judged_group(Judged("is it hot", "", verdict, near), TEXTS, random.Random(1))
        assert len(found.pairs) == size and found.answered is whole and not found.ranked
        assert {pair.question for pair in found.pairs} == {"is it hot"}
        assert not any(pair.answers for pair in found.pairs)


def test_a_contrast_is_one_question_that_is_answered_and_those_that_are_not() -> None:
    contrast = Contrast(NIGHTS, "hours?", ("too?", "do they work nights"), ("paid more?", "which nights"), (0, 1))
    seen = set()
    for seed in range(40):
        found = cross_pairs.contrast_group(contrast, TEXTS, random.Random(seed))
        assert found.answered is None and not found.ranked
        assert [pair.answers for pair in found.pairs] == [True, False, False]
        assert {pair.sentence for pair in found.pairs} <= set(TEXTS[NIGHTS])
        seen |= {pair.question for pair in found.pairs}
    assert seen == {"hours? | too?", "do they work nights", "paid more?", "hours? | which nights"}
    free = Contrast(NIGHTS, "hours?", ("too?",), ("paid more?", "which nights"))
    groups = [cross_pairs.contrast_group(free, TEXTS, random.Random(seed)) for seed in range(200)]
    after = [[pair.question.startswith("hours? | ") for pair in group.pairs] for group in groups]
    assert all(len(set(one)) == 1 for one in after)  # all of a group, or none
    assert 0.5 < np.mean([one[0] for one in after]) < 0.8


def test_what_figures_tell_answers_what_is_asked_of_them_and_not_the_other_topic() -> None:
    assert cross_pairs.SAID["pay.ranking"].endswith("are paid most and least.")
    assert "openings" in cross_pairs.SAID["outlook.openings"] and "employed" in cross_pairs.SAID["outlook.employment"]
    assert sorted(cross_pairs.SAID.values()) == sorted(one for said in TOLD_BY_FIGURES.values() for one in said)
    right, wrong = cross_pairs.told_group("what do they make", "pay.annual", (), random.Random(1)).pairs
    assert right == Pair("what do they make", TOLD_BY_FIGURES["pay"][0], True)
    assert wrong.sentence in TOLD_BY_FIGURES["outlook"] and not wrong.answers


ASKED = Asked(
    covered=[
        ("what do nurses make", PAY),
        ("do nurses work nights", NIGHTS),
        ("how long is it", LENGTH),
        ("what do they make", Target("any", "pay.annual")),
        ("will there be more of them", Target("any", "outlook.growth")),
        ("what is it like there", Target("any", "setting.summary")),
    ],
    uncovered=[("can I bring my dog", Missing("dog", "setting", "dogs"))],
)


def _embed(texts: Sequence[str]) -> npt.NDArray[np.float32]:
    """Texts alike by their letters."""
    counts = np.array([[text.count(letter) for letter in "abcdefghijklmnopqrstuvwxyz"] for text in texts], np.float32)
    return np.asarray(counts / np.linalg.norm(counts, axis=1, keepdims=True), np.float32)


def _known() -> Mapping[str, Sequence[cross_pairs.Maker]]:
    near = (EXAM, FEE, PAY, NIGHTS, LENGTH)
    judged = [Judged(f"question {n}", "", verdict, near, near[:1] if verdict == "yes" else ())
              for n, verdict in enumerate(("yes", "none", "figures") * 4)]  # fmt: skip
    contrast = Contrast(NIGHTS, "", ("nights too?",), ("is that paid more?", "are they quiet"))
    return cross_pairs.makers(ASKED, ToldApart(tuple(judged), (contrast,)), TEXTS, _embed)


def test_batches_have_their_shares_of_each_kind_and_come_again_the_same() -> None:
    found = list(islice(cross_pairs.batches(_known()), 2 * BATCHES))
    for part in (found[:BATCHES], found[BATCHES:]):
        assert Counter(group.kind for batch in part for group in batch) == SHARES
    size = -(-sum(SHARES.values()) // BATCHES)
    last = sum(SHARES.values()) - (BATCHES - 1) * size
    assert Counter(len(batch) for batch in found) == {size: 2 * (BATCHES - 1), last: 2}
    assert found == list(islice(cross_pairs.batches(_known()), 2 * BATCHES))
    judged = [group.pairs[0].question for batch in found[:BATCHES] for group in batch if group.kind == "none"]
    assert set(Counter(judged).values()) == {44 // 4}  # each has its turn


def test_known_questions_stand_beside_what_answers_them_and_the_likest_that_does_not() -> None:
    known = _known()
    chance = random.Random(1)
    asked = [make(chance) for make in known["asked"]]
    assert [group.pairs[0].sentence in TEXTS[target] for group, target in zip(asked, (PAY, NIGHTS, LENGTH))] == [
        True
    ] * 3
    assert all([pair.answers for pair in group.pairs] == [True, False, False, False] for group in asked)
    (uncovered,) = (make(chance) for make in known["uncovered"])
    assert (
        uncovered.answered is False and len(uncovered.pairs) == 3 and not any(pair.answers for pair in uncovered.pairs)
    )
    told = [make(chance).pairs for make in known["told by figures"]]
    assert [[pair.answers for pair in pairs] for pairs in told] == [[True, False], [True, False]]


def test_what_figures_answer_stands_beside_all_that_they_tell_and_what_nothing_answers_beside_one() -> None:
    known = _known()
    for make in known["told by some figures"]:
        group = make(random.Random(1))
        assert sorted(pair.sentence for pair in group.pairs) == sorted(cross_pairs.SAID.values())
        assert group.answered and not group.ranked and {pair.answers for pair in group.pairs} == {None}
    unpaid = Judged("is that paid more?", "do they work nights", "none", (NIGHTS, PAY))
    told = cross_pairs.makers(ASKED, ToldApart((unpaid,), ()), TEXTS, _embed)["told by figures"]
    group = told[-1](random.Random(1))
    assert group.pairs[0].question == "do they work nights | is that paid more?"
    assert [pair.answers for pair in group.pairs] == [False] and group.pairs[0].sentence in cross_pairs.SAID.values()


def test_the_losses_are_what_they_say() -> None:
    odds, answers = np.array([1.0, -2.0, 0.5, -60.0], np.float32), np.array([1.0, 0.0, 0.0, 1.0], np.float32)
    member = np.array([[1, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]], bool)
    first, last = np.array([True, False, False]), np.array([False, False, True])
    p = 1 / (1 + np.exp(-odds))
    ranking = -np.log(np.exp(1) / (np.exp(1) + np.exp(-2)))
    assert float(cross.ranking_loss(odds, answers, member, first)) == pytest.approx(ranking, abs=1e-5)
    whole = float(cross.whole_loss(odds, member, first, np.array([False, True, False])))
    assert whole == pytest.approx((-np.log(1 - (1 - p[0]) * (1 - p[1])) - np.log(1 - p[2])) / 2, abs=1e-5)
    assert np.isfinite(float(cross.whole_loss(odds, member, last, first)))
    nothing = np.zeros(3, bool)
    assert float(cross.whole_loss(odds, member, nothing, nothing)) == 0


def test_learning_tells_what_answers_and_the_written_file_says_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cross, "WARM_UP", 1)
    exam = [Pair("what does the exam cost", text, text in TEXTS[FEE]) for text in ("There is an exam.", *TEXTS[FEE])]
    nights = [Pair("do they work nights", TEXTS[NIGHTS][0], True), Pair("is it paid more", TEXTS[NIGHTS][0], False)]
    hot = Pair("is it hot", TEXTS[PAY][0], False)
    batch = [Group("yes", tuple(exam)), Group("contrast", tuple(nights)), Group("none", (hot,))]
    model, head = cross.begun(TUNED)
    learned = cross.tune([batch] * 9, 8, model, head, rate=1e-4)
    path = tmp_path / "cross_minilm.npz"
    digest = weights.write(learned, path)
    monkeypatch.setitem(embedding.SHA256, path.name, digest)
    monkeypatch.setattr(cross_encoder, "WEIGHTS", path)
    reader = CrossEncoder()
    pairs = [*exam, *nights]
    read = [reader.score(pair.question, pair.sentence) for pair in pairs]
    again, its = cross.begun(path)
    assert all(np.array_equal(its[name], learned[name]) for name in its)
    fixed, same = weights.read(again)
    tokens = cross.pair_tokenizer()(pairs)
    own = cross.log_odds({**fixed, **same}, its, *tokens).numpy()
    fixed, start = weights.read(model)
    before = cross.log_odds({**fixed, **start}, head, *tokens).numpy()
    assert np.allclose(read, own, atol=0.4), (read, own)
    for right, wrong in ((1, 0), (2, 3)):
        assert own[right] - own[wrong] > before[right] - before[wrong] + 0.2
        assert own[right] > own[wrong] and read[right] > read[wrong]


def test_weights_that_are_none_are_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "weights.npz"
    with pytest.raises(KnowledgeError, match=r"weights\.npz is no file of weights"):
        cross.begun(path)
    path.write_bytes(b"nothing")
    with pytest.raises(KnowledgeError, match=r"weights\.npz is no file of weights"):
        cross.begun(path)
