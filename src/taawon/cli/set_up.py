"""`taawon set-up PHONE`: what a new house needs before anybody can use it."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from django.db import transaction

from taawon.accounts.models import StaffRole
from taawon.accounts.services import staff
from taawon.core.actor import Actor
from taawon.core.errors import Refused
from taawon.demo.loading import ground
from taawon.places.queries import regions


def set_up(words: Sequence[str]) -> int:
    """Load places, fields of activity, categories, labels and rates where there are none yet.

    The phone is the first administrator's, who logs in with it. A second time appoints another one.
    """
    if len(words) != 1:
        print("Write the administrator's phone: taawon set-up 0612345678", file=sys.stderr)
        return 2
    try:
        with transaction.atomic():
            if not regions():
                ground.load(pictures=False)
            person = staff.appoint(words[0], StaffRole.ADMINISTRATOR, by=Actor.system())
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 1
    print(f"Ready. Person {person.pk} is an administrator.")
    return 0
