"""What stands in the database after loading is what the services would have left."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.models import Count, F, Q, Sum

from taawon.accounts.models import Person
from taawon.catalogue.models import Certificate, Product
from taawon.catalogue.services import badges
from taawon.cooperatives import history
from taawon.cooperatives.models import Cooperative, Membership, Revision
from taawon.core.actor import Actor, Channel
from taawon.demo import load
from taawon.demo.logins import LOGINS
from taawon.journal.models import Entry
from taawon.observatory.models import Snapshot
from taawon.orders.models import Order, OrderCounter, OrderLine, Step
from taawon.orders.services import fulfilment
from taawon.orders.states import State
from taawon.reviews.models import Review

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded() -> None:
    load.load(small=True)


def test_an_empty_database_is_not_seeded() -> None:
    assert load.is_seeded() is False


def test_loading_twice_changes_nothing(loaded: None) -> None:
    assert load.is_seeded() is True
    before = Entry.objects.count()
    with pytest.raises(load.NotEmpty):
        load.load(small=True)
    assert Entry.objects.count() == before


def test_counts(loaded: None) -> None:
    assert Cooperative.objects.count() == 2_732
    assert Product.objects.count() == 600
    assert Order.objects.count() == 230
    assert Cooperative.objects.filter(registration_number__startswith="DEMO-").count() == 2_732


def test_what_the_register_says_has_a_source(loaded: None) -> None:
    assert Revision.objects.count() == 2_732
    entry = Cooperative.objects.get(pk=1)
    said = history.said(1)
    assert {field for field, value in history.values(entry).items() if value is not None} == {*said}
    assert {(one.source, one.as_of) for one in said.values()} == {("import", date(2019, 12, 31))}


def test_labels_are_those_of_products_that_show(loaded: None) -> None:
    assert Cooperative.objects.exclude(label_codes=[]).exists()
    assert badges.repair() == []


def test_every_login_is_a_person(loaded: None) -> None:
    phones = {login.phone for login in LOGINS}
    assert Person.objects.filter(phone__in=phones, is_active=True).count() == len(LOGINS) == 12
    staff = Person.objects.exclude(staff_role="").values_list("staff_role", flat=True)
    assert sorted(staff) == ["administrator", *["agent"] * 4, "editor"]


def test_amounts_of_orders_add_up(loaded: None) -> None:
    sums = OrderLine.objects.values("order_id").annotate(
        items=Sum(F("price_centimes") * F("quantity"))
    )
    items = {row["order_id"]: row["items"] for row in sums}
    assert dict(Order.objects.values_list("pk", "items_centimes")) == items
    assert Order.objects.filter(delivery="parcel", shipping_centimes=0).count() == 0
    assert Order.objects.filter(delivery="pickup", shipping_centimes__gt=0).count() == 0


def test_only_placed_orders_keep_stock_back(loaded: None) -> None:
    placed = (
        OrderLine.objects.filter(order__state=State.PLACED)
        .values("product_id")
        .annotate(packs=Sum("quantity"))
    )
    kept = dict(Product.objects.filter(reserved__gt=0).values_list("pk", "reserved"))
    assert {row["product_id"]: row["packs"] for row in placed} == kept


def test_the_trail_and_the_journal_tell_the_same(loaded: None) -> None:
    for order in Order.objects.prefetch_related("steps"):
        steps = [step.state.replace("_", "-") for step in order.steps.all()]
        told = Entry.objects.filter(subject=f"orders.order:{order.pk}").order_by("pk")
        assert [entry.name.removeprefix("order-") for entry in told] == steps
        assert order.changed_at == max(step.at for step in order.steps.all())
    assert Step.objects.filter(state=State.PLACED).count() == 230


def test_nobody_is_told_of_what_is_long_past(loaded: None) -> None:
    assert Entry.objects.filter(deliver_at__isnull=False).count() == 0


def test_ratings_are_those_of_the_reviews(loaded: None) -> None:
    given = Review.objects.values("product_id").annotate(stars=Sum("stars"), count=Count("pk"))
    rated = Product.objects.filter(rating_count__gt=0)
    assert {row["product_id"]: (row["stars"], row["count"]) for row in given} == {
        row.pk: (row.rating_sum, row.rating_count) for row in rated
    }
    strangers = ~Q(line__order__buyer=F("person")) | ~Q(line__order__state=State.DELIVERED)
    assert Review.objects.filter(strangers).count() == 0


def test_badges_are_those_of_the_certificates(loaded: None) -> None:
    held: dict[int, list[str]] = {}
    for product_id, label in Certificate.objects.order_by("label__position").values_list(
        "product_id", "label_id"
    ):
        held.setdefault(product_id, []).append(label)
    shown = dict(Product.objects.exclude(label_codes=[]).values_list("pk", "label_codes"))
    assert shown == held


def test_texts_stand_in_both_languages(loaded: None) -> None:
    empty = Q(name_fr="") | Q(name_ar="") | Q(description_fr="") | Q(description_ar="")
    assert Product.objects.filter(empty).count() == 0
    assert Cooperative.objects.filter(Q(name_fr="") | Q(name_ar="")).count() == 0


def test_a_shop_goes_on_from_there(loaded: None) -> None:
    """Numbers and sequences follow those that were given: a seller accepts a waiting order."""
    order = Order.objects.filter(state=State.PLACED).earliest("pk")
    member = Membership.objects.get(cooperative_id=order.cooperative_id)
    fulfilment.accept(order.pk, by=Actor(person_id=member.person_id, channel=Channel.WEB))
    order.refresh_from_db()
    assert order.state == State.ACCEPTED
    assert OrderCounter.objects.get(pk=order.cooperative_id).last == (
        Order.objects.filter(cooperative_id=order.cooperative_id).count()
    )
    person = Person.objects.create(phone="+212611111111")
    assert person.pk == Person.objects.count()


def test_a_year_of_months_is_computed_from_the_dates_of_registration(loaded: None) -> None:
    taken = {one.month: one.data for one in Snapshot.objects.order_by("month")}
    assert list(taken) == [*(f"2019-{number:02d}" for number in range(2, 13)), "2020-01"]
    totals = [data["series"]["cooperatives"]["total"] for data in taken.values()]
    entered = Cooperative.objects.filter(merged_into=None)
    assert totals[0] == entered.filter(registered_on__lt="2019-02-01").count()
    assert totals[-1] == entered.filter(registered_on__lt="2020-01-01").count() == 2_732
    assert totals == sorted(set(totals))
    for data in taken.values():
        assert data["note"].startswith("Invented for the demonstration")
        assert data["series"]["shops"]["total"] == 0
