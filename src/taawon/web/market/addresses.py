"""What stands in the addresses of products and cooperatives."""

from __future__ import annotations

from django.http import Http404


def id_of(slug_id: str) -> int:
    """miel-de-thym-12 → 12. Raises Http404 for a number that no row can have."""
    digits = slug_id.rpartition("-")[2]
    if len(digits) > 15:
        raise Http404
    return int(digits)
