"""Figures for Prometheus: of one process, and of several together."""

from __future__ import annotations

import json
from contextlib import ExitStack

from prometheus_client.parser import text_string_to_metric_families

from tests.app.conftest import LiveServer
from tests.app.test_ending import open_socket
from tests.app.test_what_held import STRAIGHT, TRAINING, served
from tests.waiting import seen

RACE = {"surface": "beale", "steps": 5, "entrants": [{"optimizer": "adam"}]}


def figures(port: int) -> dict[str, float]:
    with STRAIGHT.open(f"http://127.0.0.1:{port}/metrics", timeout=20) as answer:
        text = answer.read().decode()
    return {
        " ".join((sample.name, *sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_what_goes_on_is_counted_over_all_workers() -> None:
    with served("--workers", "2") as (port, _), ExitStack() as stack:
        for id in range(8):
            wire = stack.enter_context(open_socket(port))
            for setup in (TRAINING | {"data": "nowhere"}, RACE):
                wire.send(json.dumps({"type": "race", "id": id, "setup": setup, "credit": 5}))
                wire.recv(20)
        assert seen(lambda: figures(port).get("descent_lab_races_total surface") == 8)
        now = figures(port)
        assert (now["descent_lab_sockets"], now["descent_lab_refusals_total unknown"]) == (8, 8)
        stack.close()
        assert seen(lambda: figures(port)["descent_lab_sockets"] == 0)


def test_a_training_is_seen_to_work(live: LiveServer) -> None:
    endless = {**TRAINING, "entrants": 6 * [{"optimizer": "adam"}]}
    with open_socket(live.port) as wire:
        wire.send(json.dumps({"type": "race", "id": 1, "setup": endless, "credit": 10_000}))
        wire.recv(20)
        assert seen(lambda: figures(live.port).get("descent_lab_working training") == 1)
    assert seen(lambda: figures(live.port)["descent_lab_working training"] == 0)
    assert figures(live.port)["descent_lab_wait_seconds_count training"] >= 1
