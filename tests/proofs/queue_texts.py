"""Queue so many texts of a proof, or tell what became of them: run in its house's environment."""

from __future__ import annotations

import json
import sys
from collections import Counter
from datetime import timedelta

import django

django.setup()

from django.utils import timezone  # noqa: E402 - the apps must be ready

from taawon.messaging.models import Message  # noqa: E402 - the apps must be ready

KEY = "proof.text:"
match sys.argv[1:]:
    case ["queue", number]:
        until = timezone.now() + timedelta(days=1)
        Message.objects.bulk_create(
            [
                Message(
                    to=f"+2126{n:08}",
                    text=f"Texte {n} de la preuve",
                    key=f"{KEY}{n}",
                    gateway="iam",
                    valid_until=until,
                )
                for n in range(int(number))
            ],
            batch_size=2_000,
        )
        print("{}")
    case ["tell"]:
        ours = Message.objects.filter(key__startswith=KEY)
        doubtful = ours.filter(in_doubt=True).values_list("to", flat=True)
        states = Counter(ours.values_list("state", flat=True))
        reported = ours.filter(fate__gt=0).count()
        print(json.dumps({"states": states, "in_doubt": list(doubtful), "reported": reported}))
