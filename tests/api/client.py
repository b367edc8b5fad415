"""A program that talks to the API: JSON in, JSON out, without cookies."""

from __future__ import annotations

import json
from typing import Any

from django.test import Client

ROOT = "/api/v1/"
WISH: dict[str, Any] = {
    "name": "Amina Alaoui",
    "phone": "0661234567",
    "region": "MA-06",
    "town": "Casablanca",
    "address": "Près de la poste",
    "payment": "cod",
}


class Api:
    def __init__(self, key: str | None = None) -> None:
        self.client = Client(raise_request_exception=False)
        self.headers = {"Authorization": f"Bearer {key}"} if key else {}

    def get(self, path: str, **headers: str) -> Any:
        return self._checked(self.client.get(ROOT + path, headers=self._with(headers)))

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """`body` as JSON, or as it is when it is bytes."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self._checked(
            self.client.generic(
                method,
                ROOT + path,
                raw if body is not None else b"",
                content_type="application/json",
                headers=self._with(headers),
            )
        )

    def basket(self, *lines: tuple[Any, int]) -> str:
        """The token of a new basket with (product, packs)."""
        token: str = self.send("POST", "baskets").json()["token"]
        for product, packs in lines:
            assert self.put(token, product, packs).status_code == 200
        return token

    def put(self, token: str, product: Any, quantity: Any) -> Any:
        return self.send("PUT", f"baskets/{token}/lines/{product.pk}", {"quantity": quantity})

    def order(self, token: str, key: str = "k", **changes: Any) -> Any:
        wish = {**WISH, **changes}
        return self.send("POST", f"baskets/{token}/checkout", wish, idempotency_key=key)

    def _with(self, headers: dict[str, str]) -> dict[str, str]:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return {**self.headers, **named}

    def _checked(self, response: Any) -> Any:
        """No answer sets a cookie; every error is a problem of one shape."""
        assert dict(response.cookies) == {}
        if response.status_code < 400:
            assert response["Content-Type"] == "application/json; charset=utf-8"
            return response
        assert response["Content-Type"] == "application/problem+json"
        said = response.json()
        assert said["status"] == response.status_code
        assert {"type", "title", "status", "code", "detail", "errors"} <= set(said)
        return response


def fields(response: Any) -> list[tuple[str, str]]:
    """The fields that a problem names, with their codes."""
    return [(error["field"], error["code"]) for error in response.json()["errors"]]


def ids(response: Any) -> list[int]:
    """What a list holds, in its order."""
    return [row["id"] for row in response.json()["results"]]
