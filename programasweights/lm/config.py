"""The shape of a decoder-only language model, read from a GGUF file or a `config.json`.

Covers the Llama family: `llama`, `qwen2` (biases on q, k, v) and `qwen3` (a norm on each query and key
head). Leaves out sliding windows, mixtures of experts and scaled rotary embeddings: these are refused.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from programasweights.errors import UnsupportedModelError

__all__ = ["ModelConfig", "config_from_gguf", "config_from_hub"]

_ARCHITECTURES = ("llama", "qwen2", "qwen3")


@dataclass(frozen=True)
class ModelConfig:
    """Sizes and constants of one decoder. N layers, H heads, H_kv KV heads, D head size, V vocabulary."""

    architecture: str
    """`llama`, `qwen2` or `qwen3`."""
    layers: int
    """N."""
    hidden_size: int
    """Width of the residual stream."""
    heads: int
    """H, query heads."""
    kv_heads: int
    """H_kv, key and value heads."""
    head_dim: int
    """D."""
    feed_forward_size: int
    """Inner width of the gated feed-forward layer."""
    vocab_size: int
    """V."""
    context_length: int
    """Most positions the model was trained for."""
    rope_theta: float
    """Base of the rotary frequencies."""
    norm_epsilon: float
    """Added to the mean square in every RMS norm."""
    tied_embeddings: bool
    """Whether the output layer is the embedding matrix."""

    def __post_init__(self) -> None:
        if self.architecture not in _ARCHITECTURES:
            raise UnsupportedModelError(
                f"the model's architecture is {self.architecture!r}, but only "
                f"{', '.join(_ARCHITECTURES)} are supported. Choose a Llama- or Qwen-style decoder."
            )
        if self.heads % self.kv_heads:
            raise UnsupportedModelError(
                f"{self.heads} heads cannot share {self.kv_heads} KV heads evenly; the model's config is damaged."
            )

    @property
    def attention_bias(self) -> bool:
        """Whether q, k and v have a bias."""
        return self.architecture == "qwen2"

    @property
    def query_key_norm(self) -> bool:
        """Whether each query and key head is RMS-normalised before the rotary embedding."""
        return self.architecture == "qwen3"

    @property
    def kv_shape(self) -> tuple[int, int, int]:
        """(N, H_kv, D)."""
        return self.layers, self.kv_heads, self.head_dim

    def to_json(self) -> dict[str, Any]:
        """All fields as JSON types."""
        return asdict(self)


def config_from_gguf(fields: Mapping[str, Any]) -> ModelConfig:
    """Read the config from a GGUF file's key-value fields.

    Raises:
        UnsupportedModelError: the architecture is unknown or a field is missing.
    """
    arch = str(fields.get("general.architecture"))
    if arch not in _ARCHITECTURES:
        raise UnsupportedModelError(
            f"the GGUF file holds a {arch!r} model; supported: {', '.join(_ARCHITECTURES)}."
        )
    scaling = fields.get(f"{arch}.rope.scaling.type")
    if scaling not in (None, "none"):
        raise UnsupportedModelError(
            f"the GGUF file scales its rotary embedding ({scaling!r}), which is not supported."
        )

    def field(name: str) -> Any:
        value = fields.get(f"{arch}.{name}")
        if value is None:
            raise UnsupportedModelError(
                f"the GGUF file lacks the field {arch}.{name}; convert the model anew."
            )
        return value

    hidden, heads = int(field("embedding_length")), int(field("attention.head_count"))
    return ModelConfig(
        architecture=arch,
        layers=int(field("block_count")),
        hidden_size=hidden,
        heads=heads,
        kv_heads=int(fields.get(f"{arch}.attention.head_count_kv", heads)),
        head_dim=int(fields.get(f"{arch}.attention.key_length", hidden // heads)),
        feed_forward_size=int(field("feed_forward_length")),
        vocab_size=len(fields["tokenizer.ggml.tokens"]),
        context_length=int(field("context_length")),
        rope_theta=float(fields.get(f"{arch}.rope.freq_base", 10000.0)),
        norm_epsilon=float(field("attention.layer_norm_rms_epsilon")),
        tied_embeddings=True,  # corrected by the reader, which sees whether there is an output matrix
    )


def config_from_hub(config: Mapping[str, Any]) -> ModelConfig:
    """Read the config from a transformers-style `config.json`.

    Raises:
        UnsupportedModelError: the model has a part that is not supported, or a field is missing.
    """
    rope = config.get("rope_parameters") or config.get("rope_scaling") or {}
    kind = rope.get("rope_type", rope.get("type", "default"))
    if kind != "default":
        raise UnsupportedModelError(
            f"the model scales its rotary embedding ({kind!r}), which is not supported."
        )
    if config.get("use_sliding_window"):
        raise UnsupportedModelError("the model attends through a sliding window, which is not supported.")
    if config.get("model_type") == "llama" and (config.get("attention_bias") or config.get("mlp_bias")):
        raise UnsupportedModelError("the model is a Llama with biases, which is not supported.")
    try:
        heads = int(config["num_attention_heads"])
        return ModelConfig(
            architecture=str(config["model_type"]),
            layers=int(config["num_hidden_layers"]),
            hidden_size=int(config["hidden_size"]),
            heads=heads,
            kv_heads=int(config.get("num_key_value_heads") or heads),
            head_dim=int(config.get("head_dim") or int(config["hidden_size"]) // heads),
            feed_forward_size=int(config["intermediate_size"]),
            vocab_size=int(config["vocab_size"]),
            context_length=int(config["max_position_embeddings"]),
            rope_theta=float(rope.get("rope_theta") or config.get("rope_theta") or 10000.0),
            norm_epsilon=float(config["rms_norm_eps"]),
            tied_embeddings=bool(config.get("tie_word_embeddings", False)),
        )
    except KeyError as missing:
        raise UnsupportedModelError(
            f"config.json lacks the field {missing}; a Llama- or Qwen-style decoder's config is expected."
        ) from None
