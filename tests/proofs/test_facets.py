"""A thousand ways to filter the directory, in both languages: no count is off by one."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest
from django.test import Client

from tests.web.market import facets
from tests.web.market.build import index, register

__all__ = ["index"]


@pytest.mark.prove
@pytest.mark.django_db
def test_every_count_is_the_total_of_its_list(client: Client, index: Callable[[], None]) -> None:
    entries = register(seed=27_260)
    index()
    rng = Random(112)
    looked_at = sum(facets.check(client, entries, rng) for _ in range(1_000))
    print(f"1000 combinations in {facets.LANGUAGES}: {looked_at} counts, none wrong")
    assert looked_at > 10_000
