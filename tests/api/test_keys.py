from __future__ import annotations

from collections.abc import Callable

import pytest

from taawon.accounts.services import apikeys
from taawon.core.actor import Actor
from tests.api.client import Api
from tests.factories import ProductFactory, ShopFactory

pytestmark = pytest.mark.django_db


def _key(*scopes: str) -> str:
    return apikeys.create("Partner", scopes, by=Actor.system())[1]


def test_a_right_key_reads() -> None:
    assert Api(_key("catalogue:read")).get("regions").status_code == 200


@pytest.mark.parametrize(
    "header",
    [
        "Bearer taw_00000000_" + "x" * 43,
        "Bearer x",
        "Bearer",
        "Bearer  ",
        "Basic dXNlcjpwYXNz",
        "taw_x",
        "",
        "Bearer \x00",
        "Bearer é",
    ],
)
def test_a_wrong_key(api: Api, header: str) -> None:
    response = api.get("regions", authorization=header)
    assert (response.status_code, response.json()["code"]) == (401, "wrong-key")
    assert response["WWW-Authenticate"] == "Bearer"


def test_a_key_that_was_taken_back() -> None:
    row, words = apikeys.create("Partner", ["catalogue:read"], by=Actor.system())
    partner = Api(words)
    assert partner.get("regions").status_code == 200
    apikeys.revoke(row.pk, by=Actor.system())
    assert partner.get("regions").status_code == 401


def test_a_key_does_what_its_scopes_say() -> None:
    reader, buyer = Api(_key("catalogue:read")), Api(_key("orders:write"))
    follower = Api(_key("orders:read"))

    assert reader.get("categories").status_code == 200
    refused = reader.send("POST", "baskets")
    assert (refused.status_code, refused.json()["code"]) == (403, "scope-missing")
    assert refused.json()["scope"] == "orders:write"
    assert buyer.send("POST", "baskets").status_code == 201
    assert buyer.get("products").status_code == 403
    assert follower.get("orders/ABCD2345?phone=0612345678").status_code == 404


def test_long_pages_are_for_some_keys(api: Api, index: Callable[[], None]) -> None:
    cooperative = ShopFactory().cooperative
    for _ in range(30):
        ProductFactory(cooperative=cooperative)
    index()
    reader = Api(_key("catalogue:read"))
    bulk = Api(_key("catalogue:read", "catalogue:bulk"))

    assert len(api.get("products?per_page=24").json()["results"]) == 24
    assert len(api.get("products?per_page=5").json()["results"]) == 5
    assert api.get("products?per_page=25").status_code == 401
    assert reader.get("products?per_page=25").status_code == 403
    assert reader.get("cooperatives?per_page=25").status_code == 403
    said = bulk.get("products?per_page=25").json()
    assert (len(said["results"]), said["next"]) == (25, "/api/v1/products?per_page=25&page=2")
    assert len(bulk.get("products?per_page=200").json()["results"]) == 30
