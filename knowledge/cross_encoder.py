"""Whether a sentence answers a question, by reading both together: a cross-encoder (Nogueira & Cho 2019).

The embedding of a question alone cannot tell "is the training paid" from "is there training": both are near to what is
said of the training. Here question and sentence go through the model as one text, so that each word of one sees all
words of the other. It is the same model as in embedding.py, MiniLM, with other weights (`python -m tools.tuning.cross`
learns them), and a few numbers that make one figure of its vectors.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Encoding, Tokenizer

from knowledge.embedding import TOKENIZER, overlaid, packaged_file
from knowledge.integer_model import in_integers

WEIGHTS = Path(__file__).with_name("cross_minilm.npz")
MAX_TOKENS = 128
MAX_SENTENCE = 96  # tokens of it: room for the end of a question is left in any case
REMEMBERED = 4_000  # pairs
HEAD = ("head.mean", "head.likeness", "head.bias")


def joined(before: str, question: str) -> str:
    """A question as one that follows another: the two in one text."""
    return f"{before} | {question}" if before else question


class PairTokenizer:
    """Question and sentence -> their tokens as one text, MAX_TOKENS at most. Of a long sentence the end is left out, of
    a long question the beginning."""

    def __init__(self) -> None:
        self._pairs, self._sentences = (Tokenizer.from_file(str(packaged_file(*TOKENIZER))) for _ in range(2))
        self._pairs.enable_truncation(MAX_TOKENS, strategy="only_first", direction="left")
        self._sentences.enable_truncation(MAX_SENTENCE)
        for one in (self._pairs, self._sentences):
            one.no_padding()

    def encode(self, question: str, sentence: str) -> Encoding:
        """`question`: with the one before it, if it follows one (`joined`)."""
        kept = self._sentences.encode(sentence, add_special_tokens=False).offsets
        return self._pairs.encode(question, sentence[: kept[-1][1]] if kept else sentence)


class CrossEncoder:
    """Question and sentence -> the log-odds that the sentence answers the question."""

    def __init__(self, threads: int = 1) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        model, head = overlaid(WEIGHTS)
        self._session = onnxruntime.InferenceSession(in_integers(model), options, providers=["CPUExecutionProvider"])
        self._mean, self._likeness, self._bias = (head[name] for name in HEAD)
        self._encode = PairTokenizer().encode
        self._read = lru_cache(REMEMBERED)(self._scored)

    def score(self, question: str, sentence: str, before: str = "") -> float:
        """`before`: the question before it, if it is to be read as one that follows."""
        return self._read(joined(before, question), sentence)

    def _scored(self, question: str, sentence: str) -> float:
        encoded = self._encode(question, sentence)
        ids, types = (np.array([part], dtype=np.int64) for part in (encoded.ids, encoded.type_ids))
        feed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": types}
        tokens: npt.NDArray[np.float32] = self._session.run(None, feed)[0][0]
        second = types[0] == 1
        one, other = tokens[~second].mean(axis=0), tokens[second].mean(axis=0)
        like = one * other / max(float(np.linalg.norm(one) * np.linalg.norm(other)), 1e-6)
        return float(tokens.mean(axis=0) @ self._mean + like @ self._likeness + self._bias[0])


@lru_cache(maxsize=1)
def cross_encoder() -> CrossEncoder:
    """The one of this process."""
    return CrossEncoder()
