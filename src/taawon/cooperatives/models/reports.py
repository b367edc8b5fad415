"""What readers say is wrong with an entry."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from taawon.cooperatives.errors import AlreadyDecided
from taawon.cooperatives.models.register import Cooperative
from taawon.cooperatives.states import NEXT_REPORT, ReportKind, ReportState


class Report(models.Model):
    """Anybody may write it. `phone` and `email` are where an answer goes, if one is wished."""

    cooperative = models.ForeignKey(Cooperative, on_delete=models.CASCADE, related_name="reports")
    kind = models.CharField(max_length=9, choices=ReportKind.choices)
    text = models.TextField(max_length=1000)
    phone = models.CharField(max_length=16, blank=True)
    email = models.CharField(max_length=254, blank=True)
    language = models.CharField(max_length=3, choices=settings.LANGUAGES, default="fr")
    person_id = models.BigIntegerField(null=True)
    state = models.CharField(max_length=8, choices=ReportState.choices, default=ReportState.WAITING)
    answer = models.TextField(max_length=1000, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=ReportKind.values), name="report_kind"),
            models.CheckConstraint(condition=Q(state__in=ReportState.values), name="report_state"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "made_at"], name="reports_waiting"),
            models.Index(fields=["cooperative", "-id"], name="reports_of_an_entry"),
        ]

    def __str__(self) -> str:
        return f"report {self.pk}"

    def become(self, wanted: ReportState) -> None:
        if wanted not in NEXT_REPORT[ReportState(self.state)]:
            raise AlreadyDecided
        self.state = wanted
        self.settled_at = timezone.now()
