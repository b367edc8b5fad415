from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from taawon.places.models import Region


class PersonManager(BaseUserManager["Person"]):
    def get_by_natural_key(self, phone: str | None) -> Person:
        return self.get(phone=phone)


class StaffRole(models.TextChoices):
    NONE = "", _("not staff")
    AGENT = "agent", _("agent")
    EDITOR = "editor", _("editor")
    ADMINISTRATOR = "administrator", _("administrator")


class Reach(models.TextChoices):
    """Where somebody wants to be told; login codes always go to the phone."""

    SMS = "sms", _("by text message")
    EMAIL = "email", _("by e-mail")


class Person(AbstractBaseUser):
    """One human being. The phone (E.164) is the login; an erased person has none."""

    phone = models.CharField(max_length=16, unique=True, null=True)  # noqa: DJ001 (unique, absent after erasure)
    name = models.CharField(max_length=120, blank=True)
    # Only an address that was proved by a code is ever written to.
    email = models.EmailField(blank=True)
    # The one that waits for its code.
    email_unproved = models.EmailField(blank=True)
    reach = models.CharField(max_length=5, choices=Reach.choices, default=Reach.SMS)
    language = models.CharField(max_length=3, choices=settings.LANGUAGES, default="fr")
    is_active = models.BooleanField(default=True)
    staff_role = models.CharField(
        max_length=14, choices=StaffRole.choices, default=StaffRole.NONE, blank=True
    )
    # An agent looks after one region; none means the whole country.
    staff_region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, blank=True)
    joined_at = models.DateTimeField(default=timezone.now)
    erased_at = models.DateTimeField(null=True, blank=True)
    # Where the person's parcels went last: fills in the next checkout.
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    town = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=300, blank=True)

    objects = PersonManager()
    USERNAME_FIELD = "phone"

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["staff_role"], name="staff", condition=~models.Q(staff_role="")),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(reach=Reach.SMS)
                | (models.Q(reach=Reach.EMAIL) & ~models.Q(email="")),
                name="reach_needs_an_address",
            )
        ]

    def __str__(self) -> str:
        return self.name or "—"


class LoginCode(models.Model):
    """A code that was sent: only its keyed hash is kept, bound to address, purpose and subject."""

    # A phone (E.164) or an e-mail address.
    to = models.CharField(max_length=254)
    purpose = models.CharField(max_length=20)
    subject = models.CharField(max_length=80, blank=True)
    digest = models.CharField(max_length=64)
    address = models.CharField(max_length=45, blank=True)  # where the request came from
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["to", "created_at"], name="codes_of_a_phone"),
            models.Index(fields=["address", "created_at"], name="codes_from_an_address"),
            models.Index(fields=["created_at"], name="codes_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"


class ApiKey(models.Model):
    """A partner's key: its first letters to recognise it, its hash to check it, what it may do."""

    name = models.CharField(max_length=120)
    prefix = models.CharField(max_length=12, unique=True)
    digest = models.CharField(max_length=64)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name
