"""How many queries an answer took: told in a header, to whoever asks for it in one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

ASK, TOLD = "X-Count-Queries", "X-Queries"


def count(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    def answer(request: HttpRequest) -> HttpResponse:
        if ASK not in request.headers:
            return get_response(request)
        run = 0

        def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            nonlocal run
            run += 1
            return execute(sql, params, many, context)

        with connection.execute_wrapper(watch):
            response = get_response(request)
        response[TOLD] = str(run)
        return response

    return answer
