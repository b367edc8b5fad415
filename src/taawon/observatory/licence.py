"""Under which words figures and files may be used: they go along with each of them."""

from __future__ import annotations

from django.conf import settings

NAME = "CC BY 4.0"
ADDRESS = "https://creativecommons.org/licenses/by/4.0/"


def source() -> str:
    """Who is to be named."""
    return f"{settings.SITE_NAME} ({settings.SITE_URL})"
