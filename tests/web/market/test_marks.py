from __future__ import annotations

from taawon.search.marking import Marker
from taawon.web.market import marks


def test_what_answers_is_marked_and_all_is_escaped() -> None:
    marked = marks.html("Miel <b>de</b> thym & cie", Marker("3sel"))
    assert marked == "<mark>Miel</mark> &lt;b&gt;de&lt;/b&gt; thym &amp; cie"
    assert marks.html("Savon", Marker("miel")) == "Savon"
