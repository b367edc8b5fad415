"""What machines read: robots, sitemap, service worker."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from taawon.catalogue import queries as products
from taawon.cooperatives import counts as cooperatives
from taawon.core.languages import LANGUAGES

# The protocol allows 50,000 addresses a file; each thing has four.
PER_FILE = 5_000


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    response = render(request, "sw.js", content_type="text/javascript")
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    closed = ("basket", "checkout", "orders", "account", "login", "seller")
    lines = ["User-agent: *", "Disallow: /backoffice/", "Disallow: /api/", "Disallow: /demo/"]
    lines += [f"Disallow: /{code}/{page}/" for code in LANGUAGES for page in closed]
    lines.append(f"Sitemap: {settings.SITE_URL}/sitemap.xml")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    counts = {"products": products.visible().count(), "cooperatives": cooperatives.count()}
    files = [
        f"{settings.SITE_URL}/sitemap-{kind}-{page}.xml"
        for kind, count in counts.items()
        for page in range(1, -(-count // PER_FILE) + 1)
    ]
    return render(request, "pages/sitemap.xml", {"files": files}, content_type="application/xml")


@require_safe
def sitemap_page(request: HttpRequest, kind: str, page: int) -> HttpResponse:
    sources = {"products": products.addresses, "cooperatives": cooperatives.addresses}
    if kind not in sources or page < 1:
        raise Http404
    rows = sources[kind](PER_FILE * (page - 1), PER_FILE)
    context = {
        "site_url": settings.SITE_URL,
        "languages": LANGUAGES,
        "paths": [f"/{kind}/{slug}-{pk}/" for slug, pk in rows],
    }
    return render(request, "pages/sitemap_page.xml", context, content_type="application/xml")
