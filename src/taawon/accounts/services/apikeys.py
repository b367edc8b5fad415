"""Partners' keys: shown once, kept as a hash, checked at every call."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from taawon.accounts import rules
from taawon.accounts.errors import ScopeMissing, WrongKey
from taawon.accounts.events import ApiKeyCreated, ApiKeyRevoked
from taawon.accounts.models import ApiKey, Person
from taawon.core.actor import Actor, Channel
from taawon.core.errors import Invalid, NotAllowed
from taawon.core.locks import lock_or_not_found
from taawon.core.text import clean
from taawon.journal.record import record

_SCOPE = re.compile(r"[a-z_]+(:[a-z_]+)?")
_KEY = re.compile(r"taw_([0-9a-f]{8})_([\w-]{43})", re.ASCII)


@transaction.atomic
def create(name: str, scopes: Sequence[str], *, by: Actor) -> tuple[ApiKey, str]:
    """A new key, and the words `taw_<prefix>_<secret>` that are never shown again.

    `scopes` such as ["orders:read"]. Raises Invalid (`field`), NotAllowed.
    """
    _insist(by)
    name = clean(name)
    if not 1 <= len(name) <= 120:
        raise Invalid(field="name")
    wanted = sorted(set(scopes))
    if not wanted or not all(_SCOPE.fullmatch(scope) for scope in wanted):
        raise Invalid(field="scopes")
    prefix, secret = secrets.token_hex(4), secrets.token_urlsafe(32)
    key = ApiKey.objects.create(
        name=name, prefix=prefix, digest=_digest(prefix, secret), scopes=wanted
    )
    record(ApiKeyCreated(key_id=key.pk, scopes=wanted), by=by)
    return key, f"taw_{prefix}_{secret}"


def check(key: str, scope: str) -> ApiKey:
    """The row of a key that may do this. Raises WrongKey (unknown, revoked) or ScopeMissing."""
    if (parts := _KEY.fullmatch(key)) is None:
        raise WrongKey
    prefix, secret = parts.groups()
    row = ApiKey.objects.filter(prefix=prefix, revoked_at__isnull=True).first()
    # An unknown prefix takes as long as a wrong secret.
    right = constant_time_compare(_digest(prefix, secret), row.digest if row else "-" * 64)
    if row is None or not right:
        raise WrongKey
    if scope not in row.scopes:
        raise ScopeMissing(scope=scope)
    return row


@transaction.atomic
def revoke(key_id: int, *, by: Actor) -> ApiKey:
    """Raises NotAllowed, NotFound. A second time does nothing."""
    _insist(by)
    key = lock_or_not_found(ApiKey, pk=key_id)
    if key.revoked_at is None:
        key.revoked_at = timezone.now()
        key.save(update_fields=["revoked_at"])
        record(ApiKeyRevoked(key_id=key.pk), by=by)
    return key


def _digest(prefix: str, secret: str) -> str:
    return salted_hmac(
        "taawon.accounts.apikeys", f"{prefix}_{secret}", algorithm="sha256"
    ).hexdigest()


def _insist(by: Actor) -> None:
    if by.channel == Channel.SYSTEM:
        return
    person = Person.objects.filter(pk=by.person_id or 0).first()
    if person is None or not rules.may_manage_people(person):
        raise NotAllowed
