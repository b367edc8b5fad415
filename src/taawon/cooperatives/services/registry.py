"""The register itself: new entries, by the national team."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from taawon.cooperatives import history, rules, shown
from taawon.cooperatives.errors import AlreadyRegistered
from taawon.cooperatives.events import CooperativeAdded
from taawon.cooperatives.models import Cooperative, Sector
from taawon.cooperatives.states import RegistrationKind, Source
from taawon.core import phone as phones
from taawon.core import written
from taawon.core.actor import Actor
from taawon.core.errors import Invalid, Missing, NotAllowed, NotFound
from taawon.core.text import slug
from taawon.journal.record import record
from taawon.places.models import Commune, Province


@transaction.atomic
def add(
    *,
    names: Mapping[str, str],
    registration_number: str,
    registration_kind: str = RegistrationKind.REGISTER,
    court: str = "",
    sector_code: str,
    province_code: str,
    commune_code: str = "",
    registered_on: date | None = None,
    phone: str = "",
    address: str = "",
    is_womens: bool = False,
    women: int = 0,
    men: int = 0,
    by: Actor,
) -> Cooperative:
    """A new entry of the directory, named in French or Arabic; its region is the province's.

    Raises NotFound, NotAllowed, Missing, Invalid, AlreadyRegistered.
    """
    if not rules.in_the_team(by):
        raise NotFound
    province = Province.objects.filter(pk=province_code).first()
    if province is None:
        raise Invalid(field="province_code")
    if not rules.may_supervise_region(by, province.region_id):
        raise NotAllowed
    called = written.by_language(names, field="name", most=200)
    if not (called.get("name_fr") or called.get("name_ar")):
        raise Missing(field="name")
    number = written.line(registration_number, field="registration_number", most=40)
    if registration_kind not in RegistrationKind.values:
        raise Invalid(field="registration_kind")
    if registered_on is not None and registered_on > timezone.localdate():
        raise Invalid(field="registered_on")
    entry = Cooperative(
        **called,
        slug=slug(*(called.get(f"name_{code}", "") for code in ("fr", "en", "ar", "zgh"))),
        registration_number=number,
        registration_kind=registration_kind,
        court=written.line(court, field="court", most=120, needed=False),
        registered_on=registered_on,
        sector_id=_sector(sector_code),
        region_id=province.region_id,
        province=province,
        commune_id=_commune(commune_code, province.pk),
        phone=phones.normalise(phone) if phone.strip() else "",
        address=written.line(address, field="address", most=300, needed=False),
        is_womens=is_womens,
        women=written.whole(women, field="women", least=0, most=1_000_000),
        men=written.whole(men, field="men", least=0, most=1_000_000),
    )
    try:
        with transaction.atomic():
            entry.save()
    except IntegrityError:  # one_entry_a_registration, also when two agents add it at once
        raise AlreadyRegistered from None
    history.begin(entry, source=Source.TEAM, by=by)
    record(CooperativeAdded(cooperative_id=entry.pk), by=by)
    shown.changed(entry.pk)
    return entry


def _sector(code: str) -> str:
    if not Sector.objects.filter(pk=code, fields__isnull=True).exists():
        raise Invalid(field="sector_code")
    return code


def _commune(code: str, province_code: str) -> str | None:
    if not code:
        return None
    if not Commune.objects.filter(pk=code, province_id=province_code).exists():
        raise Invalid(field="commune_code")
    return code
