"""Bodies of the API: described by the models of setups, and read by `read_setup`, which says what is wrong."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any

from fastapi import Body
from pydantic import GetJsonSchemaHandler, TypeAdapter
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from descent_lab.setups.models import AnyRace, AnyRegression, AnySetup, AnyTraining

from .examples import REGRESSIONS, SETUPS, TRAININGS


@cache
def _core(model: Any) -> CoreSchema:
    """Built when somebody asks what there is, and once for all routes."""
    return TypeAdapter[Any](model).core_schema


class DescribedAs:
    """Any JSON value, which the description of the API calls that model.

    A setup has limits that no schema knows, and its refusals are sentences of ours: it is read in one place, for
    page, stream, API and command line.
    """

    def __init__(self, model: Any) -> None:
        self.model = model

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> CoreSchema:
        return core_schema.any_schema()

    def __get_pydantic_json_schema__(
        self, _schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return handler(_core(self.model))


RaceBody = Annotated[
    Any,
    DescribedAs(AnyRace | AnyRegression),
    Body(openapi_examples=SETUPS, description="A race on a surface, or a regression."),
]

RegressionBody = Annotated[
    Any, DescribedAs(AnyRegression), Body(openapi_examples=REGRESSIONS, description="A regression.")
]

TrainingBody = Annotated[
    Any, DescribedAs(AnyTraining), Body(openapi_examples=TRAININGS, description="A training of a network.")
]

SetupBody = Annotated[
    Any,
    DescribedAs(AnySetup),
    Body(openapi_examples=SETUPS | REGRESSIONS | TRAININGS, description="A setup of any kind."),
]
