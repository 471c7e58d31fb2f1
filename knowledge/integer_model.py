"""The sentence model's graph, changed so that it computes with the 8-bit weights that it is published with.

As it is published, each product with a weight matrix is preceded by the matrix being unpacked to 32-bit floats, which
onnxruntime does once, when it loads the model, so that each run reads four times as many bytes and multiplies floats.
Here the activations are brought to 8 bits instead (the operators DynamicQuantizeLinear and MatMulInteger of the ONNX
standard, opset 11), and the integer product is scaled back. The vectors differ from those of the published graph by a
cosine of about 0.994, and a text takes two fifths of the time (docs/performance.md).

The weights are given as unsigned numbers around 128. onnxruntime has exact products of those for every processor, while
its fast product of unsigned and signed ones saturates on those without VNNI; so all machines compute the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import onnx
from onnx import helper, numpy_helper
from onnx.onnx_ml_pb2 import NodeProto, TensorProto

ZERO = "waymark/zero"  # the name of the constant that stands for 0 among the weights
MIDDLE = 128


def in_integers(model: bytes) -> bytes:
    """The model with its products in integers. Raises ValueError if it has no product with an 8-bit weight."""
    content = onnx.load_from_string(model)
    graph = content.graph
    constants = {constant.name: constant for constant in graph.initializer}
    made_by = {name: node for node in graph.node for name in node.output}
    nodes: list[NodeProto] = []
    rounded: set[str] = set()  # activations that are in 8 bits already: three products share one
    weights: set[str] = set()
    for node in graph.node:
        found = _weight(node, made_by, constants)
        if found is None:
            nodes.append(node)
            continue
        nodes += _product(node, *found, first=node.input[0] not in rounded)
        rounded.add(node.input[0])
        weights.add(found[0])
    if not weights:
        raise ValueError("the model has no product with an 8-bit weight")
    for name in weights:
        signed = numpy_helper.to_array(constants[name])
        unsigned = (signed.astype(np.int16) + MIDDLE).astype(np.uint8)
        constants[name].CopyFrom(numpy_helper.from_array(unsigned, name))
    graph.initializer.append(numpy_helper.from_array(np.array(MIDDLE, np.uint8), ZERO))
    wanted = list(_wanted(nodes, {output.name for output in graph.output}))
    del graph.node[:]
    graph.node.extend(reversed(wanted))
    return bytes(content.SerializeToString())


def _weight(
    node: NodeProto, made_by: Mapping[str, NodeProto], constants: Mapping[str, TensorProto]
) -> tuple[str, str] | None:
    """(the 8-bit weight, its scale) if the node is a product with one that is unpacked: Cast, then Mul."""
    scaled = made_by.get(node.input[1]) if node.op_type == "MatMul" else None
    unpacked = made_by.get(scaled.input[0]) if scaled is not None and scaled.op_type == "Mul" else None
    if scaled is None or unpacked is None or unpacked.op_type != "Cast":
        return None
    weight = constants.get(unpacked.input[0])
    if weight is None or weight.data_type != TensorProto.INT8:
        return None
    return weight.name, scaled.input[1]


def _product(node: NodeProto, weight: str, scale: str, *, first: bool) -> Iterator[NodeProto]:
    """What stands in the place of a product; `first`: its activations have to be brought to 8 bits as well."""
    of, to = node.input[0], node.output[0]
    bytes_of, product_of = f"waymark/{of}", f"waymark/{to}"
    if first:
        rounded = [bytes_of, f"{bytes_of}/scale", f"{bytes_of}/zero"]
        yield helper.make_node("DynamicQuantizeLinear", [of], rounded)
    yield helper.make_node("MatMulInteger", [bytes_of, weight, f"{bytes_of}/zero", ZERO], [f"{product_of}/integers"])
    yield helper.make_node("Cast", [f"{product_of}/integers"], [f"{product_of}/floats"], to=TensorProto.FLOAT)
    yield helper.make_node("Mul", [f"{bytes_of}/scale", scale], [f"{product_of}/scale"])
    yield helper.make_node("Mul", [f"{product_of}/floats", f"{product_of}/scale"], [to])


def _wanted(nodes: list[NodeProto], outputs: set[str]) -> Iterator[NodeProto]:
    """The nodes that an output needs, the last first: nothing needs the unpacked weights any more."""
    needed = set(outputs)
    for node in reversed(nodes):
        if needed & set(node.output):
            needed |= set(node.input)
            yield node
