"""An entry of the register that says everything, and its page as a person reads it."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from taawon.cooperatives.models import Cooperative
from taawon.places.models import Commune
from tests.factories import CooperativeFactory, SectorFactory


def entry(**more: Any) -> Cooperative:
    food = SectorFactory(code="food", name_fr="Agriculture, forêt et mer", name_ar="الفلاحة")
    facts = {
        "name_fr": "Tifaout",
        "name_ar": "تيفاوت",
        "slug": "tifaout",
        "purpose_fr": "Presser l’huile",
        "registration_number": "12/2020",
        "court": "Tiznit",
        "registered_on": date(2020, 1, 2),
        "sector": SectorFactory(code="argan", parent=food),
        "capital_centimes": 1_250_000,
        "women": 9,
        "men": 3,
        "is_womens": True,
        "is_youth": True,
        "address": "Derrière le souk",
        "president": "Rahma Tiwi",
        "phone_on_record": "+212661000000",
    }
    made = CooperativeFactory(**{**facts, **more})
    place = {"name_fr": "Aglou", "name_ar": "أكلو", "province": made.province}
    commune = Commune.objects.create(code="09.581.01.01", **place)
    Cooperative.objects.filter(pk=made.pk).update(commune=commune)
    made.refresh_from_db()
    return made


def path(one: Cooperative, language: str = "fr") -> str:
    return f"/{language}/cooperatives/{one.slug}-{one.pk}/"


def words(page: str) -> str:
    """What a person reads of it."""
    main = re.search(r"<main.*?</main>", page, re.DOTALL)
    assert main is not None
    return " ".join(re.sub(r"<[^>]+>", " ", main[0]).split()).replace("\u202f", " ")
