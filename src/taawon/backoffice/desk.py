"""Who sits at the desk of the national team, what they may open, and the frame of every page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from django.conf import settings
from django.contrib import auth, messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from taawon.accounts import rules as team
from taawon.accounts.models import Person
from taawon.backoffice.counts import counts
from taawon.backoffice.menu import menu
from taawon.cooperatives.queries import directory_rows
from taawon.core.actor import Actor, Channel
from taawon.core.errors import NotAllowed, NotFound, Refused
from taawon.places.queries import regions
from taawon.web.edge import ON_BEHALF, person

PER_PAGE = 50
# A login opens the desk for half an hour, and the desk then stays open for a day's work.
ENTER_WITHIN = timedelta(minutes=30)
OPEN_FOR = timedelta(hours=12)
SINCE = "desk_since"
P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Desk:
    """A member of the national team at work; `region` holds an agent to it, None is the country."""

    person: Person
    actor: Actor
    region: str | None

    @property
    def is_agent(self) -> bool:
        return team.is_agent(self.person)

    @property
    def edits(self) -> bool:
        return team.may_edit_content(self.person)

    @property
    def administrates(self) -> bool:
        return team.may_manage_people(self.person)

    def looks_after(self, region_code: str) -> bool:
        return team.is_agent_for(self.person, region_code)

    def insist(self, region_code: str) -> None:
        """Raises NotFound for what another region's agent looks after."""
        if self.region not in (None, region_code):
            raise NotFound

    def where(self, request: HttpRequest) -> str | None:
        """The region of a list: the agent's own, else the one that the address asks for."""
        asked = request.GET.get("region", "")
        return self.region or (asked if asked in regions() else None)


DeskView = Callable[Concatenate[HttpRequest, Desk, P], HttpResponseBase]


def at_desk(
    may: Callable[[Person], bool] = team.is_staff,
) -> Callable[[DeskView[P]], Callable[..., HttpResponse]]:
    """Give the view its desk. Nobody: the login page; others: 404; the wrong role: refused."""

    def wrap(view: DeskView[P]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def sit_down(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            who = person(request)
            if who is None:
                return _to_login(request)
            if not team.is_staff(who):
                raise NotFound
            speak(request, who.language)
            if not _is_fresh(request, who):
                auth.logout(request)
                messages.info(request, _("Log in again to open the pages of the national team."))
                return _to_login(request)
            if not may(who):
                raise NotAllowed
            desk = Desk(who, Actor(who.pk, Channel.STAFF), team.agent_region(who))
            return cast(HttpResponse, view(request, desk, *args, **kwargs))

        return sit_down

    return wrap


def speak(request: HttpRequest, language: str) -> None:
    """These pages stand outside of the addresses with a language: they speak the person's own."""
    translation.activate(language)
    request.LANGUAGE_CODE = language


def _to_login(request: HttpRequest) -> HttpResponse:
    here = request.get_full_path() if request.method == "GET" else reverse("backoffice:home")
    return redirect(reverse("accounts:login", query={"next": here}))


def _is_fresh(request: HttpRequest, who: Person) -> bool:
    """Whether this session logged in for the desk not long ago."""
    now = timezone.now()
    if since := request.session.get(SINCE):
        return now - datetime.fromisoformat(since) < OPEN_FOR
    if who.last_login is None or now - who.last_login > ENTER_WITHIN:
        return False
    request.session[SINCE] = now.isoformat()
    return True


def show(
    request: HttpRequest,
    desk: Desk,
    template: str,
    here: str,
    *,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """A page of the desk; `here` is its place in the menu."""
    numbers = context.pop("numbers", None) or counts(desk.person, desk.region)
    acting = directory_rows([request.session[ON_BEHALF]]) if ON_BEHALF in request.session else []
    frame = {
        "desk": desk,
        "desk_nav": menu(desk.person, here, numbers),
        "here": here,
        "tab": "account",
        "acting": acting[0] if acting else None,
        "own_languages": settings.LANGUAGES,
        "desk_title": place(desk.region) if desk.region else _("National team"),
    }
    return render(request, f"backoffice/{template}.html", {**frame, **context}, status=status)


def done(
    request: HttpRequest, call: Callable[[], T], said: str | Promise | Callable[[T], str]
) -> bool:
    """For buttons without fields: do it and say so, or say why not.

    What is said may depend on what the service answers.
    """
    try:
        answer = call()
    except NotFound:
        raise
    except Refused as refusal:
        if type(refusal) is NotAllowed:
            raise
        messages.warning(request, str(refusal))
        return False
    messages.success(request, str(said(answer) if callable(said) else said))
    return True


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: nothing before it is sent."""
    return request.POST if request.method == "POST" else None


class Counted(Paginator[Any]):
    """Pages of a list whose length is known already."""

    def __init__(self, rows: Any, count: int, per_page: int = PER_PAGE) -> None:
        super().__init__(rows, per_page)
        self.__dict__["count"] = count


def page_of(request: HttpRequest, rows: Any, count: int | None = None) -> Page[Any]:
    """The page that the address asks for, of a query or of a list whose length is given."""
    length = rows.count() if count is None else count
    return Counted(rows, length).get_page(request.GET.get("page"))


def one_of(request: HttpRequest, name: str, choices: Sequence[str]) -> str:
    """What the address asks for among the choices, the first one unless it is one of them."""
    asked = request.GET.get(name, "")
    return asked if asked in choices else choices[0]


def region_choices(desk: Desk) -> list[tuple[str, str]]:
    """For a filter; none for an agent who is held to one region."""
    return [] if desk.region else [(code, place.name) for code, place in regions().items()]


def place(code: str) -> str:
    found = regions().get(code)
    return found.name if found else code
