"""The OpenAPI document, made from the code and completed where the framework cannot know."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation
from ninja.parser import Parser
from ninja.renderers import JSONRenderer

from taawon.api import keys
from taawon.api.problems import MEDIA_TYPE
from taawon.api.schemas import Problem

_SCOPES = "\n".join(f"  * `{scope}`: {words}" for scope, words in keys.SCOPES.items())
DESCRIPTION = f"""
Read what Morocco's cooperatives sell, and buy it. Reading and buying need no key.

* Money is in centimes of a dirham, weights in grams, times in UTC.
* Names come in the language of `?lang=` or `Accept-Language` (fr, ar, zgh, en), else in French;
  `names` holds all languages.
* Every error is `{MEDIA_TYPE}` (RFC 9457) with a stable `code`. A value that a filter or
  field does not know is refused with 422; parameters and fields that nobody knows are ignored. A
  body holds at most 64 KB.
* While the index is being built, lists are short and bear the header `Taawon-Complete: no`.
* In a minute, an address may read 600 times, use baskets 300 times, order 60 times and look up 20
  orders; a partner's key ten times as often, looking up excepted. `429` comes with `Retry-After`.
* A partner's key is sent as `Authorization: Bearer taw_…`. Its scopes say what it may do:
{_SCOPES}
"""
IDEMPOTENCY_KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": True,
    "description": "Scoped to the basket. The same key and body again: the same answer.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$"},
}


class PlainJSON(JSONRenderer):
    """Arabic and Tifinagh as they are written, not as escapes."""

    json_dumps_params = {"ensure_ascii": False}  # noqa: RUF012 (as the framework declares it)


class StrictJSON(Parser):
    """As the standard says: neither NaN nor Infinity."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        body: dict[str, Any] = json.loads(request.body, parse_constant=_no_number)
        return body


class Api(NinjaAPI):
    def get_openapi_operation_id(self, operation: Operation) -> str:
        return operation.view_func.__name__

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        made = super().get_openapi_schema(**options)
        for operations in made["paths"].values():
            for operation in operations.values():
                _complete(operation)
        return made


def _no_number(word: str) -> None:
    raise ValueError(word)


def no(*statuses: int) -> dict[int, type[Problem]]:
    """The problems that an address answers with, beside those that any may answer with."""
    return dict.fromkeys(sorted({400, 401, 403, 413, 422, 429, 500, 503, *statuses}), Problem)


def view_of(api: NinjaAPI) -> Any:
    """The document does not change while the process runs."""
    made: list[OpenAPISchema] = []

    def answer(request: HttpRequest) -> Any:
        if not made:
            made.append(api.get_openapi_schema())
        return api.create_response(request, made[0], status=200)

    return answer


def _complete(operation: dict[str, Any]) -> None:
    # A key is welcome, and nobody needs one.
    operation["security"] = [{}, *operation.get("security", [])]
    for parameter in operation["parameters"]:
        parameter.pop(
            "examples", None
        )  # They stand in the schema, in the form that is right there.
    for status, answer in operation["responses"].items():
        if int(status) >= 400:
            answer["content"] = {MEDIA_TYPE: answer["content"]["application/json"]}
        if int(status) == 429:
            answer["headers"] = {"Retry-After": {"schema": {"type": "integer"}}}
