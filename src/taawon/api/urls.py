"""The addresses below /api/v1/. Whatever is not one of them is a problem, too."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, re_path
from django.views.decorators.http import require_safe
from ninja import NinjaAPI

from taawon.api import buying, opendata, problems, reading
from taawon.api.document import DESCRIPTION, Api, PlainJSON, StrictJSON, view_of
from taawon.api.edge import guarded

api = Api(
    title="Taawon",
    version="1",
    description=DESCRIPTION,
    urls_namespace="api-v1",
    openapi_url=None,
    docs_url=None,
    parser=StrictJSON(),
    renderer=PlainJSON(),
)
problems.register(api)
api.add_router("", reading.router)
api.add_router("", buying.router)
api.add_router("", opendata.router)


def _paths(made: NinjaAPI) -> list[URLPattern]:
    patterns: Any = made.urls[0]
    for pattern in patterns:
        pattern.callback = guarded(made, pattern.callback)
    return list(patterns)


def index(request: HttpRequest) -> Any:
    rooms = (
        "products",
        "cooperatives",
        "regions",
        "categories",
        "open/catalog.jsonld",
        "openapi.json",
    )
    return api.create_response(request, {room: request.path + room for room in rooms}, status=200)


urlpatterns = [
    path("openapi.json", guarded(api, require_safe(view_of(api)))),
    path("", guarded(api, require_safe(index))),
    path("", (_paths(api), "ninja", "api-v1")),
    re_path("", guarded(api, problems.unknown)),
]
