"""What a domain of instructions offers, and how to come by one."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

from programasweights.data.pbb.records import DomainName, Execution, Instruction, Verdict
from programasweights.errors import DataError

__all__ = ["Domain", "load_domain"]


class Domain(ABC):
    """Instructions of one kind, and the machine that follows them.

    All draws depend on the arguments alone.
    """

    name: DomainName

    @abstractmethod
    def instructions(self, count: int, *, seed: int = 0, held_out: float = 0.2) -> list[Instruction]:
        """Draw different instructions.

        Args:
            count: how many, of both splits together.
            seed: of the draw.
            held_out: share whose split is `eval`.

        Raises:
            DataError: the domain has fewer.
        """

    @abstractmethod
    def executions(self, instruction: Instruction, count: int, *, seed: int = 0) -> list[Execution]:
        """Draw executions with different inputs, as many as there are up to `count`."""

    @abstractmethod
    def verdict(self, instruction: Instruction, execution: Execution, reply: str) -> Verdict:
        """Judge a model's reply by its final answer: right, wrong, or unreadable as an answer of this domain."""

    @abstractmethod
    def describe(self) -> Mapping[str, Any]:
        """The options that decide what is drawn, as JSON values; they stand in manifests."""

    def kind(self, execution: Execution) -> str:  # noqa: ARG002
        """What scores of one instruction are told apart by; empty where there is nothing."""
        return ""

    def asked(
        self,
        instruction: Instruction,  # noqa: ARG002
        count: int,  # noqa: ARG002
        *,
        seed: int = 0,  # noqa: ARG002
        beside: Sequence[Execution] = (),  # noqa: ARG002
    ) -> list[Execution] | None:
        """Executions to be asked for that are drawn otherwise than those to learn from; None where they are not.

        Args:
            instruction: what is executed.
            count: how many.
            seed: of the draw.
            beside: executions that are learnt, and so not asked for.
        """
        return None

    def check(self, instruction: Instruction, execution: Execution, reply: str) -> bool:
        """Whether the reply's final answer is right."""
        return self.verdict(instruction, execution, reply) == "right"


def load_domain(name: str, *, folder: Path | None = None) -> Domain:
    """A domain with its default options.

    Args:
        name: arithmetic, leetcode, ciphers or grammars.
        folder: for leetcode, the folder with the problems; must be absent for the others.

    Raises:
        DataError: there is no such domain, or a folder is missing or not needed.
    """
    if (name == "leetcode") != (folder is not None):
        raise DataError(
            f"the domain {name!r} came {'without' if folder is None else 'with'} a folder, but leetcode, and only "
            "leetcode, reads its problems from one; see docs/pbb.md."
        )
    match name:
        case "arithmetic":
            from programasweights.data.pbb.arithmetic import ArithmeticDomain

            return ArithmeticDomain()
        case "ciphers":
            from programasweights.data.pbb.ciphers import CipherDomain

            return CipherDomain()
        case "grammars":
            from programasweights.data.pbb.grammars import GrammarDomain

            return GrammarDomain()
        case "leetcode" if folder is not None:
            from programasweights.data.pbb.leetcode import LeetcodeDomain

            return LeetcodeDomain(folder)
    raise DataError(f"there is no domain {name!r}; expected one of {', '.join(get_args(DomainName))}.")
