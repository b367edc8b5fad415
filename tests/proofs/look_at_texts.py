"""What became of the texts of a proof, as JSON: run in the environment of its house."""

from __future__ import annotations

import json
import sys

import django

django.setup()

from taawon.accounts.models import Person  # noqa: E402 - the apps must be ready
from taawon.catalogue.models import Product  # noqa: E402 - the apps must be ready
from taawon.messaging.models import Message  # noqa: E402 - the apps must be ready

[phone] = sys.argv[1:]
cooperative = Person.objects.get(phone=phone).memberships.get().cooperative_id
on_sale = Product.objects.filter(cooperative_id=cooperative, state="published")
seen = {
    "products": list(on_sale.filter(on_hand__gt=5).order_by("pk").values_list("pk", flat=True)),
    "messages": list(
        Message.objects.order_by("pk").values_list("to", "state", "fate", "gateway", "in_doubt")
    ),
}
print(json.dumps(seen))
