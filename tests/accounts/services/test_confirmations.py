from __future__ import annotations

import pytest

from taawon.accounts.services import confirmations
from taawon.core.errors import TooMany

PHONE = "+212612345678"
pytestmark = pytest.mark.django_db


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10_000:04d}"


def test_a_code_confirms_one_command_once():
    code = confirmations.issue(PHONE, "refuse:47")
    assert len(code) == 4
    assert confirmations.tries_left(PHONE, code, "refuse:48") == 0
    assert confirmations.tries_left(PHONE, code, "refuse:47") is None
    assert confirmations.tries_left(PHONE, code, "refuse:47") == 0


def test_another_phone_cannot_use_it():
    code = confirmations.issue(PHONE, "refuse:47")
    assert confirmations.tries_left("+212687654321", code, "refuse:47") == 0


def test_three_tries():
    code = confirmations.issue(PHONE, "refuse:47")
    left = [confirmations.tries_left(PHONE, wrong(code), "refuse:47") for _ in range(3)]
    assert left == [2, 1, 0]
    assert confirmations.tries_left(PHONE, code, "refuse:47") == 0


def test_digits_of_any_script():
    code = confirmations.issue(PHONE, "refuse:47")
    arabic = code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert confirmations.tries_left(PHONE, arabic, "refuse:47") is None


def test_ten_minutes(clock):
    code = confirmations.issue(PHONE, "refuse:47")
    clock.forward(minutes=10, seconds=1)
    assert confirmations.tries_left(PHONE, code, "refuse:47") == 0


def test_a_newer_code_replaces_an_older_one():
    first = confirmations.issue(PHONE, "refuse:47")
    second = confirmations.issue(PHONE, "refuse:47")
    assert confirmations.tries_left(PHONE, second, "refuse:47") is None or first == second


def test_five_an_hour(clock, settings):
    settings.RATE_LIMIT = True
    for _ in range(5):
        confirmations.issue(PHONE, "refuse:47")
    with pytest.raises(TooMany) as refusal:
        confirmations.issue(PHONE, "refuse:47")
    assert refusal.value.facts["wait_minutes"] == 60
