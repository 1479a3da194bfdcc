"""How fast a client is listened to: a token bucket, of which each message takes one."""

from __future__ import annotations

import time


class Pace:
    """rate: messages in a second, and as many at once after a second without one.

    Nothing is lost: who is faster is read later, and what it sends meanwhile waits with it, for TCP holds it back.
    """

    def __init__(self, rate: int) -> None:
        self.rate = rate
        self.tokens, self.filled = float(rate), time.monotonic()

    def wait(self) -> float:
        """Seconds until the message that has come may be taken; it is counted from now on."""
        now = time.monotonic()
        self.tokens = min(float(self.rate), self.tokens + (now - self.filled) * self.rate) - 1
        self.filled = now
        return max(0.0, -self.tokens / self.rate)
