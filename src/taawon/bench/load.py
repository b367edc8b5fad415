"""Puts the rows of a measurement into an empty database, as fast as it takes them."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Sequence
from datetime import timedelta
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from taawon.accounts.models import Person
from taawon.bench import rows
from taawon.bench.rows import Size
from taawon.catalogue.models import Category, Label, Picture, Product, SelectedProduct, Selection
from taawon.cooperatives.models import Cooperative, Sector, Shop
from taawon.demo import texts
from taawon.orders.models import Basket, BasketLine
from taawon.places import reference
from taawon.places.models import Commune, Province, Region
from taawon.shipping.models import Rate, Zone

PRODUCT = (
    "id cooperative_id number category_id name name_fr name_ar slug description description_fr"
    " description_ar price_centimes content unit weight_grams on_hand state label_codes cover"
    " rating_sum rating_count published_at changed_at"
)
COOPERATIVE = (
    "id name name_fr name_ar slug registration_number registration_kind registered_on sector_id"
    " region_id province_id commune_id is_womens is_youth women men capital_centimes phone status"
    " court purpose purpose_fr purpose_ar label_codes"
)
NAMED = "name name_fr name_ar"
BATCH = 5_000


class NotEmpty(Exception):
    """The database holds something: a measurement loads into none but an empty one."""


def insist_on_empty() -> None:
    """Raises NotEmpty."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
    if tables:
        raise NotEmpty(f"The database holds tables already ({min(tables)}): it is left alone.")


@transaction.atomic
def market(size: Size) -> None:
    """Places, shelves, the register, the first shops with their products."""
    _reference()
    _register(size)
    _shops(1, size.shops)
    _selections()


@transaction.atomic
def more_shops(before: Size, size: Size) -> None:
    _shops(before.shops + 1, size.shops)
    new = Cooperative.objects.filter(pk__gt=before.shops, pk__lte=size.shops)
    new.update(label_codes=list(rows.LABELS))


@transaction.atomic
def persons() -> list[str]:
    """A few hundred who are logged in; the keys of their sessions."""
    Person.objects.bulk_create(
        Person(phone=f"+2126{n:08d}", name=f"Amina {n}") for n in range(1, rows.PERSONS + 1)
    )
    store = import_module(settings.SESSION_ENGINE).SessionStore
    expires = timezone.now() + timedelta(days=1)
    made = []
    for person in Person.objects.order_by("pk"):
        login = {
            "_auth_user_id": str(person.pk),
            "_auth_user_backend": settings.AUTHENTICATION_BACKENDS[0],
            "_auth_user_hash": person.get_session_auth_hash(),
        }
        data = store().encode(login)
        made.append(
            Session(session_key=secrets.token_hex(16), session_data=data, expire_date=expires)
        )
    Session.objects.bulk_create(made)
    return [session.session_key for session in made]


@transaction.atomic
def baskets(count: int, size: Size, *, for_persons: bool = False) -> list[str]:
    """Full baskets of three lines, of guests or one each of persons; their tokens."""
    people = list(Person.objects.order_by("pk").values_list("pk", flat=True)) if for_persons else []
    first = (Basket.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    tokens = [secrets.token_urlsafe(24) for _ in range(len(people) if for_persons else count)]
    fill(
        Basket,
        "id token person_id",
        ((first + n, token, people[n] if people else None) for n, token in enumerate(tokens)),
    )
    prices = dict(Product.objects.values_list("pk", "price_centimes"))
    lines = (
        (first + n, product, packs, prices[product])
        for n in range(len(tokens))
        for product, packs in rows.lines_of(first + n, size.shops)
    )
    fill(BasketLine, "basket_id product_id quantity seen_price_centimes", lines)
    _count_on(Basket)
    return tokens


def settle() -> None:
    """What a database does by itself after some hours: look at its tables."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def fill(model: type[Model], columns: str, found: Iterable[Sequence[Any]]) -> None:
    """Rows of these columns; every other column takes the default of its field."""
    names = columns.split()
    fields = [field for field in model._meta.concrete_fields if field.attname not in names]
    if model._meta.pk.attname not in names:
        fields.remove(model._meta.pk)
    rest = [field.get_db_prep_save(field.get_default(), connection=connection) for field in fields]
    given = {field.attname: field.column for field in model._meta.concrete_fields}
    order = [str(given[name]) for name in names] + [str(field.column) for field in fields]
    whole = ((*row, *rest) for row in found)
    if connection.vendor == "postgresql":
        _copy(model._meta.db_table, order, whole)
    else:
        _insert(model._meta.db_table, order, whole)


def _copy(table: str, columns: Sequence[str], found: Iterable[Sequence[Any]]) -> None:
    quoted = ", ".join(connection.ops.quote_name(name) for name in columns)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({quoted}) FROM STDIN") as copy:
        for row in found:
            copy.write_row([_written(value) for value in row])


def _insert(table: str, columns: Sequence[str], found: Iterable[Sequence[Any]]) -> None:
    quoted = ", ".join(connection.ops.quote_name(name) for name in columns)
    signs = ", ".join(["%s"] * len(columns))
    # The driver takes an iterator; the types of its wrapper do not know that.
    written: Any = ([_written(value) for value in row] for row in found)
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({quoted}) VALUES ({signs})", written)


def _written(value: Any) -> Any:
    """As both databases take it: JSON and moments as text."""
    if isinstance(value, str | int | None):
        return value
    if hasattr(value, "tzinfo") and connection.vendor != "postgresql":
        return connection.ops.adapt_datetimefield_value(value)
    return json.dumps(value.obj) if hasattr(value, "obj") else value


def _count_on(*models: type[Model]) -> None:
    """The next key comes after those that were given."""
    statements = connection.ops.sequence_reset_sql(no_style(), models)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _reference() -> None:
    fill(
        Region,
        f"code {NAMED} seat seat_fr seat_ar population",
        (
            (one.code, one.name_fr, one.name_fr, one.name_ar)
            + (one.seat_fr, one.seat_fr, one.seat_ar, one.population)
            for one in reference.regions()
        ),
    )
    fill(
        Province,
        f"code {NAMED} region_id kind aliases",
        (
            (one.code, one.name_fr, one.name_fr, one.name_ar)
            + (one.region_code, one.kind, "\n".join(one.aliases))
            for one in reference.provinces()
        ),
    )
    fill(
        Commune,
        f"code {NAMED} province_id",
        (
            (one.code, one.name_fr, one.name_fr, one.name_ar, one.province_code)
            for one in reference.communes()
        ),
    )
    fill(
        Sector,
        f"code {NAMED} parent_id position",
        (
            (one.slug, one.name_fr, one.name_fr, one.name_ar, one.parent or None, place)
            for place, one in enumerate(texts.sectors())
        ),
    )
    keys = rows.category_keys()
    # Upper ones first: the others point to them.
    fill(
        Category,
        f"id slug {NAMED} name_en parent_id position",
        (
            (keys[one.slug], one.slug, one.name_fr, one.name_fr, one.name_ar, one.name_en)
            + (keys.get(one.parent), keys[one.slug])
            for one in sorted(texts.categories(), key=lambda one: bool(one.parent))
        ),
    )
    fill(
        Label,
        f"code {NAMED} short short_fr short_ar",
        (
            (one.code, one.name_fr, one.name_fr, one.name_ar)
            + (one.short_fr, one.short_fr, one.short_ar)
            for one in texts.LABELS
        ),
    )
    _parcels()
    _count_on(Category)


def _parcels() -> None:
    near = Zone(code="near", name_fr="Même région", within_region=True, days_from=1, days_to=2)
    far = Zone(code="far", name_fr="Tout le Maroc", days_from=2, days_to=4, position=1)
    Zone.objects.bulk_create([near, far])
    Rate.objects.bulk_create(
        Rate(zone=zone, up_to_grams=kilos * 1000, fee_centimes=fee + kilos * 100)
        for zone, fee in ((near, 2_500), (far, 3_500))
        for kilos in (1, 5, 10, 30)
    )


def _register(size: Size) -> None:
    fill(
        Cooperative,
        COOPERATIVE,
        (
            (one.key, one.name_fr, one.name_fr, one.name_ar, rows.cooperative_slug(one.key))
            + (one.registration_number, one.registration_kind, one.registered_on, one.sector)
            + (one.region, one.province, one.commune, one.is_womens, one.is_youth)
            + (one.women, one.men, one.capital_centimes, one.phone, one.status, one.court)
            + rows.purpose_and_labels(one, size)
            for one in rows.register()[: size.cooperatives]
        ),
    )
    _count_on(Cooperative)


def _shops(first: int, last: int) -> None:
    fill(
        Shop,
        "cooperative_id pickup_place last_product_number",
        ((pk, "Au local de la coopérative", rows.PRODUCTS_EACH) for pk in range(first, last + 1)),
    )
    fill(Product, PRODUCT, rows.products(first, last))
    names = "product_id key position width height"
    fill(Picture, names, rows.pictures(first, last))
    _count_on(Product, Picture)


def _selections() -> None:
    """Three shelves of the home page, from the first shops."""
    for place, title in enumerate(("À l’honneur", "De saison", "Cadeaux")):
        shelf = Selection.objects.create(title_fr=title, position=place)
        SelectedProduct.objects.bulk_create(
            SelectedProduct(selection=shelf, product_id=1 + place * 7 + n * 20, position=n)
            for n in range(8)
        )
