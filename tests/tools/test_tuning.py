"""Tuning the embeddings: what counts as alike, that learning brings it together, and the file that comes of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from knowledge import embedding
from knowledge.asked import Asked, Missing, Target
from knowledge.embedding import MiniLM, ModelFileError, tuned_model
from tools.tuning import weights
from tools.tuning.__main__ import tune
from tools.tuning.pairs import Sampler, groups

PAY, HOURS = Target("nurse", "pay.annual"), Target("nurse", "setting.hours", "shifts")
CLERK_PAY = Target("clerk", "pay.annual")
FEE = Missing("exam-fee", "certification", "exam fees")
TOPICS = {"pay.annual": "pay", "setting.hours": "work_setting"}
ASKED = Asked(
    covered=[
        ("what do nurses make", PAY),
        ("nurse wages", PAY),
        ("clerk salary", CLERK_PAY),
        ("do nurses work nights", HOURS),
        ("weekend shifts for a nurse?", HOURS),
    ],
    uncovered=[("price of the exam", FEE), ("what does the test cost", FEE)],
)


def test_questions_are_alike_if_the_same_thing_answers_them_whatever_the_occupation() -> None:
    known = groups(ASKED, (), TOPICS)
    assert sorted(sorted(group.questions) for group in known.values()) == [
        ["clerk salary", "nurse wages", "what do nurses make"],
        ["do nurses work nights", "weekend shifts for a nurse?"],
        ["price of the exam", "what does the test cost"],
    ]


def test_a_batch_pairs_like_with_like_and_says_which_pairs_are_of_one_group() -> None:
    known = groups(ASKED, (), TOPICS)
    sampler = Sampler(known, ("nurse", "nurses", "clerk"), seed=3)
    sampler.varied = lambda text: text  # type: ignore[method-assign]
    of = {question: key for key, group in known.items() for question in group.questions}
    ones, others, same = sampler.batch(24)
    assert len(ones) == len(others) == 24 and same.shape == (24, 24)
    for n, (one, other) in enumerate(zip(ones, others)):
        assert of[one] == of[other] and one != other
        assert [bool(value) for value in same[n]] == [of[one] == of[another] for another in ones]


def test_the_name_of_an_occupation_is_swapped_now_and_then_and_nothing_else() -> None:
    sampler = Sampler(groups(ASKED, (), TOPICS), ("nurse", "nurses", "clerk"), seed=1)
    seen = {sampler.varied("what do nurses make").lower() for _ in range(200)}
    assert {"what do nurses make", "what do clerk make", "what do they make"} <= seen
    assert all(text.startswith("what do ") and text.endswith(" make") for text in seen)


def test_learning_brings_questions_of_one_group_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tools.tuning.__main__.WARM_UP", 1)
    learned = tune(Sampler(groups(ASKED, (), TOPICS), ("nurse", "nurses")), steps=8, batch=8, rate=2e-4)
    path = tmp_path / "tuned_minilm.npz"
    digest = weights.write(learned, path)
    assert path.stat().st_size < 12_000_000
    monkeypatch.setitem(embedding.SHA256, path.name, digest)
    monkeypatch.setattr(embedding.tuned_model, "__defaults__", (path,))
    texts = ["do nurses work nights", "weekend shifts for a nurse?", "price of the exam"]
    before, after = MiniLM(tuned=False).encode(texts), MiniLM().encode(texts)
    assert after[0] @ after[1] - after[0] @ after[2] > before[0] @ before[1] - before[0] @ before[2] + 0.05


def test_the_shipped_weights_are_those_of_this_model_and_change_it() -> None:
    texts = ["how long is the program", "what does it pay"]
    tuned, plain = MiniLM().encode(texts), MiniLM(tuned=False).encode(texts)
    assert np.allclose(np.linalg.norm(tuned, axis=1), 1, atol=1e-5)
    assert all(0.3 < float(one @ other) < 0.99 for one, other in zip(tuned, plain))


def test_damaged_weights_are_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "tuned_minilm.npz"
    with pytest.raises(ModelFileError, match=r"tuned_minilm\.npz is missing\. Check the file out again"):
        tuned_model(path)
    content = bytearray(embedding.TUNED.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))
    with pytest.raises(ModelFileError, match=r"tuned_minilm\.npz is not the tested file"):
        tuned_model(path)


def test_bytes_and_scale_say_a_matrix_to_within_half_a_step() -> None:
    matrix = np.random.default_rng(0).normal(size=(16, 8)).astype(np.float32)
    matrix[:, 3] = 0
    small, scale = weights.quantised(matrix)
    assert small.dtype == np.int8 and scale.shape == (1, 8)
    assert np.all(np.abs(small * scale - matrix) <= scale / 2 + 1e-7)
