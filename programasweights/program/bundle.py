"""A bundle: several programs and the graph that joins them, as one value."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from pydantic import ValidationError

from programasweights.errors import ProgramError
from programasweights.program.canonical_json import canonical_json
from programasweights.program.constants import BUNDLE_ID_DOMAIN
from programasweights.program.graph import BundleBehaviour
from programasweights.program.manifest import first_fault
from programasweights.program.program import Program

__all__ = ["Bundle", "bundle_id"]


@dataclass(frozen=True, eq=False, repr=False)
class Bundle:
    """Programs and how they are joined. Immutable and hashable; two are equal if graph and programs are.

    Raises ProgramError if the graph is not valid, or the programs are not those that it calls.
    """

    behaviour: BundleBehaviour
    members: Mapping[str, Program]
    """Id -> program, in the order of the ids."""

    def __post_init__(self) -> None:
        try:
            object.__setattr__(self, "behaviour", BundleBehaviour.model_validate(self.behaviour))
        except ValidationError as error:
            raise ProgramError(f"a bundle with an invalid graph, {first_fault(error)}") from error
        ordered = {name: self.members[name] for name in sorted(self.members)}
        object.__setattr__(self, "members", MappingProxyType(ordered))
        if ordered.keys() != self.behaviour.programs:
            raise ProgramError(
                f"the bundle calls the programs {sorted(self.behaviour.programs)}, but holds {list(ordered)}"
            )
        for name, program in ordered.items():
            if program.id != name:
                raise ProgramError(f"the bundle holds the program {program.id} under the id {name}")

    @cached_property
    def id(self) -> str:
        """sha256 of the graph, which names programs by their ids; 64 hexadecimal digits."""
        return bundle_id(canonical_json(self.behaviour.model_dump()))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Bundle):
            return NotImplemented
        return self.id == other.id and dict(self.members) == dict(other.members)

    def __hash__(self) -> int:
        return hash(self.id)

    def __repr__(self) -> str:
        return f"Bundle(id={self.id!r}, nodes={len(self.behaviour.nodes)}, programs={list(self.members)})"


def bundle_id(behaviour_json: str) -> str:
    """sha256, as hexadecimal, over length-framed parts: a domain, and the behaviour as canonical JSON."""
    digest = hashlib.sha256()
    for part in (BUNDLE_ID_DOMAIN.encode(), behaviour_json.encode()):
        digest.update(len(part).to_bytes(8, "little"))
        digest.update(part)
    return digest.hexdigest()
