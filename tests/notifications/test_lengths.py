"""Texts that the house sends by itself, with typical facts, and the segments that it costs.

A customer's text is one segment in French and at most two in Arabic; a new order is two for the
cooperative. Whoever changes a sentence sees here what it costs.
Those about claims and searches stand in test_more_lengths.py.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from taawon.accounts.services import codes
from taawon.catalogue import events as shelf
from taawon.catalogue.models import Hold
from taawon.cooperatives import events as claims
from taawon.core.actor import Actor, Channel
from taawon.messaging.models import Message
from taawon.messaging.rules import is_gsm, plain, segments
from taawon.notifications import claims as claim_listeners
from taawon.notifications import orders as order_listeners
from taawon.notifications import products as product_listeners
from taawon.notifications import reviews as review_listeners
from taawon.orders import events as trade
from taawon.orders.models import Order, Step
from taawon.orders.states import State
from taawon.reviews import events as talk
from tests.factories import (
    ClaimFactory,
    CooperativeFactory,
    MembershipFactory,
    OrderFactory,
    OrderLineFactory,
    PersonFactory,
    ProductFactory,
    QuestionFactory,
    ReviewFactory,
)

pytestmark = pytest.mark.django_db
NAMES = {
    "fr": ("Coopérative féminine Tifaout", "Huile d’argan alimentaire"),
    "ar": ("تعاونية تيفاوت النسائية", "زيت أركان الغذائي"),
}
# Two thirds of what may be written: longer ones give way.
REASONS = {"fr": "La récolte est finie, désolés", "ar": "انتهى المحصول لهذه السنة مع الأسف"}


@pytest.fixture(params=["fr", "ar"])
def language(request, settings) -> str:
    settings.SITE_URL = "https://taawon.ma"
    return request.param


@pytest.fixture
def order(language) -> Order:
    """Of 1 269,56 DH, by somebody with an account; one member reads it in the same language."""
    (name_fr, product_fr), (name_ar, product_ar) = NAMES.values()
    cooperative = CooperativeFactory(name_fr=name_fr, name_ar=name_ar, slug="cooperative-tifaout")
    person = PersonFactory(language=language)
    order = OrderFactory(
        cooperative=cooperative,
        buyer=person,
        phone=person.phone,
        code="K7PM2QXR",
        number=147,
        secret="k" * 24,
        language=language,
        name="Fatima Zahra El Idrissi",
        address="12, rue Ibn Batouta, Agdal",
        items_centimes=123456,
        total_centimes=126956,
    )
    slug = "huile-d-argan-alimentaire"
    product = ProductFactory(
        cooperative=cooperative, name_fr=product_fr, name_ar=product_ar, slug=slug
    )
    OrderLineFactory(order=order, product=product, quantity=2)
    MembershipFactory(cooperative=cooperative, person__language=language)
    for state in (State.REFUSED, State.CANCELLED):
        Step.objects.create(order=order, state=state, by="cooperative", note=REASONS[language])
    return order


def the_text(language: str) -> str:
    """The one that was queued; not a letter was lost in another alphabet, no fact is missing."""
    text = Message.objects.get().text
    assert is_gsm(text) is (language == "fr")
    assert "%(" not in text
    return text


ORDERS: dict[str, tuple[Callable[[Any], None], type, dict[str, Any], tuple[int, int]]] = {
    "placed": (
        order_listeners.thank_the_buyer,
        trade.OrderPlaced,
        {"cooperative_id": 1, "total_centimes": 126956},
        (1, 2),
    ),
    "new": (
        order_listeners.tell_the_members,
        trade.OrderPlaced,
        {"cooperative_id": 1, "total_centimes": 126956},
        (1, 2),
    ),
    "accepted": (order_listeners.tell_that_it_is_accepted, trade.OrderAccepted, {}, (1, 2)),
    "ready": (order_listeners.tell_that_it_can_be_collected, trade.OrderPrepared, {}, (1, 2)),
    "shipped": (order_listeners.tell_that_it_is_on_its_way, trade.OrderShipped, {}, (1, 2)),
    "refused": (order_listeners.tell_that_it_is_refused, trade.OrderRefused, {}, (1, 2)),
    "cancelled": (
        order_listeners.tell_of_a_cancellation,
        trade.OrderCancelled,
        {"by_buyer": False},
        (1, 2),
    ),
    "cancelled by the customer": (
        order_listeners.tell_of_a_cancellation,
        trade.OrderCancelled,
        {"by_buyer": True},
        (1, 1),
    ),
    "not accepted after all": (
        order_listeners.tell_that_it_waits_again,
        trade.OrderTakenBack,
        {"was": State.ACCEPTED, "state": State.PLACED},
        (1, 2),
    ),
    "not shipped after all": (
        order_listeners.tell_that_it_waits_again,
        trade.OrderTakenBack,
        {"was": State.SHIPPED, "state": State.PREPARED},
        (1, 2),
    ),
    "expired": (order_listeners.tell_that_it_expired, trade.OrderExpired, {}, (1, 2)),
    "not collected": (order_listeners.tell_that_it_came_back, trade.OrderNotCollected, {}, (1, 2)),
    "delivered": (order_listeners.ask_for_a_review, trade.OrderDelivered, {}, (1, 2)),
}


@pytest.mark.parametrize("name", ORDERS)
def test_of_orders(name, language, order):
    listener, event, facts, cost = ORDERS[name]
    if name == "ready":
        Order.objects.update(delivery="pickup")
    listener(event(order_id=order.pk, **facts))
    text = the_text(language)
    assert segments(text) == cost[language == "ar"]
    to_customer = "cancelled by the customer" != name != "new"
    assert ("K7PM2QXR" if to_customer else "147") in text
    if to_customer:
        assert f"https://taawon.ma/{language}/orders/K7PM2QXR/?key={'k' * 24}" in text
    if name in ("placed", "new", "shipped", "cancelled by the customer"):
        assert {"fr": "1269,56 DH", "ar": "1269,56 درهم"}[language] in text
    whose, what = NAMES[language]
    if name in ("accepted", "ready", "not accepted after all"):
        assert plain(whose) in text
    if name == "new":
        assert plain(what) in text
        assert "Fatima Zahra" in text
    if name in ("refused", "cancelled"):
        assert {"fr": "La récolte est finie", "ar": "انتهى المحصول"}[language] in text


def test_of_claims(language):
    (name_fr, _), (name_ar, _) = NAMES.values()
    cooperative = CooperativeFactory(name_fr=name_fr, name_ar=name_ar, slug="cooperative-tifaout")
    claim = ClaimFactory(
        cooperative=cooperative,
        person__language=language,
        reason={"fr": "Le procès-verbal manque", "ar": "محضر الجمع العام ناقص"}[language],
    )
    facts = {
        "claim_id": claim.pk,
        "cooperative_id": cooperative.pk,
        "person_id": claim.person_id,
    }
    costs = []
    for listener, event in (
        (claim_listeners.tell_that_it_is_approved, claims.ClaimApproved),
        (claim_listeners.tell_that_it_is_refused, claims.ClaimRefused),
    ):
        Message.objects.all().delete()
        listener(event(**facts))
        costs.append(segments(the_text(language)))
    assert costs == {"fr": [1, 1], "ar": [2, 2]}[language]


def test_of_products(language, order):
    product = order.lines.get().product
    hold = Hold.objects.create(
        product=product,
        reason={"fr": "L’étiquette ne dit pas le poids", "ar": "الوزن غير مذكور في الملصق"}[
            language
        ],
    )
    product.cooperative.food_authorisation_expires_on = date(2026, 11, 23)
    product.cooperative.save()
    facts = {"hold_id": hold.pk, "product_id": product.pk}
    costs = []
    for listener, event in (
        (product_listeners.tell_that_it_is_held, shelf.ProductHeld(**facts)),
        (product_listeners.tell_that_it_is_free, shelf.HoldLifted(**facts)),
        (
            product_listeners.tell_of_the_food_authorisation,
            shelf.AuthorisationLapsed(product_id=product.pk, cooperative_id=product.cooperative_id),
        ),
    ):
        Message.objects.all().delete()
        listener(event)
        costs.append(segments(the_text(language)))
    assert costs == {"fr": [1, 1, 1], "ar": [2, 1, 2]}[language]


def test_of_questions_and_reviews(language, order):
    product = order.lines.get().product
    asker = PersonFactory(language=language)
    question = QuestionFactory(product=product, person=asker)
    review = ReviewFactory(product=product, person=asker)
    facts = {"question_id": question.pk, "product_id": product.pk}
    costs = []
    for listener, event in (
        (review_listeners.tell_the_members, talk.QuestionAsked(**facts)),
        (review_listeners.tell_who_asked, talk.QuestionAnswered(**facts)),
        (
            review_listeners.tell_who_reviewed,
            talk.ReviewAnswered(review_id=review.pk, product_id=product.pk),
        ),
    ):
        Message.objects.all().delete()
        listener(event)
        costs.append(segments(the_text(language)))
    assert costs == {"fr": [1, 1, 1], "ar": [2, 2, 2]}[language]


def test_of_a_login(language):
    by = Actor(person_id=None, channel=Channel.WEB)
    codes.send_code("0661234567", purpose="login", language=language, by=by)
    assert Message.objects.get().segments == 1
