"""The OpenAPI document, and the API against it with input that nobody would type."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pytest
import schemathesis
from django.core import signals
from django.core.handlers.wsgi import WSGIHandler
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from taawon.api.urls import api
from tests.api.client import Api
from tests.factories import CategoryFactory, ProductFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("casablanca")]
UNHEALTHY = [HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much, HealthCheck.too_slow]


@cache
def _handler() -> WSGIHandler:
    return WSGIHandler()


def application(environ: dict[str, Any], start: Any) -> Any:
    """The whole of it, as a server calls it; begun with the first request."""
    return _handler()(environ, start)


document = schemathesis.openapi.from_dict(dict(api.get_openapi_schema(path_prefix="/api/v1/")))
document.app = application


@contextmanager
def _inside_of_the_test() -> Iterator[None]:
    """A request as a server sends it would close the connection, and with it the transaction."""
    moments = (signals.request_started, signals.request_finished)
    for moment in moments:
        moment.disconnect(close_old_connections)
    yield
    for moment in moments:
        moment.connect(close_old_connections)


@pytest.fixture
def token() -> str:
    """A basket with something in it: what is right by the document can also succeed."""
    CategoryFactory(slug="miel")
    return Api().basket((ProductFactory(pk=7), 1))


def test_every_address_is_told() -> None:
    paths = Api().get("openapi.json").json()["paths"]
    told = {(method.upper(), path) for path, methods in paths.items() for method in methods}
    assert told == {
        ("GET", "/api/v1/products"),
        ("GET", "/api/v1/products/{product_id}"),
        ("GET", "/api/v1/cooperatives"),
        ("GET", "/api/v1/cooperatives/{cooperative_id}"),
        ("GET", "/api/v1/regions"),
        ("GET", "/api/v1/categories"),
        ("GET", "/api/v1/open/cooperatives"),
        ("GET", "/api/v1/open/changes"),
        ("GET", "/api/v1/open/catalog.jsonld"),
        ("GET", "/api/v1/open/snapshots/{month}.json"),
        ("POST", "/api/v1/baskets"),
        ("GET", "/api/v1/baskets/{token}"),
        ("PUT", "/api/v1/baskets/{token}/lines/{product_id}"),
        ("POST", "/api/v1/baskets/{token}/checkout"),
        ("GET", "/api/v1/orders/{code}"),
    }


def test_every_error_is_told_as_a_problem() -> None:
    paths = Api().get("openapi.json").json()["paths"]
    for operation in (each for methods in paths.values() for each in methods.values()):
        errors = {code: each for code, each in operation["responses"].items() if code >= "400"}
        assert {"400", "401", "403", "413", "422", "429", "500", "503"} <= set(errors)
        assert {media for each in errors.values() for media in each["content"]} == {
            "application/problem+json"
        }
        assert operation["security"] == [{}, {"PartnerKey": []}]


def test_the_document_comes_from_here_alone() -> None:
    response = Api().get("openapi.json")
    assert "://" not in response.content.decode()
    assert response.json()["openapi"] == "3.1.0"


@document.parametrize()
@settings(max_examples=8, deadline=None, suppress_health_check=UNHEALTHY)
def test_nothing_that_is_not_told(case: Any, token: str) -> None:
    _try(case, token)


@pytest.mark.prove
@document.parametrize()
@settings(max_examples=400, deadline=None, suppress_health_check=UNHEALTHY)
def test_nothing_that_is_not_told_at_length(case: Any, token: str) -> None:
    _try(case, token)


def _try(case: Any, token: str) -> None:
    if case.meta.generation.mode.is_positive:
        for name, known in (("token", token), ("product_id", 7)):
            if name in (case.path_parameters or {}):
                case.path_parameters[name] = known
    with _inside_of_the_test():
        # A region, phone or town can be written as it should be, and be none.
        case.call_and_validate(excluded_checks=[positive_data_acceptance])
