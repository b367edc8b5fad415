"""The table of the grammar, row by row: what is written, what is understood, what is answered."""

from __future__ import annotations

import pytest
from django.apps import apps

from taawon.journal.models import Entry
from taawon.sms import line
from tests.factories import MembershipFactory, ShopFactory
from tests.sms.talk import Phone, stall

pytestmark = pytest.mark.django_db

ACCEPTED = "Cmd 47 acceptee. Envoyez EXP 47 au depart. Erreur? ANNULER"
ACCEPTED_ARY = "Talab 47 t9bel. Mli tsifto kteb SIFT 47. Ghlat? kteb ANNULER"
ACCEPTED_AR = "تم قبول الطلب 47. عند الإرسال اكتب: شحن 47. خطأ؟ اكتب رجع"
SHIPPED = "Cmd 47: expediee, client prevenu. Erreur? ANNULER"
SHIPPED_ARY = "Talab 47: tsifet, l client 3refha. Ghlat? ANNULER"
SHIPPED_AR = "الطلب 47: تم الشحن وأُخبر الزبون. خطأ؟ رجع"
STOCK = "Stock P3 Miel de thym: 12 (avant 5)."
STOCK_AR = "مخزون 3 عسل الزعتر: 12 (كان 5)."
UNCLEAR = "Pas compris pour cmd 47. 1 accepter, 2 refuser."
TODAY = "Auj: 1 vente, 205 DH. A expedier: 0. Semaine: VENTES SEMAINE"
STOPPED = (
    "Vous ne recevrez plus d'annonces. Vos commandes continuent. Tout arreter: STOP TOUT. "
    "Reprendre: START"
)
# Message, state of order 47 before, intent (None: it is asked), arguments, reply.
ROWS = [
    ("OUI 47", "placed", "ACCEPT", {"order": 47}, ACCEPTED),
    ("acepter 47", "placed", "ACCEPT", {"order": 47}, ACCEPTED),
    ("oui", "placed", "ACCEPT", {"order": 47}, ACCEPTED),
    ("wakha 47", "placed", "ACCEPT", {"order": 47}, ACCEPTED_ARY),
    ("9belt talab 47", "placed", "ACCEPT", {"order": 47}, ACCEPTED_ARY),
    ("salam, 9belt talab 47 chokran", "placed", "ACCEPT", {"order": 47}, ACCEPTED_ARY),
    ("قبول ٤٧", "placed", "ACCEPT", {"order": 47}, ACCEPTED_AR),
    (
        "NON 47 plus de miel",
        "placed",
        "REFUSE",
        {"order": 47, "reason": "plus de miel"},
        "Refuser cmd 47 (240 DH)? Repondez CODE pour confirmer (10 min).",
    ),
    ("pas ok 47", "placed", None, {}, UNCLEAR),
    ("ma9beltch 47", "placed", None, {}, "Ma fhemnach talab 47. 1 9bel, 2 rfed."),
    ("EXP 47", "accepted", "SHIP", {"order": 47}, SHIPPED),
    ("comande 47 envoyé ce matin", "accepted", "SHIP", {"order": 47}, SHIPPED),
    ("la commande 47 est partie", "accepted", "SHIP", {"order": 47}, SHIPPED),
    ("صيفطت الطلب ٤٧", "accepted", "SHIP", {"order": 47}, SHIPPED_AR),
    ("sifett 47", "accepted", "SHIP", {"order": 47}, SHIPPED_ARY),
    ("STOCK 3 12", "placed", "STOCK", {"product": 3, "quantity": 12}, STOCK),
    ("stok 3 12", "placed", "STOCK", {"product": 3, "quantity": 12}, STOCK),
    ("stock p3=12kg", "placed", "STOCK", {"product": 3, "quantity": 12}, STOCK),
    ("مخزون ٣ ١٢", "placed", "STOCK", {"product": 3, "quantity": 12}, STOCK_AR),
    (
        "stop 3 12",
        "placed",
        None,
        {},
        "Vouliez-vous STOCK 3 12? Repondez 1. Pour ne plus recevoir de SMS: STOP seul.",
    ),
    (
        "prix 3 85,50 dh",
        "placed",
        "PRICE",
        {"product": 3, "price_centimes": 8550},
        "P3 Miel de thym: 85,50 DH (avant 80 DH).",
    ),
    (
        "prix 3 8",
        "placed",
        "PRICE",
        {"product": 3, "price_centimes": 800},
        "P3: 80 DH -> 8 DH (-90%)? Repondez CODE pour confirmer (10 min).",
    ),
    ("ventes", "placed", "SALES", {"period": "today"}, TODAY),
    (
        "ch7al b3t lyoum",
        "placed",
        "SALES",
        {"period": "today"},
        "Lyoum: 1 bi3a, 205 DH. Khas ytsiftou: 0. Simana: B3T SIMANA",
    ),
    (
        "شحال بعت اليوم؟",
        "placed",
        "SALES",
        {"period": "today"},
        "مبيعات اليوم: 1، 205 درهم. للشحن: 0.",
    ),
    (
        "vantes de la semaine",
        "placed",
        "SALES",
        {"period": "week"},
        "7 jours: 1 vente, 205 DH. Meilleur: Miel de thym (2).",
    ),
    (
        "47",
        "placed",
        None,
        {},
        "Cmd 47: 2 Miel de thym 240 DH, en attente. 1 accepter, 2 refuser.",
    ),
    ("STOP", "placed", "STOP", {}, STOPPED),
    ("توقف", "placed", "STOP", {}, "لن تصلكم إعلانات. الطلبات مستمرة. للإيقاف التام: توقف الكل"),
]


@pytest.fixture
def shop():
    return stall()


def prepared(shop, state: str):
    product = shop.product(on_hand=5, reserved=2, price_centimes=8000, name_ar="عسل الزعتر")
    order = shop.order(state=state, items_centimes=20_500, total_centimes=24_000)
    order.lines.update(product=product)
    return order


@pytest.mark.parametrize(("text", "state", "intent", "args", "reply"), ROWS)
def test_understood_and_answered(shop, text, state, intent, args, reply):
    """Explained and done alike; what is asked has changed nothing."""
    order = prepared(shop, state)
    told = line.explain(shop.phone.number, text)
    assert (told["intent"], told["args"]) == (intent, args)
    assert without_code(told["reply"]) == reply
    assert told["question"] == (None if intent else reply)

    assert without_code(shop.phone.says(text)) == reply
    order.refresh_from_db()
    waits = intent is None or "CODE" in reply
    done = {"ACCEPT": "accepted", "SHIP": "shipped"}.get(intent, state)
    assert order.state == (state if waits else done)
    if waits:
        assert Entry.objects.filter(channel="sms").count() == 0


def test_annuler_after_an_accept(shop):
    prepared(shop, "placed")
    shop.phone.says("oui 47")
    asked = line.explain(shop.phone.number, "annuler")
    assert (asked["intent"], asked["args"]) == ("CANCEL", {"order": 47})
    answer = "Annule: cmd 47 est de nouveau en attente. 1 accepter, 2 refuser."
    assert shop.phone.says("annuler") == asked["reply"] == answer


def test_sales_of_a_shop_that_sells(shop):
    for number, state in ((45, "delivered"), (46, "shipped"), (47, "accepted"), (51, "prepared")):
        shop.order(number, state=state, items_centimes=15_250, total_centimes=18_750)
    answer = "Auj: 4 ventes, 610 DH. A expedier: 2 (47, 51). Semaine: VENTES SEMAINE"
    assert shop.phone.says("ventes") == answer


@pytest.mark.parametrize("text", ["oui 47", "non 47", "47", "STOP", "agent", "xyzzy", "stock 3 9"])
def test_explain_leaves_no_row(shop, text):
    """Not even a dialogue, for members and for strangers."""
    prepared(shop, "placed")
    stranger = Phone("+212699999999")
    before = rows_of_every_table()
    line.explain(shop.phone.number, text)
    line.explain(stranger.number, text)
    assert rows_of_every_table() == before


def rows_of_every_table() -> dict[str, list]:
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for model in apps.get_models()
        if model._meta.managed
    }


def without_code(reply: str) -> str:
    before, answer, after = reply.partition("Repondez ")
    known = answer and after[:4].isdecimal()
    return f"{before}{answer}CODE{after[4:]}" if known else reply


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("changer mon numéro", "Banque, remboursement, changement de numero: jamais par SMS."),
        ("mon rib est 230 780 1234567890123456 78", "Banque, remboursement,"),
        ("rembourser la 47", "Banque, remboursement,"),
        ("رجع الفلوس للزبون 47", "البنك وإرجاع المال وتغيير الرقم: أبدا برسالة."),
        ("بغيت نبدل رقمي", "البنك وإرجاع المال وتغيير الرقم"),
        ("bghit nbdel nemra dyali", "Lbanka, rje3 lflous, tbdil nemra: machi b SMS."),
    ],
)
def test_what_is_never_done_by_text(shop, text, answer):
    order = prepared(shop, "placed")
    reply = shop.phone.says(text)
    assert reply.startswith(answer)
    assert "AGENT" in reply or "عيط" in reply or "3EYET" in reply
    order.refresh_from_db()
    assert order.state == "placed"
    assert Entry.objects.filter(channel="sms").count() == 0


def test_a_bare_number_of_who_speaks_for_two_is_asked_and_not_accepted(shop):
    other = ShopFactory()
    person = shop.cooperative.memberships.get().person
    MembershipFactory(cooperative=other.cooperative, person=person)
    order = prepared(shop, "placed")
    assert shop.phone.says("47").startswith("Pour quelle cooperative? 1 ")
    which = 1 if line.explain(shop.phone.number, "1")["reply"].startswith("Cmd 47") else 2
    answer = shop.phone.says(str(which))
    assert answer == "Cmd 47: 2 Miel de thym 240 DH, en attente. 1 accepter, 2 refuser."
    order.refresh_from_db()
    assert order.state == "placed"
    assert shop.phone.says("1") == ACCEPTED
