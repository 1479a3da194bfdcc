"""Other programs that some tests need: a real Redis, a real nginx. `python -m tests.services` says which are here.

`make test` installs what it can; where it cannot, the tests that need them are left out, and say so.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.waiting import seen

SERVERS = {"redis-server": ("redis-server", "valkey-server"), "nginx": ("nginx",)}
"""Package of Debian's -> what programs of it are called that will do."""

PLACES = ":".join(("/usr/sbin", "/usr/local/sbin", "/usr/local/bin", "/opt/homebrew/bin"))
"""Where servers lie that are not on everybody's path."""


def found(package: str) -> str | None:
    """The program of that package, if it is here."""
    for name in SERVERS[package]:
        if path := shutil.which(name) or shutil.which(name, path=PLACES):
            return path
    return None


def needs(package: str) -> str:
    """The program of that package; the test is left out where there is none."""
    path = found(package)
    if path is None:
        pytest.skip(f"{package} is not installed here and could not be: apt-get install {package}")
    return path


def free_port() -> int:
    """A port that nobody has."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def listens(port: int) -> bool:
    """Whether somebody does at that port."""
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


class Service:
    """A program that listens at a port, that a test may kill and start again."""

    def __init__(self, port: int, command: list[str], folder: Path) -> None:
        self.port = port
        self.command = command
        self.folder = folder
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and return when it listens."""
        with (self.folder / "log.txt").open("ab") as log:
            self.process = subprocess.Popen(self.command, cwd=self.folder, stdout=log, stderr=log)
        self._until(lambda: listens(self.port))

    def _until(self, there: Callable[[], bool]) -> None:
        process = self.process
        assert process is not None
        seen(lambda: process.poll() is not None or there())
        assert process.poll() is None, (self.folder / "log.txt").read_text()[-2000:]

    def kill(self) -> None:
        """End it at once; an nginx so that its workers end too."""
        if self.process is not None:
            (self.process.terminate if "nginx" in self.command[0] else self.process.kill)()
            self.process.wait(10)
            self.process = None


def redis(folder: Path) -> Service:
    """A Redis that keeps nothing on disk. Not started yet."""
    program, port = needs("redis-server"), free_port()
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    return Service(port, [program, *options], folder)


NGINX = Path(__file__).resolve().parents[1] / "deploy" / "nginx.conf"


def nginx(folder: Path, servers: Sequence[int]) -> Service:
    """An nginx with the configuration that is deployed, before servers at those ports. Not started yet."""
    program, port = needs("nginx"), free_port()
    (folder / "nginx.conf").write_text(configuration(port, servers, folder))
    # Its workers write to the test's folder, which is root's where root tests.
    asides = "daemon off;" + (" user root;" if os.name == "posix" and os.getuid() == 0 else "")
    command = [program, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", "error.log", "-g", asides]
    return Service(port, command, folder)


def configuration(port: int, servers: Sequence[int], folder: Path) -> str:
    """`deploy/nginx.conf` with the addresses of this machine, and its files in a folder of the test's own."""
    text, count = re.subn(r"listen 80;", f"listen 127.0.0.1:{port};", NGINX.read_text())
    assert count == 1
    for number, own in enumerate(servers, 1):
        assert f"server lab-{number}:8000" in text
        text = text.replace(f"server lab-{number}:8000", f"server 127.0.0.1:{own}")
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    own_folders = "".join(f"    {kind}_temp_path {folder / kind};\n" for kind in kinds)
    return text.replace("worker_processes auto", "worker_processes 2").replace(
        "http {\n", "http {\n" + own_folders, 1
    )


if __name__ == "__main__":
    if "--all" in sys.argv:
        sys.exit(not all(map(found, SERVERS)))
    for package in SERVERS:
        print(f"{package}: {found(package) or 'not here; tests that need it are left out'}")
