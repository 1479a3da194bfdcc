"""Whoever does not want to wait for a place is not asked to, and can want it again."""

from __future__ import annotations

from tests.browser.state.conftest import Run
from tests.browser.state.test_race_run import RACING


def test_a_wait_that_is_ended_is_ended_at_the_server_and_begins_again_when_wanted(run: Run) -> None:
    sent = run(
        RACING
        + """
        ready(1);
        state.patient.set(false);
        state.wanted.set(6000);
        state.patient.set(true);
        ready(2); steps(2, 0, 6000);
        return short();
    """
    )
    assert [(each["type"], each["id"], each.get("credit")) for each in sent] == [
        ("race", 1, 4000),
        ("cancel", 1, None),
        ("race", 2, 6000),
    ]


def test_what_was_received_before_is_kept_and_gone_on_from(run: Run) -> None:
    result = run(
        RACING
        + """
        ready(1); steps(1, 0, 4000);
        state.wanted.set(6000);
        state.patient.set(false);
        state.patient.set(true);
        ready(2); steps(2, 4001, 6000);
        return { sent: short(), have: state.run.get().have };
    """
    )
    assert [(each["type"], each.get("after")) for each in result["sent"]] == [
        ("race", None),
        ("grant", None),
        ("cancel", None),
        ("race", 4000),
    ]
    assert result["have"] == 6000


def test_an_edit_is_a_new_wish(run: Run) -> None:
    result = run(
        RACING
        + """
        ready(1);
        state.patient.set(false);
        state.setup.update((setup) => edit.withStart(setup, [1, 0]));
        ready(2); steps(2, 0, 4000);
        return { sent: short(), patient: state.patient.get(), have: state.run.get().have };
    """
    )
    assert [(each["type"], each.get("start")) for each in result["sent"]] == [
        ("race", [-1.5, 1]),
        ("cancel", None),
        ("race", [1, 0]),
    ]
    assert (result["patient"], result["have"]) == (True, 4000)


def test_a_new_connection_does_not_bring_back_what_nobody_waits_for(run: Run) -> None:
    sent = run(
        RACING
        + """
        ready(1);
        state.patient.set(false);
        race.resume();
        const before = sent.length;
        state.patient.set(true);
        return [before, short()];
    """
    )
    assert sent[0] == 2
    assert [each["type"] for each in sent[1]] == ["race", "cancel", "race"]
