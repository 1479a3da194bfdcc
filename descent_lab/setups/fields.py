"""What a field of a setup may be: each kind says it to the schema, and to the sentence of a refusal."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from math import inf
from typing import Annotated, Any, ClassVar, cast

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, model_validator
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from descent_lab.geometry import LARGEST
from descent_lab.knobs import Knob
from descent_lab.refusals import Refusal, show


def with_one_unknown(data: Any, known: Collection[str]) -> Any:
    """What is given, without fields that are not known but the first, which is the one that is told: pydantic makes a
    fault of each, and of 100,000 it takes a quarter of a second in which nobody else has the interpreter."""
    if not isinstance(data, dict) or len(cast(dict[Any, Any], data)) <= len(known):
        return data  # pyright: ignore[reportUnknownVariableType]
    given = cast(dict[Any, Any], data)
    unknown = next(key for key in given if key not in known)
    return {key: given[key] for key in (*known, unknown) if key in given}


class Model(BaseModel):
    """A part of a setup. A field that is not listed is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    @model_validator(mode="before")
    @classmethod
    def _few(cls, data: Any) -> Any:
        return with_one_unknown(data, cls.model_fields)


class Kind:
    """What a value must be; it stands in a field's annotation."""

    def schema(self) -> CoreSchema:
        """The check, for pydantic."""
        raise NotImplementedError

    def refusal(self, field: str, came: Any) -> Refusal:
        """That something else came."""
        raise NotImplementedError

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> CoreSchema:
        return self.schema()


@dataclass(frozen=True)
class Number(Kind):
    """A number from `low` to `high`."""

    low: float = -LARGEST
    high: float = LARGEST

    def schema(self) -> CoreSchema:
        return core_schema.float_schema(strict=True, ge=self.low, le=self.high, allow_inf_nan=False)

    def refusal(self, field: str, came: Any) -> Refusal:
        return Refusal("number", field=field, low=self.low, high=self.high, came=show(came))


@dataclass(frozen=True)
class Whole(Kind):
    """A whole number from `low` to `high`; 5.0 is one."""

    low: int
    high: int

    def schema(self) -> CoreSchema:
        return core_schema.no_info_before_validator_function(
            _whole, core_schema.int_schema(ge=self.low, le=self.high)
        )

    def refusal(self, field: str, came: Any) -> Refusal:
        return Refusal("whole", field=field, low=self.low, high=self.high, came=show(came))


def _whole(value: Any) -> int:
    if type(value) is int:
        return value
    if type(value) is float and value.is_integer():
        return int(value)
    raise PydanticCustomError("whole", "Input should be a whole number")


@dataclass(frozen=True)
class KnobValue(Kind):
    """A value of a knob's domain."""

    name: str
    knob: Knob

    def schema(self) -> CoreSchema:
        domain = self.knob.domain
        low, high = (None if abs(end) == inf else end for end in (domain.low, domain.high))
        return core_schema.float_schema(
            strict=True,
            allow_inf_nan=False,
            multiple_of=1 if self.knob.integer else None,
            gt=low if domain.low_open else None,
            ge=None if domain.low_open else low,
            lt=high if domain.high_open else None,
            le=None if domain.high_open else high,
        )

    def refusal(self, field: str, came: Any) -> Refusal:
        return self.knob.refusal(self.name, came, field)


@dataclass(frozen=True)
class OneOf(Kind):
    """One of these names."""

    names: tuple[str, ...]

    def schema(self) -> CoreSchema:
        return core_schema.literal_schema(list(self.names))

    def refusal(self, field: str, came: Any) -> Refusal:
        return Refusal("one of", field=field, known=list(self.names), came=show(came))


class KeyOf(Kind):
    """A key of a catalogue, or one of those that are named."""

    def __init__(self, catalog: Any, keys: Iterable[str] | None = None) -> None:
        self.catalog = catalog
        self.keys = tuple(catalog if keys is None else keys)

    def schema(self) -> CoreSchema:
        return core_schema.literal_schema(list(self.keys))

    def refusal(self, field: str, came: Any) -> Refusal:
        return self.catalog.unknown(came, field)


@dataclass(frozen=True)
class TextOf(Kind):
    """Text of at most `most` characters."""

    most: int | None = None
    pattern: str | None = None
    reason: str = "text"

    def schema(self) -> CoreSchema:
        return core_schema.str_schema(strict=True, max_length=self.most, pattern=self.pattern)

    def refusal(self, field: str, came: Any) -> Refusal:
        values: Mapping[str, Any] = {} if self.most is None else {"most": self.most}
        return Refusal(self.reason, field=field, came=show(came), **values)


class _Switch(Kind):
    def schema(self) -> CoreSchema:
        return core_schema.bool_schema(strict=True)

    def refusal(self, field: str, came: Any) -> Refusal:
        return Refusal("switch", field=field, came=show(came))


@dataclass(frozen=True)
class Absent(Kind):
    """Nothing: the field makes no sense here."""

    reason: str

    def schema(self) -> CoreSchema:
        return core_schema.none_schema()

    def refusal(self, field: str, came: Any) -> Refusal:
        return Refusal(self.reason, field=field)


@dataclass(frozen=True)
class Listed:
    """A list of any length whose check ends at its first fault; that is the one that is told (see `with_one_unknown`).

    It is pydantic's `FailFast`, which cannot be a part of a union.
    """

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        schema = cast(dict[str, Any], handler(source))
        if schema["type"] == "list" or schema.get("variadic_item_index") is not None:
            schema["fail_fast"] = True
        return cast(CoreSchema, schema)


@dataclass(frozen=True)
class Shape(Listed):
    """What a list or an object must be like, where it is none; its parts say what they must be themselves."""

    reason: str
    parts: tuple[str, ...] = ()
    """What the places of the list are called, where that is not their number."""

    def refusal(self, field: str, came: Any) -> Refusal:
        """That something else came."""
        return Refusal(self.reason, field=field, came=show(came))


@dataclass(frozen=True)
class ToldBy:
    """A union whose members are told apart by the field `name`, which must be of that kind."""

    name: str
    kind: Kind


Text = Annotated[str, TextOf()]
Label = Annotated[str, TextOf(80, reason="short text")]
Colour = Annotated[str, TextOf(pattern="^#?[0-9a-fA-F]{6}$", reason="colour")]
Switch = Annotated[bool, _Switch()]
Seed = Annotated[int, Whole(0, 2**53)]
Step = Annotated[int, Whole(0, 10**9)]
Finite = Annotated[float, Number()]
Share = Annotated[float, Number(0.0, 0.95)]
Place = Annotated[tuple[Finite, Finite], Shape("point", ("x", "y"))]
Side = Annotated[tuple[Finite, Finite], Shape("point", ("x", "y"))]
View = Annotated[
    tuple[Side, Side],
    Shape("window"),
    Field(description="[[x0, x1], [y0, y1]], each from a lower to a higher number."),
]


class Run(Model):
    """How long a run is, and where its chance comes from. Each kind has the `problem` that it is about."""

    trains: ClassVar[bool] = False
    """Whether a network is trained."""

    tabular: ClassVar[bool] = False
    """Whether its data may be a table, of more rows than there are points."""

    steps: Step | None = Field(None, description="Steps to take; null for the problem's own number.")
    seed: Seed = Field(0, description="Of noise, splits, mini-batches, masks and first weights.")
    noise: Annotated[float, Number(0.0, 1e6)] = Field(
        0.0, description="Standard deviation of normal noise that is added to every gradient."
    )
