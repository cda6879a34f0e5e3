"""Puts a `PrefixModel` together from base models, and takes it apart into a compiler checkpoint."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file
from torch import nn

from programasweights.compiler.checkpoint import (
    CHECKPOINT_CONFIG,
    CHECKPOINT_TENSORS,
    Checkpoint,
    CheckpointConfig,
    load_checkpoint,
)
from programasweights.compiler.lora_basis import LoraBasis
from programasweights.compiler.neural import start_ids
from programasweights.errors import DataError
from programasweights.lm.config import ModelConfig
from programasweights.lm.loader import model_digest
from programasweights.lm.model_text import read_model_text
from programasweights.lm.sources import locate
from programasweights.lm.weights import open_weights
from programasweights.training.config import TrainingConfig
from programasweights.training.forms import KvPrefixForm, LayerMap, LoraForm
from programasweights.training.prefix_model import PrefixModel
from programasweights.training.reference import ReferenceModel
from programasweights.training.written import Texts

__all__ = [
    "Exported",
    "Part",
    "assemble_model",
    "build_model",
    "checkpoint_parts",
    "export_checkpoint",
    "layers_of",
    "load_exported",
    "parameters_of",
    "read_texts",
    "trained_parameters",
]

_LINEARS = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]


@dataclass(frozen=True)
class Part:
    """A base model in torch."""

    config: ModelConfig
    """Its shape."""
    module: Any
    """A causal language model of transformers, frozen."""
    start: tuple[int, ...]
    """Tokens whose embeddings the prefix tokens start from."""
    first: int
    """The token that usually comes first."""


def build_model(config: TrainingConfig) -> PrefixModel:
    """The model at its start: identity (or random) map, LoRA without effect, ordinary words as prefix tokens.

    Raises:
        ModelError: a base model cannot be used.
    """
    torch.manual_seed(config.seed)
    kind = torch.bfloat16 if config.precision == "bf16" else torch.float32
    interpreter = _read(config.interpreter, config.slots, kind)
    compiler = _read(config.base, config.slots, kind)
    return assemble_model(config, compiler, interpreter)


def assemble_model(config: TrainingConfig, compiler: Part, interpreter: Part) -> PrefixModel:
    """Put a model together from its two base models.

    Raises:
        DataError: the config asks for more layers than the compiler has, or its parts do not fit together.
    """
    if config.compiler_layers:
        compiler = _shortened(compiler, config.compiler_layers)
    table = compiler.module.get_input_embeddings().weight
    prefix = table[list(compiler.start)].detach().float()
    return PrefixModel(
        _with_lora(compiler.module, config),
        interpreter.module,
        prefix,
        _kv_prefix(config, compiler, interpreter) if config.form in ("kv_prefix", "both") else None,
        _lora_form(config, compiler, interpreter) if config.form in ("lora", "both") else None,
    )


def read_texts(config: TrainingConfig) -> Texts:
    """How the two base models read text.

    Raises:
        ModelError: a base model cannot be used.
    """
    found = []
    for name in (config.base, config.interpreter):
        files = locate(name)
        found.append(read_model_text(open_weights(files.kind, files.path), files.path))
    return Texts(*found)


def trained_parameters(model: PrefixModel) -> tuple[list[nn.Parameter], list[nn.Parameter]]:
    """What is trained: the prefix tokens, and all the rest."""
    rest = [p for name, p in model.named_parameters() if p.requires_grad and name != "prefix"]
    return [model.prefix], rest


def layers_of(model: PrefixModel) -> list[nn.Module]:
    """The transformer layers of both models."""
    found = []
    for part in (model.compiler, model.interpreter):
        found += [module for name, module in part.named_modules() if re.search(r"\.layers\.\d+$", name)]
    return found


def export_checkpoint(
    model: PrefixModel, weights: Mapping[str, torch.Tensor], config: TrainingConfig, folder: Path
) -> None:
    """Write the compiler as a checkpoint that `paw.compile(..., compiler=FOLDER)` takes.

    Args:
        model: the model.
        weights: its trained parameters by name, whole and on the CPU.
        config: of the run.
        folder: made if it is not there.

    Raises:
        DataError: the run path cannot run it: its programs hide the pseudo-program, or it lacks layers.
    """
    if not config.exportable:
        raise DataError(
            "a compiler without the pseudo-program (show_program false) or with compiler_layers set is for "
            "experiments and cannot be exported; train one with both at their defaults."
        )
    folder.mkdir(parents=True, exist_ok=True)
    described, tensors = checkpoint_parts(model, weights, config)
    halves = {name: value.to(torch.float16).contiguous().clone() for name, value in sorted(tensors.items())}
    save_file(halves, folder / CHECKPOINT_TENSORS)
    (folder / CHECKPOINT_CONFIG).write_text(described.model_dump_json(indent=1) + "\n", "utf-8")


def checkpoint_parts(
    model: PrefixModel, weights: Mapping[str, torch.Tensor], config: TrainingConfig
) -> tuple[CheckpointConfig, dict[str, torch.Tensor]]:
    """A model's trained parameters under the names of a checkpoint's tensors, and the checkpoint's config."""
    form = model.kv_prefix
    tensors = {"prefix_tokens": weights["prefix"]}
    for name, value in weights.items():
        if name.startswith("kv_prefix.maps."):
            number, linear, kind = name.removeprefix("kv_prefix.maps.").split(".")
            tensors[f"kv_map.{number}.{kind[0]}{1 if linear == 'first' else 2}"] = value
        elif ".lora_" in name:
            weight, letter = re.fullmatch(
                r"compiler\.base_model\.model\.(.+)\.lora_([AB])\..+", name
            ).groups()  # type: ignore[union-attr]
            tensors[f"lora.{weight}.weight.{letter.lower()}"] = value
    tensors |= _basis_tensors(model.lora, weights)
    shape = "identity"
    if form is not None and form.maps is not None:
        shape = "residual_mlp" if form.maps[0].residual else "mlp"
    described = CheckpointConfig(
        base=config.base,
        base_digest=model_digest(config.base),
        interpreter_digest=model_digest(config.interpreter),
        slots=config.slots,
        discrete="generated" if config.discrete_weight else "spec",
        continuous=config.form,
        lora_modules=[] if model.lora is None else _modules(model.lora),
        kv_map=shape,  # type: ignore[arg-type]
        layers=list(range(_depth(model.interpreter))) if form is None else list(form.layers),
        lora_scale=config.lora_alpha / config.lora_rank if config.lora_rank else None,
    )
    return described, tensors


def _modules(form: LoraForm) -> list[str]:
    """The linear layers that are adapted in every layer, `self_attn.q_proj` and the like."""
    return list(dict.fromkeys(re.sub(r"^model\.layers\.\d+\.", "", name) for name in form.names))


def _basis_tensors(form: LoraForm | None, weights: Mapping[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """The parameters of the LoRA form as a checkpoint holds them, stacked over the layers."""
    if form is None:
        return {}
    modules, total = _modules(form), len(form.names)
    tensors = {
        "basis.norm.scale": weights["lora.norm.weight"],
        "basis.norm.shift": weights["lora.norm.bias"],
    }
    for ours, theirs in (("weights", "weight"), ("biases", "bias")):
        stacked = torch.stack([weights[f"lora.shares.{n}.{theirs}"] for n in range(total)])
        tensors[f"basis.shares.{ours}"] = stacked.reshape(-1, len(modules), *stacked.shape[1:])
    for place, module in enumerate(modules):
        for part in ("down", "up"):
            own = [weights[f"lora.{part}.{n}"] for n in range(place, total, len(modules))]
            tensors[f"basis.{module}.{part}"] = torch.stack(own)
    return tensors


def _form_weights(basis: LoraBasis | None) -> dict[str, torch.Tensor]:
    """What `_basis_tensors` undoes: the parameters of the LoRA form, from a checkpoint."""
    if basis is None:
        return {}
    found = {"lora.norm.weight": basis.norm_scale, "lora.norm.bias": basis.norm_shift}
    for layer in range(basis.share_biases.shape[0]):
        for place, module in enumerate(basis.down):
            number = layer * len(basis.down) + place
            found[f"lora.shares.{number}.weight"] = basis.share_weights[layer, place]
            found[f"lora.shares.{number}.bias"] = basis.share_biases[layer, place]
            found[f"lora.down.{number}"] = basis.down[module][layer]
            found[f"lora.up.{number}"] = basis.up[module][layer]
    return {name: torch.from_numpy(array) for name, array in found.items()}


def _form_shape(basis: LoraBasis | None) -> dict[str, Any]:
    if basis is None:
        return {}
    down = next(iter(basis.down.values()))
    return {
        "adapter_rank": down.shape[2],
        "adapter_basis": down.shape[1],
        "adapter_modules": "all" if len(basis.down) == len(_LINEARS) else "query_value",
    }


@dataclass(frozen=True)
class Exported:
    """An exported checkpoint, to go on from."""

    shape: Mapping[str, Any]
    """The fields of `TrainingConfig` that it fixes."""
    tensors: Mapping[str, torch.Tensor]
    """Its tensors under the names of the model's parameters."""


def load_exported(folder: Path) -> Exported:
    """Read what `export_checkpoint` wrote.

    Raises:
        CheckpointError: the folder holds no usable checkpoint.
    """
    checkpoint = load_checkpoint(folder)
    return Exported(_shape(checkpoint), parameters_of(checkpoint))


def parameters_of(checkpoint: Checkpoint) -> dict[str, torch.Tensor]:
    """A checkpoint's tensors under the names of the model's parameters."""
    tensors = {"prefix": torch.from_numpy(checkpoint.prefix_tokens)}
    for number, layer in enumerate(checkpoint.maps or ()):
        for name, array in (
            ("first.weight", layer.w1), ("first.bias", layer.b1),
            ("second.weight", layer.w2), ("second.bias", layer.b2),
        ):  # fmt: skip
            tensors[f"kv_prefix.maps.{number}.{name}"] = torch.from_numpy(array).float()
    for name, delta in checkpoint.lora.items():
        module = name.removesuffix(".weight")
        tensors[f"compiler.base_model.model.{module}.lora_A.default.weight"] = torch.from_numpy(
            delta.a
        ).float()
        tensors[f"compiler.base_model.model.{module}.lora_B.default.weight"] = torch.from_numpy(
            delta.b
        ).float()
    return tensors | _form_weights(checkpoint.basis)


def _shape(checkpoint: Checkpoint) -> dict[str, Any]:
    config = checkpoint.config
    rank = next((delta.a.shape[0] for delta in checkpoint.lora.values()), 0)
    return {
        "base": config.base,
        "slots": config.slots,
        "form": config.continuous,
        "map_inner": checkpoint.maps[0].w1.shape[0] if checkpoint.maps else 0,
        "lora_rank": rank,
        "lora_alpha": round((config.lora_scale or 0) * rank),
        **_form_shape(checkpoint.basis),
    }


def _read(name: str, slots: int, kind: torch.dtype) -> Part:
    files = locate(name)
    weights = open_weights(files.kind, files.path)
    text = read_model_text(weights, files.path)
    first = text.tokenizer.template_ids(text.chat.begin + text.chat.open)[0]
    module = ReferenceModel(weights).module.to(kind)
    return Part(weights.config, module, tuple(start_ids(text.tokenizer, slots)), first)


def _shortened(part: Part, layers: int) -> Part:
    """A base model's first layers."""
    if layers > part.config.layers:
        raise DataError(
            f"compiler_layers is {layers}, but the compiler's base model has {part.config.layers}; take fewer, or 0."
        )
    del part.module.model.layers[layers:]
    part.module.config.num_hidden_layers = layers
    return replace(part, config=replace(part.config, layers=layers))


def _with_lora(model: Any, config: TrainingConfig) -> Any:
    model.requires_grad_(False)
    if config.lora_rank == 0:
        return model
    from peft import LoraConfig, get_peft_model

    adapter = LoraConfig(
        r=config.lora_rank, lora_alpha=config.lora_alpha, target_modules=_LINEARS, lora_dropout=0.0
    )
    adapted = get_peft_model(model, adapter)
    for name, parameter in adapted.named_parameters():
        if "lora_" in name:
            parameter.data = parameter.data.float()
    return adapted


def _kv_prefix(config: TrainingConfig, compiler: Part, interpreter: Part) -> KvPrefixForm:
    reads, runs = compiler.config, interpreter.config
    layers = _layers(reads.layers, runs.layers)
    return KvPrefixForm(
        _sink(interpreter), _maps(config, reads, runs), layers, (reads.rope_theta, runs.rope_theta)
    )


def _maps(config: TrainingConfig, reads: ModelConfig, runs: ModelConfig) -> nn.ModuleList | None:
    if config.map_inner == 0:
        if reads.kv_shape[1:] != runs.kv_shape[1:]:
            raise DataError(
                f"{config.base} and {config.interpreter} have KV of different sizes, so slots need a map: "
                "set map_inner."
            )
        return None
    sizes = [2 * c.kv_heads * c.head_dim for c in (reads, runs)]
    residual = reads.kv_shape == runs.kv_shape
    made = (LayerMap(sizes[0], config.map_inner, sizes[1], residual=residual) for _ in range(runs.layers))
    return nn.ModuleList(made)


def _lora_form(config: TrainingConfig, compiler: Part, interpreter: Part) -> LoraForm:
    """Adapters for the query and value projections, or for every linear layer."""
    wanted = ("q_proj", "v_proj") if config.adapter_modules == "query_value" else tuple(_LINEARS)
    shapes = {
        name: (module.out_features, module.in_features)
        for name, module in interpreter.module.named_modules()
        if name.endswith(wanted)
    }
    return LoraForm(shapes, compiler.config.hidden_size, rank=config.adapter_rank, basis=config.adapter_basis)


def _depth(model: Any) -> int:
    return int(model.config.num_hidden_layers)


def _layers(compiler: int, interpreter: int) -> tuple[int, ...]:
    """For each interpreter layer the compiler layer at the same depth."""
    return tuple(round(n * (compiler - 1) / max(interpreter - 1, 1)) for n in range(interpreter))


def _sink(interpreter: Part) -> tuple[torch.Tensor, torch.Tensor]:
    """KV of the usual first token at position 0, each (N, H, 1, D)."""
    device = next(interpreter.module.parameters()).device
    ids = torch.tensor([[interpreter.first]], device=device)
    with torch.no_grad():
        cache = interpreter.module(input_ids=ids, use_cache=True).past_key_values
    keys = torch.stack([layer.keys[0] for layer in cache.layers]).float()
    return keys, torch.stack([layer.values[0] for layer in cache.layers]).float()
