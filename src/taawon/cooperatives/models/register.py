"""The register: fields of activity, and one row a cooperative."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from taawon.cooperatives.states import CooperativeStatus, RegistrationKind, Source
from taawon.places.models import Commune, Province, Region


class Sector(models.Model):
    """A field of activity (filière)."""

    code = models.SlugField(max_length=40, primary_key=True)
    name = models.CharField(max_length=120)
    # The category that it lies in; a category has none, and nobody is of a category alone.
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="fields"
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position", "code"]

    def __str__(self) -> str:
        return self.name


class Cooperative(models.Model):
    """One entry of the register. `phone` is the public contact; texts go to members' phones.

    An entry that was merged into another stays, so that its address leads to it.
    """

    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=80)
    about = models.TextField(blank=True, max_length=4000)
    # What its statutes say that it is for (objet).
    purpose = models.TextField(blank=True, max_length=1000)
    registration_number = models.CharField(max_length=40)
    registration_kind = models.CharField(
        max_length=20, choices=RegistrationKind.choices, default=RegistrationKind.REGISTER
    )
    # Where the local register lies (law 112-12): the town of the first-instance court.
    court = models.CharField(max_length=120, blank=True)
    registered_on = models.DateField(null=True, blank=True)
    status = models.CharField(
        max_length=10,
        choices=CooperativeStatus.choices,
        default=CooperativeStatus.ACTIVE,
    )
    sector = models.ForeignKey(Sector, on_delete=models.PROTECT, related_name="cooperatives")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="cooperatives")
    province = models.ForeignKey(Province, on_delete=models.PROTECT, related_name="cooperatives")
    commune = models.ForeignKey(
        Commune,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="cooperatives",
    )
    address = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=16, blank=True)
    # Who presides, and the number that the register holds: for claims and duplicates, never shown.
    president = models.CharField(max_length=120, blank=True)
    phone_on_record = models.CharField(max_length=16, blank=True)
    is_womens = models.BooleanField(default=False)
    is_youth = models.BooleanField(default=False)
    women = models.PositiveIntegerField(default=0)
    men = models.PositiveIntegerField(default=0)
    capital_centimes = models.PositiveBigIntegerField(default=0)
    # Food safety (ONSSA): an authorisation with its expiry, or a recorded exemption.
    food_authorisation = models.CharField(max_length=40, blank=True)
    food_authorisation_expires_on = models.DateField(null=True, blank=True)
    food_exemption = models.CharField(max_length=200, blank=True)
    picture = models.CharField(max_length=80, blank=True)
    # Codes of labels that its products bear with a valid certificate: the catalogue keeps it.
    label_codes = models.JSONField(default=list, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged"
    )
    # Since when two people ask for it, and neither may change anything.
    disputed_since = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["registration_kind", "registration_number", "court"],
                condition=Q(merged_into__isnull=True) & ~Q(court=""),
                name="one_entry_a_number_and_court",
            ),
            # Of entries whose court nobody wrote down.
            models.UniqueConstraint(
                fields=["registration_kind", "registration_number", "province"],
                condition=Q(merged_into__isnull=True, court=""),
                name="one_entry_a_registration",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=models.F("id")),
                name="not_merged_into_itself",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["region", "id"], name="cooperatives_of_a_region"),
            models.Index(fields=["sector", "id"], name="cooperatives_of_a_sector"),
            models.Index(fields=["registration_number"], name="cooperatives_by_number"),
            models.Index(
                fields=["phone_on_record"],
                name="cooperatives_by_phone",
                condition=~Q(phone_on_record=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Revision(models.Model):
    """Some values of an entry changed at once: what they were and are, who says so, as of when.

    The newest that names a field is the source of its value. `changes` is {field: [old, new]} in
    JSON's words (days in ISO, codes of places and sectors); old is null in the first of an entry.
    What was taken back stands in `undone` instead: who said so before says so again.
    """

    cooperative = models.ForeignKey(Cooperative, on_delete=models.CASCADE, related_name="revisions")
    source = models.CharField(max_length=8, choices=Source.choices)
    # What the source calls itself: "Registre central, extrait du 3 mars 2026".
    title = models.CharField(max_length=200, blank=True)
    as_of = models.DateField()
    at = models.DateTimeField(default=timezone.now)
    person_id = models.BigIntegerField(null=True)
    batch_id = models.BigIntegerField(null=True)
    changes = models.JSONField()
    undone = models.JSONField(default=dict, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(source__in=Source.values), name="revision_source"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["cooperative", "id"], name="revisions_of_an_entry"),
            models.Index(
                fields=["batch_id", "id"],
                name="revisions_of_a_batch",
                condition=Q(batch_id__isnull=False),
            ),
            models.Index(
                fields=["source", "cooperative"],
                name="what_owners_wrote",
                condition=Q(source="owner"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cooperative_id}: {', '.join(self.changes)}"
