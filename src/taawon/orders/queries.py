"""What can be read of orders. Every list on a screen starts here."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from taawon.core import phone as phones
from taawon.core.actor import Actor
from taawon.core.errors import NotFound
from taawon.core.prepared import PreparedModels
from taawon.orders import rules
from taawon.orders.models import Basket, BasketLine, Checkout, Order
from taawon.orders.states import State

UNANSWERED_AFTER = timedelta(hours=24)
UNSHIPPED_AFTER = timedelta(days=4)


def basket_by_token(token: str) -> Basket | None:
    """A guest's basket; a person's basket is found through the person alone."""
    return _by_token.first(token) if token else None


def basket_of(person_id: int) -> Basket | None:
    return _of_person.first(person_id)


_by_token = PreparedModels(lambda token: Basket.objects.filter(token=token, person__isnull=True))
_of_person = PreparedModels(lambda person: Basket.objects.filter(person_id=person))


def packs_in(token: str) -> int:
    """How many packs are in a guest's basket; one query."""
    lines = BasketLine.objects.filter(basket__token=token, basket__person__isnull=True)
    return lines.aggregate(packs=Sum("quantity"))["packs"] or 0


def checkout_by_secret(secret: str) -> Checkout:
    """Raises NotFound."""
    found = Checkout.objects.filter(secret=secret).first() if secret else None
    if found is None:
        raise NotFound
    return found


def checkout_of_key(basket_id: int, key: str) -> Checkout | None:
    """What came of this key, if the basket was ordered with it before."""
    return Checkout.objects.filter(basket_id=basket_id, key=key).first() if key else None


def orders_of(checkout: Checkout) -> list[Order]:
    """The orders of one checkout, in the order of the basket."""
    orders = Order.objects.filter(checkout=checkout).select_related("cooperative")
    return list(orders.prefetch_related("lines").order_by("pk"))


def placed_by(checkout: Checkout) -> list[Order]:
    """The orders of one checkout, their own columns alone; one query without a join."""
    return _placed_by(checkout.pk)


_placed_by = PreparedModels(
    lambda checkout: Order.objects.filter(checkout_id=checkout).order_by("pk")
)


def for_buyer(code: str, *, proof: str = "", by: Actor) -> Order:
    """The order, for who bought it (logged in, or by the link's secret). Raises NotFound."""
    order = _whole().filter(code=code.upper()).first()
    if order is None or not rules.is_buyer(by, order, proof):
        raise NotFound
    return order


def for_phone(code: str, phone: str) -> Order:
    """The order, for a guest who knows its code and its phone. Raises NotFound, InvalidPhone."""
    order = _whole().filter(code=code.upper(), phone=phones.normalise(phone)).first()
    if order is None:
        raise NotFound
    return order


def last_of_phone(phone: str, span: timedelta) -> Order | None:
    """The newest order of a phone (E.164), its own columns alone, if it is no older than that."""
    since = timezone.now() - span
    return Order.objects.filter(phone=phone, placed_at__gte=since).order_by("-pk").first()


def bought_by(actor: Actor) -> QuerySet[Order]:
    """A person's own orders, newest first."""
    if actor.person_id is None:
        return Order.objects.none()
    mine = Order.objects.filter(buyer_id=actor.person_id)
    return mine.select_related("cooperative").prefetch_related("lines").order_by("-pk")


def of_shop(cooperative_id: int, *, state: str = "") -> QuerySet[Order]:
    """A shop's orders, newest first; the caller has asked may_sell."""
    theirs = Order.objects.filter(cooperative_id=cooperative_id)
    if state:
        theirs = theirs.filter(state=state)
    return theirs.prefetch_related("lines").order_by("-pk")


def for_shop(cooperative_id: int, number: int) -> Order:
    """One order of a shop, by its number. Raises NotFound."""
    order = _whole().filter(cooperative_id=cooperative_id, number=number).first()
    if order is None:
        raise NotFound
    return order


def counts_of_shop(cooperative_id: int) -> dict[str, int]:
    """How many orders of a shop are in each state: {"placed": 2, …}; 0 where there are none."""
    rows = Order.objects.filter(cooperative_id=cooperative_id).values("state")
    found = dict(rows.annotate(n=Count("pk")).order_by().values_list("state", "n"))
    return {state.value: found.get(state.value, 0) for state in State}


def needing_attention(region_code: str | None = None) -> QuerySet[Order]:
    """For the national team: unanswered for 24 h, unshipped for four days, not collected."""
    now = timezone.now()
    late = (
        Q(state=State.PLACED, changed_at__lt=now - UNANSWERED_AFTER)
        | Q(state__in=[State.ACCEPTED, State.PREPARED], changed_at__lt=now - UNSHIPPED_AFTER)
        | Q(state=State.NOT_COLLECTED, changed_at__gte=now - timedelta(days=30))
    )
    found = Order.objects.filter(late).select_related("cooperative").order_by("changed_at", "pk")
    return found.filter(cooperative__region_id=region_code) if region_code else found


def for_team(order_id: int) -> Order:
    """One order with all that it holds; the caller has asked the rules. Raises NotFound."""
    order = _whole().filter(pk=order_id).first()
    if order is None:
        raise NotFound
    return order


def bare_for_team(order_id: int) -> Order:
    """The same without its lines and steps: one query. Raises NotFound."""
    order = Order.objects.select_related("cooperative").filter(pk=order_id).first()
    if order is None:
        raise NotFound
    return order


def region_of_code(code: str) -> tuple[int, str] | None:
    """(id, region of the cooperative) of the order with this code."""
    found = Order.objects.filter(code=code.strip().upper())
    row: tuple[int, str] | None = found.values_list("pk", "cooperative__region_id").first()
    return row


def of_cooperatives(region_code: str | None = None) -> QuerySet[Order]:
    """All orders of the cooperatives of a region, or of the country, newest first."""
    found = Order.objects.select_related("cooperative").order_by("-pk")
    return found.filter(cooperative__region_id=region_code) if region_code else found


def sales_of_shop(cooperative_id: int, since_days: int) -> dict[str, int]:
    """Orders that were not undone since so many days: {"orders": n, "centimes": sum}."""
    undone = [State.REFUSED, State.CANCELLED, State.EXPIRED]
    found = Order.objects.filter(
        cooperative_id=cooperative_id,
        placed_at__gte=timezone.now() - timedelta(days=since_days),
    ).exclude(state__in=undone)
    sums = found.aggregate(n=Count("pk"), centimes=Sum("items_centimes"))
    return {"orders": sums["n"], "centimes": sums["centimes"] or 0}


def _whole() -> QuerySet[Order]:
    return Order.objects.select_related("cooperative__shop", "checkout").prefetch_related(
        "lines", "steps"
    )
