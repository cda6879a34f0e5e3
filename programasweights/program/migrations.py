"""Lifts the manifest of an older format version to the present one, one version at a time.

    1 -> 2    programs may have a LoRA; older ones have none

A step takes the whole manifest as parsed JSON and returns
a new one of the next version, without changing what it was given. Steps do not see tensors: a prefix keeps
its arrays' names, types and shapes. An older file is still checked against the id that it was written with;
the lifted program has the id of its present form.
"""

from collections.abc import Callable
from typing import Any

from programasweights.program.constants import FORMAT_VERSION


def _without_lora(manifest: dict[str, Any]) -> dict[str, Any]:
    behaviour = manifest["behaviour"]
    if "lora" in behaviour:
        raise ValueError("version 1 has no behaviour.lora")
    return {**manifest, "behaviour": {**behaviour, "lora": {"rank": 0, "modules": {}}}}


MIGRATIONS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {1: _without_lora}
"""Version -> the step that lifts a manifest from it to the next version."""


def lift(manifest: dict[str, Any], *, version: int) -> dict[str, Any]:
    """Return `manifest`, of `version`, as one of FORMAT_VERSION. Steps raise ValueError for a bad one."""
    for step in range(version, FORMAT_VERSION):
        manifest = {**MIGRATIONS[step](manifest), "format_version": step + 1}
    return manifest
