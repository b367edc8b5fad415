"""The page of one cooperative: who, where, what, since when, and who says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from taawon.catalogue import queries as products
from taawon.catalogue import shelves
from taawon.cooperatives import branches, history, pairs, queries
from taawon.cooperatives.history import Said
from taawon.cooperatives.models import Cooperative, Revision
from taawon.core.languages import columns, current, said_by
from taawon.places import reference, towns
from taawon.places.queries import provinces, regions
from taawon.web import numbers
from taawon.web.market import cards, origins
from taawon.web.market import map as maps

SHELF = 48
# Of the small map: so many units of the large one are one of its own.
GRID = 5
_DIRECTIONS = {"ar": "rtl"}


@dataclass(frozen=True, slots=True)
class Named:
    """The name in another language."""

    language: str
    direction: str
    name: str


@dataclass(frozen=True, slots=True)
class SmallMap:
    """The outline of the country, with a point in the middle of the province."""

    paths: Sequence[str]
    here: str
    x: int
    y: int
    width: int = maps.WIDTH // GRID
    height: int = maps.HEIGHT // GRID + 1


@dataclass(frozen=True, slots=True)
class CooperativePage:
    cooperative: Cooperative
    products: list[cards.Shown]
    revisions: list[Revision]

    @property
    def slug_id(self) -> str:
        return f"{self.cooperative.slug}-{self.cooperative.pk}"

    @property
    def name(self) -> str:
        return said_by(self.cooperative, "name")

    @property
    def other_names(self) -> list[Named]:
        held = {
            column.rpartition("_")[2]: getattr(self.cooperative, column)
            for column in columns("name")
        }
        return [
            Named(language, _DIRECTIONS.get(language, "ltr"), name)
            for language, name in held.items()
            if name and name != self.name
        ]

    @property
    def about(self) -> str:
        return said_by(self.cooperative, "about")

    @property
    def purpose(self) -> str:
        return said_by(self.cooperative, "purpose")

    @property
    def sector(self) -> str:
        found = branches.sectors().get(self.cooperative.sector_id)
        return found.name if found else ""

    @property
    def category(self) -> Any:
        """The category that the field lies in, with `code` and `name`; None for a field alone."""
        found = branches.sectors().get(self.cooperative.sector_id)
        return branches.sectors().get(found.parent) if found else None

    @property
    def province(self) -> str:
        found = provinces().get(self.cooperative.province_id)
        return found.name if found else ""

    @property
    def region(self) -> str:
        found = regions().get(self.cooperative.region_id)
        return found.name if found else ""

    @property
    def shop(self) -> Any:
        return getattr(self.cooperative, "shop", None)

    @property
    def is_vouched_for(self) -> bool:
        """Whether the national team knows who speaks for it."""
        return self.shop is not None and queries.is_vouched_for(self.cooperative)

    @property
    def speaks_by_code(self) -> bool:
        return queries.speaks_by_code(self.cooperative)

    @property
    def labels(self) -> list[str]:
        """Of its products that can be seen, the most important first."""
        if not queries.is_open(self.cooperative):
            return []
        codes = self.cooperative.label_codes
        return [label.name for code, label in shelves.labels().items() if code in codes]

    @property
    def members(self) -> int:
        return self.cooperative.women + self.cooperative.men

    @property
    def members_said(self) -> str:
        """ "12 women, 3 men"; who is not there is not counted."""
        women, men = self.cooperative.women, self.cooperative.men
        said = []
        if women:
            words = {"women": numbers.grouped(women, current())}
            said.append(ngettext("%(women)s woman", "%(women)s women", women) % words)
        if men:
            words = {"men": numbers.grouped(men, current())}
            said.append(ngettext("%(men)s man", "%(men)s men", men) % words)
        return _(", ").join(said)

    @property
    def court(self) -> str:
        """Where the register is kept, in the reader's language if the town is known."""
        return towns.name_of(self.cooperative.court)

    @property
    def women_share(self) -> int:
        """Out of 100; only where there are members."""
        return round(100 * self.cooperative.women / self.members) if self.members else 0

    @property
    def map(self) -> SmallMap | None:
        middles = {row.code: row.label for row in reference.provinces()}
        middle = middles.get(self.cooperative.province_id)
        if middle is None:
            return None
        outlines = maps.outlines(GRID)
        x, y = maps.point(*middle)
        return SmallMap(
            paths=[path for code, path in outlines.items() if code != self.cooperative.region_id],
            here=outlines.get(self.cooperative.region_id, ""),
            x=round(x / GRID),
            y=round(y / GRID),
        )

    @property
    def said(self) -> dict[str, Said]:
        return history.said_in(self.revisions)

    @property
    def source(self) -> origins.SourceLine | None:
        """Who says what the entry is: of its number, which no entry lacks."""
        number = self.said.get("registration_number")
        return origins.line("registration_number", number) if number else None

    @property
    def sources(self) -> list[origins.SourceLine]:
        return origins.sources(self.said)

    @property
    def steps(self) -> list[origins.Step]:
        return origins.steps(self.revisions)

    @property
    def short_url(self) -> str:
        """Leads here whatever becomes of the name: for print and QR."""
        return f"{settings.SITE_URL}{reverse('cooperative-short', args=[self.cooperative.pk])}"

    @property
    def json_ld(self) -> dict[str, Any]:
        one = self.cooperative
        place = {
            "@type": "PostalAddress",
            "streetAddress": one.address,
            "addressRegion": self.region,
            "addressLocality": said_by(one.commune, "name") if one.commune else self.province,
            "addressCountry": "MA",
        }
        facts = {
            "@context": "https://schema.org",
            "@type": "Organization",
            "name": self.name,
            "alternateName": [other.name for other in self.other_names],
            "description": self.about or self.purpose,
            "url": f"{settings.SITE_URL}{reverse('market:cooperative', args=[self.slug_id])}",
            "sameAs": self.short_url,
            "identifier": {
                "@type": "PropertyValue",
                "propertyID": str(one.get_registration_kind_display()),
                "value": one.registration_number,
            },
            "foundingDate": one.registered_on.isoformat() if one.registered_on else "",
            "address": {name: text for name, text in place.items() if text},
            "areaServed": {"@type": "AdministrativeArea", "name": self.region},
            "knowsAbout": self.sector,
            "telephone": one.phone,
        }
        return {name: fact for name, fact in facts.items() if fact}

    @property
    def place(self) -> str:
        commune = said_by(self.cooperative.commune, "name") if self.cooperative.commune else ""
        return _(", ").join(dict.fromkeys(filter(None, (commune, self.province, self.region))))


def of(cooperative_id: int) -> CooperativePage | None:
    """Three queries; the places and fields of activity are in memory."""
    found = queries.page(cooperative_id)
    if found is None:
        return None
    mine = products.newest_cards(SHELF, cooperative_id=cooperative_id)
    return CooperativePage(
        cooperative=found,
        products=cards.shown(mine),
        revisions=history.revisions(cooperative_id),
    )


def slug_id(cooperative_id: int) -> str | None:
    """What stands in the address of an entry, or of the one that it was merged into."""
    found = queries.page(cooperative_id)
    if found is None:
        return None
    kept = pairs.kept(found)
    return kept.slug_id if kept else f"{found.slug}-{found.pk}"
