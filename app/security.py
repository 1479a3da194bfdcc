"""What the browser may do with our answers, and which pages may open our socket."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .settings import Settings

# Plotly positions its layers by inline styles, paints heat maps from data: pictures and saves a picture of a plot
# through a blob: picture. Nothing needs unsafe-eval, and 'self' covers the socket on the same host.
POLICY = {
    "default-src": "'self'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
}

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}

DEFAULT_PORTS = {"http": 80, "https": 443}


def content_security_policy(settings: Settings) -> str:
    """The policy sent with every answer; pages may be embedded only where the settings allow it."""
    rules = POLICY | {"frame-ancestors": " ".join(settings.frame_ancestors) or "'none'"}
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def security_headers(settings: Settings) -> dict[str, str]:
    """The headers of every answer."""
    return HEADERS | {"Content-Security-Policy": content_security_policy(settings)}


class SecurityHeaders:
    """ASGI middleware that adds the headers to every HTTP answer."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.headers = security_headers(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers)


def origin_allowed(headers: Mapping[str, str], settings: Settings) -> bool:
    """Whether the page that opens a socket comes from this host or from a site in the settings.

    A browser always sends Origin and no script can forge it; a client that is no browser sends none and has no
    visitor's rights to abuse, so that a missing Origin is let in.
    """
    origin = headers.get("origin")
    if origin is None:
        return True
    if "*" in settings.allowed_origins or origin.lower() in settings.allowed_origins:
        return True
    try:
        site = urlsplit(origin)
        host = urlsplit(f"//{headers.get('host', '')}")
        usual = DEFAULT_PORTS.get(site.scheme)
        return (
            usual is not None
            and site.hostname is not None
            and (site.hostname, site.port or usual) == (host.hostname, host.port or usual)
        )
    except ValueError:  # a port that is no number
        return False
