"""What can be read of cooperatives. Every list on a screen starts here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from taawon.accounts import rules as team
from taawon.accounts.models import Person
from taawon.cooperatives import outcomes, rules, supervision
from taawon.cooperatives.models import Claim, Cooperative, Membership
from taawon.cooperatives.rules import Lack
from taawon.cooperatives.states import ClaimState, CooperativeStatus, Role, ShopState
from taawon.core.actor import Actor
from taawon.core.errors import NotFound
from taawon.core.languages import columns, said_by, spoken
from taawon.core.prepared import Prepared, PreparedModels

_ROW = (
    "pk",
    "slug",
    "region_id",
    "province_id",
    "commune_id",
    "sector_id",
    "status",
    "is_womens",
    "is_youth",
    "women",
    "men",
    "picture",
    "registered_on",
    "shop__state",
    "shop__paused_until",
    *columns("name"),
)


@dataclass(frozen=True, slots=True)
class DirectoryRow:
    """A cooperative as the directory shows it: flat, so that a page of them is one query."""

    id: int
    slug: str
    names: Mapping[str, str]
    region_code: str
    province_code: str
    commune_code: str
    sector_code: str
    status: str
    is_womens: bool
    is_youth: bool
    women: int
    men: int
    picture: str
    registered_on: date | None
    sells: bool
    paused: bool

    @property
    def name(self) -> str:
        return spoken(self.names, "name")

    @property
    def slug_id(self) -> str:
        return f"{self.slug}-{self.id}"

    @property
    def members(self) -> int:
        return self.women + self.men


@dataclass(frozen=True, slots=True)
class ShopOf:
    """A cooperative that a person speaks for, and in which role."""

    id: int
    slug: str
    names: Mapping[str, str]
    role: Role
    state: str  # of the shop; "" where there is none
    in_dispute: bool = False

    @property
    def name(self) -> str:
        return spoken(self.names, "name")


@dataclass(frozen=True, slots=True)
class Member:
    id: int  # of the membership
    person_id: int
    name: str
    phone: str
    role: Role
    since: datetime


_rows = Prepared(lambda *ids: Cooperative.objects.filter(pk__in=ids).values(*_ROW))


def directory_rows(ids: Iterable[int]) -> list[DirectoryRow]:
    """Cooperatives in the order of the ids; one query."""
    order = {pk: place for place, pk in enumerate(ids)}
    found = [_row(row) for row in _rows(*order)] if order else []
    return sorted(found, key=lambda row: order[row.id])


def page(cooperative_id: int) -> Cooperative | None:
    """A cooperative with its shop, commune and sector, and who speaks for it, in one query."""
    found = _page(cooperative_id)
    return found[0] if found else None


_there = Membership.objects.filter(cooperative=OuterRef("pk"), ended_at__isnull=True)
_page = PreparedModels(
    lambda pk: (
        Cooperative.objects.select_related("shop", "commune", "sector")
        .annotate(has_members=Exists(_there), has_known=Exists(_there.filter(confirmed=True)))
        .filter(pk=pk)
    )
)


def is_vouched_for(cooperative: Any) -> bool:
    """Whether the national team has decided, or confirmed, who speaks for it; after `page`."""
    return bool(cooperative.has_known) and cooperative.disputed_since is None


def speaks_by_code(cooperative: Any) -> bool:
    """Whether a code to the phone on record is all that lets somebody speak for it, and nobody
    else asks; after `page`."""
    alone = bool(cooperative.has_members) and not cooperative.has_known
    return alone and cooperative.disputed_since is None


def is_open(cooperative: Cooperative) -> bool:
    """Whether its products may be seen; no query after `page`."""
    shop = getattr(cooperative, "shop", None)
    return shop is not None and shop.state == ShopState.OPEN


def for_workspace(cooperative_id: int, *, by: Actor) -> Cooperative:
    """The cooperative, for whoever speaks for it. Raises NotFound, InDispute."""
    cooperative = page(cooperative_id)
    if cooperative is None or cooperative.merged_into_id is not None:
        raise NotFound
    rules.insist_on_selling(by, cooperative)
    return cooperative


def shops_of(person_id: int) -> list[ShopOf]:
    """The cooperatives that a person speaks for, the oldest membership first; one query."""
    return [
        ShopOf(
            id=row["cooperative_id"],
            slug=row["cooperative__slug"],
            names={name: row[f"cooperative__{name}"] for name in columns("name")},
            role=Role(row["role"]),
            state=row["cooperative__shop__state"] or "",
            in_dispute=row["cooperative__disputed_since"] is not None,
        )
        for row in _shops_of(person_id)
    ]


_shops_of = Prepared(
    lambda person_id: (
        Membership.objects.filter(person_id=person_id, ended_at__isnull=True)
        .order_by("pk")
        .values(
            "cooperative_id",
            "cooperative__slug",
            "cooperative__disputed_since",
            "cooperative__shop__state",
            "role",
            *(f"cooperative__{name}" for name in columns("name")),
        )
    )
)


def members(cooperative_id: int) -> list[Member]:
    """Presidents, then managers, then sellers; one query. The caller has asked may_sell."""
    found = Membership.objects.filter(
        cooperative_id=cooperative_id, ended_at__isnull=True
    ).select_related("person")
    listed = [
        Member(
            id=one.pk,
            person_id=one.person_id,
            name=one.person.name,
            phone=one.person.phone or "",
            role=Role(one.role),
            since=one.since,
        )
        for one in found
    ]
    return sorted(listed, key=lambda one: (list(Role).index(one.role), one.id))


def claims_of(person_id: int) -> QuerySet[Claim]:
    """What became of a person's claims, newest first: `outcomes.of` tells."""
    mine = outcomes.with_speaks(Claim.objects.filter(person_id=person_id))
    return mine.select_related("cooperative").order_by("-pk")


def claim_behind(cooperative_id: int, person_id: int) -> Claim | None:
    """The last approved claim by which a member came in; None for who was brought in by others."""
    theirs = Claim.objects.filter(cooperative_id=cooperative_id, person_id=person_id)
    approved = theirs.filter(state=ClaimState.APPROVED).prefetch_related("papers")
    return approved.order_by("-pk").first()


def claims_waiting(*, by: Actor, region_code: str | None = None) -> QuerySet[Claim]:
    """Claims to decide, in the order of `supervision.claims`, with `paper_count`; an agent sees
    their own region alone."""
    person = Person.objects.filter(pk=by.person_id or 0).first()
    if person is None or not team.is_agent(person):
        return Claim.objects.none()
    waiting = Claim.objects.filter(state=ClaimState.PENDING)
    if region := team.agent_region(person):
        waiting = waiting.filter(cooperative__region_id=region)
    if region_code:
        waiting = waiting.filter(cooperative__region_id=region_code)
    counted = waiting.select_related("cooperative", "person").annotate(paper_count=Count("papers"))
    return supervision.most_urgent(counted)


def claim(claim_id: int, *, by: Actor) -> Claim:
    """A claim with its papers, for its person and for whoever decides. Raises NotFound."""
    found = (
        outcomes.with_speaks(Claim.objects.filter(pk=claim_id))
        .select_related("cooperative__commune", "person")
        .prefetch_related("papers")
        .first()
    )
    if found is None or not rules.may_read_paper(by, found):
        raise NotFound
    return found


def missing_to_sell(cooperative: Cooperative) -> list[Lack]:
    """What its shop still lacks, the most important first; no query after `page`."""
    shop = getattr(cooperative, "shop", None)
    if cooperative.status != CooperativeStatus.ACTIVE:
        return [Lack("status", _("The cooperative is not active on the register."))]
    if shop is None:
        return [Lack("approval", _("The national team has not approved the shop yet."))]
    lacks = {
        Lack("suspended", _("The national team has suspended the shop.")): (
            shop.state == ShopState.SUSPENDED
        ),
        Lack("paused", _("The shop is paused.")): shop.is_paused,
        Lack("phone", _("Add a public phone number.")): not cooperative.phone,
        Lack("about", _("Say in a few words who you are.")): not said_by(cooperative, "about"),
        Lack("pickup", _("Say where customers can collect their orders.")): (
            shop.offers_pickup and not shop.pickup_place
        ),
        Lack("food", _("Add your food authorisation before you sell food.")): (
            not rules.may_process_food(cooperative)
        ),
    }
    return [lack for lack, is_lacking in lacks.items() if is_lacking]


def _row(row: Mapping[str, Any]) -> DirectoryRow:
    until = row["shop__paused_until"]
    return DirectoryRow(
        id=row["pk"],
        slug=row["slug"],
        names={name: row[name] for name in columns("name")},
        region_code=row["region_id"],
        province_code=row["province_id"],
        commune_code=row["commune_id"] or "",
        sector_code=row["sector_id"],
        status=row["status"],
        is_womens=row["is_womens"],
        is_youth=row["is_youth"],
        women=row["women"],
        men=row["men"],
        picture=row["picture"],
        registered_on=row["registered_on"],
        sells=row["shop__state"] == ShopState.OPEN,
        paused=until is not None and until >= timezone.localdate(),
    )
