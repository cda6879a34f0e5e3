"""Gives every caller in the process the same engine for the same weights."""

import threading
from collections.abc import Mapping

from programasweights.lm.convert import ModelRecipe, ensure_converted
from programasweights.lm.engine import Engine
from programasweights.lm.sources import locate, pinned_digest
from programasweights.lm.weights import LoraDelta
from programasweights.settings import Precision, settings

__all__ = ["load_engine", "model_digest"]

_engines: dict[tuple[str, int], Engine] = {}
_lock = threading.Lock()


def model_digest(name: str) -> str:
    """sha256 of a base model's source files; a pinned model needs no file for it.

    Raises:
        ModelError: the model cannot be found or fetched.
    """
    return pinned_digest(name) or locate(name).digest


def load_engine(
    name: str,
    *,
    precision: Precision | None = None,
    adapter: str | None = None,
    deltas: Mapping[str, LoraDelta] | None = None,
) -> Engine:
    """The engine for a base model, loaded (and fetched and converted) on first use.

    Args:
        name: registry name, hub id, GGUF file or folder.
        precision: `"q8"` or `"fp32"`; by default as `PAW_PRECISION` says.
        adapter: sha256 of a LoRA to merge into the weights.
        deltas: that LoRA, by weight name.

    Raises:
        ModelError: the model cannot be found, fetched, converted or loaded.
    """
    now = settings()
    recipe = ModelRecipe(name, model_digest(name), precision or now.precision, adapter)
    with _lock:
        engine = _engines.get((recipe.key, now.threads))
        if engine is None:
            engine = Engine(ensure_converted(recipe, deltas), threads=now.threads)
            _engines[recipe.key, now.threads] = engine
        # One model may be loaded under two names; programs name it as their user did, whichever came first.
        return engine if engine.model.recipe == recipe else engine.under(recipe)
