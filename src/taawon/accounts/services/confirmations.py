"""A short code confirms a risky command that came by text.

It is sent to the registered number: whoever forged the sender never reads it. The code is bound to
one command, lives ten minutes, and bears three tries; the caller sends it, in the text that asks.
"""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from taawon.accounts.models import LoginCode
from taawon.accounts.services.codes import (
    digest,
    digits_in,
    one_at_a_time,
    open_codes,
    refuse_if,
    wait,
)

PURPOSE = "text"
LIVES = timedelta(minutes=10)
MOST_TRIES = 3
# A forger who guesses has 30 tries a day, out of ten thousand.
OF_A_PHONE = ((5, timedelta(hours=1)), (10, timedelta(days=1)))


@transaction.atomic
def issue(phone: str, subject: str) -> str:
    """Four digits that confirm `subject` (a command, at most 80 letters); older ones die.

    Raises TooMany (`wait_seconds`, `wait_minutes`).
    """
    one_at_a_time(f"code:{phone}")
    if settings.RATE_LIMIT:
        asked = LoginCode.objects.filter(to=phone, purpose=PURPOSE)
        refuse_if(max(wait(asked, *limit) for limit in OF_A_PHONE))
    now = timezone.now()
    open_codes(phone, PURPOSE).filter(expires_at__gt=now).update(expires_at=now)
    code = f"{secrets.randbelow(10_000):04d}"
    LoginCode.objects.create(
        to=phone,
        purpose=PURPOSE,
        subject=subject,
        digest=digest(phone, PURPOSE, subject, code),
        created_at=now,
        expires_at=now + LIVES,
    )
    return code


@transaction.atomic
def tries_left(phone: str, code: str, subject: str) -> int | None:
    """None when the code is right, and used up; else how many tries are left, 0 when it is dead.

    It raises nothing, so that a failed try counts in the transaction of the text that brought it.
    """
    codes = open_codes(phone, PURPOSE).select_for_update(of=("self",), no_key=True)
    sent = codes.filter(subject=subject).order_by("-pk").first()
    if sent is None or sent.expires_at <= timezone.now() or sent.tries >= MOST_TRIES:
        return 0
    if constant_time_compare(digest(phone, PURPOSE, subject, digits_in(code)), sent.digest):
        sent.used_at = timezone.now()
        sent.save(update_fields=["used_at"])
        return None
    sent.tries += 1
    sent.save(update_fields=["tries"])
    return MOST_TRIES - sent.tries
