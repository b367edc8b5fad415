"""The page of one cooperative, in detail: its code to print, members, court and sources."""

from __future__ import annotations

import io
import re
from datetime import date

import pytest
from django.test import Client
from PIL import Image

from taawon.cooperatives import history
from taawon.cooperatives.models import Cooperative
from taawon.cooperatives.states import Source
from taawon.core.actor import Actor
from taawon.web import pagecache
from tests.web.market.one import entry, path, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_kept_pages() -> None:
    pagecache.forget()


def test_the_code_to_print_as_a_picture(client: Client) -> None:
    one = entry()
    answer = client.get(f"{path(one)}qr.png")
    assert answer["Content-Type"] == "image/png"
    with Image.open(io.BytesIO(answer.content)) as picture:
        assert picture.width == picture.height >= 600
    page = client.get(path(one)).text
    for form in ("svg", "png"):
        assert f'href="{path(one)}qr.{form}" download="tifaout-{one.pk}.{form}"' in page
    assert client.get(f"{path(one)}qr.gif").status_code == 404


@pytest.mark.parametrize(
    ("women", "men", "said"),
    [(28, 0, "28 women"), (0, 1, "1 man"), (9, 3, "9 women, 3 men"), (1, 1, "1 woman, 1 man")],
)
def test_members_who_are_there_are_counted(client: Client, women: int, men: int, said: str) -> None:
    page = client.get(path(entry(women=women, men=men, slug="tifaout"), "en")).text
    assert f"<dd>{said}<" in page
    assert (' class="share"' in page) is bool(women and men)


def test_members_whom_nobody_counted_are_not_told(client: Client) -> None:
    assert "<dt>Members</dt>" not in client.get(path(entry(women=0, men=0), "en")).text


def test_a_court_bears_the_name_of_its_town_in_the_language_of_the_page(client: Client) -> None:
    one = entry(court="TIZNIT")
    assert '<dd dir="auto">تيزنيت</dd>' in client.get(path(one, "ar")).text
    assert '<dd dir="auto">Tiznit</dd>' in client.get(path(one, "fr")).text
    Cooperative.objects.update(court="Tribunal d’appel")
    pagecache.forget()
    assert '<dd dir="auto">Tribunal d’appel</dd>' in client.get(path(one, "ar")).text


def test_each_field_has_its_source_in_a_table(client: Client) -> None:
    one = entry()
    title = "Registre central | السجل المركزي"
    history.begin(one, source=Source.IMPORT, title=title, by=Actor.system())
    old, new = {"women": 9}, {"women": 11}
    history.note(
        one.pk, old, new, source=Source.OWNER, as_of=date(2025, 3, 1),
        by=Actor.system(),
    )  # fmt: skip
    page = client.get(path(one)).text
    table = page.partition('<table class="table sources">')[2].partition("</table>")[0]
    rows = re.findall(
        r'<tr><th scope="row">(.*?)</th><td dir="auto">(.*?)</td><td>(.*?)</td>', table
    )
    said = {field: (source, day) for field, source, day in rows}
    assert said["Femmes adhérentes"][1] == '<time datetime="2025-03-01">1er mars 2025</time>'
    assert "السجل المركزي" not in table
    assert table.count("Registre central") == len(rows) - 1
    arabic = client.get(path(one, "ar")).text
    assert "السجل المركزي" in arabic
    assert "Registre central" not in words(arabic)
