"""A code is sent back before what cannot be undone."""

from __future__ import annotations

import pytest
from django.utils import timezone

from taawon.accounts.models import LoginCode
from taawon.catalogue.models import Product
from taawon.cooperatives.models import Membership
from taawon.sms import line
from tests.factories import MembershipFactory, OrderFactory, ShopFactory
from tests.sms.talk import stall

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop():
    return stall()


def state(order) -> str:
    order.refresh_from_db()
    return str(order.state)


def test_a_refusal_needs_its_code(shop):
    order = shop.order()
    code = shop.phone.code("NON 47 plus de miel")
    assert state(order) == "placed"
    assert shop.phone.says(code) == "Cmd 47 refusee, le client est prevenu."
    assert state(order) == "refused"
    assert order.steps.last().note == "plus de miel"


def test_a_forger_never_reads_the_code(shop):
    """They write from the right number, and guess: three tries, and the code is dead."""
    order = shop.order()
    code = shop.phone.code("NON 47")
    wrong = f"{(int(code) + 1) % 10_000:04d}"
    assert shop.phone.says(wrong) == "Code faux. Essais restants: 2."
    assert shop.phone.says(wrong) == "Code faux. Essais restants: 1."
    assert shop.phone.says(wrong) == "Ce code n'est plus valable. Recommencez la commande."
    shop.phone.says(code)
    assert state(order) == "placed"


def test_a_code_is_for_one_command(shop):
    one, two = shop.order(47), shop.order(51)
    first = shop.phone.code("NON 47")
    second = shop.phone.code("NON 51")
    while first == second:  # one time in ten thousand
        second = shop.phone.code("NON 51")
    assert shop.phone.says(first) == "Code faux. Essais restants: 2."
    assert (state(one), state(two)) == ("placed", "placed")
    shop.phone.says(second)
    assert (state(one), state(two)) == ("placed", "refused")


@pytest.mark.parametrize("words", ["mon code est {}", "Code: {}", "الرمز هو {}"])
def test_a_code_in_a_sentence(shop, words):
    order = shop.order()
    code = shop.phone.code("NON 47")
    shop.phone.says(words.format(code))
    assert state(order) == "refused"


def test_a_code_after_ten_minutes(shop, clock):
    order = shop.order()
    code = shop.phone.code("NON 47")
    clock.forward(minutes=11)
    shop.phone.says(code)
    assert state(order) == "placed"


def test_a_large_step_of_a_price_needs_its_code(shop):
    product = shop.product(price_centimes=8000)
    code = shop.phone.code("prix 3 8")
    product.refresh_from_db()
    assert product.price_centimes == 8000
    assert shop.phone.says(code) == "P3 Miel de thym: 8 DH (avant 80 DH)."
    product.refresh_from_db()
    assert product.price_centimes == 800


def test_the_shop_is_paused_with_a_code_and_opened(shop):
    code = shop.phone.code("pause")
    shop.phone.says(code)
    shop.cooperative.shop.refresh_from_db()
    assert shop.cooperative.shop.is_paused
    shop.phone.says("ouvert")
    shop.cooperative.shop.refresh_from_db()
    assert not shop.cooperative.shop.is_paused


def test_a_seller_may_not_pause(db):
    shop = stall("seller")
    code = shop.phone.code("pause")
    assert shop.phone.says(code).startswith("Votre role ne le permet pas.")
    shop.cooperative.shop.refresh_from_db()
    assert not shop.cooperative.shop.is_paused


@pytest.mark.parametrize("text", ["oui", "OK", "wakha"])
def test_a_yes_alone_is_no_code_and_accepts_no_order_meanwhile(text):
    shop = stall()
    order, product = shop.order(), shop.product(price_centimes=8000)
    code = shop.phone.code("prix 3 8")
    answer = shop.phone.says(text)
    assert answer.startswith(("Pour confirmer, repondez les 4 chiffres", "Bach n2akdo, kteb 4"))
    order.refresh_from_db()
    assert order.state == "placed"
    shop.phone.says(code)
    product.refresh_from_db()
    assert product.price_centimes == 800


@pytest.mark.parametrize("text", ["annuler", "non"])
def test_what_waits_for_its_code_is_left(text):
    shop = stall()
    order, product = shop.order(), shop.product(price_centimes=8000)
    shop.phone.says("oui 47")
    code = shop.phone.code("prix 3 8")
    assert shop.phone.says(text) == "D'accord, rien n'est change."
    shop.phone.says(code)
    product.refresh_from_db()
    order.refresh_from_db()
    assert (product.price_centimes, order.state) == (8000, "accepted")
    assert shop.phone.says("annuler").startswith("Annule: cmd 47")


def test_a_newer_deed_drops_the_code_and_is_what_a_cancel_takes_back():
    shop = stall()
    first, second = shop.order(), shop.order(48)
    code = shop.phone.code("non 47")
    shop.phone.says("oui 48")
    assert shop.phone.says("annuler").startswith("Annule: cmd 48")
    shop.phone.says(code)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("placed", "placed")


def test_many_small_steps_of_a_price_are_a_large_one(clock):
    shop = stall()
    product = shop.product(price_centimes=12000)
    shop.phone.says("prix 3 90")
    assert "pour confirmer" in shop.phone.says("prix 3 70")
    product.refresh_from_db()
    assert product.price_centimes == 9000
    clock.forward(hours=25)
    assert shop.phone.says("prix 3 70").startswith("P3")
    product.refresh_from_db()
    assert product.price_centimes == 7000


def test_a_price_that_somebody_has_set_since_stays():
    shop = stall()
    product = shop.product(price_centimes=12000)
    shop.phone.says("prix 3 110")
    Product.objects.filter(pk=product.pk).update(price_centimes=13000)
    assert shop.phone.says("annuler").startswith("Rien a annuler")
    product.refresh_from_db()
    assert product.price_centimes == 13000


@pytest.mark.parametrize("ask", ["code", "menu"])
def test_what_was_asked_of_one_cooperative_is_not_done_for_another(ask):
    first, second = stall(), ShopFactory().cooperative
    member = first.cooperative.memberships.get()
    MembershipFactory(cooperative=second, person=member.person)
    theirs = OrderFactory(cooperative=second, number=47, state="placed")
    first.order()
    first.phone.says("non 47" if ask == "code" else "47")
    if ask == "code":
        answer = first.phone.code("1")
    else:
        first.phone.says("1")
        answer = "1"
    Membership.objects.filter(pk=member.pk).update(ended_at=timezone.now())
    assert first.phone.says(answer).startswith("Vous ne parlez plus pour cette cooperative")
    theirs.refresh_from_db()
    assert theirs.state == "placed"


def test_a_rehearsal_makes_no_code_and_finds_none():
    shop = stall()
    shop.order()
    assert "0000" in line.explain(shop.phone.number, "non 47")["reply"]
    assert LoginCode.objects.count() == 0


def test_the_same_question_another_day_is_answered(clock):
    shop = stall()
    for _ in range(6):
        assert shop.phone.says("ventes") != ""
        clock.forward(hours=24)
