"""What templates write with: ``{% load taawon %}``."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django import forms, template
from django.conf import settings
from django.core.paginator import Paginator
from django.forms import BoundField
from django.template import Context
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from taawon.core.languages import current as _language
from taawon.web import numbers

register = template.Library()

SIZES = (240, 400, 640)
CARD_SIZES = "(min-width: 60em) 260px, 46vw"


@register.filter
def isolate(text: object) -> SafeString:
    """Keeps a code, a phone or an amount in its own order inside right-to-left text."""
    return format_html("<bdi>{}</bdi>", text)


@register.filter
def money(centimes: int | None) -> SafeString:
    """Integer centimes → "1 248,50 DH"; nothing for None."""
    return isolate(numbers.amount(int(centimes), _language())) if centimes is not None else _EMPTY


@register.filter
def number(value: int | None) -> SafeString:
    """An integer with its thousands grouped; nothing for None."""
    return isolate(numbers.grouped(int(value), _language())) if value is not None else _EMPTY


@register.filter
def figures(value: int) -> str:
    """An integer with its thousands grouped, without markup: for attributes."""
    return numbers.grouped(value, _language())


@register.filter
def weight(grams: int | None) -> SafeString:
    """Grams → "500 g" or "1,5 kg"; nothing for None."""
    return isolate(numbers.weight(int(grams), _language())) if grams is not None else _EMPTY


@register.filter
def when(moment: date | None, form: str = "full") -> SafeString:
    """A moment in Morocco's time and months. ``form``: full (day and time), day, time."""
    if not moment:
        return _EMPTY
    language = _language()
    timed = isinstance(moment, datetime) and form != "day"
    if form == "time" and isinstance(moment, datetime):
        text = numbers.clock(moment)
    elif timed and isinstance(moment, datetime):
        text = numbers.moment(moment, language)
    else:
        text = numbers.day(moment, language)
    return format_html('<time datetime="{}">{}</time>', moment.isoformat(), text)


@register.filter
def phone(e164: str) -> SafeString:
    """ "+212612345678" → "06 12 34 56 78"; other numbers as they are."""
    if e164.startswith("+212") and len(e164) == 13:
        home = "0" + e164[4:]
        e164 = numbers.HARD.join(home[i : i + 2] for i in range(0, 10, 2))
    return format_html('<bdi dir="ltr">{}</bdi>', e164)


@register.simple_tag
def icon(name: str, kind: str = "", label: str = "") -> SafeString:
    """A drawing of the sprite; silent for screen readers unless ``label`` names it.

    ``kind`` adds classes without their prefix: "flip" turns it in right-to-left text, "big".
    """
    classes = " ".join(["icon", *(f"icon--{word}" for word in kind.split())])
    said = format_html('role="img" aria-label="{}"', label) if label else _SILENT
    return mark_safe(
        f'<svg class="{classes}" {said}><use href="{_sprite()}#{conditional_escape(name)}"/></svg>'
    )


@register.simple_tag
def picture_url(key: str, size: int = 400, form: str = "avif") -> str:
    """Where one stored picture lies; ``size`` of 240, 400, 640, ``form`` avif or jpg."""
    return f"{settings.MEDIA_URL}{key}-{size}.{form}"


@register.simple_tag
def picture(
    key: str, alt: str = "", sizes: str = CARD_SIZES, eager: bool = False, side: int = 400
) -> SafeString:
    """A square picture in AVIF and JPEG, three sizes each, lazy unless ``eager``.

    An empty ``key`` gives a quiet drawing instead. ``side`` is the number for width and height.
    """
    if not key:
        return mark_safe(f'<span class="no-picture">{icon("image")}</span>')
    key = conditional_escape(key)
    avif, jpeg = (
        ", ".join(f"{picture_url(key, size, form)} {size}w" for size in SIZES)
        for form in ("avif", "jpg")
    )
    sizes, alt = conditional_escape(sizes), conditional_escape(alt)
    haste = 'fetchpriority="high"' if eager else 'loading="lazy"'
    return mark_safe(
        f'<picture><source type="image/avif" sizes="{sizes}" srcset="{avif}">'
        f'<img src="{picture_url(key, 400, "jpg")}" srcset="{jpeg}" sizes="{sizes}" alt="{alt}"'
        f' width="{side}" height="{side}" decoding="async" {haste}></picture>'
    )


@register.simple_tag
def product_path(slug_id: str) -> str:
    """The address of a product's page; remembered, because a list asks for 24 of them."""
    return _product_path(str(slug_id), _language())


@register.simple_tag
def field_input(field: BoundField, kind: str = "") -> SafeString:
    """The input of a form's field, with its class and what names its help and its error.

    ``kind`` adds classes, such as "code-input".
    """
    widget = field.field.widget
    drawn = (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple, forms.FileInput)
    plain = isinstance(widget, drawn)
    classes = [widget.attrs.get("class", ""), "" if plain else "input", kind]
    attributes: dict[str, Any] = {"class": " ".join(filter(None, classes)) or None}
    spoken = field_describedby(field)
    if spoken and not field.use_fieldset:
        attributes["aria-describedby"] = spoken
    if field.errors and not field.use_fieldset:
        attributes["aria-invalid"] = "true"
    return field.as_widget(attrs={name: text for name, text in attributes.items() if text})


@register.simple_tag
def field_describedby(field: BoundField) -> str:
    """The ids of a field's help and error, as far as it has them."""
    parts = ["help"] * bool(field.help_text) + ["error"] * bool(field.errors)
    return " ".join(f"{field.auto_id}_{part}" for part in parts)


@register.filter
def widget_kind(field: BoundField) -> str:
    """How a field is laid out: "check", "options" (radios, checkboxes), "hidden" or "input"."""
    if field.is_hidden:
        return "hidden"
    if field.use_fieldset:
        return "options"
    return "check" if isinstance(field.field.widget, forms.CheckboxInput) else "input"


@register.simple_tag(takes_context=True)
def pages_query(context: Context, page: int, key: str = "page") -> str:
    """The query string of this page with another page number; the first page needs none."""
    query = [(name, values) for name, values in context["request"].GET.lists() if name != key]
    if page > 1:
        query.append((key, [str(page)]))
    return f"?{urlencode(query, doseq=True)}"


@register.filter
def page_numbers(paginator: Paginator[Any], current: int) -> list[int]:
    """The first, the last and those around ``current``; 0 stands for a gap."""
    last = paginator.num_pages
    shown = sorted({1, last, *range(max(1, current - 1), min(last, current + 1) + 1)})
    row: list[int] = []
    for page in shown:
        if row and page > row[-1] + 1:
            row.append(0)
        row.append(page)
    return row


@register.simple_tag
def sprite() -> str:
    """The address of the icons' file."""
    return _sprite()


@register.filter
def stars(rating: int | float | None) -> list[bool]:
    """A mark from 0 to 5 as five lit or unlit stars."""
    return [step <= round(rating or 0) for step in range(1, 6)]


@lru_cache(maxsize=1)
def _sprite() -> str:
    return static("taawon/icons.svg")


@lru_cache(maxsize=8192)
def _product_path(slug_id: str, language: str) -> str:
    return reverse("market:product", kwargs={"slug_id": slug_id})


_EMPTY = SafeString("")
_SILENT = SafeString('aria-hidden="true"')
