from __future__ import annotations

import pytest

from taawon.messaging.fitting import Name, fitted
from taawon.messaging.rules import segments


def written(pattern: str, most: int = 1, wide: int | None = None, **facts: str) -> str:
    return fitted(lambda told: pattern % told, facts, most, wide)


def test_what_fits_stays_as_it_is():
    assert written("%(a)s, 5 DH.", a=Name("Miel de thym")) == "Miel de thym, 5 DH."


def test_the_longest_name_gives_way_and_ends_with_a_whole_word():
    name = Name("Huile d'argan alimentaire de Tafraout, 1 lot de 12")
    text = written(f"{'x' * 120} %(a)s. 155 DH", a=name)
    assert text == f"{'x' * 120} Huile d'argan alimentaire. 155 DH"
    assert segments(text) == 1


def test_a_fact_that_is_no_name_never_gives_way():
    text = written("%(a)s", a="x" * 161)
    assert len(text) == 161


@pytest.mark.parametrize(("wide", "cost"), [(None, 1), (2, 2), (3, 3)])
def test_other_scripts_may_have_more_room(wide, cost):
    text = written("%(a)s. 155 درهم", wide=wide, a=Name("كلمة " * 80))
    assert segments(text) == cost
    assert text.endswith("كلمة. 155 درهم")


def test_dots_that_mean_something_stay():
    assert written("%(a)s.", a=Name("Miel...")) == "Miel...."
