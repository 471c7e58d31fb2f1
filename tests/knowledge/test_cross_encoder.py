"""Reading a question and a sentence together: what answers stands above what only seems to."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge import cross_encoder as module
from knowledge.cross_encoder import CrossEncoder, cross_encoder
from knowledge.embedding import ModelFileError, overlaid

LICENSE = "Registered nurses must hold a license from the state in which they work."
NIGHTS = "Nurses in hospitals may have to work at night, on weekends and on holidays."


@pytest.mark.parametrize(
    ("sentence", "answered", "seeming"),
    [
        (LICENSE, "can a nurse work without any license", "what does the nursing license cost"),
        (LICENSE, "do nurses need the state's permission", "how long does the state take to send the license"),
        (NIGHTS, "would I have Christmas off as a hospital nurse", "is there extra money for nights in a hospital"),
        (NIGHTS, "are there night shifts", "how many hours is one night shift"),
    ],
)
def test_what_a_sentence_answers_stands_above_what_it_only_seems_to(sentence: str, answered: str, seeming: str) -> None:
    read = cross_encoder().score
    assert read(answered, sentence) > read(seeming, sentence) + 0.5


def test_a_follow_up_is_read_with_the_question_before_it() -> None:
    read = cross_encoder().score
    assert read("and on weekends?", NIGHTS, "do hospital nurses work nights") > read("and on weekends?", LICENSE)
    assert read("who gives it", LICENSE, "do nurses need a license") != read("who gives it", LICENSE)


def test_a_long_story_before_a_question_is_cut_not_the_sentence() -> None:
    story = "I worked in a warehouse and then in a kitchen and after that at the harbor. " * 30
    read = cross_encoder().score
    assert read(f"{story} do nurses work nights?", NIGHTS) > read(f"{story} do nurses work nights?", LICENSE)


def test_a_long_sentence_leaves_room_for_the_question() -> None:
    read = cross_encoder().score
    long = f"{NIGHTS} " + "Figures of every occupation stand here: 12.5% (2024–34), $1,234,567 (computed). " * 40
    assert read("do nurses work nights", long) > read("do nurses need a license", long)


def test_damaged_weights_are_refused_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "cross_minilm.npz"
    with pytest.raises(ModelFileError, match=r"cross_minilm\.npz is missing.*git checkout -- knowledge/cross_minilm"):
        overlaid(path)
    content = bytearray(module.WEIGHTS.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))
    monkeypatch.setattr(module, "WEIGHTS", path)
    with pytest.raises(ModelFileError, match=r"cross_minilm\.npz is not the tested file"):
        CrossEncoder()
