from __future__ import annotations

import pytest

from taawon.core import batches
from taawon.messaging import consent, health, pruning, reports, sending, services
from taawon.messaging.gateways import StatusUpdate
from taawon.messaging.models import (
    ConsoleMessage,
    Fate,
    InboundText,
    Message,
    ParkedReport,
    Recipient,
)
from taawon.messaging.rules import proof_of

PHONE = "+212661234567"
pytestmark = pytest.mark.django_db
State = Message.State


def sent(key: str, **more) -> Message:
    message = services.queue(PHONE, "Salam", key=key, **more)
    sending.send_pending()
    return message


def row(key: str) -> tuple[str, str, str, str]:
    return Message.objects.values_list("state", "to", "text", "subject").get(key=key)


def test_words_and_numbers_for_a_season(no_worker, clock):
    sent("a:1", subject="Commande")
    clock.forward(days=89)
    assert pruning.prune() == 0
    assert row("a:1") == ("sent", PHONE, "Salam", "Commande")
    clock.forward(days=2)
    assert pruning.prune() == 1
    assert row("a:1") == ("sent", "", "", "")
    assert pruning.prune() == 0


def test_what_nobody_wants_any_more_is_given_up(no_worker, clock):
    waiting = services.queue(PHONE, "Salam", key="a:1")
    Message.objects.filter(pk=waiting.pk).update(valid_until=None)
    services.queue(PHONE, "Salam", key="a:2", valid_until=clock.time.replace(year=2099))
    clock.forward(days=91)
    pruning.prune()
    assert row("a:1") == ("failed", "", "", "")
    assert row("a:2") == ("queued", PHONE, "Salam", "")


def test_what_it_cost_for_thirteen_months(settings, no_worker, clock):
    settings.SMS_GATEWAYS = {"memory": {"kind": "memory", "centimes_a_segment": 20}}
    sent("a:1", cooperative_id=7)
    clock.forward(days=395)
    pruning.prune()
    assert list(Message.objects.values_list("cooperative_id", "centimes")) == [(7, 20)]
    clock.forward(days=2)
    pruning.prune()
    assert Message.objects.count() == 0


def test_the_figures_of_the_month_outlive_the_words(settings, no_worker, clock):
    settings.SMS_GATEWAYS = {"memory": {"kind": "memory", "centimes_a_segment": 20}}
    settings.TEXTS_KEPT_DAYS = 1
    clock.time = clock.time.replace(day=12)
    sent("a:1", cooperative_id=7)
    clock.forward(days=2)
    pruning.prune()
    assert row("a:1") == ("sent", "", "", "")
    assert health.costs() == [health.Cost(7, 1, 20)]


def test_a_batch_at_a_time(monkeypatch, no_worker, clock, django_assert_num_queries):
    monkeypatch.setattr(batches, "SIZE", 2)
    for number in range(5):
        sent(f"a:{number}")
    clock.forward(days=91)
    # Looks at six other things; four at these, and three batches in savepoints.
    with django_assert_num_queries(6 + 4 + 3 * 3):
        assert pruning.prune() == 5


def test_what_came_in(clock):
    InboundText.objects.create(digest="1", gateway="g", sender=PHONE, text="OUI 47")
    ParkedReport.objects.create(gateway="g", provider_id="1", fate=Fate.DELIVERED)
    ConsoleMessage.objects.create(key="a:1", via="sms", to=PHONE, text="Salam")
    clock.forward(days=89)
    pruning.prune()
    counted = [model.objects.count() for model in (InboundText, ParkedReport, ConsoleMessage)]
    assert counted == [1, 1, 1]
    clock.forward(days=2)
    pruning.prune()
    counted = [model.objects.count() for model in (InboundText, ParkedReport, ConsoleMessage)]
    assert counted == [0, 0, 0]


def test_failures_are_forgotten_proofs_are_not(clock):
    consent.agree("+212600000001", "paper")
    consent.stop("+212600000002")
    consent.agree("b@example.ma", "web")
    for to in ("+212600000001", "+212600000003", "c@example.ma"):
        consent.count_delivery(to, arrived=False)
    clock.forward(days=80)
    for _ in range(3):
        consent.count_delivery("+212600000004", arrived=False)
    clock.forward(days=11)
    pruning.prune()
    assert sorted(Recipient.objects.values_list("to", flat=True)) == [
        "+212600000001",
        "+212600000002",
        "+212600000004",
        "b@example.ma",
    ]


def test_a_report_that_comes_for_a_blank_row_is_nobodys(no_worker, clock):
    sent("a:1")
    clock.forward(days=91)
    pruning.prune()
    reports.note("memory", StatusUpdate(Fate.LOST, key="a:1", proof=proof_of("a:1")))
    assert Recipient.objects.count() == 0
