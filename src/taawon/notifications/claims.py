"""Who hears about claims. The national team sees new ones in the backoffice."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from taawon.cooperatives.events import ClaimApproved, ClaimEvent, ClaimRefused
from taawon.cooperatives.models import Claim
from taawon.journal.listeners import on
from taawon.notifications import readers
from taawon.notifications.compose import Reader, link, sentence, tell


@on(ClaimApproved)
def tell_that_it_is_approved(event: ClaimApproved) -> None:
    _tell_claimant(event, _("Welcome! You may now sell for %(cooperative)s: %(shop)s"))


@on(ClaimRefused)
def tell_that_it_is_refused(event: ClaimRefused) -> None:
    _tell_claimant(event, _("Your request for %(cooperative)s is refused: %(reason)s %(entry)s"))


def _tell_claimant(event: ClaimEvent, words: str | Promise) -> None:
    claim = Claim.objects.select_related("person", "cooperative").get(pk=event.claim_id)
    cooperative = claim.cooperative
    tell(
        Reader.person(claim.person),
        words,
        subject=_("Your request for %(cooperative)s"),
        key=f"{event.subject}:{event.name}:claimant",
        cooperative=readers.name_of(cooperative),
        reason=sentence(claim.reason),
        shop=link("seller"),
        entry=link("cooperatives", readers.page_of(cooperative)),
    )
