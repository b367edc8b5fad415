from __future__ import annotations

import pytest

from taawon.search.marking import Marker, as_written


@pytest.mark.parametrize(
    ("question", "text", "marked"),
    [
        ("miel", "Miel de thym", ["Miel"]),
        ("3sel", "Miel de thym", ["Miel"]),
        ("huile argan", "Savon à l’huile d’argan", ["l’huile", "d’argan"]),
        ("zit l3oud", "Huile d'olive vierge", ["Huile", "d'olive"]),
        ("العسل", "عسل الزعتر", ["عسل"]),
        ("tifawin", "Coopérative Tifaouine", ["Tifaouine"]),
        ("thy", "Miel de thym", ["thym"]),
        ("saffron", "Miel de thym", []),
        ("", "Miel de thym", []),
        ("de", "Miel de thym", []),
    ],
)
def test_what_answers_is_marked(question: str, text: str, marked: list[str]) -> None:
    parts = list(Marker(question).parts(text))
    assert [part for part, hit in parts if hit] == marked
    assert "".join(part for part, _hit in parts) == text


def test_folded_words_as_texts_write_them() -> None:
    assert as_written("creme ghassoul", ["Crème au ghassoul"]) == "crème ghassoul"
    assert as_written("nothing", ["Crème"]) == "nothing"
