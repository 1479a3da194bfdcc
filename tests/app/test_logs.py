"""Logs for programs: every line an object, from the first word to the last."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.app.test_what_held import alive
from tests.services import free_port
from tests.waiting import seen

BREAKS = """
import uvicorn, sys
from fastapi import FastAPI
from app.serve import server_options
from app.settings import get_settings
app = FastAPI()
@app.get("/healthz")
def healthz(): return {}
@app.get("/broken")
def broken(): raise ZeroDivisionError("of ours")
uvicorn.run(app, port=int(sys.argv[1]), **server_options(get_settings()))
"""


def lines(log: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.read_text().splitlines()]


def test_all_that_a_server_says_is_json(tmp_path: Path) -> None:
    log, port = tmp_path / "log", free_port()
    command = [sys.executable, "-m", "descent_lab", "serve", "--port", str(port)]
    with log.open("wb") as out:
        server = subprocess.Popen(
            command, stdout=out, stderr=out, env={**os.environ, "DESCENT_LAB_LOGS": "json"}
        )
    try:
        assert seen(lambda: "serving" in log.read_text())
        server.send_signal(signal.SIGTERM)
        server.wait(20)
    finally:
        server.kill()
    first, *_, last = lines(log)
    assert (first["message"], first["address"]) == ("serving", f"http://127.0.0.1:{port}")
    assert (last["message"], last["level"], last["logger"]) == ("ending", "INFO", "descent_lab")
    assert all({"time", "level", "logger", "process"} <= line.keys() for line in lines(log))


def test_a_fault_of_ours_comes_whole_in_its_line(tmp_path: Path) -> None:
    log, port = tmp_path / "log", free_port()
    with log.open("wb") as out:
        server = subprocess.Popen(
            [sys.executable, "-c", BREAKS, str(port)],
            stdout=out,
            stderr=out,
            env={**os.environ, "DESCENT_LAB_LOGS": "json"},
        )
    try:
        assert seen(lambda: alive(port))
        asked = [sys.executable, "-c", f"import httpx; httpx.get('http://127.0.0.1:{port}/broken')"]
        subprocess.run(asked, check=True, timeout=60, env={**os.environ, "NO_PROXY": "*"})
    finally:
        server.kill()
        server.wait()
    (line,) = [each for each in lines(log) if each["level"] == "ERROR"]
    assert "ZeroDivisionError: of ours" in line["exc_info"]
