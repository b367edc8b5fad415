"""What pages show many times, rendered once: ``{% load kept %}``.

A template costs more than a query: what is the same for everybody is kept in process memory for
some seconds, and what lists repeat is filled in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape
from itertools import count
from typing import Any

from django import template
from django.template import Context, Node, NodeList, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Token
from django.template.defaulttags import CsrfTokenNode
from django.template.loader_tags import BlockNode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from taawon.core.languages import current as _language
from taawon.core.memory import kept
from taawon.web import numbers
from taawon.web.market import molds

register = template.Library()

SECONDS = 10
EAGER_CARDS, MOST_CHOICES = 2, 7
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
    return mark_safe(
        "".join(
            molds.card(card, eager=place < eager, language=language)
            for place, card in enumerate(context["cards"])
        )
    )


@register.simple_tag
def filter_box(name: str, title: str, choices: Sequence[Any]) -> SafeString:
    """One filter, as a <fieldset>: seven of its choices, and the others to be opened."""
    if not choices:
        return SafeString()
    lines = choice_lines(choices[:MOST_CHOICES], name)
    if len(choices) > MOST_CHOICES:
        rest, more = choice_lines(choices[MOST_CHOICES:], name), escape(gettext("More"))
        lines += SafeString(
            f'<details class="filters__more"><summary>{more}</summary>{rest}</details>'
        )
    return SafeString(f"<fieldset>\n<legend>{escape(title)}</legend>\n{lines}</fieldset>")


@register.simple_tag
def choice_lines(choices: Iterable[Any], name: str) -> SafeString:
    """The check boxes of a filter: .value .name .count .chosen of each."""
    language = _language()
    lines = []
    for choice in choices:
        before, after = _around_choice(name, choice.value, choice.name)
        checked = " checked" if choice.chosen else ""
        lines.append(f"{before}{checked}{after}{numbers.grouped(choice.count, language)}")
    return mark_safe(_CHOICE_END.join([*lines, ""]))


_CHOICE_END = "</bdi></span></label>\n"


@lru_cache(maxsize=2_048)
def _around_choice(name: str, value: str, words: str) -> tuple[str, str]:
    name, value, words = escape(name), escape(value), escape(words)
    return (
        f'<label class="check"><input type="checkbox" name="{name}" value="{value}"',
        f'><span>{words}</span><span class="check__count"><bdi>',
    )
