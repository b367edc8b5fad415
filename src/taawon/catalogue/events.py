"""What the floors above can hear from this room."""

from __future__ import annotations

from dataclasses import dataclass

from taawon.journal.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductEvent(Event):
    product_id: int

    @property
    def subject(self) -> str:
        return f"catalogue.product:{self.product_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductDrafted(ProductEvent):
    name = "product-drafted"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductDuplicated(ProductEvent):
    """`product_id` is the new draft."""

    name = "product-duplicated"
    source_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductEdited(ProductEvent):
    """`fields` names the columns that changed."""

    name = "product-edited"
    fields: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductPublished(ProductEvent):
    name = "product-published"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductPaused(ProductEvent):
    name = "product-paused"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductArchived(ProductEvent):
    name = "product-archived"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductRestored(ProductEvent):
    name = "product-restored"


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceChanged(ProductEvent):
    """In centimes."""

    name = "price-changed"
    was: int
    now: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StockChanged(ProductEvent):
    """Packs on hand, as the cooperative counted them."""

    name = "stock-changed"
    was: int
    now: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorisationLapsed(ProductEvent):
    """A processed food was paused: its cooperative has no valid food authorisation."""

    name = "food-authorisation-lapsed"
    cooperative_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateSet(ProductEvent):
    name = "certificate-set"
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateRemoved(ProductEvent):
    name = "certificate-removed"
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateLapsed(ProductEvent):
    """The last day of a certificate is over: the badge is gone."""

    name = "certificate-lapsed"
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureAdded(ProductEvent):
    name = "picture-added"
    picture_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureRemoved(ProductEvent):
    name = "picture-removed"
    picture_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PicturesReordered(ProductEvent):
    name = "pictures-reordered"


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldEvent(ProductEvent):
    hold_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductHeld(HoldEvent):
    name = "product-held"


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldAnswered(HoldEvent):
    name = "hold-answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldLifted(HoldEvent):
    name = "hold-lifted"


@dataclass(frozen=True, slots=True, kw_only=True)
class FavouriteAdded(ProductEvent):
    name = "favourite-added"


@dataclass(frozen=True, slots=True, kw_only=True)
class FavouriteRemoved(ProductEvent):
    name = "favourite-removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryEvent(Event):
    category_id: int

    @property
    def subject(self) -> str:
        return f"catalogue.category:{self.category_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryAdded(CategoryEvent):
    name = "category-added"


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryEdited(CategoryEvent):
    name = "category-edited"


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelEvent(Event):
    label: str

    @property
    def subject(self) -> str:
        return f"catalogue.label:{self.label}"


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelAdded(LabelEvent):
    name = "label-added"


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelEdited(LabelEvent):
    name = "label-edited"


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectionEvent(Event):
    selection_id: int

    @property
    def subject(self) -> str:
        return f"catalogue.selection:{self.selection_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectionAdded(SelectionEvent):
    name = "selection-added"


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectionEdited(SelectionEvent):
    name = "selection-edited"


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectionRemoved(SelectionEvent):
    name = "selection-removed"
