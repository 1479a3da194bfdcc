"""The HTTP API: what there is, a whole race, tuned rates, and values over a window. Routes parse, call and return."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Path, Query, Request, Response
from fastapi.responses import JSONResponse

from descent_lab import listings
from descent_lab.checks import number, within
from descent_lab.geometry import LARGEST
from descent_lab.links.parts import read_parameters
from descent_lab.races.race import Race
from descent_lab.results import nulled, race_result, regress_result
from descent_lab.setups.reading import read_setup

from ..messages.events import Answer
from ..messages.race_events import MapEvent, TunedEvent
from ..messages.reading import read_request
from ..messages.requests import MapRequest, TuneRequest
from ..questions.searches import tune_answer
from ..questions.surfaces import map_answer, no_progress
from ..settings import Settings
from ..work.slots import Queues
from ..work.visitors import visitor_of
from .answers import (
    Activation,
    Initialisation,
    Optimizer,
    PointSet,
    SampleSet,
    Scene,
    Schedule,
    Surface,
)
from .bodies import RaceBody, RegressionBody, SetupBody, TrainingBody
from .errors import BODY_RESPONSES, FULL_RESPONSES, RESPONSES, json_alone, known_query
from .large_json import LargeJSON
from .long_work import searched, trained, while_connected
from .results import Grid, RaceResult, RegressResult, TrainResult, TuneResult

BINARY = "application/octet-stream"

FINITE: dict[str, Any] = {"minimum": -LARGEST, "maximum": LARGEST}
"""For the description; a refusal says it in the words of all numbers."""

AT_LEAST_TWO: dict[str, Any] = {"minimum": 2}

TAKES_JSON = [Depends(json_alone)]


def of(model: Any, others: dict[str, Any] | None = None) -> dict[int | str, dict[str, Any]]:
    """What a route answers when all is well. others: media types besides JSON, with what they hold."""
    return {200: {"model": model, "content": others or {}}}


def api(settings: Settings, queues: Queues) -> APIRouter:
    """The routes below `/api`."""
    router = APIRouter(prefix="/api", responses=RESPONSES, dependencies=[Depends(known_query)])

    @router.get(
        "/surfaces",
        summary="Every surface, its minima and saddles, and its suggested race",
        responses=of(list[Surface]),
    )
    def surfaces() -> JSONResponse:
        return JSONResponse(listings.surfaces())

    @router.get(
        "/optimizers", summary="Every optimizer, its knobs and its update rule", responses=of(list[Optimizer])
    )
    def optimizers() -> JSONResponse:
        return JSONResponse(listings.optimizers())

    @router.get("/schedules", summary="Every learning-rate schedule", responses=of(list[Schedule]))
    def schedules() -> JSONResponse:
        return JSONResponse(listings.schedules())

    @router.get("/scenes", summary="Named set-ups and what to watch in them", responses=of(list[Scene]))
    def scenes() -> JSONResponse:
        return JSONResponse(listings.scenes())

    @router.post(
        "/race",
        summary="A whole race, or a whole regression",
        responses=of(RaceResult | RegressResult) | BODY_RESPONSES | FULL_RESPONSES,
        dependencies=TAKES_JSON,
    )
    def race(setup: RaceBody) -> LargeJSON:
        return LargeJSON(race_result(Race(read_setup(setup, settings)), setup))

    @router.post(
        "/regress",
        summary="A whole regression: every step's weights and losses, and the exact answer",
        responses=of(RegressResult) | BODY_RESPONSES | FULL_RESPONSES,
        dependencies=TAKES_JSON,
    )
    def regress(setup: RegressionBody) -> LargeJSON:
        return LargeJSON(regress_result(Race(read_setup(setup, settings)), setup))

    @router.get("/pointsets", summary="Every set of points, and what it shows", responses=of(list[PointSet]))
    def point_sets() -> JSONResponse:
        return JSONResponse(listings.point_sets())

    @router.post(
        "/train",
        summary="A whole training of a network: each step's loss, and each set's at recorded steps",
        description=f"Takes one of this server's {settings.max_trainings} places for trainings, as the pages' own "
        f"trainings do, and waits for it up to {settings.place_timeout:g} s. Whoever closes the connection before the "
        "answer gives the place up, and the training ends.",
        responses=of(TrainResult) | BODY_RESPONSES | FULL_RESPONSES,
        dependencies=TAKES_JSON,
    )
    async def train(request: Request, setup: TrainingBody) -> LargeJSON:
        return await while_connected(request, trained(setup, settings, queues, visitor_of(request)))

    @router.get(
        "/samplesets",
        summary="Every set of samples for networks, and what it teaches",
        responses=of(list[SampleSet]),
    )
    def sample_sets() -> JSONResponse:
        return JSONResponse(listings.sample_sets())

    @router.get(
        "/activations",
        summary="Every activation, its formula and its slope's",
        responses=of(list[Activation]),
    )
    def activations() -> JSONResponse:
        return JSONResponse(listings.activations())

    @router.get(
        "/initialisations", summary="Every way to draw the first weights", responses=of(list[Initialisation])
    )
    def initialisations() -> JSONResponse:
        return JSONResponse(listings.initialisations())

    @router.post(
        "/tune",
        summary="The best learning rate and momentum for every entrant of a race",
        description="A search, of which this server runs few at once: it waits for its turn up to "
        f"{settings.place_timeout:g} s, and ends when the connection is closed before the answer.",
        response_model=None,
        responses=of(TuneResult) | BODY_RESPONSES | FULL_RESPONSES,
        dependencies=TAKES_JSON,
    )
    async def tune(
        request: Request, setup: SetupBody, budget: Annotated[int | None, Query(ge=1)] = None
    ) -> dict[str, Any]:
        asked = read_request({"type": "tune", "id": 0, "setup": setup, "budget": budget})
        assert isinstance(asked, TuneRequest)
        work = searched(
            lambda report: tune_answer(asked, settings, report), settings, queues, visitor_of(request)
        )
        event = (await while_connected(request, work)).event
        assert isinstance(event, TunedEvent)
        return event.model_dump(mode="json", exclude={"type", "id"})

    @router.get(
        "/surfaces/{key}/grid",
        summary="Values over a window; key `typed` goes with an expression",
        responses=of(Grid, {BINARY: {"schema": {"type": "string", "format": "binary"}}}),
    )
    def grid(
        key: Annotated[str, Path(examples=["beale"])],
        x0: Annotated[float, Query(examples=[-1], json_schema_extra=FINITE)],
        x1: Annotated[float, Query(examples=[4], json_schema_extra=FINITE)],
        y0: Annotated[float, Query(examples=[-1.5], json_schema_extra=FINITE)],
        y1: Annotated[float, Query(examples=[2], json_schema_extra=FINITE)],
        nx: Annotated[int, Query(examples=[60], json_schema_extra=AT_LEAST_TWO)] = 100,
        ny: Annotated[int, Query(examples=[40], json_schema_extra=AT_LEAST_TWO)] = 100,
        expression: Annotated[str | None, Query(description="The formula of a typed surface.")] = None,
        parameters: Annotated[
            str | None, Query(description="What its letters stand for, as in a link.", examples=["a:1.5;b:2"])
        ] = None,
        accept: Annotated[str, Header(include_in_schema=False)] = "",
    ) -> Response:
        for name, value in (("x0", x0), ("x1", x1), ("y0", y0), ("y1", y1)):
            number(value, name)
        for name, count in (("nx", nx), ("ny", ny)):
            within(count, 2, settings.max_grid, name)
        surface, formula = (None, expression or "") if key == "typed" else (key, None)
        request = read_request(
            {
                "type": "map",
                "id": 0,
                "surface": surface,
                "expression": formula,
                "parameters": read_parameters(parameters, "parameters") if parameters else None,
                "window": [[x0, x1], [y0, y1]],
                "size": [nx, ny],
            }
        )
        assert isinstance(request, MapRequest)
        answer = map_answer(request, settings, no_progress)
        return Response(answer.packed(), media_type=BINARY) if BINARY in accept else LargeJSON(_grid(answer))

    return router


def _grid(answer: Answer) -> dict[str, Any]:
    assert isinstance(answer.event, MapEvent)
    facts = answer.event.model_dump(mode="json", exclude={"type", "id"})
    return facts | {name: nulled(array) for name, array in answer.arrays.items()}
