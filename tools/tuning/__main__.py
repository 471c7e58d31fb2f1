"""`python -m tools.tuning`: about twenty minutes on two cores. Writes knowledge/tuned_minilm.npz and says its hash."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from knowledge.embedding import TOKENIZER, TUNED, packaged_file
from knowledge.load import read_checked
from tools.console import say
from tools.tuning.pairs import Sampler, groups

BATCH = 64
TOKENS = 32  # of a text; few questions are longer
RATE, WARM_UP = 4e-5, 40
SCALE = 20.0  # a cosine is multiplied by it before the softmax: a temperature of 0.05
EPOCHS = 3
DECAY = 0.01
REPORT = 25


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.tuning", description=__doc__)
    parser.add_argument("--steps", type=int, help="batches to learn from (default: three times all questions)")
    parser.add_argument("--output", default=str(TUNED), help="the file to write")
    chosen = parser.parse_args(arguments)
    facts, asked = read_checked()
    topics = {id: indicator.topic for id, indicator in facts.vocabulary.indicators.items()}
    names = {name for entry in facts.vocabulary.occupations.values() for name in (entry["name"], *entry["aliases"])}
    sampler = Sampler(groups(asked, facts.statements, topics), names)
    steps = chosen.steps or EPOCHS * len(asked.questions) // BATCH
    tuned = tune(sampler, steps)
    from tools.tuning.weights import write

    digest = write(tuned, Path(chosen.output))
    say(f"{chosen.output} written. Put its SHA-256 into knowledge/embedding.py: {digest}")
    return 0


def tune(sampler: Sampler, steps: int, batch: int = BATCH, rate: float = RATE) -> dict[str, Any]:
    """The weights after `steps` batches."""
    import tensorflow as tf

    from tools.tuning.encoder import DROPOUT, encode
    from tools.tuning.weights import read

    frozen, start = read()
    fixed = {name: tf.constant(value) for name, value in frozen.items()}
    learned = {name: tf.Variable(value) for name, value in start.items()}
    optimizer = tf.keras.optimizers.AdamW(learning_rate=rate, weight_decay=DECAY, global_clipnorm=1.0)
    optimizer.exclude_from_weight_decay(var_list=[v for v in learned.values() if v.shape.rank == 1])
    optimizer.build(list(learned.values()))

    @tf.function(reduce_retracing=True)
    def step(ids: Any, mask: Any, other_ids: Any, other_mask: Any, same: Any) -> Any:
        weights = {**fixed, **learned}
        with tf.GradientTape() as tape:
            one = encode(weights, ids, mask, dropout=DROPOUT)
            other = encode(weights, other_ids, other_mask, dropout=DROPOUT)
            loss = contrast(one, other, same)
        optimizer.apply_gradients(zip(tape.gradient(loss, list(learned.values())), learned.values()))
        return loss

    tokenize = _tokenizer()
    losses: list[float] = []
    began = time.monotonic()
    for n in range(steps):
        ones, others, same = sampler.batch(batch)
        optimizer.learning_rate.assign(rate * min(1.0, (n + 1) / WARM_UP) * (1 - n / steps))
        losses.append(float(step(*tokenize(ones), *tokenize(others), tf.constant(same))))
        if n % REPORT == 0:
            say(f"  {n} of {steps}, loss {np.mean(losses[-REPORT:]):.3f}, {time.monotonic() - began:.0f} s")
    return {name: variable.numpy() for name, variable in learned.items()}


def contrast(one: Any, other: Any, same: Any) -> Any:
    """InfoNCE in both directions: each text's partner against all others of the batch, but for those of its group."""
    import tensorflow as tf

    across = SCALE * tf.matmul(one, other, transpose_b=True)
    partners = tf.linalg.diag_part(across)
    across = tf.where(tf.eye(tf.shape(one)[0]) > 0, across, across - 1e4 * same)
    within = SCALE * tf.matmul(one, one, transpose_b=True) - 1e4 * same
    there = tf.reduce_logsumexp(tf.concat([across, within], 1), 1)
    back = tf.reduce_logsumexp(across, 0)
    return tf.reduce_mean(there - partners) + tf.reduce_mean(back - partners)


def _tokenizer() -> Any:
    import tensorflow as tf
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(packaged_file(*TOKENIZER)))
    tokenizer.enable_truncation(TOKENS)
    tokenizer.enable_padding(pad_to_multiple_of=8)

    def tokenize(texts: Sequence[str]) -> tuple[Any, Any]:
        encoded = tokenizer.encode_batch(list(texts))
        ids = np.array([one.ids for one in encoded], dtype=np.int32)
        return tf.constant(ids), tf.constant(np.array([one.attention_mask for one in encoded], dtype=np.float32))

    return tokenize


if __name__ == "__main__":
    sys.exit(main())
