"""What goes in and what comes out, as the OpenAPI document tells it. Money in centimes."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StrictInt, StrictStr

from taawon.orders.services.baskets import MOST

Centimes = Annotated[int, Field(ge=0)]
Spoken = Literal["fr", "ar", "zgh", "en"]
Names = dict[str, str]
# A whole number and nothing that could be taken for one: neither 1.5, nor "3", nor true.
Quantity = Annotated[StrictInt, Field(ge=0, le=MOST)]
CooperativeId = Annotated[str, Field(pattern=r"^[1-9][0-9]{0,17}$")]


class Incoming(BaseModel):
    """Fields that nobody knows are ignored."""

    model_config = ConfigDict(extra="ignore")


class FieldError(BaseModel):
    field: str
    code: str
    message: str
    allowed: Annotated[
        list[str] | None, Field(description="The values that are known, where they are not many.")
    ] = None


class Problem(BaseModel):
    """RFC 9457. `code` is stable, `detail` in the caller's language; facts may follow."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    code: str
    detail: str
    errors: list[FieldError]


class ProductRow(BaseModel):
    """A product in a list. `available`: packs that can be bought now."""

    id: int
    name: str
    names: Names
    price_centimes: Centimes
    available: Annotated[int, Field(ge=0)]
    cooperative_id: int
    cooperative_name: str
    category: str
    region: str
    province: str
    content: int
    unit: Literal["g", "ml", "piece"]
    weight_grams: int
    labels: list[str]
    picture: str | None
    url: str


class Rating(BaseModel):
    """`average` from 1 to 5; none where nobody has rated yet."""

    average: float | None
    count: int


class Picture(BaseModel):
    small: str
    medium: str
    large: str
    width: int
    height: int


class Product(ProductRow):
    description: str
    descriptions: Names
    unit_price_centimes: Annotated[int | None, Field(description="A kilogram, litre or piece.")]
    rating: Rating
    pictures: list[Picture]


class CooperativeRow(BaseModel):
    id: int
    name: str
    names: Names
    region: str
    province: str
    commune: Annotated[str, Field(description="Empty where nobody wrote it down.")]
    sector: str
    status: Literal["active", "inactive", "dissolved", "struck_off"]
    is_womens: bool
    is_youth: bool
    women: int
    men: int
    registered_on: str | None
    sells: bool
    paused: bool
    url: str


class Cooperative(CooperativeRow):
    about: str
    abouts: Names
    purpose: Annotated[str, Field(description="What its statutes say that it is for.")]
    purposes: Names
    registration_number: str
    registration_kind: Literal["register", "agrement"]
    court: str
    capital_centimes: Centimes
    labels: Annotated[list[str], Field(description="Codes of labels that its products bear.")]
    phone: Annotated[str, Field(description="The public contact; empty where there is none.")]
    address: str
    paused_until: str | None
    offers_pickup: bool


class Place(BaseModel):
    code: str
    name: str
    names: Names


class Category(BaseModel):
    slug: str
    name: str
    names: Names
    parent: str | None


Row = TypeVar("Row")


class ListOf(BaseModel, Generic[Row]):
    """A page of a list. `count` is exact; `next` is the path of the next page, or null."""

    count: int
    next: str | None
    results: list[Row]
    facets: Annotated[
        dict[str, dict[str, int]], Field(description="How many there are of each value.")
    ]


class Products(ListOf[ProductRow]):
    pass


class Cooperatives(ListOf[CooperativeRow]):
    pass


class Regions(ListOf[Place]):
    pass


class Categories(ListOf[Category]):
    pass


class Opened(BaseModel):
    token: Annotated[str, Field(description="Whoever knows it holds the basket.")]


class Line(Incoming):
    quantity: Annotated[Quantity, Field(description="Packs; 0 removes the line.")]


class BasketLine(BaseModel):
    product_id: int
    name: str
    quantity: int
    price_centimes: Centimes
    amount_centimes: Centimes
    available: int
    problem: Annotated[
        Literal["", "sold-out", "too-many", "not-for-sale"],
        Field(description="What stands in the way of an order; empty where nothing does."),
    ]


class BasketPart(BaseModel):
    """What one cooperative sends. Fees and days are null until a region is given."""

    cooperative_id: int
    cooperative_name: str
    product_ids: list[int]
    offers_pickup: bool
    items_centimes: Centimes
    shipping_centimes: Centimes | None
    total_centimes: Centimes | None
    days_from: int | None
    days_to: int | None


class Basket(BaseModel):
    lines: list[BasketLine]
    parts: list[BasketPart]
    items_centimes: Centimes
    shipping_centimes: Centimes | None
    total_centimes: Centimes | None


class Wish(Incoming):
    """Who orders, where it goes, and how it is paid. Fields that nobody knows are ignored."""

    name: Annotated[StrictStr, Field(min_length=1, max_length=120)]
    phone: Annotated[
        StrictStr, Field(min_length=1, max_length=40, examples=["0612345678", "+212612345678"])
    ]
    region: Annotated[StrictStr, Field(max_length=12, examples=["MA-06"])]
    town: Annotated[
        StrictStr, Field(max_length=120, description="Needed unless everything is picked up.")
    ] = ""
    address: Annotated[StrictStr, Field(max_length=300)] = ""
    payment: Annotated[Literal["cod"], Field(description="Cash on delivery.")]
    delivery: Annotated[
        dict[CooperativeId, Literal["parcel", "pickup"]],
        Field(max_length=100, description="By cooperative id; a parcel where nothing is said."),
    ] = {}
    expected_total_centimes: Annotated[
        Annotated[StrictInt, Field(ge=0, le=10**12)] | None,
        Field(description="What the customer was shown; 409 when it is not the total any more."),
    ] = None
    note: Annotated[StrictStr, Field(max_length=300)] = ""
    language: Annotated[
        Spoken, Field(description="In which language the customer is told of the order.")
    ] = "fr"


class PlacedOrder(BaseModel):
    """`state` is as it was then: GET orders/{code} tells what became of it."""

    code: str
    state: Literal["placed"]
    cooperative_id: int
    items_centimes: Centimes
    shipping_centimes: Centimes
    total_centimes: Centimes
    secret: Annotated[str, Field(description="Whoever knows it may read and cancel the order.")]
    url: Annotated[str, Field(description="The page where the customer follows the order.")]


class Placed(BaseModel):
    orders: list[PlacedOrder]


class OrderLine(BaseModel):
    product_id: int
    name: str
    quantity: int
    price_centimes: Centimes
    amount_centimes: Centimes


class Step(BaseModel):
    state: str
    at: datetime
    note: str


class Order(BaseModel):
    code: str
    state: Literal[
        "placed",
        "accepted",
        "prepared",
        "shipped",
        "delivered",
        "not_collected",
        "refused",
        "cancelled",
        "expired",
    ]
    cooperative_id: int
    cooperative_name: str
    delivery: Literal["parcel", "pickup"]
    payment: Literal["cod"]
    carrier: str
    tracking: str
    placed_at: datetime
    days_from: int
    days_to: int
    items_centimes: Centimes
    shipping_centimes: Centimes
    total_centimes: Centimes
    lines: list[OrderLine]
    steps: list[Step]
