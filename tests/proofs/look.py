"""What became of the orders of a proof, as JSON: run in the environment of its house."""

from __future__ import annotations

import json
import sys

import django

django.setup()

from taawon.catalogue.models import Product  # noqa: E402 - the apps must be ready
from taawon.journal.models import Entry  # noqa: E402 - the apps must be ready
from taawon.messaging.models import ConsoleMessage, Message  # noqa: E402 - the apps must be ready
from taawon.orders.models import Basket, Order  # noqa: E402 - the apps must be ready

orders = list(Order.objects.filter(name="Proof").order_by("pk"))
words = {order.pk: f"orders.order:{order.pk}:" for order in orders}
seen = {
    "orders": [
        [
            order.code,
            order.checkout.basket.token if order.checkout.basket else "",
            order.cooperative_id,
            [
                list(pair)
                for pair in order.lines.order_by("pk").values_list("product_id", "quantity")
            ],
            order.steps.count(),
            Entry.objects.filter(subject=f"orders.order:{order.pk}", name="order-placed").count(),
            sorted(
                Message.objects.filter(key__startswith=words[order.pk]).values_list("key", "state")
            ),
            sorted(
                ConsoleMessage.objects.filter(key__startswith=words[order.pk]).values_list(
                    "key", flat=True
                )
            ),
        ]
        for order in orders
    ],
    "left": {
        token: sorted(Basket.objects.get(token=token).lines.values_list("product_id", flat=True))
        for token in sys.argv[1:]
    },
    "reserved": dict(Product.objects.values_list("pk", "reserved")),
    "placed": list(
        Order.objects.filter(state="placed").values_list("lines__product_id", "lines__quantity")
    ),
    "waiting": Entry.objects.filter(deliver_at__isnull=False).count(),
    "unsettled": Message.objects.filter(state__in=["queued", "sending"]).count(),
}
print(json.dumps(seen))
