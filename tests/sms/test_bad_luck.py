"""What a forger, a network and a tired thumb can do: nothing that was not meant."""

from __future__ import annotations

import json

import pytest

from taawon.cli import texting
from taawon.conversations.models import Dialogue, Ticket, Unclear
from taawon.journal.models import Entry
from taawon.messaging import consent, inbox, reports, services
from taawon.messaging.gateways import Inbound, StatusUpdate
from taawon.messaging.inbox import Piece
from taawon.messaging.models import Fate, InboundText, Message
from taawon.messaging.rules import proof_of
from taawon.sms import line
from tests.sms.talk import stall

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop():
    return stall()


@pytest.mark.parametrize("text", ["NON 47", "prix 3 8", "pause", "stop tout"])
def test_a_forger_reads_no_code(shop, text):
    """From the right number, but blind: a command of level 2 stays what it is, a question."""
    order, product = shop.order(), shop.product(price_centimes=8000)
    shop.phone.code(text)
    for guess in ("0000", "1111", "2222"):
        shop.phone.says(guess if guess not in shop_codes() else "3333")
    for later in ("oui", "1", "ok"):
        shop.phone.says(later)
    order.refresh_from_db(), product.refresh_from_db(), shop.cooperative.shop.refresh_from_db()
    assert order.state in ("placed", "accepted")  # "oui" is of level 1
    assert product.price_centimes == 8000
    assert not shop.cooperative.shop.is_paused
    assert not consent.stopped_all(shop.phone.number)


def shop_codes() -> str:
    return " ".join(Message.objects.values_list("text", flat=True))


def test_a_forger_moves_neither_money_nor_numbers(shop):
    """Level 3: whatever is written, in whatever order."""
    person = shop.cooperative.memberships.get().person
    for text in ("changer mon numero 0699999999", "rembourser la 47", "mon rib est 230780", "1"):
        shop.phone.says(text)
    person.refresh_from_db()
    assert person.phone == shop.phone.number
    assert Entry.objects.filter(channel="sms").count() == 0


def test_numbers_of_an_account_are_neither_kept_nor_logged(shop, caplog):
    rib = "230780123456789012345678"
    shop.phone.says(f"agent mon rib est {rib}")
    shop.phone.says(f"xyzzy {rib}")
    shop.phone.says(f"plugh {rib[:14]}")
    kept = [*Ticket.objects.values_list("words", flat=True)]
    kept += [*Unclear.objects.values_list("text", flat=True)]
    assert kept[0] == "agent mon rib est …"
    assert [text for text in (*kept, caplog.text) if rib in text] == []


def test_parts_that_come_out_of_order_are_one_text(shop):
    order = shop.order()
    code_of = "NON 47 " + "plus de miel cette annee " * 10
    pieces = [code_of[start : start + 67] for start in range(0, len(code_of), 67)]
    stored = None
    for number in (3, 1, 4, 4, 2):
        told = Inbound("smpp", "", shop.phone.number, "2255", pieces[number - 1])
        stored = inbox.receive_part(told, Piece(7, number, len(pieces))) or stored
    assert stored is not None
    line.handle(stored[0].pk)
    assert InboundText.objects.get().text == code_of.strip()
    order.refresh_from_db()
    assert order.state == "placed"
    assert Dialogue.objects.get().awaited["args"]["reason"].startswith("plus de miel cette")


def test_a_gateway_that_answers_and_reports_twice(shop):
    message = services.queue(shop.phone.number, "Bonjour", key="a:1")
    told = StatusUpdate(Fate.DELIVERED, key="a:1", proof=proof_of("a:1"))
    for _ in range(2):
        reports.note("memory", told)
    reports.note("memory", StatusUpdate(Fate.ACCEPTED, key="a:1", proof=proof_of("a:1")))
    message.refresh_from_db()
    assert message.fate == Fate.DELIVERED
    assert Message.objects.count() == 1


def test_an_order_that_ends_between_the_question_and_the_digit(shop):
    order = shop.order()
    assert shop.phone.says("47").endswith("1 accepter, 2 refuser.")
    type(order).objects.filter(pk=order.pk).update(state="cancelled")
    assert shop.phone.says("1") == "Cmd 47 est deja: annulee."


def test_thanks_are_no_yes(shop):
    """ "ok merci" answers what was told, not the order that came meanwhile."""
    order = shop.order()
    assert shop.phone.says("ok merci") == "Pas compris pour cmd 47. 1 accepter, 2 refuser."
    order.refresh_from_db()
    assert order.state == "placed"
    shop.phone.says("1")
    order.refresh_from_db()
    assert order.state == "accepted"


def test_thanks_where_nothing_waits(shop):
    assert shop.phone.says("ok merci") == "Aucune commande en attente."


def test_a_menu_is_never_cut(shop):
    answer = shop.phone.says("مبيعات البارح")
    assert answer == "ماذا تريدون؟ 1 مبيعات اليوم، 2 مبيعات الأسبوع، 3 مبيعات الشهر"
    assert shop.phone.says("2").startswith("مبيعات 7 أيام: 0")


def test_what_tells_only_is_told_at_once(shop):
    shop.product(price_centimes=8000, on_hand=5)
    answer = "P3 Miel de thym: stock 5, 80 DH. Exemple: STOCK 3 12 ou PRIX 3 85"
    assert shop.phone.says("stock 3") == answer
    assert shop.phone.says("prix 3") == answer
    assert shop.phone.says("stock").startswith("STOCK 3 12: il reste 12 du produit 3.")
    assert shop.phone.says("stop les sms").startswith("Pour ne plus recevoir d'annonces,")


def test_explain_as_a_command(shop, capsys):
    shop.order()
    assert texting.sms(["--explain", "--from", "06 12 34 56 78", "OUI", "47"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "intent": "ACCEPT",
        "args": {"order": 47},
        "question": None,
        "reply": "Cmd 47 acceptee. Envoyez EXP 47 au depart. Erreur? ANNULER",
    }
    assert [model.objects.count() for model in (Dialogue, InboundText, Message)] == [0, 0, 0]
