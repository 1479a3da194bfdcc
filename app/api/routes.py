"""The HTTP API: what there is, a whole race, tuned rates, and values over a window. Routes parse, call and return."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body, FastAPI, Header, Path, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from descent_lab import listings
from descent_lab.races.race import Race
from descent_lab.refusals import Refusal
from descent_lab.results import nulled, race_result, regress_result
from descent_lab.setups.reading import read_setup

from ..messages.events import MapEvent, TunedEvent
from ..messages.reading import dotted, expectation
from ..messages.requests import MapRequest, TuneRequest
from ..questions.answers import Answer
from ..questions.surfaces import map_answer, no_progress
from ..settings import Settings
from ..work.slots import Queues
from .examples import REGRESSIONS, SETUPS, TRAININGS
from .long_work import ClientGone, NoFreeSlot, trained, tuned, while_connected

BINARY = "application/octet-stream"

SetupBody = Annotated[
    dict[str, Any], Body(openapi_examples=SETUPS, description="A setup: see docs/stream.md.")
]

RegressionBody = Annotated[
    dict[str, Any],
    Body(openapi_examples=REGRESSIONS, description="A regression's setup: see docs/stream.md."),
]

TrainingBody = Annotated[
    dict[str, Any], Body(openapi_examples=TRAININGS, description="A network's setup: see docs/stream.md.")
]


class Fault(BaseModel):
    """What was expected and what came; `field` is the path of the value at fault, `position` a place in a formula."""

    code: str
    message: str
    field: str | None
    position: tuple[int, int] | None


class Refused(BaseModel):
    """The answer to what cannot be accepted."""

    error: Fault


FULL: dict[int | str, dict[str, Any]] = {
    503: {
        "model": Refused,
        "description": "All places were taken, and none became free in time; `Retry-After` says when to try again.",
        "headers": {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}},
    }
}
"""The answer where no place has become free."""

CLIENT_CLOSED_REQUEST = 499
"""For the log: nobody reads it."""


def refuse(refusal: Refusal) -> JSONResponse:
    """A refusal as an answer to HTTP."""
    return JSONResponse({"error": refusal.describe()}, 422)


def handle_refusals(app: FastAPI) -> None:
    """Every refusal, whoever noticed it, is answered in one form."""

    async def refused(_request: Request, error: Exception) -> Response:
        assert isinstance(error, Refusal)
        return refuse(error)

    async def unread(_request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        fault = error.errors()[0]
        if fault["type"] == "json_invalid":
            what = f"The body must be a JSON object; this is none: {fault['ctx']['error']}."
            return refuse(Refusal(what, code="json"))
        field = dotted(fault["loc"][1:]) or fault["loc"][0]
        return refuse(Refusal(expectation(field, fault), code="value", field=field))

    async def full(_request: Request, error: Exception) -> Response:
        assert isinstance(error, NoFreeSlot)
        body = {"error": Refusal(error.message, code="busy").describe()}
        return JSONResponse(body, 503, {"Retry-After": str(error.retry_after)})

    async def gone(_request: Request, _error: Exception) -> Response:
        return Response(status_code=CLIENT_CLOSED_REQUEST)

    app.add_exception_handler(Refusal, refused)
    app.add_exception_handler(NoFreeSlot, full)
    app.add_exception_handler(ClientGone, gone)
    app.add_exception_handler(RequestValidationError, unread)


def api(settings: Settings, queues: Queues) -> APIRouter:
    """The routes below `/api`."""
    router = APIRouter(prefix="/api", responses={422: {"model": Refused, "description": "What was wrong."}})

    @router.get("/surfaces", summary="Every surface, its minima and saddles, and its suggested race")
    def surfaces() -> JSONResponse:
        return JSONResponse(listings.surfaces())

    @router.get("/optimizers", summary="Every optimizer, its knobs and its update rule")
    def optimizers() -> JSONResponse:
        return JSONResponse(listings.optimizers())

    @router.get("/schedules", summary="Every learning-rate schedule")
    def schedules() -> JSONResponse:
        return JSONResponse(listings.schedules())

    @router.get("/scenes", summary="Named set-ups and what to watch in them")
    def scenes() -> JSONResponse:
        return JSONResponse(listings.scenes())

    @router.post("/race", summary="A whole race")
    def race(setup: SetupBody) -> JSONResponse:
        return JSONResponse(race_result(Race(read_setup(setup, settings)), setup))

    @router.post(
        "/regress", summary="A whole regression: every step's weights and losses, and the exact answer"
    )
    def regress(setup: RegressionBody) -> JSONResponse:
        return JSONResponse(regress_result(Race(read_setup(setup, settings)), setup))

    @router.get("/pointsets", summary="Every set of points, and what it shows")
    def point_sets() -> JSONResponse:
        return JSONResponse(listings.point_sets())

    @router.post(
        "/train",
        summary="A whole training of a network: each step's loss, and each set's at recorded steps",
        description=f"Takes one of this server's {settings.max_trainings} places for trainings, as the pages' own "
        f"trainings do, and waits for it up to {settings.place_timeout:g} s. Whoever closes the connection before the "
        "answer gives the place up, and the training ends.",
        responses=FULL,
    )
    async def train(request: Request, setup: TrainingBody) -> JSONResponse:
        return await while_connected(request, trained(setup, settings, queues))

    @router.get("/samplesets", summary="Every set of samples for networks, and what it teaches")
    def sample_sets() -> JSONResponse:
        return JSONResponse(listings.sample_sets())

    @router.get("/activations", summary="Every activation, its formula and its slope's")
    def activations() -> JSONResponse:
        return JSONResponse(listings.activations())

    @router.get("/initialisations", summary="Every way to draw the first weights")
    def initialisations() -> JSONResponse:
        return JSONResponse(listings.initialisations())

    @router.post(
        "/tune",
        summary="The best learning rate and momentum for every entrant of a race",
        description="A search, of which this server runs few at once: it waits for its turn up to "
        f"{settings.place_timeout:g} s, and ends when the connection is closed before the answer.",
        response_model=None,
        responses=FULL,
    )
    async def tune(
        request: Request, setup: SetupBody, budget: Annotated[int | None, Query(ge=1)] = None
    ) -> dict[str, Any]:
        asked = TuneRequest(type="tune", id=0, setup=setup, budget=budget)
        event = (await while_connected(request, tuned(asked, settings, queues))).event
        assert isinstance(event, TunedEvent)
        return event.model_dump(mode="json", exclude={"type", "id"})

    @router.get("/surfaces/{key}/grid", summary="Values over a window; key `typed` goes with an expression")
    def grid(
        key: Annotated[str, Path(examples=["beale"])],
        x0: Annotated[float, Query(examples=[-1])],
        x1: Annotated[float, Query(examples=[4])],
        y0: Annotated[float, Query(examples=[-1.5])],
        y1: Annotated[float, Query(examples=[2])],
        nx: Annotated[int, Query(examples=[60])] = 100,
        ny: Annotated[int, Query(examples=[40])] = 100,
        expression: Annotated[str | None, Query(description="The formula of a typed surface.")] = None,
        accept: Annotated[str, Header(include_in_schema=False)] = "",
    ) -> Response:
        surface, formula = (None, expression or "") if key == "typed" else (key, None)
        request = MapRequest(
            type="map",
            id=0,
            surface=surface,
            expression=formula,
            window=[[x0, x1], [y0, y1]],
            size=_size(nx, ny),
        )
        answer = map_answer(request, settings, no_progress)
        return (
            Response(answer.packed(), media_type=BINARY) if BINARY in accept else JSONResponse(_grid(answer))
        )

    return router


def _size(nx: int, ny: int) -> list[int]:
    return [max(nx, 0), max(ny, 0)]  # a negative number is refused as too few points


def _grid(answer: Answer) -> dict[str, Any]:
    assert isinstance(answer.event, MapEvent)
    facts = answer.event.model_dump(mode="json", exclude={"type", "id"})
    return facts | {name: nulled(array) for name, array in answer.arrays.items()}
