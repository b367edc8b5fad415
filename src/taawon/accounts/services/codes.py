"""A code by text proves that somebody holds a phone; one by e-mail, that they read a mailbox.

Only its keyed hash is kept, bound to address, purpose and subject. The words go straight to
messaging: a code never stands in an event or in a log.
"""

from __future__ import annotations

import logging
import math
import secrets
import unicodedata
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from taawon.accounts.errors import CodeExpired, WrongCode
from taawon.accounts.models import LoginCode
from taawon.core import email, phone
from taawon.core.actor import Actor
from taawon.core.errors import TooMany
from taawon.core.phone import NoTexts, takes_texts
from taawon.messaging import services as messaging
from taawon.messaging.fitting import WIDE_SEGMENTS, Name, fitted
from taawon.messaging.models import Lane
from taawon.messaging.rules import segments
from taawon.messaging.services import Via

log = logging.getLogger(__name__)
LIVES = {Via.SMS: timedelta(minutes=5), Via.EMAIL: timedelta(minutes=30)}
MOST_TRIES = 5
KEPT_FOR = timedelta(days=1)
# At most so many codes in so long a time, to a phone or mailbox and from an address of the network.
TO_ONE = ((3, timedelta(minutes=15)), (10, timedelta(days=1)))
OF_AN_ADDRESS = ((30, timedelta(hours=1)),)


@transaction.atomic
def send_code(
    to: str,
    *,
    purpose: str,
    subject: str = "",
    via: Via = Via.SMS,
    address: str = "",
    about: str = "",
    language: str,
    by: Actor,
) -> None:
    """Send a new six-digit code; older ones of the same phone or mailbox and purpose die.

    `to` is a phone or, by e-mail, an e-mail address, as people write them; `address` the IP address
    that asks; `about` the name of whom the code lets speak for, which a text then says: its reader
    can tell a stranger's request. Raises InvalidPhone, NoTexts, InvalidEmail, TooMany
    (`wait_seconds`, `wait_minutes`).
    """
    to = _normalise(to, via)
    if via == Via.SMS and not takes_texts(to):
        raise NoTexts(field="phone")
    one_at_a_time(f"code:{to}")
    if settings.RATE_LIMIT:
        _refuse_too_many(to, address)

    now = timezone.now()
    open_codes(to, purpose).filter(expires_at__gt=now).update(expires_at=now)
    digits = f"{secrets.randbelow(1_000_000):06d}"
    code = LoginCode.objects.create(
        to=to,
        purpose=purpose,
        subject=subject,
        digest=digest(to, purpose, subject, digits),
        address=address,
        created_at=now,
        expires_at=now + LIVES[via],
    )
    heading, words = (
        _letter(digits, language) if via == Via.EMAIL else ("", _words(digits, about, language))
    )
    messaging.queue(
        to,
        words,
        key=f"accounts.code:{code.pk}",
        lane=Lane.CODE,
        via=via,
        subject=heading,
        language=language,
        valid_until=code.expires_at,
    )
    log.info("Code %d for %s was asked for by %s", code.pk, purpose, by.channel)


def check_code(to: str, code: str, *, purpose: str, subject: str = "", via: Via = Via.SMS) -> None:
    """Use up a code, or raise WrongCode (`left`: tries that remain), CodeExpired, InvalidPhone or
    InvalidEmail.

    Commits on its own, so that a failed try counts although it is refused: call it before the
    transaction of what the code is for, never inside one (RuntimeError).
    """
    left = _try(_normalise(to, via), code, purpose, subject)
    if left is not None:
        raise WrongCode(field="code", left=left)


def prune_codes() -> int:
    """Delete codes that expired more than a day ago; how many."""
    return LoginCode.objects.filter(expires_at__lt=timezone.now() - KEPT_FOR).delete()[0]


def forget(*addresses: str) -> None:
    """Delete every code that was sent to these phones and mailboxes."""
    LoginCode.objects.filter(to__in=addresses).delete()


def forget_subject(purpose: str, subject: str) -> None:
    """Delete every code that was sent for one thing, wherever to."""
    LoginCode.objects.filter(purpose=purpose, subject=subject).delete()


@transaction.atomic(durable=True)
def _try(to: str, code: str, purpose: str, subject: str) -> int | None:
    """None when the code is right, else how many tries are left."""
    codes = open_codes(to, purpose).select_for_update(of=("self",), no_key=True)
    sent = codes.filter(subject=subject).order_by("-pk").first()
    if sent is None or sent.expires_at <= timezone.now() or sent.tries >= MOST_TRIES:
        raise CodeExpired(field="code")
    typed = digest(to, purpose, subject, digits_in(code))
    if constant_time_compare(typed, sent.digest):
        sent.used_at = timezone.now()
        sent.save(update_fields=["used_at"])
        return None
    sent.tries += 1
    sent.save(update_fields=["tries"])
    return MOST_TRIES - sent.tries


def open_codes(to: str, purpose: str) -> QuerySet[LoginCode]:
    return LoginCode.objects.filter(to=to, purpose=purpose, used_at__isnull=True)


def digest(to: str, purpose: str, subject: str, digits: str) -> str:
    """HMAC-SHA256 under a key of its own, derived from the secret key."""
    bound = "\0".join((to, purpose, subject, digits))
    return salted_hmac("taawon.accounts.codes", bound, algorithm="sha256").hexdigest()


def digits_in(written: str) -> str:
    """Digits of any script, however they are spaced."""
    return "".join(str(unicodedata.decimal(sign)) for sign in written if sign.isdecimal())


def _normalise(to: str, via: Via) -> str:
    return email.normalise(to) if via == Via.EMAIL else phone.normalise(to)


def _refuse_too_many(to: str, address: str) -> None:
    waits = [wait(LoginCode.objects.filter(to=to), *limit) for limit in TO_ONE]
    if address:
        one_at_a_time(f"codes-from:{address}")
        from_there = LoginCode.objects.filter(address=address)
        waits += [wait(from_there, *limit) for limit in OF_AN_ADDRESS]
    refuse_if(max(waits))


def refuse_if(seconds: int) -> None:
    """Raises TooMany where there is still time to wait."""
    if seconds > 0:
        raise TooMany(wait_seconds=seconds, wait_minutes=math.ceil(seconds / 60))


def wait(codes: QuerySet[LoginCode], most: int, span: timedelta) -> int:
    """Seconds until the oldest of the last `most` codes is older than `span`; 0 when it is."""
    now = timezone.now()
    recent = codes.filter(created_at__gt=now - span).order_by("-created_at")
    times = recent.values_list("created_at", flat=True)[most - 1 : most]
    return max((math.ceil((time + span - now).total_seconds()) for time in times), default=0)


def one_at_a_time(name: str) -> None:
    """Counting and adding must not overlap, and there may be no row yet that could be locked.

    SQLite has one writer at a time anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


def _words(digits: str, about: str, language: str) -> str:
    """The text, with the last line by which a phone's browser knows the code, where it fits."""
    facts = {"code": digits, "site": settings.SITE_NAME, "about": Name(about)}
    with translation.override(language):
        pattern = (
            _(
                "%(code)s is the %(site)s code to speak for %(about)s. Valid for 5 minutes."
                " Tell it to nobody: we never ask for it by phone."
            )
            if about
            else _(
                "%(code)s is your %(site)s code, valid for 5 minutes."
                " Tell it to nobody: we never ask for it by phone."
            )
        )
    words = fitted(lambda facts: pattern % facts, facts, 1, WIDE_SEGMENTS if about else 1)
    bound = f"{words}\n@{urlsplit(settings.SITE_URL).hostname} #{digits}"
    return bound if segments(bound) == segments(words) else words


def _letter(digits: str, language: str) -> tuple[str, str]:
    """Subject and text of an e-mail: the code stands in the text alone."""
    facts = {"code": digits, "site": settings.SITE_NAME}
    with translation.override(language):
        words = _(
            "%(code)s is the code that confirms this address at %(site)s, valid for 30 minutes."
            " You did not ask for it? Then there is nothing to do."
        )
        return _("Your %(site)s code") % facts, words % facts
