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


class NotReady(Refused):
    """A product that cannot be published; `missing` names what is missing."""

    code = "not-ready"
    text = _("Before you publish: %(missing)s.")


class WrongState(Refused):
    code = "wrong-state"
    text = _("A product that is “%(state)s” cannot become “%(wanted)s”.")


class BadPicture(Invalid):
    code = "bad-picture"
    text = _(
        "This file is not a picture that we can read. Use a JPEG, PNG, WebP or AVIF file."
    )


class PictureTooLarge(BadPicture):
    code = "picture-too-large"
    text = _("This picture is too large. The limit is %(megabytes)d MB.")


class TooManyPictures(Refused):
    code = "too-many-pictures"
    text = _("A product can have %(most)d pictures.")
