"""Whose workspace it is: the person's own shop, one of several, or one looked after by the team."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from taawon.cooperatives import queries
from taawon.cooperatives.queries import ShopOf
from taawon.cooperatives.states import Role
from taawon.core.actor import Actor
from taawon.core.errors import NotAllowed, NotFound, Refused
from taawon.core.languages import said_by
from taawon.web.edge import ON_BEHALF, actor, login_needed
from taawon.web.seller.paper_forms import PapersForm

CHOSEN = "shop"
PER_PAGE = 20
P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Desk:
    """One shop, and who stands behind its counter."""

    actor: Actor
    id: int  # of the cooperative
    slug: str
    name: str
    role: Role
    others: tuple[ShopOf, ...] = ()
    # Two people ask for it: nothing opens until the national team has decided.
    in_dispute: bool = False

    @property
    def on_behalf(self) -> bool:
        return self.actor.for_cooperative is not None

    @property
    def manages(self) -> bool:
        return self.role in (Role.PRESIDENT, Role.MANAGER)

    @property
    def presides(self) -> bool:
        return self.role is Role.PRESIDENT

    @property
    def slug_id(self) -> str:
        return f"{self.slug}-{self.id}"


DeskView = Callable[Concatenate[HttpRequest, Desk, P], HttpResponseBase]


def at_desk(view: DeskView[P]) -> Callable[..., HttpResponse]:
    """Give the view the desk; who belongs to no shop is shown how to open one, and who has one in
    dispute why it does not open."""

    @wraps(view)
    def open_desk(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        desk = desk_of(request)
        if desk is None:
            return redirect("seller:open")
        if desk.in_dispute:
            claim = queries.claim_behind(desk.id, cast(int, desk.actor.person_id))
            form = PapersForm() if claim else None
            facts: dict[str, Any] = {"claim": claim, "papers_form": form}
            return show(request, desk, "dispute", "home", status=409, **facts)
        return cast(HttpResponse, view(request, desk, *args, **kwargs))

    return login_needed(cast(Any, open_desk))


def desk_of(request: HttpRequest) -> Desk | None:
    """The desk of whoever is logged in; None for who belongs to no shop."""
    who = actor(request)
    if who.for_cooperative is not None:
        if (theirs := _on_behalf(who, who.for_cooperative)) is not None:
            return theirs
        # The right was withdrawn meanwhile: on with the person's own shop.
        request.session.pop(ON_BEHALF, None)
        who = replace(who, for_cooperative=None)
    shops = queries.shops_of(cast(int, who.person_id))
    if not shops:
        return None
    chosen = request.session.get(CHOSEN)
    shop = next((shop for shop in shops if shop.id == chosen), shops[0])
    return Desk(
        actor=who,
        id=shop.id,
        slug=shop.slug,
        name=shop.name,
        role=shop.role,
        others=tuple(other for other in shops if other.id != shop.id),
        in_dispute=shop.in_dispute,
    )


def _on_behalf(who: Actor, cooperative_id: int) -> Desk | None:
    try:
        coop = queries.for_workspace(cooperative_id, by=who)
    except NotFound:
        return None
    return Desk(
        actor=who, id=coop.pk, slug=coop.slug, name=said_by(coop, "name"), role=Role.PRESIDENT
    )


def show(
    request: HttpRequest,
    desk: Desk,
    template: str,
    here: str,
    *,
    status: int = 200,
    waiting: int = 0,
    **context: Any,
) -> HttpResponse:
    """A page of the workspace; `here`: its part of the menu; `waiting`: orders to accept."""
    frame = {
        "desk": desk,
        "desk_nav": menu(here, waiting),
        "here": here,
        "waiting": waiting,
        "tab": "account",
    }
    return render(request, f"seller/{template}.html", {**frame, **context}, status=status)


_MENU: tuple[tuple[str, str, Promise], ...] = (
    ("home", "list-todo", _("To do")),
    ("orders", "package", _("Orders")),
    ("products", "tag", _("Products")),
    ("voices", "message-circle", _("Reviews and questions")),
    ("shop", "store", _("Shop")),
    ("members", "users", _("Members")),
    ("downloads", "download", _("Downloads")),
    ("activity", "history", _("Activity")),
)


def menu(here: str, waiting: int) -> list[dict[str, Any]]:
    return [
        {
            "label": label,
            "url": reverse(f"seller:{name}"),
            "icon": icon,
            "current": name == here,
            "count": waiting if name == "orders" else 0,
        }
        for name, icon, label in _MENU
    ]


def done(request: HttpRequest, call: Callable[[], T], said: str | Promise) -> bool:
    """For buttons without fields: do it and say so, or say why not."""
    try:
        call()
    except NotFound:
        raise
    except Refused as refusal:
        if type(refusal) is NotAllowed:
            raise
        messages.warning(request, str(refusal))
        return False
    messages.success(request, str(said))
    return True


class Counted(Paginator[Any]):
    """Pages of a list whose length is known already."""

    def __init__(self, rows: Any, count: int, per_page: int = PER_PAGE) -> None:
        super().__init__(rows, per_page)
        self.__dict__["count"] = count


def page_of(request: HttpRequest, rows: Any, count: int, per_page: int = PER_PAGE) -> Page[Any]:
    return Counted(rows, count, per_page).get_page(request.GET.get("page"))
