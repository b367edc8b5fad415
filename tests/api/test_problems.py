from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from django.core.exceptions import SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest
from pytest_django.fixtures import Settings

from taawon.api import buying, problems
from taawon.core.errors import Invalid, TooMany
from taawon.orders.models import Basket
from tests.api.client import WISH, Api

pytestmark = pytest.mark.django_db


def test_the_shape_of_a_problem(api: Api) -> None:
    response = api.get("nothing", accept_language="en")
    assert response.json() == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "code": "not-found",
        "detail": "There is nothing here.",
        "errors": [],
    }
    assert response["Content-Language"] == "en"
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "path", ["nothing", "products/", "baskets/", "orders", "a/b/c", "%00", "é"]
)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "PATCH"])
def test_an_address_that_is_none(api: Api, method: str, path: str) -> None:
    response = api.send(method, path, {})
    assert (response.status_code, response.json()["code"]) == (404, "not-found")


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("POST", "products", "GET, HEAD"),
        ("DELETE", "products/1", "GET, HEAD"),
        ("GET", "baskets", "POST"),
        ("PUT", "baskets/x", "GET, HEAD"),
        ("POST", "baskets/x/lines/1", "PUT"),
        ("PATCH", "baskets/x/checkout", "POST"),
        ("OPTIONS", "regions", "GET, HEAD"),
        ("POST", "openapi.json", "GET, HEAD"),
        ("POST", "", "GET, HEAD"),
    ],
)
def test_a_method_that_is_not_answered(api: Api, method: str, path: str, allowed: str) -> None:
    response = api.send(method, path, {})
    assert (response.status_code, response["Allow"]) == (405, allowed)
    assert response.json()["code"] == "method-not-allowed"


def test_head_is_a_get_without_its_body(api: Api) -> None:
    response = api.client.head("/api/v1/regions")
    assert (response.status_code, response.content) == (200, b"")


def test_the_way_in(api: Api) -> None:
    assert api.get("").json() == {
        "products": "/api/v1/products",
        "cooperatives": "/api/v1/cooperatives",
        "regions": "/api/v1/regions",
        "categories": "/api/v1/categories",
        "open/catalog.jsonld": "/api/v1/open/catalog.jsonld",
        "openapi.json": "/api/v1/openapi.json",
    }


def test_a_body_that_is_too_large(api: Api) -> None:
    token = api.basket()
    just = WISH | {"padding": "x" * (64 * 1024 - 500)}
    over = WISH | {"padding": "x" * (64 * 1024)}
    path = f"baskets/{token}/checkout"
    assert api.send("POST", path, just, idempotency_key="k").status_code == 422
    response = api.send("POST", path, over, idempotency_key="k")
    assert (response.status_code, response.json()["code"]) == (413, "too-large")


@pytest.mark.parametrize(
    ("length", "status"), [("abc", 400), ("-1", 400), ("9" * 30, 400), ("65537", 413)]
)
def test_a_length_that_is_none(api: Api, length: str, status: int) -> None:
    response = api.client.post("/api/v1/baskets", CONTENT_LENGTH=length)
    assert response.status_code == status
    assert Basket.objects.count() == 0


@pytest.mark.parametrize(
    ("raised", "status", "code", "log_level"),
    [
        (RuntimeError("SELECT secrets"), 500, "unexpected", logging.ERROR),
        (OperationalError("server closed the connection"), 503, "unavailable", logging.ERROR),
        (SuspiciousOperation("odd"), 400, "malformed", None),
        (TooMany(wait_minutes=2), 429, "too-many", None),
    ],
)
def test_what_goes_wrong_inside(
    api: Api,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    raised: Exception,
    status: int,
    code: str,
    log_level: int | None,
) -> None:
    def fail(**_: Any) -> None:
        raise raised

    monkeypatch.setattr(buying.baskets, "open_basket", fail)

    response = api.send("POST", "baskets")

    assert (response.status_code, response.json()["code"]) == (status, code)
    assert str(raised) not in response.content.decode() or status == 429
    assert [record.levelno for record in caplog.records] == ([log_level] if log_level else [])
    waits = {429: "120", 503: "5"}
    assert response.headers.get("Retry-After") == waits.get(status)


def test_the_log_holds_no_token(
    api: Api, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(buying.pricing, "price", fail)
    token = api.basket()
    with caplog.at_level(logging.DEBUG):
        assert api.get(f"baskets/{token}").status_code == 500
    assert [record for record in caplog.records if token in record.getMessage()] == []


def test_the_words_are_in_the_callers_language(api: Api, settings: Settings) -> None:
    for header, language in [
        ("ar", "ar"),
        ("de, zgh;q=0.5", "zgh"),
        ("en-GB,en;q=0.9,fr;q=0.8", "en"),
        ("de", "fr"),
        ("", "fr"),
        ("*", "fr"),
        ("x" * 1000, "fr"),
    ]:
        assert api.get("regions", accept_language=header)["Content-Language"] == language
    assert api.get("regions?lang=ar", accept_language="en")["Content-Language"] == "ar"


def test_a_cookie_says_nothing(api: Api) -> None:
    api.client.cookies["django_language"] = "ar"
    api.client.cookies["sessionid"] = "x"
    assert api.client.get("/api/v1/regions")["Content-Language"] == "fr"


def test_a_post_needs_no_form_token() -> None:
    api = Api()
    api.client.handler.enforce_csrf_checks = True
    assert api.send("POST", "baskets").status_code == 201
    assert api.send("POST", "nothing").status_code == 404


@pytest.mark.parametrize(
    ("path", "field", "allowed"),
    [
        ("cooperatives?women=oui", "women", ["yes", "no"]),
        ("cooperatives?sells=1", "sells", ["yes", "no"]),
        ("cooperatives?sort=best", "sort", ["relevance", "newest", "members"]),
        ("cooperatives?status=dead", "status", ["active", "inactive", "dissolved", "struck_off"]),
        ("open/cooperatives?women=oui", "women", ["yes", "no"]),
    ],
)
def test_a_wrong_value_is_told_the_right_ones(
    api: Api, path: str, field: str, allowed: list[str]
) -> None:
    [error] = api.get(f"{path}&lang=en").json()["errors"]
    said = f"This value is not valid. Allowed: {', '.join(allowed)}."
    assert error == {"field": field, "code": "invalid", "message": said, "allowed": allowed}


def test_values_that_are_many_are_not_told(api: Api) -> None:
    few = problems.refused(HttpRequest(), Invalid(field="region", allowed=["MA-01"]))
    many = problems.refused(HttpRequest(), Invalid(field="commune", allowed=["x"] * 81))
    assert json.loads(few.content)["errors"][0]["allowed"] == ["MA-01"]
    assert "allowed" not in json.loads(many.content)["errors"][0]
