"""The audit trail: who sees what of it, in words, page by page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from taawon.journal.models import Entry


def entry(subject="orders.order:1", **more):
    facts = {"name": "order-placed", "subject": subject, "facts": {}, "channel": "web"}
    return Entry.objects.create(**{**facts, **more})


def found(answer):
    return [line.id for line in answer.context["lines"]]


def test_filters(house):
    administrator = house.browser("administrator")
    agent = house.people["agent"]
    first = entry()
    second = entry(f"cooperatives.cooperative:{house.coop.pk}", name="shop-suspended")
    third = entry(name="order-looked-at", channel="staff", person_id=agent.pk)
    old = entry(happened_at=timezone.now() - timedelta(days=40))

    def asked(query):
        return found(administrator.get(f"/backoffice/audit/?{query}"))

    assert asked("") == [third.pk, second.pk, first.pk]
    assert asked("subject=orders.order:1") == [old.pk, third.pk, first.pk]
    assert asked(f"person={agent.pk}") == [third.pk]
    assert asked("channel=staff") == [third.pk]
    assert asked("name=shop-suspended") == [second.pk]
    day = timezone.localdate() - timedelta(days=40)
    assert asked(f"since={day}&until={day}") == [old.pk]
    assert asked(f"before={second.pk}") == [first.pk]
    assert asked("person=abc&since=yesterday&channel=fax&name=x") == [third.pk, second.pk, first.pk]


def test_page_by_page(house):
    administrator = house.browser("administrator")
    ids = [entry().pk for _ in range(52)]

    answer = administrator.get("/backoffice/audit/")
    assert found(answer) == ids[:1:-1]
    older = administrator.get(f"/backoffice/audit/?before={answer.context['older']}")

    assert found(older) == [ids[1], ids[0]]
    assert older.context["older"] is None
    text = administrator.get("/backoffice/audit/?file=csv").getvalue().decode()
    assert len(text.splitlines()) == 53


def test_who_did_it_and_where_it_leads(house):
    agent = house.people["agent"]
    entry(f"orders.order:{house.order.pk}", person_id=agent.pk, channel="staff")
    entry(f"catalogue.product:{house.product.pk}", person_id=house.people["customer"].pk)
    entry("accounts.person:7", api_key_id=3, channel="api", name="nobody-knows")
    entry("shipping.zone:everywhere")

    def told(visitor):
        lines = house.browser(visitor).get("/backoffice/audit/").context["lines"]
        return [(line.who, line.url) for line in reversed(lines)]

    customer = house.people["customer"]
    assert told("administrator")[:2] == [
        (agent.name, f"/backoffice/orders/{house.order.pk}/"),
        (customer.name, f"/backoffice/products/{house.product.pk}/"),
    ]
    assert told("administrator")[2][1] == "/backoffice/people/7/"
    assert told("agent") == [(agent.name, f"/backoffice/orders/{house.order.pk}/")]


@pytest.mark.parametrize(
    ("visitor", "subject", "status"),
    [
        ("agent", "cooperatives.cooperative:{coop}", 200),
        ("agent", "catalogue.product:{product}", 200),
        ("agent", "orders.order:{order}", 200),
        ("agent", "cooperatives.claim:{claim}", 200),
        ("agent", "accounts.person:{person}", 404),
        ("agent", "orders.order:x", 404),
        ("agent", "orders.order:987654", 404),
        ("elsewhere", "cooperatives.cooperative:{coop}", 404),
        ("elsewhere", "catalogue.product:{product}", 404),
        ("elsewhere", "orders.order:{order}", 404),
        ("elsewhere", "cooperatives.claim:{claim}", 404),
        ("editor", "catalogue.product:{product}", 200),
        ("editor", "reviews.review:{review}", 200),
        ("editor", "orders.order:{order}", 404),
        ("editor", "accounts.person:{person}", 404),
        ("administrator", "accounts.person:{person}", 200),
    ],
)
def test_whose_trail_one_may_read(house, visitor, subject, status):
    names = ("coop", "product", "order", "claim", "person", "review")
    asked = subject.format(**{name: getattr(house, name).pk for name in names})
    line = entry(asked)

    answer = house.browser(visitor).get("/backoffice/audit/", {"subject": asked})

    assert answer.status_code == status
    if status == 200:
        assert found(answer) == [line.pk]


def test_others_see_their_own_actions(house):
    own = entry(person_id=house.people["editor"].pk)
    entry(person_id=house.people["administrator"].pk)
    administrator = house.people["administrator"].pk

    answer = house.browser("editor").get(f"/backoffice/audit/?person={administrator}")

    assert found(answer) == [own.pk]
