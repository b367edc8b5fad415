from __future__ import annotations

import re

import pytest

from taawon.accounts.errors import ScopeMissing, WrongKey
from taawon.accounts.models import ApiKey, StaffRole
from taawon.accounts.services import apikeys
from taawon.core.actor import Actor
from taawon.core.errors import Invalid, NotAllowed, NotFound
from taawon.journal.models import Entry
from tests.factories import PersonFactory, actor

HOUSE = Actor.system()


@pytest.mark.django_db
def test_shown_once_checked_and_revoked():
    key, words = apikeys.create(" Barid ", ["orders:read", "catalogue:read"], by=HOUSE)

    assert re.fullmatch(rf"taw_{key.prefix}_[\w-]{{43}}", words)
    assert (key.name, key.scopes) == ("Barid", ["catalogue:read", "orders:read"])
    assert words.split("_", 2)[2] not in key.digest
    assert apikeys.check(words, "orders:read") == key
    with pytest.raises(ScopeMissing) as refusal:
        apikeys.check(words, "orders:write")
    assert refusal.value.facts == {"scope": "orders:write"}

    apikeys.revoke(key.pk, by=HOUSE)
    apikeys.revoke(key.pk, by=HOUSE)
    with pytest.raises(WrongKey):
        apikeys.check(words, "orders:read")
    assert list(Entry.objects.values_list("name", "facts").order_by("pk")) == [
        ("api-key-created", {"key_id": key.pk, "scopes": ["catalogue:read", "orders:read"]}),
        ("api-key-revoked", {"key_id": key.pk}),
    ]


@pytest.mark.django_db
def test_a_wrong_key():
    key, words = apikeys.create("Barid", ["orders:read"], by=HOUSE)
    secret = words.split("_", 2)[2]
    for bad in (
        "",
        "taw",
        f"xyz_{key.prefix}_{secret}",
        f"taw_{key.prefix}_{secret[:-1]}",
        f"taw_{key.prefix}_{secret[::-1]}",
        f"taw_00000000_{secret}",
        f"taw_{key.prefix}_",
        f"taw_\x00_{secret}",
        f"taw_{key.prefix}_é{secret[1:]}",
    ):
        with pytest.raises(WrongKey):
            apikeys.check(bad, "orders:read")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "scopes", "field"),
    [
        ("", ["orders:read"], "name"),
        ("x" * 121, ["orders:read"], "name"),
        ("Barid", [], "scopes"),
        ("Barid", ["orders read"], "scopes"),
    ],
)
def test_bad_values(name, scopes, field):
    with pytest.raises(Invalid) as refusal:
        apikeys.create(name, scopes, by=HOUSE)
    assert refusal.value.field == field
    assert ApiKey.objects.count() == 0


@pytest.mark.django_db
def test_only_an_administrator_makes_and_revokes_keys():
    key, _ = apikeys.create("Barid", ["orders:read"], by=HOUSE)
    agent = PersonFactory(staff_role=StaffRole.AGENT)
    administrator = PersonFactory(staff_role=StaffRole.ADMINISTRATOR)
    for by in (actor(agent), actor()):
        with pytest.raises(NotAllowed):
            apikeys.create("Other", ["orders:read"], by=by)
        with pytest.raises(NotAllowed):
            apikeys.revoke(key.pk, by=by)
    assert list(ApiKey.objects.values_list("name", "revoked_at")) == [("Barid", None)]
    with pytest.raises(NotFound):
        apikeys.revoke(0, by=actor(administrator))
    assert apikeys.revoke(key.pk, by=actor(administrator)).revoked_at is not None
