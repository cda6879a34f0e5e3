"""How often one user, or one address without a user, may do what costs time. Counted in this process only."""

import math
import threading
import time
from collections import OrderedDict

from programasweights.server.errors import ApiError

__all__ = ["Rate"]

_MOST_CALLERS = 10_000


class Rate:
    """An allowance per caller that refills over a minute, and may be used up at once."""

    def __init__(self, name: str, per_minute: int) -> None:
        """Allow every caller so much of what errors call `name`."""
        self._name = name
        self._size = float(per_minute)
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, caller: str, amount: int = 1) -> None:
        """Use up a part of the caller's allowance.

        Raises:
            ApiError: 429 with Retry-After; then nothing is used up.
        """
        wanted = min(float(amount), self._size)
        with self._lock:
            now = time.monotonic()
            left, then = self._left.pop(caller, (self._size, now))
            left = min(self._size, left + (now - then) * self._size / 60)
            enough = left >= wanted
            self._left[caller] = (left - wanted if enough else left, now)
            while len(self._left) > _MOST_CALLERS:
                self._left.popitem(last=False)
        if not enough:
            seconds = math.ceil((wanted - left) * 60 / self._size)
            message = (
                f"this takes {amount} of the {self._size:.0f} {self._name} a minute that you have, and "
                f"{left:.0f} are left; ask again in {seconds} s."
            )
            raise ApiError(429, "rate_limited", message, headers={"Retry-After": str(max(1, seconds))})
