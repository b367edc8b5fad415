"""Products as cards, in the words and units of the reader."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext, npgettext

from taawon.catalogue import shelves
from taawon.catalogue.queries import Card
from taawon.core.languages import current, spoken
from taawon.core.memory import remember
from taawon.places.queries import provinces
from taawon.search.marking import marker_of
from taawon.web import numbers
from taawon.web.market import marks


@dataclass(frozen=True, slots=True)
class Shown:
    """What templates/_card.html asks for; `price` in centimes. `marked` is the name as HTML, with
    what was searched for in <mark>; "" where nothing was."""

    id: int
    slug_id: str
    name: str
    price: int
    unit: str
    cooperative_name: str
    place_name: str
    picture: str
    badge: str
    badge_kind: str
    available: int
    marked: str = ""


def shown(cards: Iterable[Card], words: str = "") -> list[Shown]:
    """Where `words` were searched for, they are marked in the names."""
    language = current()
    places, labels = _place_names(language), _label_names(language)
    marker = marker_of(words) if words else None
    women = gettext("Women")
    made = []
    for card in cards:
        badge, kind = "", ""
        if card.label_codes and (label := labels.get(card.label_codes[0])):
            badge, kind = label, "label"
        elif card.is_womens:
            badge, kind = women, "verified"
        name = spoken(card.names, "name", language)
        made.append(
            Shown(
                id=card.id,
                slug_id=card.slug_id,
                name=name,
                marked=marks.html(name, marker) if marker else "",
                price=card.price_centimes,
                unit=_pack(card.content, card.unit, language),
                cooperative_name=spoken(card.cooperative_names, "name", language),
                place_name=places.get(card.province_code, ""),
                picture=card.cover,
                badge=badge,
                badge_kind=kind,
                available=card.available,
            )
        )
    return made


@remember(seconds=10)
def _place_names(_language: str) -> dict[str, str]:
    return {code: place.name for code, place in provinces().items()}


@remember(seconds=10)
def _label_names(_language: str) -> dict[str, str]:
    return {code: label.short for code, label in shelves.labels().items()}


def pack(content: int, unit: str) -> str:
    """What a pack holds, in words: 500 g, 1,5 kg, 75 cl, 3 pieces; nothing for a single piece."""
    return _pack(content, unit, current())


@lru_cache(maxsize=2_048)
def _pack(content: int, unit: str, language: str) -> str:
    """In the current language, which is given to tell what is kept apart."""
    if unit == "g":
        return numbers.weight(content, language)
    if unit == "ml":
        return numbers.volume(content, language)
    if content == 1:
        return ""
    said = npgettext("pack", "%(number)s piece", "%(number)s pieces", content)
    return said % {"number": numbers.grouped(content, language)}


def base_unit(unit: str) -> str:
    """The unit that a price is compared in."""
    if unit == "g":
        return gettext("kg")
    return gettext("litre") if unit == "ml" else gettext("piece")
