"""The page of the demonstration: whom one may be, what was sent."""

from __future__ import annotations

import re

import pytest

from taawon.messaging.models import ConsoleMessage
from taawon.web.demo.views import SHOWN

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.demo_urls")]
PHONE = "+212661234567"


@pytest.fixture(autouse=True)
def _demonstration(settings):
    settings.DEMO = True


def texts(page: str) -> list[str]:
    return re.findall(r'<p dir="auto">(.*?)</p>', page)


def test_earlier_ones_are_a_page_away(client):
    for number in range(SHOWN + 2):
        ConsoleMessage.objects.create(key=f"a:{number}", via="sms", to=PHONE, text=f"n {number}")
    page = client.get("/demo/", {"phone": "0661234567"}).content.decode()
    assert texts(page) == [f"n {number}" for number in range(SHOWN + 1, 1, -1)]
    earlier = re.search(r'rel="next" href="([^"]+)"', page)[1].replace("&amp;", "&")
    page = client.get(f"/demo/{earlier}").content.decode()
    assert texts(page) == ["n 1", "n 0"]
    assert 'href="?phone=0661234567"' in page
    assert 'rel="next"' not in page


def test_it_leads_to_the_two_phones(client):
    page = client.get("/demo/?before=x").content.decode()
    assert 'href="/demo/phones/"' in page
    assert texts(page) == []


def test_elsewhere_it_is_not_there(client, settings):
    settings.DEMO = False
    assert client.get("/demo/").status_code == 404
