from __future__ import annotations

from dataclasses import replace

import pytest
from django.template.loader import get_template
from django.urls import reverse
from django.utils import translation

from taawon.web.market import molds
from taawon.web.market.cards import Shown

HONEY = Shown(
    id=12,
    slug_id="miel-12",
    name="Miel d’oranger",
    price=124_850,
    unit="500 g",
    cooperative_name="Tifaout",
    place_name="Tiznit",
    picture="products/00ff",
    badge="IGP",
    badge_kind="label",
    available=3,
)


@pytest.mark.parametrize("language", ["fr", "ar", "zgh", "en"])
@pytest.mark.parametrize("eager", [True, False])
@pytest.mark.parametrize(
    "change",
    [
        {},
        {"available": 0},
        {"badge": "Femmes", "badge_kind": "verified"},
        {"badge": "", "badge_kind": ""},
        {"unit": "", "place_name": "", "picture": ""},
        {"name": "<b>100 %(id)s</b> & \"%s\" 'mold'", "cooperative_name": "{{ x }} % <i>"},
        {"name": "900000000001 mold-900000000002", "unit": "90 000 000,03"},
        {"price": 100, "id": 7, "slug_id": "x-7"},
    ],
)
def test_a_filled_mold_is_the_template_itself(language, eager, change):
    card = replace(HONEY, **change)
    with translation.override(language):
        asked = {"card": card, "eager": eager, "add_url": reverse("orders:add")}
        expected = get_template(molds.TEMPLATE).render(asked)
        assert molds.card(card, eager=eager, language=language) == expected
