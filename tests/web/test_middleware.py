from __future__ import annotations

import pytest
from django.db import OperationalError

from taawon.core.disk import DiskFull
from taawon.core.errors import Invalid, NotAllowed, NotFound, Refused, TooMany
from taawon.orders.errors import EmptyBasket, KeyUsedOtherwise
from taawon.web import pagecache
from taawon.web.market import listing
from taawon.web.middleware import status_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("refusal", "status"),
    [
        (NotFound, 404),
        (NotAllowed, 403),
        (Invalid, 422),
        (KeyUsedOtherwise, 422),
        (TooMany, 429),
        (DiskFull, 507),
        (EmptyBasket, 409),
        (Refused, 409),
    ],
)
def test_the_status_of_a_refusal(refusal, status):
    assert status_of(refusal()) == status


def test_a_database_that_is_away_is_a_page_that_needs_none(client, monkeypatch):
    def gone(request):
        raise OperationalError("database or disk is full")

    pagecache.forget()
    monkeypatch.setattr(listing, "of", gone)

    answer = client.get("/fr/products/")

    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert "Une erreur est survenue" in answer.text
    assert "no-store" in answer["Cache-Control"]


def test_every_answer_keeps_browsers_from_harm(client):
    answer = client.get("/fr/login/")
    assert answer["Content-Security-Policy"].startswith("default-src 'self'")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
