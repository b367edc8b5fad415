"""Two people ask for a cooperative: the line says so, and does nothing."""

from __future__ import annotations

import pytest
from django.utils import timezone

from taawon.sms import says
from tests.sms.talk import stall

pytestmark = pytest.mark.django_db
SAID = (
    "Deux personnes demandent cette cooperative: rien ne change avant la decision de l'equipe"
    " nationale. AGENT = on vous rappelle."
)


@pytest.fixture
def shop():
    return stall()


def disputed(shop):
    shop.cooperative.disputed_since = timezone.now()
    shop.cooperative.save()


@pytest.mark.parametrize("text", ["OUI 47", "STOCK 3 12", "VENTES", "47", "PRODUITS"])
def test_nothing_is_done_and_it_is_said_why(shop, text):
    order = shop.order()
    disputed(shop)

    assert shop.phone.says(text) == SAID

    order.refresh_from_db()
    assert order.state == "placed"


def test_a_code_that_is_awaited_counts_no_more(shop):
    order = shop.order()
    code = shop.phone.code("NON 47")
    disputed(shop)

    assert shop.phone.says(code) == SAID

    order.refresh_from_db()
    assert order.state == "placed"


def test_a_call_back_is_still_to_be_had(shop):
    disputed(shop)
    assert shop.phone.says("AGENT") != SAID


@pytest.mark.parametrize("voice", ["fr", "ar", "ary", "zgh", "en"])
def test_in_every_voice_in_one_segment(voice):
    words = says.say("in_dispute", voice)
    assert len(words) <= (70 if voice == "ar" else 160)
