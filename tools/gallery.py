"""Draws every component on a few pages, without database or server, to look at them.

``gallery.py OUT`` writes OUT/{fr,ar}/{market,product,forms,desk}.html, to be served by any web
server; ``--media DIR`` shows the pictures of DIR (``products/<name>-{240,400,640}.{avif,jpg}``).
"""

from __future__ import annotations

import argparse
import shutil
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import django
from django import forms
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import include, path
from django.utils import translation

HERE = Path(__file__).parent
STATIC = HERE.parent / "src" / "taawon" / "web" / "static"
PAGES = ("market", "product", "forms", "desk")


def _nothing(request: object, **kwargs: object) -> Any:
    """Addresses are only written, never visited."""


def _room(room: str, *names: str) -> Any:
    routes = [path(f"{name}/", _nothing, name=name) for name in names]
    if room == "market":
        routes.append(path("products/<slug:slug_id>/", _nothing, name="product"))
    return path(f"{room}/", include((routes, room)))


urlpatterns = [
    _room("market", "home", "catalogue", "cooperatives"),
    _room("orders", "basket", "checkout", "add"),
    _room("accounts", "login", "home", "logout"),
    _room("seller", "home"),
    _room("backoffice", "home"),
    _room("pages", "about", "privacy", "offline"),
]

TEXTS: dict[str, dict[str, Any]] = {
    "fr": {
        "title": "Produits du terroir",
        "lead": "1 248 produits de 386 coopératives, expédiés partout au Maroc",
        "categories": ["Miel", "Argan et huiles", "Artisanat", "Épices et safran", "Cosmétique"],
        "products": [
            (
                "miel",
                "Miel de thym du Haut Atlas, récolte 2025",
                18000,
                "1 kg",
                "Tifaouine",
                "Azilal",
            ),
            (
                "argan",
                "Huile d’argan alimentaire torréfiée",
                15050,
                "50 cl",
                "Tamounte",
                "Essaouira",
            ),
            ("tapis", "Tapis Beni Ouarain tissé main", 240000, "", "Assafar", "Midelt"),
            ("safran", "Safran pur de Taliouine, filaments", 4500, "1 g", "Souktana", "Taroudant"),
            ("tajine", "Tajine en terre cuite émaillé, 30 cm", 22000, "", "Oulja", "Salé"),
            ("dattes", "Dattes Mejhoul du Tafilalet", 9500, "1 kg", "Aït Zeggane", "Errachidia"),
            ("rose", "Eau de rose de Kelâat M’Gouna", 6000, "25 cl", "Dadès", "Tinghir"),
            ("", "Panier en palmier doum tressé", 13000, "", "Al Amal", "Marrakech"),
        ],
        "badges": ["Vérifiée", "IGP"],
        "coop": "Coop. {}",
    },
    "ar": {
        "title": "منتجات مجالية",
        "lead": "1 248 منتوجا من 386 تعاونية، توصيل إلى جميع أنحاء المغرب",
        "categories": ["العسل", "الأركان والزيوت", "الصناعة التقليدية", "التوابل", "مستحضرات"],
        "products": [
            ("miel", "عسل الزعتر من الأطلس الكبير، جني 2025", 18000, "1 كلغ", "تيفاوين", "أزيلال"),
            ("argan", "زيت أركان غذائي محمص", 15050, "50 سل", "تامونت", "الصويرة"),
            ("tapis", "زربية بني وراين منسوجة يدويا", 240000, "", "أسافار", "ميدلت"),
            ("safran", "زعفران تاليوين الحر، خيوط", 4500, "1 غ", "سكتانة", "تارودانت"),
            ("tajine", "طاجين من الطين المطلي 30 سم", 22000, "", "الولجة", "سلا"),
            ("dattes", "تمر المجهول من تافيلالت", 9500, "1 كلغ", "آيت زكان", "الرشيدية"),
            ("rose", "ماء ورد قلعة مكونة", 6000, "25 سل", "دادس", "تنغير"),
            ("", "سلة من الدوم", 13000, "", "الأمل", "مراكش"),
        ],
        "badges": ["موثقة", "بيان جغرافي"],
        "coop": "تعاونية {}",
    },
}


class Sample(forms.Form):
    """A form with one field of each kind, sent with mistakes."""

    name = forms.CharField(help_text="As on the parcel")
    note = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), required=False)
    region = forms.ChoiceField(
        choices=[("MA-01", "Tanger-Tétouan-Al Hoceima"), ("MA-02", "Oriental")]
    )
    payment = forms.ChoiceField(
        choices=[("cod", "Cash on delivery"), ("card", "Card")], widget=forms.RadioSelect
    )
    price = forms.DecimalField()
    agreed = forms.BooleanField(label="I agree")


def cards(language: str) -> list[SimpleNamespace]:
    texts = TEXTS[language]
    return [
        SimpleNamespace(
            id=number,
            slug_id=f"p-{number}",
            name=name,
            price=price,
            unit=unit,
            cooperative_name=texts["coop"].format(coop),
            place_name=place,
            picture=f"products/{key}" if key else "",
            badge=texts["badges"][number % 2] if number % 3 < 2 else "",
            badge_kind=("verified", "label")[number % 2] if number % 3 < 2 else "",
            available=number != 6,
        )
        for number, (key, name, price, unit, coop, place) in enumerate(texts["products"])
    ]


def context(language: str, page: str) -> dict[str, Any]:
    names = {code: LANG_INFO[code]["name_local"] for code in ("fr", "ar", "zgh", "en")}
    shown = cards(language)
    return {
        "request": RequestFactory().get("/?q=miel&page=3"),
        "site": SimpleNamespace(name="Taawon", url="https://taawon.example", cndp="A-W-12/2026"),
        "nav_categories": [
            SimpleNamespace(slug=str(number), name=name)
            for number, name in enumerate(TEXTS[language]["categories"])
        ],
        "basket_count": 2,
        "viewer": SimpleNamespace(name="Fatima", is_seller=True, is_staff_member=False)
        if page == "desk"
        else None,
        "languages": [
            {
                "code": code,
                "name": name,
                "url": f"/{code}/{page}.html",
                "current": code == language,
            }
            for code, name in names.items()
        ],
        "alternates": [],
        "canonical": "https://taawon.example/fr/",
        "demo_mode": page == "market",
        "tab": "market",
        "texts": TEXTS[language],
        "cards": shown,
        "card": shown[0],
        "page": Paginator(range(240), 24).page(3),
        "form": Sample({"price": "abc", "payment": "card"}),
        "now": datetime(2026, 11, 12, 13, 30, tzinfo=UTC),
        "chips": [{"label": TEXTS[language]["categories"][0], "url": "?"}],
        "trail": [{"name": TEXTS[language]["categories"][0], "url": "?"}],
        "segments": [
            {"label": TEXTS[language]["categories"][0], "url": "?", "current": True, "count": 3},
            {"label": TEXTS[language]["categories"][1], "url": "?", "current": False, "count": 0},
        ],
        "desk_nav": [
            {"label": label, "url": "?", "icon": icon, "current": icon == "house", "count": count}
            for label, icon, count in (
                ("Today", "house", 0),
                ("Orders", "package", 3),
                ("Products", "tag", 0),
                ("Members", "users", 0),
            )
        ],
        "steps": [
            {"label": "Placed", "state": "done", "at": datetime(2026, 11, 12, 9, 5, tzinfo=UTC)},
            {"label": "Accepted", "state": "done", "note": "The cooperative prepares it."},
            {"label": "Shipped", "state": "current", "icon": "truck"},
            {"label": "Delivered", "state": "todo", "icon": "house"},
        ],
        "columns": ["Order", "Customer", "State", "Total"],
    }


def configure() -> None:
    LANG_INFO["zgh"] = {"bidi": False, "code": "zgh", "name": "Tamazight", "name_local": "ⵜⴰⵎⴰⵣⵉⵖⵜ"}
    settings.configure(
        SECRET_KEY="only to draw",
        ROOT_URLCONF=__name__,
        INSTALLED_APPS=[
            "taawon.web",
            "django.contrib.staticfiles",
            "django_cotton.apps.SimpleAppConfig",
        ],
        STATIC_URL="/static/",
        MEDIA_URL="/media/",
        LANGUAGES=[("fr", "fr"), ("ar", "ar"), ("zgh", "zgh"), ("en", "en")],
        LOCALE_PATHS=[HERE.parent / "src" / "taawon" / "locale"],
        USE_TZ=True,
        TIME_ZONE="Africa/Casablanca",
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "DIRS": [HERE / "gallery"],
                "OPTIONS": {
                    "builtins": ["django_cotton.templatetags.cotton"],
                    "string_if_invalid": "UNKNOWN %s",
                    "loaders": [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                },
            }
        ],
    )
    django.setup()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--media", type=Path)
    chosen = parser.parse_args()
    configure()
    shutil.copytree(STATIC, chosen.out / "static", dirs_exist_ok=True)
    if chosen.media:
        shutil.copytree(chosen.media, chosen.out / "media", dirs_exist_ok=True)
    for language in TEXTS:
        (chosen.out / language).mkdir(exist_ok=True)
        with translation.override(language):
            for page in (*PAGES, "404"):
                html = render_to_string(f"{page}.html", context(language, page))
                if "UNKNOWN" in html:
                    raise SystemExit(f"{page}: {html[html.index('UNKNOWN') :][:60]}")
                (chosen.out / language / f"{page}.html").write_text(html)


if __name__ == "__main__":
    main()
