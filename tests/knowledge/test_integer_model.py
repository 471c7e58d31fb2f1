"""The sentence model computed in 8 bits: near the published one, smaller, and no other graph is taken for it."""

from __future__ import annotations

from collections import Counter

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

from knowledge.embedding import tuned_model
from knowledge.integer_model import in_integers

ROWS = 5


def product(weights: np.ndarray, *, unpacked: bool = True) -> bytes:
    """A model of one product, with weights as they are published: 8 bits, unpacked by Cast and Mul."""
    signed, scale = weights.astype(np.int8), np.full((1, weights.shape[1]), 0.01, np.float32)
    constants = [numpy_helper.from_array(signed, "w8"), numpy_helper.from_array(scale, "scale")]
    nodes = [
        helper.make_node("Cast", ["w8"], ["wf"], to=TensorProto.FLOAT),
        helper.make_node("Mul", ["wf", "scale"], ["w"]),
        helper.make_node("MatMul", ["x", "w"], ["y"]),
    ]
    if not unpacked:
        constants = [numpy_helper.from_array((signed * scale).astype(np.float32), "w")]
        nodes = nodes[2:]
    graph = helper.make_graph(
        nodes,
        "product",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [ROWS, weights.shape[0]])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [ROWS, weights.shape[1]])],
        constants,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    return bytes(model.SerializeToString())


def run(model: bytes, given: np.ndarray) -> np.ndarray:
    (found,) = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"]).run(None, {"x": given})
    return np.asarray(found)


def test_a_product_is_that_of_the_floats_to_eight_bits() -> None:
    chance = np.random.default_rng(3)
    weights = chance.integers(-128, 128, (64, 16))
    given = chance.normal(size=(ROWS, 64)).astype(np.float32)
    wanted, found = run(product(weights), given), run(in_integers(product(weights)), given)
    assert np.abs(found - wanted).max() < 0.02 * np.abs(wanted).max()


def test_the_extremes_do_not_saturate() -> None:
    """As a product of unsigned and signed bytes does on processors without VNNI, in 16 bits."""
    weights = np.full((64, 4), 127)
    given = np.ones((ROWS, 64), np.float32)
    given[:, 0] = 0.0
    assert np.allclose(run(in_integers(product(weights)), given), 63 * 1.27, rtol=1e-3)


def test_every_product_with_a_published_weight_is_in_integers() -> None:
    content = onnx.load_from_string(in_integers(tuned_model()))
    kinds = Counter(node.op_type for node in content.graph.node)
    assert kinds["MatMulInteger"] == 36  # six layers: query, key, value, output, two of the feed-forward part
    assert kinds["DynamicQuantizeLinear"] == 24  # query, key and value share one
    signed = [one.name for one in content.graph.initializer if one.data_type == TensorProto.INT8]
    assert all("embeddings" in name for name in signed), signed  # those are looked up, not multiplied


def test_a_model_of_another_form_is_refused() -> None:
    with pytest.raises(ValueError, match="no product with an 8-bit weight"):
        in_integers(product(np.ones((4, 4)), unpacked=False))
