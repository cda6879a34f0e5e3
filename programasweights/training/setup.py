"""Puts a `PrefixModel` together from base models, and takes it apart into a compiler checkpoint."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import save_file
from torch import nn

from programasweights.compiler.checkpoint import CHECKPOINT_CONFIG, CHECKPOINT_TENSORS, CheckpointConfig
from programasweights.compiler.neural import untrained
from programasweights.errors import DataError
from programasweights.lm.engine import Engine
from programasweights.lm.kv_cache import KvCache
from programasweights.lm.loader import load_engine, model_digest
from programasweights.lm.sources import locate
from programasweights.lm.weights import open_weights
from programasweights.training.config import TrainingConfig
from programasweights.training.forms import KvPrefixForm, LayerMap, LoraForm
from programasweights.training.prefix_model import PrefixModel
from programasweights.training.reference import ReferenceModel

__all__ = ["build_model", "export_checkpoint", "layers_of", "trained_parameters"]

_LINEARS = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]


def build_model(config: TrainingConfig) -> PrefixModel:
    """The model at its start: identity (or random) map, LoRA without effect, ordinary words as prefix tokens.

    Raises:
        ModelError: a base model cannot be used.
    """
    torch.manual_seed(config.seed)
    engine = load_engine(config.interpreter, precision="fp32")
    kind = torch.bfloat16 if config.precision == "bf16" else torch.float32
    interpreter = _torch_model(config.interpreter).to(kind)
    base = load_engine(config.base, precision="fp32")
    compiler = _with_lora(_torch_model(config.base).to(kind), config)
    prefix = torch.from_numpy(untrained(base, slots=config.slots).prefix_tokens)
    return PrefixModel(
        compiler,
        interpreter,
        prefix,
        _kv_prefix(config, base, engine) if config.form in ("kv_prefix", "both") else None,
        _lora_form(config, base, engine) if config.form in ("lora", "both") else None,
    )


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
        DataError: its programs are neither KV prefixes nor discrete, which is what the run path knows.
    """
    if model.lora is not None or not config.show_program:
        raise DataError(
            f"a compiler of form {config.form!r} (show_program {config.show_program}) is for experiments; "
            "only programs of a KV prefix and a shown pseudo-program, or of the latter alone, can be exported."
        )
    folder.mkdir(parents=True, exist_ok=True)
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
    shape = "identity"
    if form is not None and form.maps is not None:
        shape = "residual_mlp" if form.maps[0].residual else "mlp"
    sizes = load_engine(config.interpreter, precision="fp32").config
    described = CheckpointConfig(
        base=config.base,
        base_digest=model_digest(config.base),
        interpreter_digest=model_digest(config.interpreter),
        slots=config.slots,
        discrete="generated" if config.discrete_weight else "spec",
        continuous="none" if form is None else "kv_prefix",
        kv_map=shape,  # type: ignore[arg-type]
        layers=list(range(sizes.layers)) if form is None else list(form.layers),
        lora_scale=config.lora_alpha / config.lora_rank if config.lora_rank else None,
    )
    halves = {name: value.to(torch.float16).contiguous().clone() for name, value in sorted(tensors.items())}
    save_file(halves, folder / CHECKPOINT_TENSORS)
    (folder / CHECKPOINT_CONFIG).write_text(described.model_dump_json(indent=1) + "\n", "utf-8")


def _torch_model(name: str) -> Any:
    files = locate(name)
    return ReferenceModel(open_weights(files.kind, files.path)).module


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


def _kv_prefix(config: TrainingConfig, base: Engine, interpreter: Engine) -> KvPrefixForm:
    layers = _layers(base.config.layers, interpreter.config.layers)
    same = base.config.kv_shape == interpreter.config.kv_shape
    thetas = base.config.rope_theta, interpreter.config.rope_theta
    return KvPrefixForm(_sink(interpreter), _maps(config, base, interpreter, residual=same), layers, thetas)


def _maps(
    config: TrainingConfig, base: Engine, interpreter: Engine, *, residual: bool
) -> nn.ModuleList | None:
    if config.map_inner == 0:
        return None
    sizes = [2 * e.config.kv_heads * e.config.head_dim for e in (base, interpreter)]
    made = (
        LayerMap(sizes[0], config.map_inner, sizes[1], residual=residual)
        for _ in range(interpreter.config.layers)
    )
    return nn.ModuleList(made)


def _lora_form(config: TrainingConfig, base: Engine, interpreter: Engine) -> LoraForm:
    """Adapters for the query and value projections, as is usual for LoRA."""
    sizes = interpreter.config
    shapes = {}
    for layer in range(sizes.layers):
        for part, heads in (("q", sizes.heads), ("v", sizes.kv_heads)):
            name = f"model.layers.{layer}.self_attn.{part}_proj"
            shapes[name] = (heads * sizes.head_dim, sizes.hidden_size)
    return LoraForm(shapes, base.config.hidden_size, rank=config.adapter_rank, basis=config.adapter_basis)


def _layers(compiler: int, interpreter: int) -> tuple[int, ...]:
    """For each interpreter layer the compiler layer at the same depth."""
    return tuple(round(n * (compiler - 1) / max(interpreter - 1, 1)) for n in range(interpreter))


def _sink(engine: Engine) -> tuple[torch.Tensor, torch.Tensor]:
    """KV of the usual first token at position 0, each (N, H, 1, D)."""
    first = engine.tokenizer.template_ids(engine.chat.begin + engine.chat.open)[:1]
    cache = KvCache(engine.config, 1, 1)
    engine.prefill(cache, first)
    keys, values = cache.read(0, 0, 1)
    return torch.from_numpy(np.array(keys)), torch.from_numpy(np.array(values))
