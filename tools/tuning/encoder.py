"""The MiniLM encoder in TensorFlow, for learning its weights: BERT (Devlin et al. 2019), six layers of 384."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import tensorflow as tf

from tools.tuning.weights import LAYERS

WIDTH, HEADS = 384, 12
DROPOUT = 0.1


def encode(weights: Mapping[str, Any], ids: Any, mask: Any, *, dropout: float = 0.0) -> Any:
    """Token ids and mask, both (texts, tokens) -> unit vectors (texts, 384): the mean over the tokens."""
    return tf.math.l2_normalize(mean(tokens(weights, ids, mask, tf.zeros_like(ids), dropout=dropout), mask), -1)


def tokens(weights: Mapping[str, Any], ids: Any, mask: Any, types: Any, *, dropout: float = 0.0) -> Any:
    """The vector of each token, (texts, tokens, 384). `types`: 1 for the tokens of a second text, else 0."""
    x = tf.gather(weights["word"], ids) + weights["position"][: tf.shape(ids)[1]][None]
    x = x + tf.gather(weights["type"], types)
    x = _dropped(_normed(x, weights["norm.weight"], weights["norm.bias"]), dropout)
    hidden = (1.0 - mask)[:, None, None, :] * -1e9
    for layer in range(LAYERS):
        own = {name.partition(".")[2]: w for name, w in weights.items() if name.startswith(f"{layer}.")}
        x = _normed(x + _dropped(_attention(own, x, hidden, dropout), dropout), own["norm1.weight"], own["norm1.bias"])
        inner = _linear(own, "inner", x)
        inner = 0.5 * inner * (1.0 + tf.math.erf(inner / tf.sqrt(2.0)))
        x = _normed(x + _dropped(_linear(own, "outer", inner), dropout), own["norm2.weight"], own["norm2.bias"])
    return x


def mean(vectors: Any, mask: Any) -> Any:
    """The mean over the tokens that count: (texts, tokens, 384), (texts, tokens) -> (texts, 384)."""
    weight = mask[:, :, None]
    return tf.reduce_sum(vectors * weight, 1) / tf.reduce_sum(weight, 1)


def _attention(own: Mapping[str, Any], x: Any, hidden: Any, dropout: float) -> Any:
    query, key, value = (_heads(_linear(own, name, x)) for name in ("query", "key", "value"))
    scores = tf.matmul(query, key, transpose_b=True) / tf.sqrt(float(WIDTH // HEADS)) + hidden
    mixed = tf.matmul(_dropped(tf.nn.softmax(scores), dropout), value)
    return _linear(own, "output", tf.reshape(tf.transpose(mixed, (0, 2, 1, 3)), tf.shape(x)))


def _heads(x: Any) -> Any:
    shape = tf.shape(x)
    return tf.transpose(tf.reshape(x, (shape[0], shape[1], HEADS, WIDTH // HEADS)), (0, 2, 1, 3))


def _linear(own: Mapping[str, Any], name: str, x: Any) -> Any:
    shape = tf.shape(x)
    flat = tf.matmul(tf.reshape(x, (-1, shape[-1])), own[name]) + own[f"{name}.bias"]
    return tf.reshape(flat, (shape[0], shape[1], tf.shape(flat)[-1]))


def _normed(x: Any, weight: Any, bias: Any) -> Any:
    mean = tf.reduce_mean(x, -1, keepdims=True)
    variance = tf.reduce_mean(tf.square(x - mean), -1, keepdims=True)
    return (x - mean) * tf.math.rsqrt(variance + 1e-12) * weight + bias


def _dropped(x: Any, share: float) -> Any:
    return tf.nn.dropout(x, share) if share else x
