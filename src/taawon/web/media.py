"""Public pictures, where no proxy serves them. A name holds a random key and never changes."""

from __future__ import annotations

import re

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

_NAME = re.compile(r"^(?:[a-z0-9]+/)+[A-Za-z0-9_-]+-(?:240|400|640|og)\.(avif|jpg)$")
_TYPES = {"avif": "image/avif", "jpg": "image/jpeg"}


@require_safe
def public(request: HttpRequest, name: str) -> HttpResponseBase:
    if not (shape := _NAME.match(name)):
        raise Http404
    try:
        file = default_storage.open(name)
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(file, content_type=_TYPES[shape[1]])
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
