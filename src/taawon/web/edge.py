"""Where a request becomes an actor, and a basket is found."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from taawon.accounts.models import Person
from taawon.core.actor import Actor, Channel
from taawon.core.errors import NotAllowed
from taawon.orders import queries
from taawon.orders.models import Basket
from taawon.orders.services import baskets

BASKET_COOKIE = "basket"
BASKET_COOKIE_AGE = 180 * 24 * 3600
ON_BEHALF = "for_cooperative"
P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def person(request: HttpRequest) -> Person | None:
    """Who is logged in; without a session cookie nobody, and no query."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    return request.user if request.user.is_authenticated else None


def me(request: HttpRequest) -> Person:
    """The person, in a view behind `login_needed`."""
    who = person(request)
    if who is None:
        raise NotAllowed
    return who


def actor(request: HttpRequest) -> Actor:
    """The person by the web; a member of the national team may act for a cooperative."""
    who = person(request)
    if who is None:
        return Actor(person_id=None, channel=Channel.WEB)
    acting_for = request.session.get(ON_BEHALF) if who.staff_role else None
    return Actor(person_id=who.pk, channel=Channel.WEB, for_cooperative=acting_for)


def address(request: HttpRequest) -> str:
    """The network address of the client; behind a proxy, the one that the proxy saw."""
    if settings.BEHIND_PROXY:
        return str(request.headers.get("X-Forwarded-For", "")).split(",")[-1].strip()[:45]
    return str(request.META.get("REMOTE_ADDR", ""))[:45]


def basket_of(request: HttpRequest) -> Basket | None:
    """The basket of the person, or of the guest's cookie; None where there is none yet."""
    if (who := person(request)) is not None:
        return queries.basket_of(who.pk)
    return queries.basket_by_token(request.COOKIES.get(BASKET_COOKIE, ""))


def open_basket(request: HttpRequest) -> Basket:
    return basket_of(request) or baskets.open_basket(by=actor(request))


def keep_basket(request: HttpRequest, response: HttpResponse, basket: Basket) -> HttpResponse:
    """A guest's basket is kept in a cookie; a person's with the person."""
    if basket.person_id is None:
        response.set_cookie(
            BASKET_COOKIE,
            basket.token,
            max_age=BASKET_COOKIE_AGE,
            secure=settings.HTTPS,
            httponly=True,
            samesite="Lax",
        )
    return response


def same_origin(request: HttpRequest) -> bool:
    """For the one form without a token: the browser says that it comes from our own page."""
    if (site := request.headers.get("Sec-Fetch-Site")) is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin", "")
    return origin == f"{request.scheme}://{request.get_host()}"


def login_needed(view: View[P]) -> View[P]:
    """Send who is not logged in to the login page, and back afterwards."""

    @wraps(view)
    def ask(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if person(request) is None:
            here = request.get_full_path() if request.method == "GET" else ""
            return redirect(reverse("accounts:login", query={"next": here} if here else None))
        return view(request, *args, **kwargs)

    return ask


def cacheable(view: View[P]) -> View[P]:
    """For anonymous visitors without any cookie the page may be kept for some seconds."""

    @wraps(view)
    def mark(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.may_be_kept = True  # type: ignore[attr-defined]  # read by web.pagecache
        return response

    return mark
