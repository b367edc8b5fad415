"""What serves while the index is being built: the database's own answer, capped and uncounted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.models import Q

from taawon.cooperatives.models import Cooperative
from taawon.cooperatives.states import ShopState
from taawon.core.languages import columns

MOST_WORDS = 6
_COLUMNS = {
    "region": "region_id",
    "province": "province_id",
    "commune": "commune_id",
    "status": "status",
}
_YES = {
    "sells": Q(shop__state=ShopState.OPEN),
    "women": Q(is_womens=True),
    "youth": Q(is_youth=True),
}


def search(words: str, filters: Mapping[str, Sequence[str]], most: int) -> list[int]:
    """The ids of entries with all the words in their names; labels alone are not looked at."""
    found = Cooperative.objects.filter(merged_into__isnull=True)
    for facet, values in filters.items():
        found = found.filter(_is(facet, values))
    for word in words.split()[:MOST_WORDS]:
        named = Q()
        for column in columns("name"):
            named |= Q(**{f"{column}__icontains": word})
        found = found.filter(named)
    return list(found.order_by("pk").values_list("pk", flat=True)[:most])


def _is(facet: str, values: Sequence[str]) -> Q:
    if facet in _YES:
        return _YES[facet] if "yes" in values else ~_YES[facet]
    if facet == "sector":
        return Q(sector_id__in=values) | Q(sector__parent_id__in=values)
    return Q(**{f"{_COLUMNS[facet]}__in": values}) if facet in _COLUMNS else Q()
