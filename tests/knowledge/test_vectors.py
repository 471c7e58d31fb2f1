"""Embeddings in the knowledge database: computed once a text, searched by what they belong to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
import yaml
from sqlalchemy.engine import Connection

from knowledge.database import open_engine
from knowledge.embedding import DIMENSION, MiniLM
from knowledge.errors import KnowledgeError
from knowledge.load import build
from knowledge.query import KnowledgeBase
from knowledge.vectors import Matrix, VectorIndex, known_questions, known_vectors, text_key, write_vectors
from tests.knowledge import samples

NURSE = "registered-nurse"
TASK: samples.Entry = {
    "indicator": "duties.task",
    "item": "give-medicine",
    "text": "Give patients medicine.",
    "edition": "ooh-2024-registered-nurses",
    "locator": "Duties",
}
QUESTIONS = ["do nurses hand out pills?", "who brings the drugs on a ward"]
FEE = {"kind": "licence-fee", "topic": "certification", "what": "licence fees", "questions": ["price of a licence"]}


class Encoder:
    """Gives each text a direction of its own, and remembers what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, texts: Sequence[str]) -> Matrix:
        matrix = np.zeros((len(texts), DIMENSION), dtype=np.float32)
        for row, text in enumerate(texts):
            self.asked.append(text)
            matrix[row, len(text)] = 1
        return matrix


def unit(place: int) -> Matrix:
    vector = np.zeros(DIMENSION, dtype=np.float32)
    vector[place] = 1
    return vector


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A knowledge folder with one statement, its questions and one that no source answers."""
    made = samples.knowledge_folder(tmp_path_factory.mktemp("vectors") / "knowledge", {NURSE: [TASK]})
    (made / "asked").mkdir()
    entry = {"indicator": "duties.task", "item": "give-medicine", "questions": QUESTIONS}
    (made / "asked" / f"{NURSE}.yml").write_text(yaml.safe_dump({"occupation": NURSE, "asked": [entry]}))
    (made / "asked" / "uncovered.yml").write_text(yaml.safe_dump({"uncovered": [FEE]}))
    return made


@pytest.fixture(scope="module")
def url(folder: Path) -> str:
    """The database of the folder, with the real embeddings."""
    made = f"sqlite:///{folder.parent}/knowledge.sqlite"
    build(made, folder=folder, oews_file=None)
    return made


@pytest.fixture
def empty(folder: Path, tmp_path: Path) -> Iterator[Connection]:
    """A database without embeddings."""
    made = f"sqlite:///{tmp_path}/empty.sqlite"
    build(made, folder=folder, oews_file=None, vectors=False)
    engine = open_engine(made)
    with engine.begin() as connection:
        yield connection
    engine.dispose()


def test_only_what_is_new_is_embedded(empty: Connection) -> None:
    encoder = Encoder()
    known = {text_key("old"): unit(7).tobytes()}
    assert write_vectors(empty, ["old", "new", "newer", "new"], known, encoder) == 2
    assert encoder.asked == ["new", "newer"]
    index = VectorIndex(empty, [(text, text) for text in ("old", "new", "newer")])
    assert index.scores(unit(7)) == {"old": 1, "new": 0, "newer": 0}
    assert index.scores(unit(len("newer")))["newer"] == 1


def test_nothing_to_embed_is_nothing_to_do(empty: Connection) -> None:
    encoder = Encoder()
    assert write_vectors(empty, [], {}, encoder) == 0
    assert encoder.asked == []
    assert VectorIndex(empty, []).scores(unit(1)) == {}


def test_a_thing_with_several_texts_is_as_near_as_the_nearest_of_them(empty: Connection) -> None:
    write_vectors(empty, ["a", "bb", "ccc", "dddd"], {}, Encoder())
    mixed = [("letters", "a"), ("others", "bb"), ("letters", "ccc"), ("others", "dddd"), ("nothing", "not embedded")]
    scores = VectorIndex(empty, mixed).scores(0.8 * unit(3) + 0.6 * unit(4))
    assert scores == {"letters": pytest.approx(0.8), "others": pytest.approx(0.6)}


def test_a_crowd_counts_every_text_of_a_thing(empty: Connection) -> None:
    write_vectors(empty, ["a", "bb", "ccc"], {}, Encoder())
    index = VectorIndex(empty, [("letters", "a"), ("others", "bb"), ("letters", "ccc")])
    vector = 0.8 * unit(3) + 0.6 * unit(1)
    assert sorted(index.crowd(vector, 2)) == [pytest.approx(0.6), pytest.approx(0.8)]
    assert len(index.crowd(vector, 9)) == 3
    assert VectorIndex(empty, []).crowd(unit(1), 2) == []


def test_the_texts_around_a_message_are_told_by_their_places(empty: Connection) -> None:
    texts = ["a", "bb", "ccc", "dddd"]
    write_vectors(empty, texts, {}, Encoder())
    index = VectorIndex(empty, [("others", "nowhere"), *zip(("letters", "others", "letters", "others"), texts)])
    assert set(index.around(0.8 * unit(3) + 0.6 * unit(2), 2)) == {2, 3}
    assert len(index.around(unit(1), 9)) == 4
    assert VectorIndex(empty, []).around(unit(1), 2) == []


def test_the_nearest_of_each_group_is_found(empty: Connection) -> None:
    write_vectors(empty, ["a", "bb", "ccc"], {}, Encoder())
    of_length = ("even", "odd")
    index = VectorIndex(empty, [(text, text) for text in ("a", "bb", "ccc")], lambda text: of_length[len(text) % 2])
    found = index.nearest_of_each(0.8 * unit(2) + 0.6 * unit(3), ("even", "odd", "neither"))
    assert found == {"even": ("bb", pytest.approx(0.8)), "odd": ("ccc", pytest.approx(0.6))}
    assert VectorIndex(empty, []).nearest_of_each(unit(1), ("",)) == {}


def test_more_texts_than_one_query_may_name_are_all_found(empty: Connection) -> None:
    texts = ["x" * n for n in range(1, DIMENSION)] + [f"{n:04}" for n in range(1200)]
    write_vectors(empty, texts, {}, Encoder())
    assert len(VectorIndex(empty, [(text, text) for text in texts]).scores(unit(1))) == len(texts)


def test_a_rebuild_takes_over_the_embeddings_of_the_last_build(folder: Path, url: str) -> None:
    said: list[str] = []
    before = known_vectors(url)
    build(url, folder=folder, oews_file=None, progress=said.append)
    assert "0 new texts embedded" in said
    assert known_vectors(url) == before
    assert len(before) == 4  # the statement's text and three questions


@pytest.mark.parametrize("content", [None, b"", b"no database at all"])
def test_without_a_readable_build_before_nothing_is_taken_over(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "knowledge.sqlite"
    if content is not None:
        path.write_bytes(content)
    assert known_vectors(f"sqlite:///{path}") == {}


def test_the_classifier_learns_every_question_with_its_topic(url: str) -> None:
    known = known_questions(url)
    assert [(k.question, k.topic, k.covered) for k in known] == [
        (QUESTIONS[0], "duties", True),
        (QUESTIONS[1], "duties", True),
        ("price of a licence", "certification", False),
    ]
    model = MiniLM()
    for one in known:
        assert one.vector @ model.encode([one.question])[0] == pytest.approx(1, abs=1e-5)


def test_without_a_database_training_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "knowledge.sqlite"
    path.write_bytes(b"no database at all, but longer than a header of one hundred bytes" * 3)
    with pytest.raises(KnowledgeError, match="make knowledge"):
        known_questions(f"sqlite:///{path}")


def test_a_question_in_other_words_finds_its_statement_and_a_strange_one_what_is_missing(url: str) -> None:
    knowledge, model = KnowledgeBase(url), MiniLM()
    pills, fee = model.encode(["are pills handed out by nurses", "what is the price of that licence"])
    ((target, near),) = knowledge.asked_like(NURSE, pills).items()
    ((missing, far),) = knowledge.unanswered_like(NURSE, pills).items()
    assert (target.indicator, target.item, missing.what) == ("duties.task", "give-medicine", "licence fees")
    assert near > 0.8 > 0.4 > far
    assert knowledge.unanswered_like(NURSE, fee)[missing] > 0.8 > knowledge.asked_like(NURSE, fee)[target]
    assert knowledge.asked_like("pharmacy-technician", pills) == {}
    (answered, unanswered) = knowledge.crowds(fee)
    assert (len(answered), len(unanswered)) == (2, 1)
    assert unanswered[0] > max(answered)


def test_the_same_search_is_worked_out_once_and_another_is_not_mixed_up_with_it(empty: Connection) -> None:
    """A turn asks for the same several times; another student's question must not get its result."""
    write_vectors(empty, ["old", "new"], {}, lambda texts: np.stack([unit(number) for number in range(len(texts))]))
    index = VectorIndex(empty, [(text, text) for text in ("old", "new")])
    first, second = index.scores(unit(0)), index.scores(unit(1))
    assert index.scores(unit(0)) is first and first != second
    for number in range(2, 12):
        index.scores(unit(number))
    assert index.scores(unit(0)) == first and index.scores(unit(1)) == second
