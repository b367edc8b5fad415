from __future__ import annotations

import pytest

from taawon.core.errors import NotAllowed, NotFound
from taawon.journal.models import Entry
from taawon.shipping.models import Rate
from taawon.shipping.services import BadRates, set_rates
from tests.factories import PersonFactory, actor
from tests.orders.build import zones

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    zones()
    return actor(PersonFactory(staff_role="editor"))


def rates() -> list[tuple[int, int]]:
    found = Rate.objects.filter(zone_id="far").order_by("up_to_grams")
    return list(found.values_list("up_to_grams", "fee_centimes"))


def test_an_editor_sets_the_rates_of_a_zone(editor):
    set_rates("far", [(500, 2500), (2000, 4000)], by=editor)

    assert rates() == [(500, 2500), (2000, 4000)]
    assert Entry.objects.values_list("name", "subject").get() == (
        "rates-changed",
        "shipping.zone:far",
    )


@pytest.mark.parametrize("wrong", [[], [(0, 100)], [(500, 100), (500, 200)], [(900, 1), (500, 2)]])
def test_rates_that_do_not_rise_are_refused(editor, wrong):
    with pytest.raises(BadRates):
        set_rates("far", wrong, by=editor)
    assert rates() == [(1000, 3500), (5000, 6000)]


def test_nobody_else_may(editor):
    with pytest.raises(NotAllowed):
        set_rates("far", [(500, 2500)], by=actor(PersonFactory(staff_role="agent")))
    with pytest.raises(NotFound):
        set_rates("mars", [(500, 2500)], by=editor)
    assert rates() == [(1000, 3500), (5000, 6000)]
