"""Why the shelf says no."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from taawon.core.errors import Invalid, Refused


class OutOfStock(Refused):
    """`product` (its name), `product_id`, `left` (packs that can still be had)."""

    code = "out-of-stock"
    text = _("“%(product)s”: only %(left)d left. Change the quantity to continue.")


class SoldOut(OutOfStock):
    text = _("“%(product)s” is sold out. Remove it to continue.")


class NotForSale(Refused):
    """`product`, `product_id`: paused, withdrawn, held, or its shop is closed."""

    code = "not-for-sale"
    text = _("“%(product)s” cannot be bought at the moment. Remove it to continue.")


class Moved(NotForSale):
    """Another cooperative sells it since a moment ago: whoever asks again finds it there."""


class NotReady(Refused):
    """A product that cannot be published; `missing` names what is missing."""

    code = "not-ready"
    text = _("Before you publish: %(missing)s.")


class WrongState(Refused):
    code = "wrong-state"
    text = _("A product that is “%(state)s” cannot become “%(wanted)s”.")


class BadPicture(Invalid):
    code = "bad-picture"
    text = _("This file is not a picture that we can read. Use a JPEG, PNG, WebP or AVIF file.")


class PictureTooLarge(BadPicture):
    code = "picture-too-large"
    text = _("This picture is too large. The limit is %(megabytes)d MB.")


class TooManyPictures(Refused):
    code = "too-many-pictures"
    text = _("A product can have %(most)d pictures.")


class TooManyPixels(BadPicture):
    code = "too-many-pixels"
    text = _("This picture has too many pixels. The limit is %(megapixels)d megapixels.")


class BelowReserved(Invalid):
    """`reserved`: packs that are ordered and that the cooperative has not accepted yet."""

    code = "below-reserved"
    text = _("%(reserved)d packs are ordered already. The stock cannot be less than that.")


class BulkRefused(Refused):
    """`errors`: {product number: [Refused, …]}; no row was changed."""

    code = "bulk-refused"
    text = _("Nothing was changed. Correct the marked rows and send the table again.")


class TooManyRows(Refused):
    code = "too-many-rows"
    text = _("A table can have %(most)d rows.")


class AlreadyHeld(Refused):
    code = "already-held"
    text = _("This product is held already.")


class NotHeld(Refused):
    code = "not-held"
    text = _("This product is not held.")


class CertificateExpired(Invalid):
    code = "certificate-expired"
    text = _("This certificate has expired. Give one that is valid today.")


class SlugTaken(Invalid):
    code = "slug-taken"
    text = _("This short name is taken. Choose another one.")
