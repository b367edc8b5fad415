"""Rows for tests: each factory makes the least that its model needs."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from taawon.accounts.models import Person, StaffRole
from taawon.catalogue.models import Category, Certificate, Label, Picture, Product
from taawon.catalogue.states import State as ProductState
from taawon.cooperatives.models import (
    Claim,
    Cooperative,
    Invitation,
    Membership,
    Sector,
    Shop,
)
from taawon.cooperatives.states import Role
from taawon.core.actor import Actor, Channel
from taawon.orders.models import Checkout, Order, OrderLine
from taawon.orders.states import State as OrderState
from taawon.places.models import Province, Region
from taawon.reviews.models import Question, Review


def actor(person: Person | None = None, channel: Channel = Channel.WEB, **more: Any) -> Actor:
    """The person on the web; nobody (a guest) without one."""
    return Actor(person_id=person.pk if person else None, channel=channel, **more)


def staff(role: str = StaffRole.ADMINISTRATOR, **more: Any) -> Actor:
    """Somebody of the national team, in the backoffice."""
    person = PersonFactory(staff_role=role, **more)
    return actor(person, Channel.STAFF)


def member(cooperative: Cooperative, role: str = Role.PRESIDENT) -> Actor:
    """A new member of the cooperative, on the web."""
    return actor(MembershipFactory(cooperative=cooperative, role=role).person)


class RegionFactory(DjangoModelFactory[Region]):
    class Meta:
        model = Region
        django_get_or_create = ("code",)

    code = "MA-09"
    name_fr = "Souss-Massa"
    name_ar = "سوس ماسة"
    seat = "Agadir"


class ProvinceFactory(DjangoModelFactory[Province]):
    class Meta:
        model = Province
        django_get_or_create = ("code",)

    code = "MA-TIZ"
    name_fr = "Tiznit"
    name_ar = "تيزنيت"
    region = factory.SubFactory(RegionFactory)
    kind = "province"


class PersonFactory(DjangoModelFactory[Person]):
    class Meta:
        model = Person

    phone = factory.Sequence(lambda n: f"+2126{n:08d}")
    name = factory.Sequence(lambda n: f"Fatima {n}")
    language = "fr"


class SectorFactory(DjangoModelFactory[Sector]):
    class Meta:
        model = Sector
        django_get_or_create = ("code",)

    code = "argan"
    name_fr = "Argan"
    name_ar = "أركان"


class CooperativeFactory(DjangoModelFactory[Cooperative]):
    class Meta:
        model = Cooperative

    name_fr = factory.Sequence(lambda n: f"Tifaout {n}")
    name_ar = factory.Sequence(lambda n: f"تيفاوت {n}")
    slug = factory.Sequence(lambda n: f"tifaout-{n}")
    registration_number = factory.Sequence(str)
    sector = factory.SubFactory(SectorFactory)
    province = factory.SubFactory(ProvinceFactory)
    region = factory.SelfAttribute("province.region")


class ShopFactory(DjangoModelFactory[Shop]):
    class Meta:
        model = Shop

    cooperative = factory.SubFactory(CooperativeFactory)


class MembershipFactory(DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    cooperative = factory.SubFactory(CooperativeFactory)
    person = factory.SubFactory(PersonFactory)
    role = Role.PRESIDENT


class ClaimFactory(DjangoModelFactory[Claim]):
    """Somebody asks to preside; nobody has decided yet."""

    class Meta:
        model = Claim

    cooperative = factory.SubFactory(CooperativeFactory)
    person = factory.SubFactory(PersonFactory)


class InvitationFactory(DjangoModelFactory[Invitation]):
    """An agent has seen the papers; the number has not answered yet."""

    class Meta:
        model = Invitation

    cooperative = factory.SubFactory(CooperativeFactory)
    phone = factory.Sequence(lambda n: f"+2127{n:08d}")
    name = "Rahma Tiwi"
    checked = "Papiers vus à la délégation"
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=30))


class CategoryFactory(DjangoModelFactory[Category]):
    class Meta:
        model = Category
        django_get_or_create = ("slug",)

    slug = "argan-oil"
    name_fr = "Huile d’argan"
    name_ar = "زيت أركان"


class ProductFactory(DjangoModelFactory[Product]):
    """For sale at 120 DH, ten packs on hand, in a shop that is open."""

    class Meta:
        model = Product

    cooperative = factory.LazyAttribute(lambda _: ShopFactory().cooperative)
    category = factory.SubFactory(CategoryFactory)
    number = factory.Sequence(lambda n: n + 1)
    name_fr = factory.Sequence(lambda n: f"Huile d’argan {n}")
    name_ar = factory.Sequence(lambda n: f"زيت أركان {n}")
    slug = factory.Sequence(lambda n: f"huile-d-argan-{n}")
    price_centimes = 12000
    weight_grams = 300
    on_hand = 10
    state = ProductState.PUBLISHED


class PictureFactory(DjangoModelFactory[Picture]):
    class Meta:
        model = Picture

    product = factory.SubFactory(ProductFactory)
    key = factory.Sequence(lambda n: f"products/{n:024x}")
    position = factory.Sequence(lambda n: n)
    width = 4000
    height = 3000


class LabelFactory(DjangoModelFactory[Label]):
    class Meta:
        model = Label
        django_get_or_create = ("code",)

    code = "igp"
    name_fr = "Indication géographique protégée"
    name_ar = "بيان جغرافي محمي"
    short_fr = "IGP"
    short_ar = "بيان جغرافي"


class CertificateFactory(DjangoModelFactory[Certificate]):
    """Valid for a month from today."""

    class Meta:
        model = Certificate

    product = factory.SubFactory(ProductFactory)
    label = factory.SubFactory(LabelFactory)
    number = "MA-IGP-12"
    body = "Normacert"
    expires_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=30))


class CheckoutFactory(DjangoModelFactory[Checkout]):
    class Meta:
        model = Checkout

    key = factory.Sequence(str)
    fingerprint = "0" * 64
    secret = factory.LazyFunction(lambda: secrets.token_urlsafe(18))


class OrderFactory(DjangoModelFactory[Order]):
    """Placed by a guest: 120 DH and 35 DH for the parcel. Its lines are made apart."""

    class Meta:
        model = Order

    code = factory.Sequence(lambda n: f"ABCD{n:04d}")
    number = factory.Sequence(lambda n: n + 1)
    secret = factory.LazyFunction(lambda: secrets.token_urlsafe(18))
    checkout = factory.SubFactory(CheckoutFactory)
    cooperative = factory.SubFactory(CooperativeFactory)
    name = "Amina Alaoui"
    phone = "+212661234567"
    region = factory.SubFactory(RegionFactory)
    town = "Rabat"
    items_centimes = 12000
    shipping_centimes = 3500
    total_centimes = 15500


class OrderLineFactory(DjangoModelFactory[OrderLine]):
    class Meta:
        model = OrderLine

    order = factory.SubFactory(OrderFactory)
    product = factory.SubFactory(
        ProductFactory, cooperative=factory.SelfAttribute("..order.cooperative")
    )
    name = factory.SelfAttribute("product.name_fr")
    number = factory.SelfAttribute("product.number")
    price_centimes = 12000
    quantity = 1
    weight_grams = 300


class ReviewFactory(DjangoModelFactory[Review]):
    """Five stars from the buyer of a delivered order; the product's rating is not touched."""

    class Meta:
        model = Review

    line = factory.SubFactory(
        OrderLineFactory,
        order__state=OrderState.DELIVERED,
        order__buyer=factory.SubFactory(PersonFactory),
    )
    product = factory.SelfAttribute("line.product")
    person = factory.SelfAttribute("line.order.buyer")
    author = "Fatima B."
    stars = 5
    text = "Très bonne huile."


class QuestionFactory(DjangoModelFactory[Question]):
    class Meta:
        model = Question

    product = factory.SubFactory(ProductFactory)
    person = factory.SubFactory(PersonFactory)
    author = "Fatima B."
    text = "Est-elle torréfiée ?"
