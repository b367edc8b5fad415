from __future__ import annotations

import logging

import pytest

from taawon.config.logs import WithoutQuery, cut


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("GET /fr/products/?q=miel HTTP/1.1", "GET /fr/products/?… HTTP/1.1"),
        ("to +212612345678 failed", "to … failed"),
        ("to 06 12 34 56 78 failed", "to … failed"),
        ("to amina.a+x@mail.example.ma failed", "to … failed"),
        (
            "new row violates\nDETAIL:  Failing row contains (12, OUI 47\nmiel).\n\nThe above",
            "new row violates\nDETAIL:  …\nThe above",
        ),
        ("order 12 of shop 345", "order 12 of shop 345"),
    ],
)
def test_queries_and_phones_are_cut(line: str, kept: str) -> None:
    assert cut(line) == kept


def test_a_traceback_is_cut_as_well() -> None:
    try:
        raise ValueError("Key (phone)=(+212612345678) exists")
    except ValueError as problem:
        info = (ValueError, problem, problem.__traceback__)
    record = logging.LogRecord("x", logging.ERROR, __file__, 1, "for %s", ("0612345678",), info)

    assert WithoutQuery().filter(record)

    line = logging.Formatter("{message}", style="{").format(record)
    assert line.startswith("for …\nTraceback")
    assert line.endswith("ValueError: Key (phone)=(…) exists")
