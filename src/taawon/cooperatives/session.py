"""Whether the head of a page shows the way to a workspace, read with the person in one query."""

from __future__ import annotations

from django.db.models import Exists, OuterRef

from taawon.accounts.queries import session_annotations
from taawon.cooperatives.models import Membership

session_annotations["is_seller"] = Exists(
    Membership.objects.filter(person=OuterRef("pk"), ended_at__isnull=True)
)
