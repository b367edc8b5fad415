"""What came of a campaign is kept as figures; who belonged to it is not."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from taawon.campaigns import queries
from taawon.campaigns.models import Addressee, Campaign
from taawon.campaigns.states import ENDED
from taawon.core.locks import lock
from taawon.messaging import announcing

# Reports of operators come for so long.
REPORTS_COME_FOR = timedelta(days=3)


def keep_totals() -> int:
    """Of campaigns that ended some days ago; how many."""
    before = timezone.now() - REPORTS_COME_FOR
    ended = Campaign.objects.filter(state__in=ENDED, ended_at__lt=before, totals__isnull=True)
    return sum(_keep(campaign_id) for campaign_id in list(ended.values_list("pk", flat=True)))


@transaction.atomic
def _keep(campaign_id: int) -> bool:
    """Not yet, while one of its texts is on the road."""
    campaign = lock(Campaign, pk=campaign_id)
    if announcing.unsettled(campaign.prefix):
        return False
    campaign.totals = queries.progress(campaign).as_json()
    campaign.save(update_fields=["totals"])
    Addressee.objects.filter(campaign=campaign).delete()
    return True
