"""The sentence embeddings: unit vectors that tell meanings apart, from files that are checked before use."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from knowledge import embedding
from knowledge.embedding import (
    DIMENSION,
    MODEL,
    TOKENIZER,
    MiniLM,
    ModelFileError,
    between,
    encode_parallel,
    pack,
    packaged_file,
    unpack,
)

TEXTS = ["How much do nurses earn?", "", "a", "pay " * 500, "😀 ¿qué?", "How much do nurses earn?"]


@pytest.fixture(scope="module")
def model() -> MiniLM:
    return MiniLM()


def test_vectors_have_their_shape_and_length_one(model: MiniLM) -> None:
    vectors = model.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), DIMENSION) and vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert np.isfinite(vectors).all()
    assert model.encode([]).shape == (0, DIMENSION)


def test_a_text_has_the_same_vector_alone_and_among_others(model: MiniLM) -> None:
    vectors = model.encode(TEXTS)
    assert np.array_equal(vectors[0], vectors[-1])
    for text, vector in zip(TEXTS, vectors):
        assert np.array_equal(model.encode([text])[0], vector)
    assert np.array_equal(encode_parallel(model, TEXTS), vectors)
    assert encode_parallel(model, []).shape == (0, DIMENSION)


@pytest.mark.parametrize(
    ("text", "near", "far"),
    [
        ("How much do nurses earn?", "What is the salary of a nurse?", "Can I study online?"),
        ("Can I work from home?", "Is remote work possible?", "Who issues the credential?"),
        ("What does the exam cost?", "How much is the test fee?", "Do hospitals hire people without a degree?"),
        ("Is the job stressful?", "How demanding is the work?", "Which state pays the most?"),
    ],
)
def test_the_same_meaning_is_nearer_than_another(model: MiniLM, text: str, near: str, far: str) -> None:
    own, like, unlike = model.encode([text, near, far])
    assert own @ like > own @ unlike + 0.1


def test_a_packed_vector_comes_back_nearly_the_same(model: MiniLM) -> None:
    one, other = model.encode(["How much do nurses earn?", "Is the job stressful?"])
    packed = pack(one)
    assert len(packed) == 512 and packed.isascii()
    back = unpack(packed)
    assert back is not None
    assert abs(float(back @ other - one @ other)) < 0.01 and abs(float(back @ one) - 1) < 0.01


def test_the_vector_between_two_is_near_both(model: MiniLM) -> None:
    one, other = model.encode(["do nurses work nights", "nurses in schools"])
    middle = unpack(between(pack(one), pack(other)))
    assert middle is not None
    assert min(float(middle @ one), float(middle @ other)) > float(one @ other)
    assert between(pack(one), "no vector") == pack(one)


@pytest.mark.parametrize("text", ["", "not base64!", "AAAA", pack(np.zeros(383, np.float32)), "ä" * 512])
def test_what_is_no_packed_vector_is_none(text: str) -> None:
    assert unpack(text) is None


@pytest.mark.parametrize("place", [MODEL, TOKENIZER])
def test_a_damaged_file_is_refused_by_its_hash(
    place: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package, name = place
    content = bytearray(packaged_file(package, name).read_bytes())
    content[len(content) // 2] ^= 1
    copy = tmp_path / "damaged_package" / name
    copy.parent.mkdir(parents=True)
    (tmp_path / "damaged_package" / "__init__.py").touch()
    copy.write_bytes(content)
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(ModelFileError, match=r"is not the tested file.*make setup") as caught:
        packaged_file("damaged_package", name)
    assert copy.name in str(caught.value)


def test_a_model_that_is_not_the_tested_one_is_never_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(embedding.SHA256, "model.onnx", "0" * 64)
    with pytest.raises(ModelFileError, match=r"model\.onnx"):
        MiniLM()


@pytest.mark.parametrize(
    ("package", "name"), [("no_such_package_at_all", "model.onnx"), (MODEL[0], "no-such-file.onnx")]
)
def test_a_missing_file_says_what_to_do(package: str, name: str) -> None:
    with pytest.raises(ModelFileError, match="make setup") as caught:
        packaged_file(package, name)
    assert package in str(caught.value) and name in str(caught.value)
