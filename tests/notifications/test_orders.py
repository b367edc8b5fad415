from __future__ import annotations

import pytest
from django.db import transaction
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from taawon.cooperatives.models import Cooperative
from taawon.messaging.models import Message
from taawon.messaging.rules import segments
from taawon.notifications import orders as listeners
from taawon.orders import events
from taawon.orders.models import Order, Step
from taawon.orders.states import Delivery, State
from tests.factories import (
    CooperativeFactory,
    MembershipFactory,
    OrderFactory,
    OrderLineFactory,
    PersonFactory,
    ProductFactory,
)

LINK = "https://taawon.example/en/orders/ABCD2345/?key=s3cret"
SHOP = "https://taawon.example/en/seller/"


@pytest.fixture(autouse=True)
def _site(settings, db) -> None:
    settings.SITE_URL = "https://taawon.example"


@pytest.fixture
def cooperative() -> Cooperative:
    return CooperativeFactory(name_fr="Tifaout", name_ar="تيفاوت")


@pytest.fixture
def order(cooperative) -> Order:
    return OrderFactory(
        cooperative=cooperative, code="ABCD2345", number=12, secret="s3cret", language="en"
    )


def told() -> list[tuple[str, str, str]]:
    return list(Message.objects.order_by("pk").values_list("key", "to", "text"))


def to_buyer(order: Order, name: str, text: str) -> list[tuple[str, str, str]]:
    return [(f"orders.order:{order.pk}:{name}:buyer", "+212661234567", text)]


def test_the_buyer_hears_of_the_order_with_its_total_and_link(order):
    event = events.OrderPlaced(
        order_id=order.pk, cooperative_id=order.cooperative_id, total_centimes=15500
    )
    listeners.thank_the_buyer(event)
    listeners.thank_the_buyer(event)

    words = f"Order ABCD2345, 155 DH: we have it. Follow or cancel it: {LINK}"
    assert told() == to_buyer(order, "order-placed", words)


def test_every_member_hears_of_it_in_their_language(order):
    here = {"cooperative": order.cooperative}
    product = ProductFactory(**here, name_fr="Miel de thym", name_ar="عسل الزعتر")
    OrderLineFactory(order=order, product=product, quantity=2)
    english = MembershipFactory(**here, person__language="en").person
    arabic = MembershipFactory(**here, person__language="ar").person
    MembershipFactory(**here, ended_at="2026-01-01T00:00Z")
    MembershipFactory(**here, person__is_active=False)
    MembershipFactory(**here, person__phone=None)
    MembershipFactory()
    event = events.OrderPlaced(
        order_id=order.pk, cooperative_id=order.cooperative_id, total_centimes=15500
    )
    listeners.tell_the_members(event)
    listeners.tell_the_members(event)

    key = f"orders.order:{order.pk}:order-placed:seller"
    assert told() == [
        (
            f"{key}:{english.pk}",
            english.phone,
            "Order 12: 2 Miel de thym, 155 DH. Amina Alaoui, 06 61 23 45 67, Rabat."
            " Answer YES 12 or DECLINE 12.",
        ),
        (
            f"{key}:{arabic.pk}",
            arabic.phone,
            "طلب 12: 2 عسل الزعتر، 155 درهم. Amina Alaoui، 06 61 23 45 67، Rabat."
            " أجيبوا: قبول 12 أو رفض 12",
        ),
    ]
    rows = Message.objects.values_list("language", "cooperative_id")
    assert list(rows) == [("en", order.cooperative_id), ("ar", order.cooperative_id)]


def placed(order: Order) -> None:
    listeners.tell_the_members(
        events.OrderPlaced(
            order_id=order.pk, cooperative_id=order.cooperative_id, total_centimes=15500
        )
    )


def test_without_a_town_the_region_in_the_readers_language(cooperative):
    MembershipFactory(cooperative=cooperative, person__language="en")
    placed(OrderFactory(cooperative=cooperative, number=3, town=""))
    assert "06 61 23 45 67, Souss-Massa." in told()[0][2]


def test_who_comes_for_it_lives_nowhere(cooperative):
    MembershipFactory(cooperative=cooperative, person__language="en")
    placed(OrderFactory(cooperative=cooperative, number=3, delivery=Delivery.PICKUP))
    assert "06 61 23 45 67, collects it." in told()[0][2]


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
@given(data=st.data())
@settings(max_examples=30, deadline=None)
def test_never_more_than_two_segments(language, data, django_db_blocker):
    """Whatever people are called: number, total, phone and both words stand."""
    words = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=300)
    with django_db_blocker.unblock(), transaction.atomic():
        order = OrderFactory(name=data.draw(words), address=data.draw(words), number=4711)
        name = data.draw(words)
        product = ProductFactory(cooperative=order.cooperative, name_fr=name, name_ar=name)
        OrderLineFactory(order=order, product=product, quantity=3)
        MembershipFactory(cooperative=order.cooperative, person__language=language)
        placed(order)
        text = Message.objects.get().text
        transaction.set_rollback(True)
    assert segments(text) <= 2
    verbs = {"fr": ("OUI", "NON"), "ar": ("قبول", "رفض"), "en": ("YES", "DECLINE")}[language]
    for needed in ("155", "06 61 23 45 67", *(f"{verb} 4711" for verb in verbs)):
        assert needed in text


@pytest.mark.parametrize(
    ("listener", "event", "words"),
    [
        (
            listeners.tell_that_it_is_accepted,
            events.OrderAccepted,
            "Order ABCD2345 is accepted by Tifaout. {link}",
        ),
        (
            listeners.tell_that_it_is_on_its_way,
            events.OrderShipped,
            "Order ABCD2345 is on its way. Have 155 DH ready. {link}",
        ),
        (
            listeners.tell_that_it_expired,
            events.OrderExpired,
            "Order ABCD2345 ended: the cooperative did not answer. You pay nothing. {link}",
        ),
        (
            listeners.tell_that_it_came_back,
            events.OrderNotCollected,
            "Order ABCD2345 was not collected and goes back to the cooperative. {link}",
        ),
    ],
)
def test_the_buyer_hears_of_every_change(listener, event, words, order):
    listener(event(order_id=order.pk))
    listener(event(order_id=order.pk))
    assert told() == to_buyer(order, event.name, words.format(link=LINK))


def test_a_refusal_says_why(order):
    Step.objects.create(
        order=order, state=State.REFUSED, by="cooperative", note="La récolte est finie, désolés."
    )
    listeners.tell_that_it_is_refused(events.OrderRefused(order_id=order.pk))
    words = f"Order ABCD2345 is refused: La récolte est finie, désolés. You pay nothing. {LINK}"
    assert told() == to_buyer(order, "order-refused", words)


def test_a_long_reason_leaves_room_for_the_rest(order):
    Step.objects.create(order=order, state=State.REFUSED, by="cooperative", note="a" * 300)
    listeners.tell_that_it_is_refused(events.OrderRefused(order_id=order.pk))
    assert f"is refused: {'a' * 57}. You" in told()[0][2]


def test_a_cancellation_is_told_to_the_other_side(order):
    member = MembershipFactory(cooperative=order.cooperative, person__language="en").person
    Step.objects.create(order=order, state=State.CANCELLED, by="cooperative", note="Four en panne")
    listeners.tell_of_a_cancellation(events.OrderCancelled(order_id=order.pk, by_buyer=False))
    words = f"Order ABCD2345 is cancelled: Four en panne. You pay nothing. {LINK}"
    assert told() == to_buyer(order, "order-cancelled", words)

    Message.objects.all().delete()
    listeners.tell_of_a_cancellation(events.OrderCancelled(order_id=order.pk, by_buyer=True))
    assert told() == [
        (
            f"orders.order:{order.pk}:order-cancelled:seller:{member.pk}",
            member.phone,
            "Order no. 12 (155 DH) is cancelled by the customer.",
        )
    ]


def test_ready_matters_to_who_collects_it(order):
    listeners.tell_that_it_can_be_collected(events.OrderPrepared(order_id=order.pk))
    assert told() == []
    Order.objects.update(delivery=Delivery.PICKUP)
    listeners.tell_that_it_can_be_collected(events.OrderPrepared(order_id=order.pk))
    words = f"Order ABCD2345 is ready: collect it at Tifaout. {LINK}"
    assert told() == to_buyer(order, "order-prepared", words)


def test_a_review_is_asked_of_who_can_log_in(order):
    listeners.ask_for_a_review(events.OrderDelivered(order_id=order.pk))
    assert told() == []
    Order.objects.update(buyer=PersonFactory())
    listeners.ask_for_a_review(events.OrderDelivered(order_id=order.pk))
    words = f"Order ABCD2345 has arrived. How do you like it? Say it here: {LINK}"
    assert told() == to_buyer(order, "order-delivered", words)


def test_an_email_where_no_text_arrives(order):
    Order.objects.update(phone="+212522123456")
    listeners.tell_that_it_is_accepted(events.OrderAccepted(order_id=order.pk))
    assert told() == []

    Order.objects.update(buyer=PersonFactory(email="amina@example.org", language="fr"))
    listeners.tell_that_it_is_accepted(events.OrderAccepted(order_id=order.pk))
    [message] = Message.objects.all()
    assert (message.via, message.to, message.subject, message.language, message.text) == (
        "email",
        "amina@example.org",
        "Your order ABCD2345",
        "en",
        f"Order ABCD2345 is accepted by Tifaout. {LINK}",
    )


def test_nobody_is_left_to_tell(order):
    """The buyer was erased meanwhile."""
    Order.objects.update(phone="")
    listeners.tell_that_it_is_accepted(events.OrderAccepted(order_id=order.pk))
    assert told() == []


def test_arabic_for_who_reads_arabic(order):
    Order.objects.update(language="ar")
    listeners.tell_that_it_is_accepted(events.OrderAccepted(order_id=order.pk))
    with translation.override("ar"):
        words = translation.gettext("Order %(code)s is accepted by %(cooperative)s. %(link)s")
    link = LINK.replace("/en/", "/ar/")
    assert told()[0][2] == words % {"code": "ABCD2345", "cooperative": "تيفاوت", "link": link}


@pytest.mark.parametrize(
    "listener",
    [
        listeners.thank_the_buyer,
        listeners.tell_that_it_is_accepted,
        listeners.tell_that_it_is_on_its_way,
        listeners.tell_that_it_expired,
        listeners.tell_that_it_came_back,
    ],
)
def test_in_french_one_text_is_enough(listener, order):
    """Even with the longest name, total and key."""
    Order.objects.update(
        language="fr", secret="k" * 24, items_centimes=123456, total_centimes=126956
    )
    Cooperative.objects.update(name_fr="Coopérative féminine Tifaout")
    listener(events.OrderAccepted(order_id=order.pk))
    assert segments(told()[0][2]) == 1
