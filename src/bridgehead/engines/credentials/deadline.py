"""The time one verification may take, shared by everything slow in it."""

import time
from collections.abc import Callable

from bridgehead.engines.credentials.reasons import Code, Refused


class Deadline:
    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._end = clock() + seconds

    def remaining(self) -> float:
        """Seconds left, more than 0; `Refused` when there are none."""
        left = self._end - self._clock()
        if left <= 0:
            raise Refused(Code.TIME_LIMIT)
        return left
