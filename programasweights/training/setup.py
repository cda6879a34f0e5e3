"""Puts a `PrefixModel` together from base models, and takes it apart into a compiler checkpoint."""

from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import save_file
from torch import nn

from programasweights.compiler.checkpoint import CHECKPOINT_CONFIG, CHECKPOINT_TENSORS, CheckpointConfig
from programasweights.compiler.neural import untrained
from programasweights.lm.engine import Engine
from programasweights.lm.kv_cache import KvCache
from programasweights.lm.loader import load_engine, model_digest
from programasweights.lm.sources import locate
from programasweights.lm.weights import open_weights
from programasweights.training.config import Stage2Config
from programasweights.training.prefix_model import LayerMap, PrefixModel
from programasweights.training.reference import ReferenceModel

__all__ = ["build_model", "export_checkpoint", "trained_parameters"]

_LINEARS = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]


def build_model(config: Stage2Config) -> PrefixModel:
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
    layers = _layers(base.config.layers, engine.config.layers)
    same = base.config.kv_shape == engine.config.kv_shape
    maps = _maps(config, base, engine, residual=same)
    prefix = untrained(base, slots=config.slots).prefix_tokens
    return PrefixModel(compiler, interpreter, torch.from_numpy(prefix), _sink(engine), maps, layers)


def trained_parameters(model: PrefixModel) -> tuple[list[nn.Parameter], list[nn.Parameter]]:
    """What is trained: the prefix tokens, and all the rest."""
    rest = [p for name, p in model.named_parameters() if p.requires_grad and name != "prefix"]
    return [model.prefix], rest


def export_checkpoint(model: PrefixModel, config: Stage2Config, folder: Path) -> None:
    """Write the compiler as a checkpoint that `paw.compile(..., compiler=FOLDER)` takes."""
    folder.mkdir(parents=True, exist_ok=True)
    tensors = {"prefix_tokens": model.prefix.detach().to(torch.float16)}
    for number, layer in enumerate(model.maps or ()):
        assert isinstance(layer, LayerMap)
        for name, linear in (("1", layer.first), ("2", layer.second)):
            tensors[f"kv_map.{number}.w{name}"] = linear.weight.detach().to(torch.float16)
            tensors[f"kv_map.{number}.b{name}"] = linear.bias.detach().to(torch.float16)
    tensors |= _lora_tensors(model.compiler)
    shape = None if model.maps is None else ("residual_mlp" if model.maps[0].residual else "mlp")
    described = CheckpointConfig(
        base=config.base,
        base_digest=model_digest(config.base),
        interpreter_digest=model_digest(config.interpreter),
        slots=config.slots,
        discrete="spec",
        kv_map=shape or "identity",  # type: ignore[arg-type]
        layers=list(model.layers),
        lora_scale=config.lora_alpha / config.lora_rank if config.lora_rank else None,
    )
    save_file({n: t.contiguous().cpu() for n, t in sorted(tensors.items())}, folder / CHECKPOINT_TENSORS)
    (folder / CHECKPOINT_CONFIG).write_text(described.model_dump_json(indent=1) + "\n", "utf-8")


def _torch_model(name: str) -> Any:
    files = locate(name)
    return ReferenceModel(open_weights(files.kind, files.path)).module


def _with_lora(model: Any, config: Stage2Config) -> Any:
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


def _lora_tensors(compiler: Any) -> dict[str, torch.Tensor]:
    """LoRA matrices under the names of the weights that they change."""
    found = {}
    for name, parameter in compiler.named_parameters():
        for letter in ("A", "B"):
            mark = f".lora_{letter}.default.weight"
            if name.endswith(mark):
                weight = name.removeprefix("base_model.model.").removesuffix(mark)
                found[f"lora.{weight}.weight.{letter.lower()}"] = parameter.detach().to(torch.float16)
    return found


def _maps(config: Stage2Config, base: Engine, interpreter: Engine, *, residual: bool) -> nn.ModuleList | None:
    if config.map_inner == 0:
        return None
    sizes = [2 * e.config.kv_heads * e.config.head_dim for e in (base, interpreter)]
    made = (
        LayerMap(sizes[0], config.map_inner, sizes[1], residual=residual)
        for _ in range(interpreter.config.layers)
    )
    return nn.ModuleList(made)


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
