"""Builds the ONNX graph of a Llama- or Qwen-style decoder from its config and weights.

The graph reads embeddings, not token ids (so that soft tokens need nothing special), and appends to KV
buffers that the caller owns:

    embeddings  float32 (B, T, hidden)       lengths    int32 (B,)  positions filled after this step, minus 1
    positions   int64   (K,)                 total      int32 ()    largest of those lengths, not reduced (S)
    places      int64   (B, T)  where rotary embedding sees the new tokens
    bias        float32 (1, 1, T, S)         added to the attention scores: -inf hides a token from a new one
    past.{i}.keys / past.{i}.values          float32 (B, H_kv, C, D), C the capacity of the buffers
    lora.{i}.{site}.down / .up               float32 (G, inputs, W) and (G * W, outputs)
    -> logits   float32 (B, K, V) at `positions` of the T new tokens, and present.{i}.keys / .values
       hidden   float32 (B, K, hidden), what the logits are made from

The LoRA is optional: inputs that are not fed have no columns (W). Its sites are the graph's linear layers, of which
some are several of the model's layers joined (`lora.py`). Outside attention the B * T new tokens are rows of a matrix.

Attention and rotary embedding are ONNX Runtime's GroupQueryAttention, which allows T > 1 only with B = 1.
Linear layers are MatMulNBits (8-bit blocks of 32, int8 dot products) or plain MatMul. Weights stream into
one external file, so that no more than one tensor is in memory at a time.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt
from onnx import TensorProto, helper, save_model

from programasweights.lm.config import ModelConfig
from programasweights.lm.layout import GRAPH_FILE, WEIGHTS_FILE
from programasweights.lm.lora import LORA_FACTOR, SITES, site_sizes
from programasweights.lm.quantization import BLOCK, quantize_blocks
from programasweights.lm.weights import EMBEDDING, F32, OUTPUT, OUTPUT_NORM, WeightReader, layer_tensor
from programasweights.progress import Advance
from programasweights.settings import Precision

__all__ = ["build_graph"]

_CONTRIB = "com.microsoft"
_ALIGNMENT = 4096
_INLINE_BYTES = 128


def build_graph(
    reader: WeightReader, folder: Path, *, precision: Precision, context_length: int, advance: Advance
) -> None:
    """Write `graph.onnx` and `weights.bin` into `folder`.

    Args:
        reader: the model's config and tensors.
        folder: an existing folder.
        precision: `"q8"` or `"fp32"` linear layers.
        context_length: positions for which rotary tables are written.
        advance: called with 1 after each of the N layers and once after the output layer.
    """
    with (folder / WEIGHTS_FILE).open("wb") as file:
        graph = _Graph(reader.config, _TensorFile(file), precision)
        graph.rotary_tables(context_length)
        hidden, residual = graph.first_norm(reader.tensor(layer_tensor(0, "input_layernorm")))
        for layer in range(reader.config.layers):
            hidden, residual = graph.layer(layer, reader, hidden, residual)
            advance(1)
        graph.output(hidden, reader.tensor(EMBEDDING if reader.config.tied_embeddings else OUTPUT))
        advance(1)
    save_model(graph.model(), folder / GRAPH_FILE)


@dataclass
class _TensorFile:
    """The external file of weights, filled front to back."""

    file: BinaryIO

    def add(self, name: str, array: npt.NDArray[Any]) -> TensorProto:
        """Append an array and return the tensor that points to it; small ones stay in the graph."""
        array = np.ascontiguousarray(array)
        tensor = TensorProto(
            name=name, dims=array.shape, data_type=helper.np_dtype_to_tensor_dtype(array.dtype)
        )
        if array.nbytes <= _INLINE_BYTES:
            tensor.raw_data = array.tobytes()
            return tensor
        self.file.write(b"\0" * (-self.file.tell() % _ALIGNMENT))
        tensor.data_location = TensorProto.EXTERNAL
        for key, value in (
            ("location", WEIGHTS_FILE),
            ("offset", self.file.tell()),
            ("length", array.nbytes),
        ):
            tensor.external_data.add(key=key, value=str(value))
        self.file.write(array.data)
        return tensor


class _Graph:
    """Nodes, inputs, outputs and initialisers under construction; methods return value names."""

    def __init__(self, config: ModelConfig, tensors: _TensorFile, precision: Precision) -> None:
        self.config = config
        self.tensors = tensors
        self.precision = precision
        self.nodes: list[Any] = []
        self.initializers: list[TensorProto] = []
        self.inputs = [
            helper.make_tensor_value_info("embeddings", TensorProto.FLOAT, ["B", "T", config.hidden_size]),
            helper.make_tensor_value_info("lengths", TensorProto.INT32, ["B"]),
            helper.make_tensor_value_info("total", TensorProto.INT32, []),
            helper.make_tensor_value_info("positions", TensorProto.INT64, ["K"]),
            helper.make_tensor_value_info("places", TensorProto.INT64, ["B", "T"]),
            helper.make_tensor_value_info("bias", TensorProto.FLOAT, [1, 1, "T", "S"]),
        ]
        self.outputs = [
            helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["B", "K", config.vocab_size]),
            helper.make_tensor_value_info("hidden", TensorProto.FLOAT, ["B", "K", config.hidden_size]),
        ]

    def constant(self, name: str, array: npt.NDArray[Any]) -> str:
        self.initializers.append(self.tensors.add(name, array))
        return name

    def op(
        self, kind: str, inputs: list[str], outputs: str | list[str], *, contrib: bool = False, **attrs: Any
    ) -> str:
        names = [outputs] if isinstance(outputs, str) else outputs
        domain = _CONTRIB if contrib else ""
        self.nodes.append(helper.make_node(kind, inputs, names, name=names[0], domain=domain, **attrs))
        return names[0]

    def rotary_tables(self, context_length: int) -> None:
        """Cosine and sine tables of shape (context_length, D / 2)."""
        half = np.arange(0, self.config.head_dim, 2, dtype=np.float64) / self.config.head_dim
        angles = np.arange(context_length, dtype=np.float64)[:, None] * self.config.rope_theta**-half
        self.constant("rotary.cos", np.cos(angles).astype(np.float32))
        self.constant("rotary.sin", np.sin(angles).astype(np.float32))

    def first_norm(self, weight: F32) -> tuple[str, str]:
        """Make rows of the new tokens; returns the normed rows and the rows."""
        self._rest = self.constant("shape.rest", np.array([-1]))
        self._joined = self.constant("shape.joined", np.array([0, -1]))
        self._outer = self._outer_shape("embeddings", "shape.sequences")
        rows = self._rows("embeddings", "rows", self.config.hidden_size)
        return self._rms_norm(rows, self.constant("norm.first", weight), "normed.first"), rows

    def _outer_shape(self, value: str, name: str) -> str:
        """The shape (a, b, -1) for a value (a, b, n)."""
        outer = self.op("Shape", [value], f"{name}.outer", start=0, end=2)
        return self.op("Concat", [outer, self._rest], name, axis=0)

    def _rows(self, value: str, name: str, size: int) -> str:
        """(a, b, size) as (a * b, size)."""
        shape = self.constant(f"{name}.shape", np.array([-1, size]))
        return self.op("Reshape", [value, shape], f"{name}.rows")

    def _sequences(self, rows: str, name: str) -> str:
        """(B * T, n) as (B, T, n)."""
        return self.op("Reshape", [rows, self._outer], name)

    def _chosen(self, value: str, name: str, size: int) -> str:
        """The rows (B * K, size) of (B, T, size) at `positions`."""
        return self._rows(self.op("Gather", [value, "positions"], name, axis=1), name, size)

    def _rms_norm(self, value: str, scale: str, name: str) -> str:
        epsilon = self.config.norm_epsilon
        return self.op("SimplifiedLayerNormalization", [value, scale], name, axis=-1, epsilon=epsilon)

    def _add_and_norm(self, value: str, residual: str, weight: F32, name: str) -> tuple[str, str]:
        """Add to the residual stream; returns the normed sum and the sum."""
        scale = self.constant(f"{name}.scale", weight)
        outputs = [f"{name}.normed", "", "", f"{name}.sum"]
        epsilon = self.config.norm_epsilon
        self.op(
            "SkipSimplifiedLayerNormalization",
            [value, residual, scale],
            outputs,
            contrib=True,
            epsilon=epsilon,
        )
        return outputs[0], outputs[3]

    def linear(self, value: str, weight: F32, name: str) -> str:
        """x @ W.T for W of shape (outputs, inputs)."""
        if self.precision == "fp32":
            return self.op("MatMul", [value, self.constant(f"{name}.weight", weight.T)], name)
        codes, scales = quantize_blocks(weight)
        inputs = [
            value,
            self.constant(f"{name}.codes", codes),
            self.constant(f"{name}.scales", scales.reshape(-1)),
        ]
        rows, columns = weight.shape
        sizes = {"N": rows, "K": columns, "bits": 8, "block_size": BLOCK, "accuracy_level": 4}
        return self.op("MatMulNBits", inputs, name, contrib=True, **sizes)

    def site(self, value: str, weight: F32, name: str, layer: int, site: str) -> str:
        """A linear layer with the caller's LoRA: x @ W.T + (x @ down / 2) @ up / 2.

        Rows must round alike alone and together, on any number of threads. So no product of the LoRA has the factor
        1, with which ONNX Runtime multiplies a row alone by another kernel than rows together; and the narrow
        product is made in groups of few columns, which threads do not share. `pack_lora` makes up for both.
        """
        lora, (outputs, inputs) = f"lora.{layer}.{site}", site_sizes(self.config, site)
        self._lora_input(f"{lora}.down", (1, inputs, 0), [f"{lora}.groups", inputs, f"{lora}.width"])
        self._lora_input(f"{lora}.up", (0, outputs), [f"{lora}.rank", outputs])
        plain = self.linear(value, weight, name)
        narrow = self.op(
            "FusedMatMul", [value, f"{lora}.down"], f"{lora}.groups", contrib=True, alpha=LORA_FACTOR
        )
        by_row = self.op("Transpose", [narrow], f"{lora}.by_row", perm=[1, 0, 2])
        joined = self.op("Reshape", [by_row, self._joined], f"{lora}.narrow")
        return self.op("Gemm", [joined, f"{lora}.up", plain], f"{lora}.sum", alpha=LORA_FACTOR)

    def _lora_input(self, name: str, default: tuple[int, ...], shape: list[Any]) -> None:
        self.inputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape))
        self.constant(name, np.zeros(default, np.float32))

    def layer(self, layer: int, reader: WeightReader, hidden: str, residual: str) -> tuple[str, str]:
        """One decoder layer; returns the next layer's normed input and the residual stream."""
        name, last = f"layer.{layer}", layer + 1 == self.config.layers
        attended = self._attention(layer, reader, hidden)
        if last:  # what follows is wanted at `positions` only
            attended = self._chosen(
                attended, f"{name}.attention.chosen", self.config.heads * self.config.head_dim
            )
            residual = self._chosen(
                self._sequences(residual, f"{name}.residual"), f"{name}.chosen", self.config.hidden_size
            )
        else:
            attended = self._rows(attended, f"{name}.attention", self.config.heads * self.config.head_dim)
        weight = reader.tensor(layer_tensor(layer, "self_attn.o_proj"))
        mixed = self.site(attended, weight, f"{name}.out", layer, "out")
        norm = reader.tensor(layer_tensor(layer, "post_attention_layernorm"))
        hidden, residual = self._add_and_norm(mixed, residual, norm, f"{name}.middle")
        fed = self._feed_forward(layer, reader, hidden)
        norm = reader.tensor(OUTPUT_NORM if last else layer_tensor(layer + 1, "input_layernorm"))
        return self._add_and_norm(fed, residual, norm, f"{name}.end")

    def _attention(self, layer: int, reader: WeightReader, hidden: str) -> str:
        """Attention over rows, (B, T, heads * D)."""
        name = f"layer.{layer}.attention"
        weight = np.concatenate([reader.tensor(layer_tensor(layer, part)) for part in SITES["qkv"]])
        packed = self.site(hidden, weight, f"{name}.qkv", layer, "qkv")
        if self.config.attention_bias:
            bias = np.concatenate([reader.tensor(layer_tensor(layer, p, "bias")) for p in SITES["qkv"]])
            packed = self.op("Add", [packed, self.constant(f"{name}.bias", bias)], f"{name}.biased")
        packed = self._sequences(packed, f"{name}.packed")
        qkv = [packed, "", ""]
        if self.config.query_key_norm:
            qkv = self._normed_heads(layer, reader, packed)
        past, present = self._kv_buffers(layer)
        inputs = [*qkv, *past, "lengths", "total", "rotary.cos", "rotary.sin", "places", "bias"]
        sizes = {"num_heads": self.config.heads, "kv_num_heads": self.config.kv_heads, "do_rotary": 1}
        return self.op("GroupQueryAttention", inputs, [name, *present], contrib=True, **sizes)

    def _kv_buffers(self, layer: int) -> tuple[list[str], list[str]]:
        """Declare a layer's KV inputs and outputs; returns their names."""
        past = [f"past.{layer}.{part}" for part in ("keys", "values")]
        present = [f"present.{layer}.{part}" for part in ("keys", "values")]
        shape = ["B", self.config.kv_heads, "C", self.config.head_dim]
        self.inputs += [helper.make_tensor_value_info(p, TensorProto.FLOAT, shape) for p in past]
        self.outputs += [helper.make_tensor_value_info(p, TensorProto.FLOAT, shape) for p in present]
        return past, present

    def _normed_heads(self, layer: int, reader: WeightReader, packed: str) -> list[str]:
        """Split q, k and v, and RMS-normalise each head of q and k."""
        name, size = f"layer.{layer}.attention", self.config.head_dim
        heads = {"q": self.config.heads, "k": self.config.kv_heads}
        widths = [heads["q"] * size, heads["k"] * size, heads["k"] * size]
        names = [f"{name}.{p}" for p in "qkv"]
        self.op("Split", [packed, self.constant(f"{name}.widths", np.array(widths))], names, axis=-1)
        for index, part in enumerate("qk"):
            split = self.constant(f"{name}.{part}.heads", np.array([0, 0, heads[part], size]))
            joined = self.constant(f"{name}.{part}.joined", np.array([0, 0, heads[part] * size]))
            scale = self.constant(
                f"{name}.{part}.norm", reader.tensor(layer_tensor(layer, f"self_attn.{part}_norm"))
            )
            by_head = self.op("Reshape", [names[index], split], f"{name}.{part}.by_head")
            normed = self._rms_norm(by_head, scale, f"{name}.{part}.normed")
            names[index] = self.op("Reshape", [normed, joined], f"{name}.{part}.flat")
        return names

    def _feed_forward(self, layer: int, reader: WeightReader, hidden: str) -> str:
        name = f"layer.{layer}.feed_forward"
        gate_and_up = np.concatenate([reader.tensor(layer_tensor(layer, part)) for part in SITES["gate_up"]])
        both = self.site(hidden, gate_and_up, f"{name}.both", layer, "gate_up")
        self.op("Split", [both], [f"{name}.gate", f"{name}.up"], axis=-1, num_outputs=2)
        # QuickGelu is x * sigmoid(alpha * x): with alpha 1 it is SiLU, in one pass over the data.
        active = self.op("QuickGelu", [f"{name}.gate"], f"{name}.active", contrib=True, alpha=1.0)
        gated = self.op("Mul", [active, f"{name}.up"], f"{name}.gated")
        weight = reader.tensor(layer_tensor(layer, "mlp.down_proj"))
        return self.site(gated, weight, f"{name}.down", layer, "down")

    def output(self, hidden: str, weight: F32) -> None:
        shape = self._outer_shape(f"layer.{self.config.layers - 1}.chosen", "shape.chosen")
        self.op("Reshape", [hidden, shape], "hidden")
        self.linear("hidden", weight, "logits")

    def model(self) -> Any:
        graph = helper.make_graph(self.nodes, "decoder", self.inputs, self.outputs, self.initializers)
        opsets = [helper.make_opsetid("", 21), helper.make_opsetid(_CONTRIB, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=10, producer_name="programasweights")
