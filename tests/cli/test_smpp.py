"""A real session with a centre on loopback: texts out and in, reports, and what goes wrong."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from threading import Event, Thread

import pytest
import smpp34
from django.db import connections

from taawon.cli import smpp
from taawon.messaging import sending, services
from taawon.messaging.gateways import routes
from taawon.messaging.models import Fate, InboundText, Line, Message
from tests.gateways.centre import Centre, open_centre
from tests.sms.talk import stall

PHONE = "+212612345678"
PATIENCE = 20.0
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(90)]


def until(true: Callable[[], bool]) -> None:
    """Both sides run in threads of their own: look until it is so."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end
        Event().wait(0.02)


@pytest.fixture
def centre() -> Iterator[Centre]:
    with open_centre() as centre:
        yield centre


@pytest.fixture(autouse=True)
def _line(settings, centre, no_worker) -> None:
    settings.SMS_GATEWAYS = {
        "iam": {
            "kind": "smpp",
            "host": "127.0.0.1",
            "port": centre.port,
            "system_id": "coop",
            "password": "secret12",
            "from": "2255",
            "centimes_a_segment": 20,
        }
    }


@pytest.fixture
def no_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "nudge", lambda: None)


@pytest.fixture
def session(monkeypatch, centre) -> Iterator[None]:
    monkeypatch.setattr(smpp, "FIRST_WAIT", 0.05)
    stop = Event()

    def keep() -> None:
        try:
            smpp.keep(routes.gateway("iam"), stop)
        finally:
            connections.close_all()

    running = Thread(target=keep)
    running.start()
    until(lambda: centre.binds == 1)
    yield
    stop.set()
    running.join(PATIENCE)
    assert not running.is_alive()


def test_texts_leave_and_are_reported(session, centre):
    for number, text in enumerate(
        ("Cmd 47: €", "تم قبول الطلب 47", "x" * 152 + "€" * 5, "🍯" * 40)
    ):
        services.queue(PHONE, text, key=f"a:{number}")
    until(lambda: Message.objects.filter(fate=Fate.DELIVERED).count() == 4)
    until(lambda: len(centre.submitted) == 6)

    # The centre reads side by side: in any order.
    got = {(one.text, one.coding, one.esm_class, one.reported) for one in centre.submitted}
    assert got == {
        ("Cmd 47: €", 0, 0, 1),
        ("تم قبول الطلب 47", 8, 0, 1),
        ("x" * 152, 0, 0x40, 1),
        ("€" * 5, 0, 0x40, 0),
        ("🍯" * 33, 8, 0x40, 1),
        ("🍯" * 7, 8, 0x40, 0),
    }
    assert {one.to for one in centre.submitted} == {PHONE}
    costs = Message.objects.order_by("pk").values_list("state", "gateway", "segments", "centimes")
    assert list(costs) == [
        ("sent", "iam", 1, 20),
        ("sent", "iam", 1, 20),
        ("sent", "iam", 2, 40),
        ("sent", "iam", 2, 40),
    ]


def test_a_text_comes_in_and_is_answered(session, centre):
    order = stall().order()
    assert centre.bring(PHONE, "OUI 47", coding=0) == 0
    until(lambda: any(one.text.startswith("Cmd 47 acceptee.") for one in centre.submitted))
    order.refresh_from_db()
    assert order.state == "accepted"
    assert InboundText.objects.get().gateway == "iam"


def test_parts_in_any_order_become_one_text(session, centre):
    stall()
    for number, text in (
        (3, "demain matin"),
        (1, "salam je voudrais "),
        (2, "que vous m'appeliez "),
    ):
        assert centre.bring(PHONE, text, udh=bytes((5, 0, 3, 7, 3, number))) == 0
    until(lambda: InboundText.objects.filter(state="handled").exists())
    assert InboundText.objects.get().text == ("salam je voudrais que vous m'appeliez demain matin")


def test_a_centre_that_is_full_is_waited_for(session, centre):
    centre.refuse = [smpp34.ESME_RTHROTTLED]
    services.queue(PHONE, "Bonjour", key="a:1")
    until(lambda: Line.objects.filter(trouble="throttled").exists())
    assert Message.objects.get().state == "queued"
    Message.objects.update(not_before="2026-01-01T00:00Z")
    until(lambda: Message.objects.get().state == "sent")
    assert [one.text for one in centre.submitted] == ["Bonjour"]


def test_a_number_that_does_not_exist_is_given_up(session, centre):
    centre.refuse = [smpp34.ESME_RINVDSTADR]
    services.queue(PHONE, "Bonjour", key="a:1")
    until(lambda: Message.objects.get().state == "failed")
    assert Message.objects.get().trouble == "smpp-11"


def test_a_session_that_is_lost_is_opened_again(session, centre):
    centre.hang_up()
    until(lambda: centre.binds == 2)
    services.queue(PHONE, "Bonjour", key="a:1")
    until(lambda: Message.objects.get().fate == Fate.DELIVERED)


def test_a_text_that_cannot_be_stored_is_brought_again(session, centre, monkeypatch):
    stored = smpp.inbox.receive

    def full(inbound):
        raise OSError("disk full")

    monkeypatch.setattr(smpp.inbox, "receive", full)
    assert centre.bring(PHONE, "OUI 47") == 8
    monkeypatch.setattr(smpp.inbox, "receive", stored)
    assert centre.bring(PHONE, "OUI 47") == 0
    until(lambda: InboundText.objects.count() == 1)


def test_workers_leave_such_a_line_alone(centre):
    services.queue(PHONE, "Bonjour", key="a:1")
    assert sending.send_pending() == 0
    assert Message.objects.get().state == "queued"


def test_a_name_is_needed_where_there_are_none(settings, capsys):
    settings.SMS_GATEWAYS = {"memory": {"kind": "memory"}}
    assert smpp.smpp([]) == 2
    assert "Name a gateway" in capsys.readouterr().err
