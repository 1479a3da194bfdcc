"""Places and rates go by visitors, not by sockets."""

from __future__ import annotations

from contextlib import ExitStack

import pytest
from pydantic import ValidationError
from starlette.requests import HTTPConnection

from app.settings import Settings
from app.work.slots import Slot, Slots
from app.work.visitors import Paces, visitor_of
from tests.app.conftest import Client, LiveServer
from tests.app.test_what_held import TRAINING


def called(slots: Slots, waiting: list[Slot], taken: list[Slot]) -> list[str]:
    """Who gets the slots as those who have them leave, one after the other."""
    order: list[str] = []
    while waiting:
        slots.leave(taken.pop(0))
        new = [slot for slot in waiting if slot.free.is_set()]
        order += [slot.visitor for slot in new]
        taken += new
        waiting[:] = [slot for slot in waiting if slot not in new]
    return order


def test_ten_sockets_of_one_visitor_get_no_more_than_one_of_another() -> None:
    slots = Slots(1)
    taken = [slots.ask("ten")]
    waiting = [*(slots.ask("ten") for _ in range(4)), slots.ask("one"), slots.ask("two")]
    assert [slot.ahead for slot in waiting] == [3 - 1, 3, 4, 5, 0, 1]
    assert called(slots, waiting, taken) == ["one", "two", "ten", "ten", "ten", "ten"]


def test_the_next_slot_is_of_whom_has_the_fewest() -> None:
    slots = Slots(3)
    taken = [slots.ask("many") for _ in range(3)]
    assert all(slot.free.is_set() for slot in taken), "who is alone gets all there is"
    waiting = [*(slots.ask("many") for _ in range(3)), *(slots.ask("few") for _ in range(3))]
    assert called(slots, waiting, taken)[:3] == ["few", "many", "few"]


def test_a_visitor_who_asks_again_and_again_takes_turns_with_one_who_queues() -> None:
    slots = Slots(1)
    now, order = slots.ask("queues"), list[str]()
    queued = [slots.ask("queues") for _ in range(5)]
    again = slots.ask("again")
    for _ in range(6):
        slots.leave(now)
        now = next(slot for slot in (again, *queued) if slot.free.is_set() and slot in slots._taken)
        order.append(now.visitor)
        if now is again:
            again = slots.ask("again")
    assert order == ["again", "queues"] * 3


def connection(host: str) -> HTTPConnection:
    return HTTPConnection({"type": "http", "client": (host, 1), "headers": []})


def test_visitors_are_told_apart_by_their_addresses() -> None:
    assert visitor_of(connection("10.0.0.1")) == "10.0.0.1" == visitor_of(connection("::ffff:10.0.0.1"))
    assert visitor_of(connection("2001:db8::1")) == visitor_of(connection("2001:db8::2:1"))
    assert visitor_of(connection("2001:db8::1")) != visitor_of(connection("2001:db8:0:1::1"))


def test_all_sockets_of_a_visitor_share_a_rate_and_nothing_is_kept_of_who_left() -> None:
    paces = Paces(10)
    first, second, other = paces.enter("a"), paces.enter("a"), paces.enter("b")
    assert [first.wait() > 0 for _ in range(11)] == 10 * [False] + [True]
    assert second.wait() > 0
    assert other.wait() == 0
    for visitor in "aab":
        paces.leave(visitor)
    assert not paces._of


TRUSTED = Settings(max_trainings=1, proxies=("127.0.0.1",))  # pyright: ignore[reportCallIssue]
ENDLESS = {**TRAINING, "entrants": 6 * [{"optimizer": "adam"}]}


@pytest.mark.parametrize(("settings", "ahead"), [(TRUSTED, 0), (Settings(max_trainings=1), 3)])  # pyright: ignore
def test_a_proxy_is_believed_where_the_settings_say_so_and_nobody_else(
    settings: Settings, ahead: int
) -> None:
    with LiveServer(settings) as live, ExitStack() as stack:

        def begin(address: str) -> Client:
            headers = {"X-Forwarded-For": address}
            client = Client(stack.enter_context(live.connect(additional_headers=headers, close_timeout=0.1)))
            client.send("race", 1, setup=ENDLESS, credit=10_000)
            client.event("ready")
            return client

        begin("10.0.0.1").event("steps")
        for _ in range(3):
            begin("10.0.0.1").event("waiting")
        assert begin("10.0.0.2").event("waiting")[0]["ahead"] == ahead


def test_networks_are_checked() -> None:
    assert Settings.model_validate({"proxies": "10.0.0.0/8, ::1,*"}).proxies == ("10.0.0.0/8", "::1", "*")
    with pytest.raises(ValidationError):
        Settings.model_validate({"proxies": "proxy.example"})
