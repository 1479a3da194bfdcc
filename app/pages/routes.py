"""The pages that a person opens: the laboratory, the API's documentation, and what is shown for what is not there."""

import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import jinja2
from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import HTMLResponse
from markupsafe import Markup
from starlette.exceptions import HTTPException

from descent_lab import __version__
from descent_lab.links.defaults import completed, opening
from descent_lab.links.opened import PATHS, SEARCH, SEARCH_PATH
from descent_lab.refusals import Refusal
from descent_lab.training.scenes import NETWORK_SCENES, RATES

from ..refused import of_http, refuse
from ..security import security_headers
from ..settings import Settings, folder
from .assets import Assets
from .catalogue import catalogue, network_catalogue, search_catalogue
from .same import same_for_all


def script_json(value: Any) -> Markup:
    """JSON that may stand inside a script element: no text in it can end the element or begin a comment."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)


class Pages:
    """Renders templates; a page is the same for everybody, so it is rendered once."""

    def __init__(self, assets: Assets, settings: Settings) -> None:
        self.settings = settings
        self.environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(folder("templates")),
            autoescape=True,
            undefined=jinja2.StrictUndefined if settings.development else jinja2.Undefined,
            auto_reload=settings.development,
        )
        self.environment.globals.update(
            asset=assets.address,
            library=assets.library_address,
            plotly_url=assets.library_address("plotly.js"),
            version=__version__,
        )

    def render(self, template: str, **context: Any) -> str:
        """The text of a page."""
        return self.environment.get_template(template).render(**context)

    def page(self, template: str, context: Callable[[], dict[str, Any]]) -> Callable[[Request], Response]:
        """A route that answers with one template."""
        anew = self.settings.development
        return same_for_all(lambda: self.render(template, **context()), anew=anew)

    def router(self) -> APIRouter:
        """The routes of all pages."""
        router = APIRouter(include_in_schema=False)
        for path, name, template in LABORATORY:
            router.add_api_route(
                path, self.page(template, self.laboratory(path)), methods=["GET", "HEAD"], name=name
            )
        router.add_api_route("/docs", self.page("docs.html", dict), methods=["GET", "HEAD"])
        return router

    def laboratory(self, here: str) -> Callable[[], dict[str, Any]]:
        """What every page of the laboratory is made of: the tabs, and the catalogue."""
        paths = {**PATHS, SEARCH: SEARCH_PATH}
        kind = next(kind for kind, path in paths.items() if path == here)
        listed = {NETWORK: learning, SEARCH_PATH: search_catalogue}.get(here, catalogue)

        def context() -> dict[str, Any]:
            catalog = {"opening": opening(kind)} if here in PATHS.values() else {}
            catalog |= listed(self.settings)
            return {"pages": tabs(here), "kind": kind, "catalog_json": script_json(catalog)}

        return context

    # ------------------------------------------------------------ when something is not there

    def problem(self, status: int) -> Response:
        """A page that says what happened, in the look of the others, with a way back."""
        heading, sentence = PROBLEMS.get(status, (HTTPStatus(status).phrase, ""))
        html = self.render("error.html", status=status, heading=heading, sentence=sentence, pages=tabs())
        return HTMLResponse(html, status, {"Cache-Control": "no-store"})

    def handle_errors(self, app: FastAPI) -> None:
        """People get a page, programs get JSON."""

        async def refused(request: Request, error: Exception) -> Response:
            assert isinstance(error, HTTPException)
            if wants_page(request):
                return self.problem(error.status_code)
            return of_http(request, error)

        async def failed(request: Request, _error: Exception) -> Response:
            response = self.problem(500) if wants_page(request) else refuse(Refusal("internal"))
            response.headers.update(security_headers(self.settings))  # this answer passes no middleware
            return response

        app.add_exception_handler(HTTPException, refused)
        app.add_exception_handler(Exception, failed)


NETWORK = "/network"
LABORATORY = (
    ("/", "Race", "race.html"),
    ("/regression", "Regression", "regression.html"),
    (NETWORK, "Network", "network.html"),
    (SEARCH_PATH, "Search", "search.html"),
)
"""Path, name and template of every page of the laboratory, in the order of the tabs."""


def learning(settings: Settings) -> dict[str, Any]:
    """The catalogue of the page of networks, with its scenes, and rates for whoever joins."""
    scenes = [each | {"whole": completed(each["setup"])} for each in NETWORK_SCENES.describe()]
    return network_catalogue(settings) | {"networkScenes": scenes, "networkRates": RATES}


def tabs(here: str | None = None) -> list[dict[str, Any]]:
    """The tabs of the masthead; `here` is the path of the page they stand on."""
    return [{"href": path, "name": name, "here": path == here} for path, name, _ in LABORATORY]


PROBLEMS = {
    404: (
        "Nothing here",
        "There is no page at this address. A race's link keeps everything after the # sign.",
    ),
    405: ("Not that way", "This address does not answer to that method."),
    500: (
        "Something broke",
        "The fault is on our side and has been written to the log. The race still runs.",
    ),
}


def wants_page(request: Request) -> bool:
    """Whether a person's browser is asking for a page."""
    return "text/html" in request.headers.get("accept", "") and not request.url.path.startswith("/api/")
