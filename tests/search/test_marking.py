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


def test_whether_a_text_answers_all_of_it() -> None:
    marker = Marker("nissa argan")
    assert marker.fits("Coopérative féminine Argane")
    assert marker.fits("Savon à l’argan pour femmes")
    assert not marker.fits("Savon à l’argan")
    assert not marker.fits("")
    assert Marker("huile arg").fits("Huile d’argan")
    assert not Marker("arg huile").fits("Huile d’argan")
    assert Marker("zit l3oud").fits("Huile d’olive")
