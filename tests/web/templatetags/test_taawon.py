"""What templates write with, and the components that stand on it."""

from __future__ import annotations

from datetime import UTC, datetime

from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory
from django.utils import translation
from django_cotton.compiler_regex import CottonCompiler

from taawon.web.templatetags import taawon as tags


def drawn(text: str, **context: object) -> str:
    compiled = CottonCompiler().process("{% load taawon %}" + text)
    return engines["django"].from_string(compiled).render(context)


class Order(forms.Form):
    name = forms.CharField(label="Name", help_text="As on the parcel")
    payment = forms.ChoiceField(choices=[("cod", "Cash")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="I agree")


def test_money_is_isolated_and_follows_the_language() -> None:
    with translation.override("ar"):
        assert drawn("{{ 124850|money }}") == "<bdi>1\u202f248,50\u00a0درهم</bdi>"
    with translation.override("fr"):
        assert drawn("{{ 18000|money }}{{ none|money }}", none=None) == "<bdi>180\u00a0DH</bdi>"


def test_isolate_escapes() -> None:
    assert drawn("{{ word|isolate }}", word="<b>") == "<bdi>&lt;b&gt;</bdi>"


def test_when_says_the_moment_for_machines_too() -> None:
    moment = datetime(2026, 11, 12, 13, 30, tzinfo=UTC)
    with translation.override("fr"):
        assert tags.when(moment) == (
            '<time datetime="2026-11-12T13:30:00+00:00">12 novembre 2026, 14:30</time>'
        )
        assert ">12 novembre 2026<" in tags.when(moment, "day")
        assert ">14:30<" in tags.when(moment, "time")
    assert tags.when(None) == ""


def test_phone_as_people_say_it() -> None:
    assert tags.phone("+212612345678") == (
        '<bdi dir="ltr">06\u00a012\u00a034\u00a056\u00a078</bdi>'
    )
    assert tags.phone("+33612345678") == '<bdi dir="ltr">+33612345678</bdi>'


def test_a_picture_has_three_sizes_in_two_formats() -> None:
    html = tags.picture("products/ab12", alt='A "jar"')
    assert "/media/products/ab12-240.avif 240w, /media/products/ab12-400.avif 400w" in html
    assert 'src="/media/products/ab12-400.jpg"' in html
    assert 'alt="A &quot;jar&quot;"' in html
    assert 'loading="lazy"' in html
    assert 'loading="lazy"' not in tags.picture("products/ab12", eager=True)
    assert "<img" not in tags.picture("")


def test_an_icon_is_silent_unless_named() -> None:
    assert 'aria-hidden="true"' in tags.icon("truck")
    assert 'role="img" aria-label="Sent"' in tags.icon("truck", "flip big", "Sent")
    assert 'class="icon icon--flip icon--big"' in tags.icon("truck", "flip big")


def test_page_numbers_show_the_ends_and_the_neighbours() -> None:
    assert tags.page_numbers(Paginator(range(240), 24), 5) == [1, 0, 4, 5, 6, 0, 10]
    assert tags.page_numbers(Paginator(range(48), 24), 1) == [1, 2]


def test_pagination_keeps_the_filters() -> None:
    request = RequestFactory().get("/?q=miel&page=3")
    html = drawn(
        '<c-ui.pagination :page="page" />', page=Paginator(range(240), 24).page(3), request=request
    )
    assert '<a class="button" rel="next" href="?q=miel&amp;page=4">' in html
    assert 'href="?q=miel">' in html
    assert html.count('aria-current="page"') == 1


def test_a_field_names_its_help_and_its_error() -> None:
    form = Order({"name": "", "payment": "cod"})
    html = drawn('<c-ui.field :field="form.name" />', form=form)
    assert 'aria-describedby="id_name_help id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_name_error"' in html
    assert 'class="input"' in html


def test_a_field_keeps_what_was_typed_and_escapes_it() -> None:
    form = Order({"name": '"><script>', "payment": "cod"})
    assert 'value="&quot;&gt;&lt;script&gt;"' in drawn(
        '<c-ui.field :field="form.name" />', form=form
    )


def test_radios_are_a_group_with_a_legend() -> None:
    html = drawn('<c-ui.field :field="form.payment" />', form=Order())
    assert "<legend" in html
    assert 'type="radio"' in html


def test_the_error_summary_leads_to_each_field() -> None:
    html = drawn('<c-ui.error-summary :form="form" />', form=Order({}))
    assert 'href="#id_name"' in html
    assert 'href="#id_payment_group"' in html
    assert 'href="#id_agreed"' in html
    assert drawn('<c-ui.error-summary :form="form" />', form=Order()).strip() == ""
