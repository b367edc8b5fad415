from __future__ import annotations

import pytest

from taawon.core.email import InvalidEmail, normalise


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (" Amina@Example.MA ", "amina@example.ma"),
        ("amina\u202e@example.ma", "amina@example.ma"),
        ("a.b+c@mail.example.ma", "a.b+c@mail.example.ma"),
    ],
)
def test_one_form(written, kept):
    assert normalise(written) == kept


@pytest.mark.parametrize(
    "written", ["", "amina", "a@b", "a@x.ma\nBcc: c@x.ma", "a b@x.ma", f"{'a' * 64}@{'b.' * 120}ma"]
)
def test_no_address(written):
    with pytest.raises(InvalidEmail) as refusal:
        normalise(written)
    assert refusal.value.field == "email"
