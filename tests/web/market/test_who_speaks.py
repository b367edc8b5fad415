"""What the public page of a cooperative says of who speaks for it, and the way for who should."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from taawon.cooperatives.models import Cooperative, Membership
from taawon.cooperatives.services import claims, members
from taawon.cooperatives.states import CooperativeStatus
from taawon.web import pagecache
from tests.cooperatives.claiming import ON_RECORD, by_papers, let_in
from tests.factories import CooperativeFactory, PersonFactory, actor, staff

pytestmark = pytest.mark.django_db
CHECKED = "Checked by the national team"
BY_PHONE = "Run from the phone on record"


@pytest.fixture
def entry() -> Cooperative:
    return CooperativeFactory(phone_on_record=ON_RECORD)


def marks(client: Client, entry: Cooperative) -> list[str]:
    """Those of the marks on its page that tell who speaks for it."""
    pagecache.forget()
    page = client.get(f"/en/cooperatives/{entry.slug}-{entry.pk}/").text
    read = [re.sub(r"<[^>]+>", "", one) for one in re.findall(r'class="pill.*?</span>', page)]
    return [word for one in read for word in (CHECKED, BY_PHONE) if word in one]


def test_nobody_speaks_for_it(client: Client, entry: Cooperative) -> None:
    assert marks(client, entry) == []


def test_a_code_alone_is_no_check(client: Client, entry: Cooperative) -> None:
    let_in(entry)
    assert marks(client, entry) == [BY_PHONE]

    members.confirm(Membership.objects.get().pk, by=staff())
    assert marks(client, entry) == [CHECKED]


def test_no_mark_while_two_ask(client: Client, entry: Cooperative) -> None:
    let_in(entry)
    second = by_papers(entry, actor(PersonFactory()))
    assert marks(client, entry) == []

    claims.approve(second.pk, by=staff())
    assert marks(client, entry) == [CHECKED]


def test_no_mark_once_everybody_has_left(client: Client, entry: Cooperative) -> None:
    claims.approve(by_papers(entry, actor(PersonFactory())).pk, by=staff())
    assert marks(client, entry) == [CHECKED]

    Membership.objects.update(ended_at=Membership.objects.get().since)
    assert marks(client, entry) == []


def test_the_rightful_person_finds_the_way_to_a_claimed_page(
    client: Client, entry: Cooperative
) -> None:
    address = f"/en/cooperatives/{entry.slug}-{entry.pk}/"
    free = f'href="/en/seller/open/{entry.pk}/"'
    by_papers_alone = f'href="/en/seller/open/{entry.pk}/#papers"'
    assert client.get(address).text.count(free) == 2

    let_in(entry)
    pagecache.forget()
    page = client.get(address).text
    assert (page.count(free), page.count(by_papers_alone)) == (0, 1)
    client.force_login(PersonFactory())
    assert 'id="papers"' in client.get(f"/en/seller/open/{entry.pk}/").text


def test_who_is_dissolved_is_claimed_by_nobody(client: Client, entry: Cooperative) -> None:
    let_in(entry)
    Cooperative.objects.update(status=CooperativeStatus.DISSOLVED)
    assert "/seller/open/" not in client.get(f"/en/cooperatives/{entry.slug}-{entry.pk}/").text
