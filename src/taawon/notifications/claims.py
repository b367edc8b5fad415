"""Who hears about claims. The national team sees new ones in the backoffice."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from taawon.accounts import queries as people
from taawon.cooperatives.events import (
    ClaimApproved,
    ClaimEvent,
    ClaimRefused,
    DisputeBegun,
    DisputeSettled,
    MemberReplaced,
)
from taawon.cooperatives.models import Claim, Cooperative
from taawon.cooperatives.register_events import EntriesMerged
from taawon.cooperatives.states import ClaimState
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


@on(DisputeBegun)
def tell_that_somebody_else_asks(event: DisputeBegun) -> None:
    _tell_members(
        event.cooperative_id,
        _(
            "Somebody else asks to run %(cooperative)s. "
            "Nothing can be changed until the national team decides: %(shop)s"
        ),
        key=f"cooperatives.claim:{event.claim_id}:{event.name}",
    )


@on(DisputeSettled)
def tell_that_it_is_settled(event: DisputeSettled) -> None:
    """Those who are there now, but for whom a request has just let in: they are told of that."""
    approved = Claim.objects.filter(pk=event.claim_id, state=ClaimState.APPROVED)
    _tell_members(
        event.cooperative_id,
        _("It is settled who runs %(cooperative)s: you can go on. %(shop)s"),
        key=f"{event.subject}:{event.name}:{event.claim_id}",
        but=approved.values_list("person_id", flat=True).first(),
    )


@on(MemberReplaced)
def tell_who_was_replaced(event: MemberReplaced) -> None:
    person = people.by_id(event.person_id)
    if person is None:
        return
    cooperative = Cooperative.objects.get(pk=event.cooperative_id)
    tell(
        Reader.person(person),
        _("You no longer speak for %(cooperative)s: somebody else was found to. Questions: AGENT"),
        subject=_("Your access to %(cooperative)s"),
        key=f"cooperatives.membership:{event.membership_id}:{event.name}",
        cooperative=readers.name_of(cooperative),
    )


@on(EntriesMerged)
def tell_that_two_entries_are_one(event: EntriesMerged) -> None:
    _tell_members(
        event.cooperative_id,
        _("%(cooperative)s was listed twice and now has one page and one shop: %(entry)s"),
        key=f"cooperatives.merge:{event.merge_id}",
    )


def _tell_members(
    cooperative_id: int, words: str | Promise, *, key: str, but: int | None = None
) -> None:
    """All who speak for it, without the person `but`."""
    cooperative = Cooperative.objects.get(pk=cooperative_id)
    for person_id, reader in readers.members(cooperative_id):
        if person_id == but:
            continue
        tell(
            reader,
            words,
            subject=_("News of %(cooperative)s"),
            key=f"{key}:{person_id}",
            cooperative=readers.name_of(cooperative),
            shop=link("seller"),
            entry=link("cooperatives", readers.page_of(cooperative)),
        )
