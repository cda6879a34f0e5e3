"""The source of chance that families draw from: `random.Random` with shorter verbs."""

import random
from collections.abc import Sequence
from typing import TypeVar

__all__ = ["Draw"]

T = TypeVar("T")


class Draw(random.Random):
    """Seeded with text; the same text gives the same draws."""

    def __init__(self, *seed: object) -> None:
        super().__init__("/".join(map(str, seed)))

    def pick(self, options: Sequence[T]) -> T:
        """One of the options."""
        return options[int(self.random() * len(options))]

    def chance(self, probability: float) -> bool:
        """True with this probability."""
        return self.random() < probability

    def some(self, options: Sequence[T], low: int, high: int | None = None) -> list[T]:
        """Between `low` and `high` (default: exactly `low`) different options, in random order."""
        count = low if high is None else self.randint(low, high)
        return self.sample(options, min(count, len(options)))

    def mix(self, options: Sequence[T]) -> list[T]:
        """The options in random order."""
        return self.sample(options, len(options))
