"""All families, from every module under `areas`."""

import importlib
import pkgutil
from functools import cache

from programasweights.data.oracle import areas
from programasweights.data.oracle.family import Area, Family
from programasweights.errors import DataError

__all__ = ["all_families", "find_family"]


@cache
def all_families() -> tuple[Family, ...]:
    """Every family, sorted by name.

    Raises:
        ValueError: two families have the same name.
    """
    found: dict[str, Family] = {}
    for module in pkgutil.walk_packages(areas.__path__, f"{areas.__name__}."):
        area = getattr(importlib.import_module(module.name), "area", None)
        if not isinstance(area, Area):
            continue
        for family in area.families:
            if found.setdefault(family.name, family) is not family:
                raise ValueError(f"two families are named {family.name}; rename one of them.")
    return tuple(found[name] for name in sorted(found))


def find_family(name: str) -> Family:
    """The family of this name.

    Raises:
        DataError: there is none.
    """
    for family in all_families():
        if family.name == name:
            return family
    raise DataError(f"there is no family {name!r}; `paw data families` lists them.")
