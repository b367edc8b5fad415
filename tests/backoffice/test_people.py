"""The team, its roles, other people's data, and partners' keys."""

from __future__ import annotations

import json
import re

import pytest

from taawon.accounts.models import ApiKey, Person
from taawon.accounts.services import apikeys
from taawon.api.keys import SCOPES as ASKED_BY_THE_API
from taawon.backoffice.keys import SCOPES
from tests.backoffice.build import levels, lines


@pytest.fixture
def administrator(house):
    return house.browser("administrator")


def test_roles_are_given_changed_and_taken(house, administrator):
    who, person = house.people["administrator"].pk, house.person
    form = {"phone": "06 61 23 45 67", "role": "agent", "region": "MA-09"}

    assert administrator.post("/backoffice/people/add/", form)["Location"] == "/backoffice/people/"
    person.refresh_from_db()
    assert (person.staff_role, person.staff_region_id) == ("agent", "MA-09")
    administrator.post(f"/backoffice/people/{person.pk}/role/", {"role": "editor", "region": ""})
    person.refresh_from_db()
    assert (person.staff_role, person.staff_region_id) == ("editor", None)
    administrator.post(f"/backoffice/people/{person.pk}/dismiss/")
    person.refresh_from_db()
    assert person.staff_role == ""
    assert lines() == [
        ("person-looked-at", "staff", who),
        *[("staff-role-changed", "staff", who)] * 3,
    ]


@pytest.mark.parametrize(
    ("form", "wrong"),
    [
        ({"phone": "0661234568", "role": "agent"}, "phone"),
        ({"phone": "12", "role": "agent"}, "phone"),
        ({"phone": "0661234567", "role": "king"}, "role"),
        ({"phone": "0661234567", "role": "editor", "region": "MA-09"}, "region"),
        ({"phone": "0661234567", "role": "agent", "region": "MA-99"}, "region"),
    ],
)
def test_a_role_that_is_refused(house, administrator, form, wrong):
    answer = administrator.post("/backoffice/people/add/", form)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [wrong])
    house.person.refresh_from_db()
    assert house.person.staff_role == ""
    assert "staff-role-changed" not in [name for name, _channel, _who in lines()]


def test_the_last_administrator_stays(house, administrator):
    own = house.people["administrator"].pk
    for path, form in (("dismiss/", {}), ("role/", {"role": "agent"})):
        answer = administrator.post(f"/backoffice/people/{own}/{path}", form)
        assert levels(answer) == ["warning"]

    assert Person.objects.get(pk=own).staff_role == "administrator"
    assert lines() == []


def test_somebody_is_looked_up_on_record(house, administrator):
    answer = administrator.post("/backoffice/people/find/", {"phone": "0661234567"})

    assert "Amina Alaoui" in answer.content.decode()
    assert lines() == [("person-looked-at", "staff", house.people["administrator"].pk)]
    page = administrator.get(f"/backoffice/people/{house.person.pk}/").content.decode()
    assert "Amina Alaoui" not in page
    assert "tel:+212661234567" not in page
    shown = administrator.post(f"/backoffice/people/{house.person.pk}/look/").content.decode()
    assert "tel:+212661234567" in shown
    assert len(lines()) == 2
    nobody = administrator.post("/backoffice/people/find/", {"phone": "0661234569"})
    assert (nobody.status_code, list(nobody.context["search"].errors)) == (422, ["phone"])
    assert len(lines()) == 2


def test_the_numbers_and_wrong_ones(house, administrator):
    for phone in ("", "abc", "1" * 25):
        answer = administrator.post("/backoffice/people/find/", {"phone": phone})
        assert (answer.status_code, list(answer.context["search"].errors)) == (422, ["phone"])
    assert lines() == []


def test_data_on_request(house, administrator):
    base, who = f"/backoffice/people/{house.person.pk}/", house.people["administrator"].pk

    answer = administrator.post(f"{base}export/")
    assert json.loads(answer.content)["person"]["name"] == "Amina Alaoui"
    assert answer["Content-Disposition"].startswith("attachment")

    assert levels(administrator.post(f"{base}erase/")) == ["warning"]
    house.person.refresh_from_db()
    assert house.person.name == "Amina Alaoui"
    administrator.post(f"{base}erase/", {"asked": "yes"})
    house.person.refresh_from_db()
    assert (house.person.name, house.person.phone, house.person.is_active) == ("", None, False)
    assert lines() == [("person-exported", "staff", who), ("person-erased", "staff", who)]
    assert administrator.get(base).status_code == 200


def test_a_key_is_shown_once(house, administrator):
    form = {"name": "Jumia", "scopes": ["catalogue:read", "orders:write"]}

    answer = administrator.post("/backoffice/keys/", form)

    words = re.search(r"taw_[0-9a-f]{8}_[\w-]{43}", answer.content.decode())[0]
    assert apikeys.check(words, "orders:write").name == "Jumia"
    assert answer["Cache-Control"] == "private, no-store"
    assert words not in administrator.get("/backoffice/keys/").content.decode()
    key = ApiKey.objects.get(name="Jumia")
    administrator.post(f"/backoffice/keys/{key.pk}/revoke/")
    key.refresh_from_db()
    assert key.revoked_at is not None
    who = house.people["administrator"].pk
    assert lines() == [("api-key-created", "staff", who), ("api-key-revoked", "staff", who)]


@pytest.mark.parametrize(
    ("form", "wrong"),
    [
        ({"name": "", "scopes": "orders:read"}, "name"),
        ({"name": "Jumia"}, "scopes"),
        ({"name": "Jumia", "scopes": "everything"}, "scopes"),
    ],
)
def test_a_key_that_is_refused(house, administrator, form, wrong):
    answer = administrator.post("/backoffice/keys/", form)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [wrong])
    assert ApiKey.objects.count() == 1
    assert lines() == []


def test_keys_allow_what_the_api_asks_for():
    assert list(SCOPES) == list(ASKED_BY_THE_API)
