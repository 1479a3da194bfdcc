"""Catalogue: key -> item, in the order of the listing, with an answer for a key that is not there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Protocol, TypeVar

from descent_lab.refusals import Refusal, nearest


class Item(Protocol):
    """What a catalogue holds: something with a key that can describe itself in plain JSON values."""

    @property
    def key(self) -> str: ...

    def describe(self) -> dict[str, Any]: ...


T = TypeVar("T", bound=Item)


class Catalog(Mapping[str, T]):
    """The items of one kind. A missing key raises a `Refusal` that lists what there is."""

    def __init__(self, noun: str, *items: T) -> None:
        self.noun = noun
        self._items = {item.key: item for item in items}
        if len(self._items) != len(items):
            raise ValueError(f"two {noun}s share a key")

    def __getitem__(self, key: str) -> T:
        try:
            return self._items[key]
        except (KeyError, TypeError):
            raise self.unknown(key) from None

    def __contains__(self, key: object) -> bool:
        return key in self._items

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def describe(self) -> list[dict[str, Any]]:
        """Every item in the order of the listing."""
        return [item.describe() for item in self._items.values()]

    def unknown(self, key: object, field: str | None = None) -> Refusal:
        """That there is no such key. field: the path of the value; else what the items are called."""
        return Refusal(
            "unknown item",
            field=field or self.noun,
            noun=self.noun,
            key=str(key)[:60],
            known=list(self._items),
            near=nearest(str(key)[:40], self._items),
        )
