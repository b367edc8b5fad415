"""The page with two phones: what stands on them, what they type, and only in the demonstration."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from taawon.messaging import sending
from taawon.messaging.models import ConsoleMessage, InboundText
from tests.sms.talk import stall

PAGE, NEWS = "/demo/phones/", "/demo/phones/news/"
SELLER, BUYER = "+212612345678", "+212661234567"
CHOSEN = {"cooperative": "0612345678", "customer": "0661234567", "language": "fr"}
QUERY = "?cooperative=0612345678&customer=0661234567&language=fr"

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.demo_urls")]


@pytest.fixture(autouse=True)
def _demonstration(settings):
    settings.DEMO = True
    settings.SMS_GATEWAYS = {"console": {"kind": "console"}}


def bubbles(page: str) -> list[tuple[str, str]]:
    """(in or out, words) of every text, the cooperative's phone first."""
    return re.findall(r'screen__text--(in|out)[^>]*>.*?<p dir="auto">(.*?)</p>', page, re.DOTALL)


def received(to: str, text: str, minute: int) -> ConsoleMessage:
    at = timezone.now() + timedelta(minutes=minute)
    key = f"{to}:{minute}"
    return ConsoleMessage.objects.create(key=key, via="sms", to=to, text=text, sent_at=at)


def sent(sender: str, text: str, minute: int, gateway: str = "console", **columns) -> InboundText:
    at = timezone.now() + timedelta(minutes=minute)
    digest = f"{sender}:{gateway}:{minute}"
    return InboundText.objects.create(
        digest=digest, gateway=gateway, sender=sender, text=text, received_at=at, **columns
    )


def test_each_phone_shows_its_texts_in_the_order_of_time(client):
    received(SELLER, "Nouvelle commande 47", 0)
    sent(SELLER, "OUI 47", 1, state="handled")
    received(SELLER, "Cmd 47 acceptee", 2)
    received(BUYER, "Votre commande est acceptee", 2)
    received("+212600000000", "Not here", 2)
    sent(SELLER, "By another gateway", 2, gateway="iam")
    page = client.get(PAGE, CHOSEN)
    assert page.status_code == 200
    assert bubbles(page.content.decode()) == [
        ("in", "Nouvelle commande 47"),
        ("out", "OUI 47"),
        ("in", "Cmd 47 acceptee"),
        ("in", "Votre commande est acceptee"),
    ]


def test_what_a_text_costs_is_said_in_words(client):
    received(SELLER, "Cmd 47 acceptee", 0)
    received(BUYER, "قبلت التعاونية طلبكم " * 4, 0)
    page = client.get(PAGE, {**CHOSEN, "language": "en"}).content.decode()
    assert re.findall(r"\d+ SMS, \d+ of \d+ letters", page) == [
        "1 SMS, 15 of 160 letters",
        "2 SMS, 84 of 134 letters",
    ]


def test_without_a_choice_the_first_member_and_the_first_customer(client):
    page = client.get(PAGE).content.decode()
    assert re.findall(r'<option value="(\d+)" selected>', page) == ["0600010001", "0600001001"]


def test_what_is_typed_is_done_and_answered(client):
    shop = stall(phone=SELLER)
    order = shop.order()
    answer = client.post(PAGE + QUERY, {"side": "cooperative", "text": "OUI 47"})
    assert answer.status_code == 302
    assert answer.url == (
        "/demo/phones/?cooperative=0612345678&customer=0661234567&language=fr"
        "&shown=cooperative&since=0#write-cooperative"
    )
    order.refresh_from_db()
    assert order.state == "accepted"
    row = InboundText.objects.get()
    assert (row.gateway, row.sender, row.recipient) == ("console", SELLER, "2255")
    sending.send_pending()
    page = client.get(answer.url).content.decode()
    [out, back] = bubbles(page)[:2]
    assert out == ("out", "OUI 47")
    assert back == ("in", "Cmd 47 acceptee. Envoyez EXP 47 au depart. Erreur? ANNULER")
    assert page.count("screen__text--new") == len(ConsoleMessage.objects.all())


def test_the_script_gets_the_screens_and_an_empty_field(client):
    stall(phone=SELLER)
    answer = client.post(
        PAGE + QUERY, {"side": "cooperative", "text": "VENTES"}, headers={"HX-Request": "true"}
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert bubbles(page)[0] == ("out", "VENTES")
    assert re.findall(r'<input [^>]*id="([\w-]+)"', page) == ["write-cooperative"]


def test_news_are_told_once(client):
    received(SELLER, "Nouvelle commande 47", 0)
    page = client.get(PAGE, CHOSEN).content.decode()
    asked = re.search(r'hx-get="([^"]*/phones/[^"]*)"', page)[1].replace("&amp;", "&")
    assert client.get(asked).status_code == 204
    received(SELLER, "Nouvelle commande 48", 1)
    fragment = client.get(asked).content.decode()
    assert fragment.count("screen__text--new") == 1
    assert "Nouvelle commande 48</span></p>" in fragment
    again = re.search(r'hx-get="([^"]*/phones/[^"]*)"', fragment)[1].replace("&amp;", "&")
    assert client.get(again).status_code == 204


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("12", "This phone number is not valid. Write it like 06 12 34 56 78."),
        ("0522334455", "No text can reach this number. Give the number of a mobile phone."),
    ],
)
def test_a_wrong_number_is_refused_in_words(client, typed, words):
    asked = {"customer": "0600001002", "customer_other": typed, "language": "en"}
    page = client.get(PAGE, asked)
    assert page.status_code == 422
    assert words in page.content.decode()
    assert '<option value="0600001002" selected>' in page.content.decode()
    answer = client.post(f"{PAGE}?customer={typed}", {"side": "customer", "text": "AIDE"})
    assert answer.status_code == 422
    assert InboundText.objects.count() == 0


@pytest.mark.parametrize("told", [{"side": "nobody", "text": "AIDE"}, {"text": "AIDE"}])
def test_a_phone_that_is_not_there(client, told):
    assert client.post(PAGE + QUERY, told).status_code == 422
    assert InboundText.objects.count() == 0


def test_an_empty_text_is_not_sent(client):
    assert client.post(PAGE + QUERY, {"side": "customer", "text": "  "}).status_code == 302
    assert InboundText.objects.count() == 0


def test_any_number_may_write_and_the_line_keeps_its_limits(client, settings):
    settings.RATE_LIMIT = True
    for minute in range(30):
        sent("+212655443322", "Salam", -minute - 1, state="handled")
    query = "?cooperative=0612345678&customer_other=06 55 44 33 22&language=en"
    answer = client.post(PAGE + query, {"side": "customer", "text": "AIDE"})
    page = client.get(answer.url).content.decode()
    assert "not answered: too many within an hour" in page
    assert "Nobody that we know" in page


def test_a_silence_is_said(client):
    query = "?cooperative=0612345678&customer=0655443322&language=en"
    for text in ("Salam", "Salam again"):
        client.post(PAGE + query, {"side": "customer", "text": text})
    page = client.get(PAGE + query).content.decode()
    assert [words for _, words in bubbles(page)].count("Salam") == 1
    assert page.count("read; no answer is due") == 1


def test_texts_to_try_are_of_the_shop_and_in_its_language(client):
    shop = stall(phone=SELLER)
    shop.order()
    page = client.get(PAGE, CHOSEN).content.decode()
    tries = re.findall(r'id="try-(\w+)-\d"[^>]*>([^<]+)<', page)
    number = shop.cooperative.products.get().number
    assert tries == [
        *(
            ("cooperative", words)
            for words in ("OUI 47", f"STOCK {number} 12", "VENTES", "PRODUITS", "AIDE")
        ),
        *(("customer", words) for words in ("AIDE", "AGENT", "STOP", "START")),
    ]
    filled = client.get(PAGE, {**CHOSEN, "cooperative_draft": "OUI 47"}).content.decode()
    assert 'id="write-cooperative" name="text" value="OUI 47"' in filled


def test_the_link_leads_to_what_the_cooperative_sells(client):
    shop = stall(phone=SELLER)
    product = shop.product()
    page = client.get(PAGE, {**CHOSEN, "language": "en"}).content.decode()
    assert f'href="/en/products/{product.slug}-{product.pk}/"' in page
    assert re.search(r"the customer’s number: <bdi[^>]*>06\s61\s23\s45\s67<", page)


@pytest.mark.parametrize("language", ["fr", "ar", "zgh", "en"])
def test_the_language_stands_in_the_address(client, language):
    page = client.get(PAGE, {**CHOSEN, "language": language}).content.decode()
    assert f'<html lang="{language}"' in page
    assert f"customer=0661234567&amp;language={language}&amp;shown" in page


@pytest.mark.parametrize("count", [1, 3])
def test_what_it_costs(client, django_assert_num_queries, count):
    shop = stall(phone=SELLER)
    shop.order()
    for minute in range(count):
        received(SELLER, "Nouvelle commande", minute)
        sent(BUYER, "AIDE", minute, state="handled")
    client.get(PAGE, CHOSEN)  # categories are remembered from here on
    with django_assert_num_queries(13):
        page = client.get(PAGE, CHOSEN).content.decode()
    asked = re.search(r'hx-get="([^"]*/phones/[^"]*)"', page)[1].replace("&amp;", "&")
    with django_assert_num_queries(5):
        assert client.get(asked).status_code == 204


def test_elsewhere_it_is_not_there(client, settings):
    settings.DEMO = False
    assert client.get(PAGE).status_code == 404
    assert client.get(NEWS).status_code == 404
    assert client.post(PAGE + QUERY, {"side": "customer", "text": "AIDE"}).status_code == 404
    assert InboundText.objects.count() == 0


def test_what_is_typed_bears_a_token():
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(PAGE + QUERY, {"side": "customer", "text": "AIDE"})
    assert answer.status_code == 403
    assert InboundText.objects.count() == 0
