"""Reads the person of a session, with what the head of every page shows, in one query."""

from __future__ import annotations

from django.contrib.auth.backends import BaseBackend

from taawon.accounts import queries
from taawon.accounts.models import Person


class PhoneCodeBackend(BaseBackend):
    """Nobody is authenticated here: the code service proves the phone, the web logs in."""

    def get_user(self, user_id: int) -> Person | None:
        return queries.for_session(user_id)
