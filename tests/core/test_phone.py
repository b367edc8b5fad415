from __future__ import annotations

import pytest

from taawon.core import phone


@pytest.mark.parametrize(
    "written",
    [
        "0612345678",
        "06 12 34 56 78",
        "06-12-34-56-78",
        "+212612345678",
        "+212 6 12 34 56 78",
        "+2120612345678",
        "00212612345678",
        "٠٦١٢٣٤٥٦٧٨",
        "(06) 12.34.56.78",
    ],
)
def test_one_number_in_every_form(written):
    assert phone.normalise(written) == "+212612345678"


@pytest.mark.parametrize(
    "written", ["", "06", "0412345678", "abc", "06123456789012", "0612345678x"]
)
def test_what_is_no_number(written):
    with pytest.raises(phone.InvalidPhone):
        phone.normalise(written)


def test_texts_reach_mobiles_only():
    assert phone.takes_texts("+212612345678")
    assert phone.takes_texts("+212712345678")
    assert not phone.takes_texts("+212522123456")


def test_readable_and_masked():
    assert phone.readable("+212612345678") == "06 12 34 56 78"
    assert phone.readable("+33612345678") == "+33612345678"
    assert phone.masked("+212612345678") == "…78"


def test_hinted_tells_a_part():
    assert phone.hinted("+212612345678") == "+212 6•• ••• •78"
    assert phone.hinted("+33612345678") == "+33 6•• ••• •78"
