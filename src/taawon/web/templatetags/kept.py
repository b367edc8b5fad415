"""What pages show many times, rendered once: ``{% load kept %}``.

A template costs more than a query. What is the same for everybody is kept in process memory: parts
of the frame for some seconds, the cards of products for as long as they stay what they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import count
from typing import Any

from django import template
from django.template import Context, Node, NodeList, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Token
from django.template.defaulttags import CsrfTokenNode
from django.template.loader import get_template
from django.template.loader_tags import BlockNode
from django.urls import reverse
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from taawon.core.languages import current as _language
from taawon.core.memory import kept
from taawon.web import numbers

register = template.Library()

SECONDS = 10
MOST_CARDS = 4_096
EAGER_CARDS = 2
_numbers = count()


class KeptNode(Node):
    def __init__(self, nodelist: NodeList, varying: Sequence[FilterExpression]) -> None:
        self.nodelist = nodelist
        self.varying = varying
        # Not the id of an object: another may get it later.
        self.number = next(_numbers)

    def render(self, context: Context) -> SafeString:
        values = [part.resolve(context, ignore_failures=True) for part in self.varying]
        key = (KeptNode, self.number, _language(), *values)
        return kept(key, SECONDS, lambda: self.nodelist.render(context))


@register.tag("kept")
def do_kept(parser: Parser, token: Token) -> KeptNode:
    """``{% kept tab category %}…{% endkept %}``: the same for everybody in one language, as long
    as these values are. Nothing of a person and no form token may stand in it, and no block.
    """
    varying = [parser.compile_filter(word) for word in token.split_contents()[1:]]
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    for kind in (BlockNode, CsrfTokenNode):
        if nodelist.get_nodes_by_type(kind):
            raise TemplateSyntaxError(f"{kind.__name__} cannot be kept for everybody.")
    return KeptNode(nodelist, varying)


@register.simple_tag(takes_context=True)
def card_items(context: Context) -> SafeString:
    """`cards` of the context as list items; the first `eager_cards` (2) load pictures at once."""
    eager = context.get("eager_cards")
    eager = EAGER_CARDS if eager is None else eager
    language = _language()
    items = [_card(card, place < eager, language) for place, card in enumerate(context["cards"])]
    return mark_safe("".join(items))


@lru_cache(maxsize=MOST_CARDS)
def _card(card: Any, eager: bool, language: str) -> str:
    """A card is frozen: the same card in the same language is the same text."""
    asked = {"card": card, "eager": eager, "add_url": reverse("orders:add")}
    return get_template("_card.html").render(asked)


@register.simple_tag
def choice_lines(choices: Iterable[Any], name: str) -> SafeString:
    """The check boxes of a filter: .value .name .count .chosen of each."""
    language, name = _language(), conditional_escape(name)
    return mark_safe(
        "\n".join(
            f'<label class="check"><input type="checkbox" name="{name}"'
            f' value="{conditional_escape(choice.value)}"{" checked" if choice.chosen else ""}>'
            f"<span>{conditional_escape(choice.name)}</span>"
            '<span class="check__count"><bdi>'
            f"{numbers.grouped(choice.count, language)}</bdi></span></label>"
            for choice in choices
        )
    )
