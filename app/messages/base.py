"""What all messages of the stream are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, get_args

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    JsonValue,
    Strict,
    TypeAdapter,
    WithJsonSchema,
    model_validator,
)

from descent_lab.setups.fields import with_one_unknown

from .frames import Arrays

LARGEST_ID = 2**53 - 1

Whole = Annotated[int, Strict(), Field(ge=0, le=LARGEST_ID)]
Text = Annotated[str, Strict()]
Json = dict[str, Any]
Pair = tuple[float, float]
Window = tuple[Pair, Pair]
PART = "x-part"
"""In the schema of a field, the name of the model that says more of it than the check of the message asks."""


def _setup_of(*families: str) -> Any:
    """Setup of one of these families. It travels as plain values and is checked by `read_setup`, whose refusals all
    interfaces share; here it is only described."""
    kinds: list[JsonValue] = [{PART: family} for family in families]
    return Annotated[Json, WithJsonSchema({"anyOf": kinds} if len(kinds) > 1 else {PART: families[0]})]


if TYPE_CHECKING:
    RaceJson = RegressionJson = TrainingJson = LearningJson = SetupJson = Json
else:
    RaceJson = _setup_of("RaceSetup", "RegressionSetup")
    RegressionJson = _setup_of("RegressionSetup")
    TrainingJson = _setup_of("NetworkSetup")
    LearningJson = _setup_of("RegressionSetup", "NetworkSetup")
    SetupJson = _setup_of("RaceSetup", "RegressionSetup", "NetworkSetup")

ParametersJson = Annotated[Any, WithJsonSchema({"type": "array", "items": {PART: "Parameter"}})]
UncheckedNumber = Annotated[Any, WithJsonSchema({"type": "number"})]
UncheckedText = Annotated[Any, WithJsonSchema({"type": "string"})]
UncheckedValue = Annotated[
    Any, WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "array", "items": {"type": "number"}}]})
]
UncheckedPair = Annotated[Any, WithJsonSchema(TypeAdapter(Pair | None).json_schema())]
UncheckedWindow = Annotated[Any, WithJsonSchema(TypeAdapter(Window).json_schema())]
"""What the engine checks, and refuses in words that all interfaces share; here it is only described."""

Finite = float | None
"""A number of a result; null where it is not finite."""
STILL_TO_GO = "About how many seconds it will still take; null where that cannot be told yet."

AS_ASKED = "As asked for."
SetName = Literal["training", "validation", "test"]


class Message(BaseModel):
    """What all messages share: fields that are not listed are refused."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _few(cls, data: Any) -> Any:
        return with_one_unknown(data, cls.model_fields)

    @classmethod
    def type_name(cls) -> str:
        """The `type` that tells it from others; of messages, not of their parts."""
        return get_args(cls.model_fields["type"].annotation)[0]


class Request(Message):
    """A message of the client. Every answer to it carries its `id`."""

    answer: ClassVar[str] = ""
    """Type of the event that answers it; empty where nothing does, or not at once."""

    id: Whole = Field(description="Of this request; a `grant` and a `change` carry that of their race.")


class ServerMessage(Message):
    """A message of the server, and the arrays that come with it in a binary frame."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=True)

    arrays: ClassVar[Arrays] = {}

    lasting: ClassVar[bool] = False
    """Whether it is sent even if the next of its kind is there already."""


class Event(ServerMessage):
    """An answer, with the `id` of the request that it answers."""

    id: int = Field(description="Of the request that this answers.")
