"""Finds a system by its name."""

import re

from programasweights.compiler import DEFAULT_COMPILER, get_compiler
from programasweights.errors import DataError
from programasweights.evaluation.systems.base import System
from programasweights.evaluation.systems.code import CodeSystem
from programasweights.evaluation.systems.compiled import CompiledSystem
from programasweights.evaluation.systems.majority import MajoritySystem
from programasweights.evaluation.systems.prompted import LocalModel, PromptedSystem
from programasweights.lm.registry import DEFAULT_MODEL

__all__ = ["get_system"]

_CODE_TOKENS = 512


def get_system(name: str) -> System:
    """The system of this name; the names are listed in `programasweights.evaluation.systems`.

    Raises:
        DataError: there is no such system.
        CheckpointError: it names a compiler that does not exist.
    """
    kind, _, what = name.partition(":")
    searched = re.fullmatch(r"(compiled(?:-few)?)(?:-best([1-9][0-9]?))?", kind)
    if searched:
        shown, budget = searched[1].endswith("few"), int(searched[2] or 1)
        compiler = what or DEFAULT_COMPILER
        return CompiledSystem(f"{kind}:{compiler}", get_compiler(compiler), shown=shown, budget=budget)
    if kind in ("prompt", "prompt-few"):
        return PromptedSystem(what or DEFAULT_MODEL, shown=kind.endswith("few"))
    if kind in ("api", "api-few"):
        from programasweights.evaluation.systems.endpoint import EndpointSystem

        return EndpointSystem(what, shown=kind.endswith("few"))
    if kind == "code":
        return CodeSystem(name, LocalModel(what or DEFAULT_MODEL, max_new_tokens=_CODE_TOKENS))
    if kind == "code-api":
        from programasweights.evaluation.systems.endpoint import EndpointModel

        return CodeSystem(name, EndpointModel(what, max_new_tokens=_CODE_TOKENS))
    if kind == "majority":
        return MajoritySystem()
    raise DataError(
        f"there is no system {name!r}: expected compiled[:COMPILER], compiled-few[:COMPILER], compiled[-few]-bestK, "
        "prompt[:MODEL], "
        "prompt-few[:MODEL], api:URL#MODEL, api-few:URL#MODEL, code:MODEL, code-api:URL#MODEL or majority."
    )
