"""Partners' keys. Nobody needs one to read or to buy; one that is sent must be right."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from ninja.security.base import AuthBase

from taawon.accounts.errors import WrongKey
from taawon.accounts.services import apikeys

READ = "catalogue:read"
BULK = "catalogue:bulk"
BUY = "orders:write"
FOLLOW = "orders:read"
SCOPES = {
    READ: "Read products, cooperatives, regions and categories.",
    BULK: "Read lists with up to 200 lines a page.",
    BUY: "Fill baskets and order.",
    FOLLOW: "Look orders up by code and phone.",
}


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls: a partner's key, or anybody. `words` is the key as it was sent."""

    key_id: int | None = None
    words: str = ""


ANYBODY = Caller()


class PartnerKey(AuthBase):
    """`Authorization: Bearer taw_…`. Raises WrongKey, ScopeMissing."""

    openapi_type = "http"
    openapi_scheme = "bearer"

    def __init__(self, scope: str) -> None:
        self.scope = scope
        super().__init__()

    def __call__(self, request: HttpRequest) -> Caller:
        header = request.headers.get("Authorization")
        if header is None:
            return ANYBODY
        scheme, _, words = header.partition(" ")
        if scheme.lower() != "bearer":
            raise WrongKey
        row = apikeys.check(words.strip(), self.scope)
        return Caller(key_id=row.pk, words=words.strip())


def insist(caller: Caller, scope: str) -> None:
    """For what only some keys may do. Raises WrongKey, ScopeMissing."""
    apikeys.check(caller.words, scope)
