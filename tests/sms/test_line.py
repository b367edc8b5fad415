"""A shop run by text: what is answered, what is done, and what is not."""

from __future__ import annotations

import pytest

from taawon.conversations.models import Dialogue, Ticket, Unclear
from taawon.journal.models import Entry
from taawon.messaging import consent
from taawon.messaging.models import InboundText, Message
from taawon.messaging.rules import segments
from taawon.sms import line
from tests.factories import MembershipFactory, OrderFactory, PersonFactory, ShopFactory
from tests.sms.talk import stall

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop():
    return stall()


def state(order) -> str:
    order.refresh_from_db()
    return str(order.state)


def test_an_order_is_accepted_and_the_journal_knows_how(shop):
    order = shop.order()
    assert shop.phone.says("OUI 47") == (
        "Cmd 47 acceptee. Envoyez EXP 47 au depart. Erreur? ANNULER"
    )
    assert state(order) == "accepted"
    entry = Entry.objects.get(name="order-accepted")
    assert (entry.channel, entry.person_id) == ("sms", shop.cooperative.memberships.get().person_id)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("acepter 47", "Cmd 47 acceptee. Envoyez EXP 47 au depart. Erreur? ANNULER"),
        ("oui", "Cmd 47 acceptee. Envoyez EXP 47 au depart. Erreur? ANNULER"),
        (
            "salam, 9belt talab 47 chokran",
            "Talab 47 t9bel. Mli tsifto kteb SIFT 47. Ghlat? kteb ANNULER",
        ),
        ("قبول ٤٧", "تم قبول الطلب 47. عند الإرسال اكتب: شحن 47. خطأ؟ اكتب رجع"),
    ],
)
def test_in_the_senders_language_and_script(shop, text, answer):
    order = shop.order()
    assert shop.phone.says(text) == answer
    assert state(order) == "accepted"


def test_what_is_not_plain_is_asked_and_nothing_is_done(shop):
    order = shop.order()
    for text in ("pas ok 47", "ma9beltch 47", "47", "oui non 47", "stop 3 12", "bonjour"):
        assert shop.phone.says(text) != ""
        assert state(order) == "placed"
    assert Entry.objects.filter(channel="sms").count() == 0


def test_a_digit_answers_the_menu(shop):
    order = shop.order()
    assert shop.phone.says("pas ok 47") == "Pas compris pour cmd 47. 1 accepter, 2 refuser."
    assert shop.phone.says("1") == "Cmd 47 acceptee. Envoyez EXP 47 au depart. Erreur? ANNULER"
    assert state(order) == "accepted"


def test_a_question_is_forgotten_after_a_day(shop, clock):
    order = shop.order()
    shop.phone.says("47")
    clock.forward(hours=25)
    shop.phone.says("1")
    assert state(order) == "placed"


def test_an_explicit_verb_beats_a_question(shop):
    one, two = shop.order(47), shop.order(51)
    shop.phone.says("47")
    shop.phone.says("oui 51")
    assert (state(one), state(two)) == ("placed", "accepted")


def test_oui_with_two_orders_waiting(shop):
    shop.order(47), shop.order(51)
    answer = shop.phone.says("oui")
    assert answer == "Quelle commande? En attente: 47, 51. Exemple: OUI 47"
    assert Entry.objects.filter(channel="sms").count() == 0


def test_shipped_with_its_number_and_taken_back(shop):
    order = shop.order(state="accepted")
    assert shop.phone.says("EXP 47 am123456789ma") == (
        "Cmd 47: expediee (AM123456789MA), client prevenu. Erreur? ANNULER"
    )
    assert state(order) == "shipped"
    assert order.tracking == "AM123456789MA"


def test_annuler_takes_the_acceptance_back(shop):
    order = shop.order()
    shop.phone.says("oui 47")
    assert shop.phone.says("annuler") == (
        "Annule: cmd 47 est de nouveau en attente. 1 accepter, 2 refuser."
    )
    assert state(order) == "placed"
    assert shop.phone.says("annuler").startswith("Rien a annuler.")


def test_annuler_names_another_order(shop):
    order = shop.order()
    shop.order(51)
    shop.phone.says("oui 47")
    shop.phone.says("annuler 51")
    assert state(order) == "accepted"


def test_stock_and_back(shop):
    product = shop.product(on_hand=5)
    assert shop.phone.says("stock p3=12kg") == "Stock P3 Miel de thym: 12 (avant 5)."
    assert shop.phone.says("annuler") == "Annule: stock P3 Miel de thym: 5."
    product.refresh_from_db()
    assert product.on_hand == 5


def test_stock_below_what_is_ordered(shop):
    product = shop.product(on_hand=5, reserved=3)
    assert "3 sont deja commandes" in shop.phone.says("stock 3 1")
    product.refresh_from_db()
    assert product.on_hand == 5


def test_a_price(shop):
    product = shop.product(price_centimes=8000)
    assert shop.phone.says("prix 3 85,50 dh") == "P3 Miel de thym: 85,50 DH (avant 80 DH)."
    product.refresh_from_db()
    assert product.price_centimes == 8550


def test_sales_of_the_day(shop):
    shop.order(47, state="accepted", items_centimes=61000, total_centimes=64500)
    answer = shop.phone.says("ventes")
    assert answer == "Auj: 1 vente, 610 DH. A expedier: 1 (47). Semaine: VENTES SEMAINE"


def test_products_with_their_numbers(shop):
    shop.product(3, price_centimes=8000, on_hand=5)
    assert shop.phone.says("produits") == "3 Miel de thym 80 DH (5)"


def test_who_speaks_for_two_is_asked_which(shop):
    other = ShopFactory(cooperative__name_fr="Argan Tiwi")
    person = shop.cooperative.memberships.get().person
    MembershipFactory(cooperative=other.cooperative, person=person)
    order = OrderFactory(cooperative=other.cooperative, number=47, state="accepted")
    order.steps.create(state="accepted", by="cooperative")
    answer = shop.phone.says("exp 47")
    assert answer.startswith("Pour quelle cooperative? 1 ")
    assert "2 Argan Tiwi" in answer
    assert state(order) == "accepted"
    shop.phone.says("2")
    assert state(order) == "shipped"


def test_a_member_of_yesterday(shop):
    order = shop.order()
    membership = shop.cooperative.memberships.get()
    membership.ended_at = membership.since
    membership.save()
    assert shop.phone.says("oui 47").startswith("Ce numero sert aux cooperatives.")
    assert state(order) == "placed"


def test_somebody_elses_order_is_not_there(shop):
    other = stall(phone="+212687654321")
    order = other.order(47)
    assert shop.phone.says("oui 47") == "Pas de commande 47."
    assert state(order) == "placed"


def test_an_order_that_was_cancelled(shop):
    shop.order(state="cancelled")
    assert shop.phone.says("oui 47") == "Cmd 47 est deja: annulee."


def test_somebody_calls_back(shop):
    answer = shop.phone.says("agent mon colis est perdu")
    ticket = Ticket.objects.get()
    assert answer.endswith(f"Demande {ticket.pk}.")
    assert ticket.cooperative == shop.cooperative
    assert shop.phone.says("agent").startswith(f"Votre demande {ticket.pk} est deja notee.")


def test_stop_and_start(shop):
    assert shop.phone.says("STOP").startswith("Vous ne recevrez plus d'annonces.")
    assert not consent.may_announce(shop.phone.number)
    assert not consent.stopped_all(shop.phone.number)
    code = shop.phone.code("stop tout")
    shop.phone.says(code)
    assert consent.stopped_all(shop.phone.number)
    shop.phone.says("start")
    assert not consent.stopped_all(shop.phone.number)
    assert consent.may_announce(shop.phone.number)


def test_the_language_stays(shop):
    assert shop.phone.says("langue arabe") == "حسنا، سنكتب لكم بالعربية."
    assert PersonFactory._meta.model.objects.get(phone=shop.phone.number).language == "ar"


def test_what_nobody_understands_is_kept_to_learn_from(shop):
    assert shop.phone.says("xyzzy plugh").startswith("Pas compris.")
    assert shop.phone.says("xyzzy plugh").startswith("Pas compris, desole.")
    assert [unclear.text for unclear in Unclear.objects.all()] == ["xyzzy plugh"] * 2


def test_it_is_handled_once(shop):
    order = shop.order()
    shop.phone.says("oui 47", provider_id="same")
    shop.phone.says("oui 47", provider_id="same")
    assert order.steps.filter(state="accepted").count() == 1
    assert Message.objects.filter(key__startswith="sms.inbound:").count() == 1


def test_what_breaks_is_tried_again_and_then_called_for(shop, monkeypatch, clock):
    def broken(*_words, **_names):
        raise RuntimeError

    monkeypatch.setattr(line, "understand", broken)
    shop.phone.says("oui")
    for _ in range(4):
        clock.forward(seconds=10)
        line.handle_left_over()
    assert InboundText.objects.get().state == "failed"
    assert Ticket.objects.count() == 1
    assert "rien n'est perdu" in Message.objects.get(key__startswith="sms.inbound:").text


def test_explain_changes_nothing(shop):
    order = shop.order()
    told = line.explain(shop.phone.number, "oui")
    assert told == {
        "intent": "ACCEPT",
        "args": {"order": 47},
        "question": None,
        "reply": "Cmd 47 acceptee. Envoyez EXP 47 au depart. Erreur? ANNULER",
    }
    assert state(order) == "placed"
    assert (Message.objects.count(), Dialogue.objects.count()) == (0, 0)


def test_explain_says_what_it_asks(shop):
    shop.order()
    told = line.explain(shop.phone.number, "pas ok 47")
    assert told == {
        "intent": None,
        "args": {},
        "question": "Pas compris pour cmd 47. 1 accepter, 2 refuser.",
        "reply": "Pas compris pour cmd 47. 1 accepter, 2 refuser.",
    }


@pytest.mark.parametrize("text", ["oui 47", "stock 3 7", "prix 3 81", "produits", "ventes", "aide"])
def test_one_segment(shop, text):
    shop.order()
    shop.product(name="Miel de thym de haute montagne, recolte a la main " * 3)
    assert segments(shop.phone.says(text)) == 1


def test_what_came_before_a_delivery_is_not_taken_back(shop):
    order = shop.order()
    for text in ("oui 47", "exp 47", "livre 47"):
        shop.phone.says(text)
    assert shop.phone.says("annuler").startswith("Rien a annuler.")
    assert state(order) == "delivered"


def test_a_greeting_is_answered_and_nobody_has_to_learn_from_it(shop):
    for text in ("bonjour", "merci", "salam"):
        assert "12" in shop.phone.says(text)
    assert Unclear.objects.count() == 0


def test_one_sale_is_one(shop):
    shop.order(state="accepted")
    assert shop.phone.says("ventes").startswith("Auj: 1 vente, ")
