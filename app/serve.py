"""Starts the server and tells the person where it is."""

import errno
import logging
import os
import socket
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
import webbrowser
from typing import Any

import uvicorn

try:
    import resource
except ImportError:
    resource = None

from descent_lab.tables.files import store

from .logs import JSON
from .settings import Settings, get_settings
from .work.ending import ANSWERS

logger = logging.getLogger("descent_lab")

OTHER_FILES = 200
"""Files that are open beside the sockets."""

LONGEST_FRAME = 16 * 2**20
"""Bytes. A frame above the settings' limit is answered with what the limit is; one above this is cut off unread, as it
would have to be held in memory."""


class PortTaken(Exception):
    """Somebody else listens at that address."""


def free_port(host: str, port: int) -> int:
    """The port, if nobody has it (any free one for 0)."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                why = (
                    "is taken by another program"
                    if error.errno == errno.EADDRINUSE
                    else "is not ours to open"
                )
                raise PortTaken(
                    f"Port {port} on {host} {why}. Choose another: descent-lab serve --port {port + 1}, "
                    f"or make run PORT={port + 1}."
                ) from error
            raise PortTaken(f"Cannot listen on {host}: {error.strerror or error}.") from error
        return probe.getsockname()[1]


def serve(host: str, port: int, workers: int, open_browser: bool) -> None:
    """Serve until interrupted. Raises `PortTaken`, and `Refusal` for the address of a store that is none."""
    if workers > 1:  # before a worker begins: each writes its figures there
        os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", tempfile.mkdtemp(prefix="descent-lab-figures-"))
    port = free_port(host, port)
    settings = get_settings()
    store()  # what is wrong with its address is said now
    _allow_files(settings.max_connections)
    threading.Thread(target=_announce, args=(host, port, open_browser), daemon=True).start()
    uvicorn.run(
        f"{__package__}.main:create_app",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        **server_options(settings),
    )


def _allow_files(sockets: int) -> None:
    """As many open files as sockets may be open, and some more, as far as this machine lets us: each socket is one."""
    if resource is None:  # Windows has no such limit
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = sockets + OTHER_FILES
    if soft < wanted and soft != resource.RLIM_INFINITY:
        allowed = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, allowed), hard))


def server_options(settings: Settings) -> dict[str, Any]:
    """How uvicorn serves, wherever it is started."""
    return {
        "loop": "uvloop" if sys.platform != "win32" else "auto",
        "ws": "websockets-sansio",
        "ws_per_message_deflate": False,  # nine times the work to save 4 % of numbers
        # What is too long for the stream is refused by a message; what is far too long ends the connection.
        "ws_max_size": max(LONGEST_FRAME, settings.max_message_bytes),
        "timeout_graceful_shutdown": ANSWERS,
        "log_level": "warning",
        "server_header": False,
        "proxy_headers": bool(settings.proxies),
        "forwarded_allow_ips": [*settings.proxies],
        **({"log_config": JSON} if settings.logs == "json" else {}),
    }


def _announce(host: str, port: int, open_browser: bool) -> None:
    """Say where the server is as soon as it answers, and open the browser if there is one."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    address = f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"
    straight = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for _ in range(600):
        try:
            with straight.open(f"{address}/healthz", timeout=2):
                break
        except (OSError, urllib.error.URLError):
            time.sleep(0.05)
    else:
        return
    if get_settings().logs == "json":
        logger.info("serving", extra={"address": address})
    else:
        print(f"Descent Lab is at {address} (Ctrl-C ends it)", flush=True)
    if open_browser and _has_screen():
        try:
            webbrowser.open(address)
        except (OSError, webbrowser.Error):
            print("No browser could be opened; please open that address yourself.", flush=True)


def _has_screen() -> bool:
    """On a server without a screen `webbrowser` would start a text browser in this terminal."""
    if sys.platform in ("darwin", "win32"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
