"""What the floors above can hear from this room."""

from __future__ import annotations

from dataclasses import dataclass

from taawon.journal.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderEvent(Event):
    order_id: int

    @property
    def subject(self) -> str:
        return f"orders.order:{self.order_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderPlaced(OrderEvent):
    name = "order-placed"
    cooperative_id: int
    total_centimes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderAccepted(OrderEvent):
    name = "order-accepted"
    earlier: int = 0  # how often it was before, and was taken back


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRefused(OrderEvent):
    name = "order-refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderPrepared(OrderEvent):
    name = "order-prepared"
    earlier: int = 0  # how often it was before, and was taken back


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderShipped(OrderEvent):
    name = "order-shipped"
    earlier: int = 0  # how often it was before, and was taken back


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderDelivered(OrderEvent):
    name = "order-delivered"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderNotCollected(OrderEvent):
    name = "order-not-collected"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderCancelled(OrderEvent):
    name = "order-cancelled"
    by_buyer: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderExpired(OrderEvent):
    name = "order-expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLookedAt(OrderEvent):
    """Somebody of the national team read the name, phone and address of the customer."""

    name = "order-looked-at"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderTakenBack(OrderEvent):
    """The cooperative undid its last step: `state` is where the order stands again."""

    name = "order-taken-back"
    was: str
    state: str
    earlier: int = 0
