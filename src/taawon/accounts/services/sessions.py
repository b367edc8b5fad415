"""Logins and half-done logins on some device; a session may hold the number that was typed."""

from __future__ import annotations

from django.contrib.sessions.models import Session
from django.utils import timezone

from taawon.core import batches


def prune() -> int:
    """Delete what has ended; how many."""
    ended = Session.objects.filter(expire_date__lt=timezone.now())
    return batches.delete(ended, by="expire_date")
