from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from taawon.core.errors import Invalid, NotAllowed, Refused


class WrongCampaignState(Refused):
    """`state`: what it is in words."""

    code = "wrong-campaign-state"
    text = _("This campaign is %(state)s: that is not possible any more.")


class NobodyToWriteTo(Refused):
    code = "nobody-to-write-to"
    text = _("Nobody in this audience may be written to.")


class NoText(Invalid):
    code = "no-text"
    text = _("Write the text in French or in Arabic at least.")


class UnknownField(Invalid):
    """`name`: what stands in braces."""

    code = "unknown-field"
    text = _("{%(name)s} is no field. There are {name}, {cooperative} and {region}.")


class NotForCustomers(Invalid):
    code = "not-for-customers"
    text = _("Customers have no cooperative: leave {cooperative} out, or write to members alone.")


class OnlyForMembers(Invalid):
    code = "only-for-members"
    text = _("Customers have neither role nor field: write to members alone, or leave this out.")


class TooManySegments(Invalid):
    """`most`: how many segments a campaign's text may have."""

    code = "too-many-segments"
    text = _("This text is too long: %(most)d SMS at most, with sender and STOP.")


class WrittenSince(Refused):
    """What was approved is not what was read."""

    code = "written-since"
    text = _("The campaign was changed since you opened it: read it again.")


class OwnCampaign(NotAllowed):
    """Four eyes: a large campaign is read by somebody else than who wrote it."""

    code = "own-campaign"
    text = _("Somebody else must approve the campaign that you wrote.")


class NoOwnPhone(Refused):
    code = "no-own-phone"
    text = _("Your own number takes no texts.")
