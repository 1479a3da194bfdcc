"""Redis, or Valkey, as a store: a key for each text, and a list of who was used when.

The library is installed with `pip install 'descent-lab[redis]'` and imported nowhere else.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from importlib import import_module
from typing import Any, TypeVar

from descent_lab.refusals import Refusal

T = TypeVar("T")

PREFIX = "{descent-lab}:"
"""Before every key; what stands in braces keeps them together where there is a cluster of stores."""

USED = PREFIX + "used"
"""The list of all texts, as `name:size`, in the order of their last use."""

CONNECT, ANSWER = 1.0, 5.0
"""Seconds that a store may take to be reached, and to take or give a piece of a text."""

AGAIN = 2.0
"""Seconds that a store is left alone after it has not answered: whoever needs it is told so at once meanwhile, where
each would have waited for it in vain, and others behind them."""


class RedisStore:
    """address: redis://host:port/number; seconds: how long after its last use a text stays; most: bytes of all."""

    def __init__(self, address: str, seconds: float, most: int) -> None:
        try:
            self._redis: Any = import_module("redis")
        except ImportError:
            raise Refusal("no redis library", field="store") from None
        self.seconds = seconds
        self.most = most
        errors = self._redis.exceptions
        # A connection that has lain idle may be one to a server that has been started anew: then a second is tried.
        once_more = import_module("redis.retry").Retry(
            import_module("redis.backoff").NoBackoff(), 1, supported_errors=(errors.ConnectionError,)
        )
        try:
            self._client: Any = self._redis.Redis.from_url(
                address,
                socket_connect_timeout=CONNECT,
                socket_timeout=ANSWER,
                retry=once_more,
                health_check_interval=30,
            )
        except ValueError:
            raise Refusal("store address", field="store", known=["redis://host:6379/0"]) from None
        told = self._client.connection_pool.connection_kwargs
        self.where = told.get("path") or f"{told.get('host', 'localhost')}:{told.get('port', 6379)}"
        self._alone_until = 0.0

    def put(self, name: str, data: bytes) -> None:
        """Keep it. `Refusal` where the store does not answer, or has no room."""
        self._asked(lambda: self._put(name, data))

    def get(self, name: str) -> bytes | None:
        """What is kept by that name; None where nothing is. `Refusal` where the store does not answer."""
        return self._asked(lambda: self._get(name))

    def reach(self) -> None:
        """`Refusal` where the store does not answer."""
        self._asked(self._client.ping)

    def _put(self, name: str, data: bytes) -> None:
        now = time.time()
        member = f"{name}:{len(data)}"
        with self._client.pipeline(transaction=True) as pipe:
            pipe.set(PREFIX + name, data, px=max(1, int(1000 * self.seconds)))
            pipe.zremrangebyscore(USED, "-inf", now - self.seconds)
            pipe.zadd(USED, {member: now})
            pipe.zrange(USED, 0, -1, desc=True)
            kept: list[bytes] = pipe.execute()[-1]
        # Servers that do this at the same time see the same list, and come to the same end.
        total, gone = 0, list[str]()
        for each in (member, *(each.decode() for each in kept if each.decode() != member)):
            total += int(each.rpartition(":")[2])
            if total > self.most and each != member:
                gone.append(each)
        if gone:
            self._client.delete(*(PREFIX + each.rpartition(":")[0] for each in gone))
            self._client.zrem(USED, *gone)

    def _get(self, name: str) -> bytes | None:
        data: bytes | None = self._client.getex(PREFIX + name, px=max(1, int(1000 * self.seconds)))
        if data is not None:
            self._client.zadd(USED, {f"{name}:{len(data)}": time.time()}, xx=True)
        return data

    def _asked(self, work: Callable[[], T]) -> T:
        wait = self._alone_until - time.monotonic()
        if wait <= 0:
            try:
                return work()
            except (
                self._redis.exceptions.ResponseError
            ) as error:  # it answers, but does not do it: it is full
                raise Refusal("store full", field="file", store=self.where, why=str(error)[:120]) from None
            except (self._redis.exceptions.RedisError, OSError):
                wait = AGAIN
                self._alone_until = time.monotonic() + wait
        raise Refusal("store away", field="file", store=self.where, again=max(1, round(wait)))
