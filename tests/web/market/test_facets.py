from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from random import Random

import pytest
from django.test import Client

from tests.web.market import facets
from tests.web.market.build import index, register

__all__ = ["index"]

pytestmark = pytest.mark.django_db
_LINK = re.compile(r'href="(/fr/cooperatives/\?[^"]+)"')
_SPOKEN = re.compile(r'<a class="[^"]+" href="(/fr/cooperatives/\?[^"]+)" aria-label="[^"]*?(\d+) ')


def test_every_count_is_the_total_of_its_list(client: Client, index: Callable[[], None]) -> None:
    entries = register()
    index()
    rng = Random(2019)
    looked_at = sum(facets.check(client, entries, rng) for _ in range(60))
    assert looked_at > 1_000


def test_every_count_of_the_map_is_the_total_of_its_list(
    client: Client, index: Callable[[], None]
) -> None:
    register()
    index()
    for asked in ("", "?women=yes&region=MA-09", "?sector=food&status=active&page=3&q=Tifaout"):
        page = client.get(f"/fr/cooperatives/map/{asked}").text
        links = _SPOKEN.findall(page)
        assert len(links) >= 4
        for path, count in links:
            listed = client.get(unescape(path)).text
            assert facets._shown_total(listed, "fr") == int(count), path


def test_without_an_index_there_are_no_counts(client: Client, index: Callable[[], None]) -> None:
    entries = register()
    page = client.get("/fr/cooperatives/?women=yes").text
    women = sum(entry.passes({"women": ["yes"]}) for entry in entries)
    assert page.count('<li class="coop">') == min(women, 24)
    assert "une partie seulement des coopératives" in page
