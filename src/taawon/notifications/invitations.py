"""Who is asked to open a shop: a number that an agent has checked."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from taawon.cooperatives.events import InvitationMade, InvitationRepeated, InvitationTold
from taawon.cooperatives.models import Invitation
from taawon.cooperatives.states import InvitationState
from taawon.core.languages import said_by
from taawon.journal.listeners import on
from taawon.messaging.fitting import Name
from taawon.notifications.compose import Reader, tell


@on(InvitationMade, InvitationRepeated)
def ask_for_a_first_text(event: InvitationTold) -> None:
    """One segment, who asks in front. What was answered or withdrawn meanwhile is not asked."""
    invitation = Invitation.objects.select_related("cooperative").get(pk=event.invitation_id)
    if invitation.state != InvitationState.WAITING:
        return
    cooperative = invitation.cooperative
    tell(
        Reader(phone=invitation.phone, email="", language=invitation.language),
        _(
            "Taawon: will you sell for %(cooperative)s? "
            "Answer YES to open its shop, DECLINE to refuse."
        ),
        subject=_("Your shop"),
        key=f"cooperatives.invitation:{invitation.pk}:asked:{event.times}",
        wide_segments=1,
        cooperative=lambda language: Name(said_by(cooperative, "name", language)),
    )
