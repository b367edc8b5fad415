"""Something new fits what somebody keeps searching for."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from taawon.journal.listeners import on
from taawon.notifications.compose import Reader, link, short, tell
from taawon.search.events import SomethingNewFits
from taawon.search.models import SavedSearch


@on(SomethingNewFits)
def tell_of_what_is_new(event: SomethingNewFits) -> None:
    """Nothing where the search was dropped meanwhile."""
    saved = SavedSearch.objects.select_related("person").filter(pk=event.saved_id).first()
    if saved is None:
        return
    tell(
        Reader.person(saved.person),
        _("New for “%(search)s”: %(count)s. %(link)s"),
        subject=_("Something new for “%(search)s”"),
        key=f"search.saved:{saved.pk}:{event.day}",
        search=short(saved.title),
        count=event.count,
        link=link("searches"),
    )
