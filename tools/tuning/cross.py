"""`python -m tools.tuning.cross`: about an hour on two cores. Writes knowledge/cross_minilm.npz and says its hash.

What is learned, of each batch: whether each sentence answers its question, where that is known; that those that do
come before the others; and whether any of a group does, as if each were a chance of its own (a noisy-or, Pearl 1988).
The pairs come in the same order each time, but the weights differ a little from run to run: sums on several threads are
not the same to the bit, and what is dropped out is drawn anew.
"""

from __future__ import annotations

import argparse
import sys
import time
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from knowledge.cross_encoder import HEAD, WEIGHTS, PairTokenizer
from knowledge.embedding import DIMENSION, MODEL, TUNED, MiniLM, encode_parallel, overlay, packaged_file
from knowledge.errors import KnowledgeError
from knowledge.load import read_checked
from tools.console import say
from tools.tuning.cross_pairs import Group, Pair, batches, makers, statements_by_target
from tools.tuning.told_apart import read_told_apart

STEPS = 1500
MULTIPLE = 8  # of tokens: few lengths, so that the graph is built a few times only
RATE, WARM_UP = 9e-5, 80
HEAD_FASTER = 10  # times the rate of the layers
DECAY = 0.01
RANKING = 0.3  # what it counts that the answered ones of a group come first, beside whether each is answered
WHOLE = 0.3  # … and whether any of the group is
LIKENESS, BIAS = 8.0, -6.0  # where the head begins: at the likeness of the two
TINY = 1e-6  # keeps the logarithm of a chance of nothing finite
REPORT = 50

Head = Mapping[str, npt.NDArray[np.float32]]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.tuning.cross", description=__doc__)
    parser.add_argument("--steps", type=int, default=STEPS, help=f"batches to learn from (default: {STEPS})")
    parser.add_argument("--start", default=str(TUNED), help="the weights to go on from (default: the embedding's)")
    parser.add_argument("--output", default=str(WEIGHTS), help="the file to write")
    chosen = parser.parse_args(arguments)
    model, head = begun(Path(chosen.start))
    facts, asked = read_checked()
    texts = statements_by_target(facts.statements)
    embedding = MiniLM()
    known = makers(asked, read_told_apart(texts), texts, lambda found: encode_parallel(embedding, found))
    tuned = tune(batches(known), chosen.steps, model, head)
    from tools.tuning.weights import write

    digest = write(tuned, Path(chosen.output))
    say(f"{chosen.output} written. Put its SHA-256 into knowledge/embedding.py: {digest}")
    say("Then fit the last look at follow-ups anew: python -m tests.evaluation.fit_verification")
    return 0


def begun(path: Path) -> tuple[bytes, Head]:
    """The model with the weights of a file over its own, and the head in the file, or else one that begins at the
    likeness of question and sentence. Unlike what the search reads, the file may be any that this tool wrote."""
    model = bytearray(packaged_file(*MODEL).read_bytes())
    chance = np.random.RandomState(3)
    mean, likeness, bias = HEAD
    head = {
        mean: chance.normal(0, 0.01, DIMENSION).astype(np.float32),
        likeness: np.full(DIMENSION, LIKENESS, np.float32),
        bias: np.array([BIAS], np.float32),
    }
    try:
        with np.load(path, allow_pickle=False) as content:
            head.update(overlay(model, content))
    except (OSError, ValueError, zipfile.BadZipFile) as error:
        raise KnowledgeError(
            f"{path} is no file of weights ({error}). Give one that `python -m tools.tuning` or "
            "`python -m tools.tuning.cross` wrote."
        ) from error
    return bytes(model), head


def tune(found: Iterable[Sequence[Group]], steps: int, model: bytes, start: Head, rate: float = RATE) -> dict[str, Any]:
    """The weights after `steps` batches, from those of a model and a head."""
    import tensorflow as tf

    from tools.tuning.encoder import DROPOUT
    from tools.tuning.weights import read

    frozen, tuned = read(model)
    fixed = {name: tf.constant(value) for name, value in frozen.items()}
    learned = {name: tf.Variable(value) for name, value in tuned.items()}
    head = {name: tf.Variable(start[name]) for name in HEAD}
    body, top = (tf.keras.optimizers.AdamW(learning_rate=rate, weight_decay=DECAY) for _ in range(2))
    body.exclude_from_weight_decay(var_list=[v for v in learned.values() if v.shape.rank == 1])
    body.build(list(learned.values()))
    top.build(list(head.values()))

    @tf.function(reduce_retracing=True)
    def step(
        ids: Any, mask: Any, types: Any, answers: Any, certain: Any, member: Any, ranked: Any, some: Any, none: Any
    ) -> Any:
        with tf.GradientTape() as tape:
            odds = log_odds({**fixed, **learned}, head, ids, mask, types, dropout=DROPOUT)
            loss = _mean_where(certain, tf.nn.sigmoid_cross_entropy_with_logits(answers, odds))
            loss += RANKING * ranking_loss(odds, answers, member, ranked)
            loss += WHOLE * whole_loss(odds, member, some, none)
        variables = [*learned.values(), *head.values()]
        gradients, _ = tf.clip_by_global_norm(tape.gradient(loss, variables), 1.0)
        body.apply_gradients(zip(gradients[: len(learned)], learned.values()))
        top.apply_gradients(zip(gradients[len(learned) :], head.values()))
        return loss

    tokenize = pair_tokenizer()
    losses: list[float] = []
    began = time.monotonic()
    for n, chosen in zip(range(steps), found):
        pairs = [pair for group in chosen for pair in group.pairs]
        answers = tf.constant([float(pair.answers or 0) for pair in pairs])
        certain = tf.constant([pair.answers is not None for pair in pairs])
        sizes = [len(group.pairs) for group in chosen]
        member = tf.constant(np.repeat(np.eye(len(chosen), dtype=bool), sizes, axis=1))  # (groups, pairs)
        ranked, some, none = (
            tf.constant([bool(of(group)) for group in chosen])
            for of in (lambda one: one.ranked, lambda one: one.answered is True, lambda one: one.answered is False)
        )
        share = min(1.0, (n + 1) / WARM_UP) * (1 - n / steps)
        body.learning_rate.assign(rate * share)
        top.learning_rate.assign(HEAD_FASTER * rate * share)
        losses.append(float(step(*tokenize(pairs), answers, certain, member, ranked, some, none)))
        if n % REPORT == 0:
            say(f"  {n} of {steps}, loss {np.mean(losses[-REPORT:]):.3f}, {time.monotonic() - began:.0f} s")
    return {name: variable.numpy() for name, variable in {**learned, **head}.items()}


def log_odds(weights: Any, head: Any, ids: Any, mask: Any, types: Any, *, dropout: float = 0.0) -> Any:
    """That each second text answers the first, (pairs,): as knowledge/cross_encoder.py works it out."""
    import tensorflow as tf

    from tools.tuning import encoder

    found = encoder.tokens(weights, ids, mask, types, dropout=dropout)
    second = tf.cast(types, tf.float32) * mask
    one, other = (tf.math.l2_normalize(encoder.mean(found, part), -1) for part in (mask - second, second))
    mean, likeness, bias = (head[name] for name in HEAD)
    return tf.linalg.matvec(encoder.mean(found, mask), mean) + tf.linalg.matvec(one * other, likeness) + bias[0]


def ranking_loss(odds: Any, answers: Any, member: Any, ranked: Any) -> Any:
    """How far the answered pairs of each ranked group are from having all of its probability. `member`: which pairs are
    of which group, (groups, pairs)."""
    import tensorflow as tf

    right = member & (answers > 0)[None]
    of_all, of_right = (tf.reduce_logsumexp(tf.where(these, odds[None], -1e9), 1) for these in (member, right))
    return _mean_where(ranked, of_all - of_right)


def whole_loss(odds: Any, member: Any, some: Any, none: Any) -> Any:
    """The surprise that some pair of a group is answered, or that none is, where each may be on its own: the chance of
    none is the product of 1 - p, its logarithm minus the sum of softplus(odds)."""
    import tensorflow as tf

    against = tf.reduce_sum(tf.where(member, tf.nn.softplus(odds)[None], 0.0), 1)
    return _mean_where(some | none, tf.where(none, against, -tf.math.log(TINY - tf.math.expm1(-against))))


def _mean_where(these: Any, values: Any) -> Any:
    """0 if there are none."""
    import tensorflow as tf

    count = tf.maximum(tf.reduce_sum(tf.cast(these, tf.float32)), 1.0)
    return tf.reduce_sum(tf.where(these, values, 0.0)) / count


def pair_tokenizer() -> Any:
    """Pairs -> token ids, mask and types, each (pairs, tokens)."""
    import tensorflow as tf

    encode = PairTokenizer().encode

    def tokenize(pairs: Sequence[Pair]) -> tuple[Any, Any, Any]:
        encoded = [encode(pair.question, pair.sentence) for pair in pairs]
        longest = -(-max(len(one.ids) for one in encoded) // MULTIPLE) * MULTIPLE
        for one in encoded:
            one.pad(longest)
        ids, mask, types = (
            np.array([getattr(one, part) for one in encoded]) for part in ("ids", "attention_mask", "type_ids")
        )
        return (
            tf.constant(ids.astype(np.int32)),
            tf.constant(mask.astype(np.float32)),
            tf.constant(types.astype(np.int32)),
        )

    return tokenize


if __name__ == "__main__":
    sys.exit(main())
