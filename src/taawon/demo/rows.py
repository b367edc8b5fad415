"""The demonstration world as plain rows. Keys are positions from 1, the same from the same seed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """`parent` is a slug, or empty for one of the eight upper categories."""

    slug: str
    parent: str
    name_fr: str
    name_ar: str
    name_en: str
    name_zgh: str
    drawing: str
    processed_food: bool
    perishable: bool


@dataclass(frozen=True, slots=True)
class SectorRow:
    """A field of activity in its category (`parent`, empty for a category itself).

    `share` is its weight among the demonstration's cooperatives.
    """

    slug: str
    parent: str
    name_fr: str
    name_ar: str
    name_en: str
    share: int


@dataclass(frozen=True, slots=True)
class LabelRow:
    code: str
    name_fr: str
    name_ar: str
    name_en: str
    short_fr: str
    short_ar: str


@dataclass(frozen=True, slots=True)
class CooperativeRow:
    """One entry of the register; `registered_on` is ISO, the capital in centimes."""

    key: int
    registration_number: str
    registration_kind: str
    registered_on: str
    name_fr: str
    name_ar: str
    sector: str
    region: str
    province: str
    commune: str
    is_womens: bool
    women: int
    men: int
    capital_centimes: int
    phone: str
    status: str
    court: str
    is_youth: bool


@dataclass(frozen=True, slots=True)
class ShopRow:
    """What a cooperative that sells adds to its entry; `cooperative` is its key."""

    key: int
    cooperative: int
    categories: tuple[str, ...]
    about_fr: str
    about_ar: str
    opened_days_ago: int
    offers_pickup: bool
    pickup_fr: str
    pickup_ar: str
    days_to_prepare: int
    paused_days: int
    food_authorisation: str
    food_authorisation_days: int
    food_exemption: str
    drawing: str


@dataclass(frozen=True, slots=True)
class CertificateRow:
    label: str
    number: str
    body: str
    expires_in_days: int


@dataclass(frozen=True, slots=True)
class ProductRow:
    """One pack. `shop` is the key of a ShopRow, `family` links pack sizes within it (0: none)."""

    key: int
    shop: int
    number: int
    category: str
    family: int
    name_fr: str
    name_ar: str
    name_en: str
    description_fr: str
    description_ar: str
    price_centimes: int
    content: int
    unit: str
    weight_grams: int
    on_hand: int
    low_stock: int
    state: str
    published_hours_ago: int
    picture: str
    certificates: tuple[CertificateRow, ...]


@dataclass(frozen=True, slots=True)
class PersonRow:
    """`role`: administrator, editor, agent, president or customer; `region`: of work or home."""

    key: int
    role: str
    phone: str
    name_fr: str
    name_ar: str
    language: str
    region: str
    town: str
    address: str
    shop: int = 0

    @property
    def name(self) -> str:
        return self.name_ar if self.language == "ar" else self.name_fr


@dataclass(frozen=True, slots=True)
class LineRow:
    product: int
    quantity: int


@dataclass(frozen=True, slots=True)
class StepRow:
    state: str
    hours_ago: float
    by: str
    note: str


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One order of one checkout; its first step is its placing."""

    key: int
    customer: int
    guest: bool
    shop: int
    lines: tuple[LineRow, ...]
    state: str
    pickup: bool
    steps: tuple[StepRow, ...]


@dataclass(frozen=True, slots=True)
class BasketRow:
    customer: int
    lines: tuple[LineRow, ...]


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """Of one line of a delivered order: `order` is its key, `line` its place from 0."""

    order: int
    line: int
    stars: int
    language: str
    text: str
    answer: str
    hours_ago: int


@dataclass(frozen=True, slots=True)
class QuestionRow:
    product: int
    customer: int
    language: str
    text: str
    answer: str
    hours_ago: int


@dataclass(frozen=True, slots=True)
class HoldRow:
    """A product that the national team holds back, and the cooperative's answer."""

    product: int
    reason: str
    answer: str
    hours_ago: int


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A customer asks to run the shop of a cooperative that has none."""

    cooperative: int
    customer: int
    message: str
    hours_ago: int


@dataclass(frozen=True, slots=True)
class FavouriteRow:
    customer: int
    product: int


@dataclass(frozen=True, slots=True)
class SelectionRow:
    title_fr: str
    title_ar: str
    title_en: str
    products: tuple[int, ...]
