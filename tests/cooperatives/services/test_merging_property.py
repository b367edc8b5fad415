"""A merge and its undo leave every table as it was, whatever the two entries hold."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from taawon.cooperatives.merging import CHOICES
from taawon.cooperatives.models import Cooperative, Membership, Pair, Shop
from taawon.cooperatives.services import merging
from taawon.cooperatives.states import Role, ShopState
from tests.cooperatives.merges import full, tables
from tests.factories import ClaimFactory, CooperativeFactory, MembershipFactory, staff

pytestmark = pytest.mark.django_db


class _Back(Exception):  # noqa: N818 - it only leaves a transaction
    pass


facts = st.fixed_dictionaries(
    {},
    optional={
        "phone": st.sampled_from(["", "+212528123456", "+212528654321"]),
        "phone_on_record": st.sampled_from(["", "+212612345678"]),
        "address": st.sampled_from(["", "Rue 1", "Rue 2"]),
        "about_fr": st.sampled_from(["", "Nous cueillons.", "Nous pressons."]),
        "name_zgh": st.sampled_from([None, "", "ⵜⵉⴼⴰⵡⵜ"]),
        "court": st.sampled_from(["", "Tiznit"]),
        "women": st.integers(0, 20),
        "capital_centimes": st.integers(0, 3),
        "is_womens": st.booleans(),
        "registered_on": st.sampled_from([None, "2019-05-02"]),
        "status": st.sampled_from(["active", "inactive"]),
        "picture": st.sampled_from(["", "a", "b"]),
        "food_authorisation": st.sampled_from(["", "ONSSA 1"]),
        "label_codes": st.sampled_from([[], ["igp"], ["aop", "igp"]]),
    },
)
entries = st.fixed_dictionaries(
    {
        "facts": facts,
        "full": st.booleans(),
        "products": st.integers(0, 3),
        "orders": st.integers(0, 3),
        "shop": st.sampled_from(ShopState.values),
    }
)
choices = st.dictionaries(st.sampled_from(sorted(CHOICES)), st.sampled_from(["kept", "gone"]))


def made(wanted: dict[str, Any], name: str) -> Cooperative:
    if not wanted["full"]:
        return CooperativeFactory(name_fr=name, **wanted["facts"])
    more = {"products": wanted["products"], "orders": wanted["orders"]}
    entry = full(name, **more, **wanted["facts"])
    Shop.objects.filter(pk=entry.pk).update(state=wanted["shop"])
    return entry


def share_people(one: Cooperative, other: Cooperative) -> None:
    """Somebody speaks for both, in two roles, and somebody asks for both."""
    both = MembershipFactory(cooperative=one, role=Role.SELLER).person
    MembershipFactory(cooperative=other, role=Role.PRESIDENT, person=both)
    asks = ClaimFactory(cooperative=one).person
    ClaimFactory(cooperative=other, person=asks)


@hypothesis_settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(one=entries, other=entries, chosen=choices, shared=st.booleans(), paired=st.booleans())
def test_merge_and_undo_leave_every_row_as_it_was(
    db: None,
    one: dict[str, Any],
    other: dict[str, Any],
    chosen: dict[str, str],
    shared: bool,
    paired: bool,
) -> None:
    try:
        with transaction.atomic():
            first, second = made(one, "Tifaout"), made(other, "Tifawt")
            kept, gone = (second, first) if shared else (first, second)
            if shared:
                share_people(kept, gone)
            if paired:
                Pair.objects.create(first=first, second=second, score=90)
            by, before = staff(), None
            before = tables()

            merge = merging.merge(kept.pk, gone.pk, chosen, by=by)
            assert tables() != before
            assert not Membership.objects.filter(cooperative=gone, ended_at__isnull=True).exists()
            merging.undo(merge.pk, by=by)

            after = tables()
            assert {name: rows for name, rows in after.items() if rows != before[name]} == {}
            raise _Back
    except _Back:
        pass
