"""What a reader found is kept as long as the state of the index that it reads."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import Mock

from taawon.search.readers import MOST_KEPT, Reader


def a_reader() -> Reader:
    return Reader(Path("build"), (1, 2, 3), Mock(), Mock(), Mock())


def test_the_oldest_answer_makes_room_for_the_newest() -> None:
    reader = a_reader()
    for number in range(MOST_KEPT + 1):
        reader.keep(number, f"answer {number}")
    assert [reader.recall(number) for number in (0, 1, MOST_KEPT)] == [
        None,
        "answer 1",
        f"answer {MOST_KEPT}",
    ]


def test_what_is_kept_can_be_forgotten() -> None:
    reader = a_reader()
    reader.keep("honey", (1, 2))
    reader.forget()
    assert reader.recall("honey") is None
