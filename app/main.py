"""The application: puts the parts together and does nothing else.

`python -m app.main` writes its description (see `api.description`); its settings come on the standard input, as JSON.
"""

import gc
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from descent_lab import __version__
from descent_lab.cache import CACHE
from descent_lab.warm import start_warming, warm_first

from .api.body_limit import BodyLimit
from .api.description import describe
from .api.errors import handle_refusals
from .api.files import FILES, files
from .api.health import Warmth, health
from .api.links import links
from .api.routes import api
from .api.searches import searches
from .pages.assets import Assets
from .pages.routes import Pages
from .security import SecurityHeaders
from .settings import Settings, folder, get_settings
from .stream.connection import stream
from .work.ending import Ending
from .work.slots import Queues

SWITCH = 0.0005
"""Seconds after which a thread that runs Python has to let another: the loop, which answers everybody, asks for its
turn several times an answer. Ten times as long, as Python has it, was heard by all while one thread read something
long."""


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """The opening race is compiled before the first page is served, everything else while people look at it."""
    ending, warmth = app.state.ending, app.state.warmth
    rest = warmth.rest = start_warming()
    warm_first()
    warmth.first = True
    ending.on_signal()
    sys.setswitchinterval(SWITCH)
    if not gc.get_freeze_count():
        # A full collection of garbage goes through all that there is, 0.2 s in which nobody is answered, most of it for
        # libraries and kernels. Those are here to stay, and so are left out from now on.
        gc.collect()
        gc.freeze()
    yield
    if rest is not None:
        rest.terminate()
        rest.wait()


def create_app(settings: Settings | None = None) -> FastAPI:
    """A server of the pages, the API and the stream."""
    settings = settings or get_settings()
    app = FastAPI(
        title="Descent Lab",
        version=__version__,
        description="Every number comes from the real algorithm, computed at the moment you ask.",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.settings = settings
    app.state.ending = ending = Ending(settings.drain)
    app.state.warmth = warmth = Warmth()
    assets = Assets(folder("static"), (settings.cache or CACHE) / "assets", settings.development)
    pages = Pages(assets, settings)
    queues = Queues.of(settings)

    app.include_router(pages.router())
    app.include_router(assets.router())
    app.include_router(api(settings, queues))
    app.include_router(searches(settings, queues))
    app.include_router(links(settings))
    app.include_router(files(settings))
    app.include_router(health(warmth, ending))
    app.include_router(stream(settings, queues, ending))
    pages.handle_errors(app)
    handle_refusals(app)
    describe(app, settings)
    app.add_middleware(
        BodyLimit, max_bytes=settings.max_message_bytes, larger={FILES: settings.max_file_bytes}
    )
    app.add_middleware(SecurityHeaders, settings=settings)

    return app


if __name__ == "__main__":
    told = create_app(Settings.model_validate_json(sys.stdin.buffer.read())).openapi()
    sys.stdout.buffer.write(json.dumps(told, ensure_ascii=False).encode())
