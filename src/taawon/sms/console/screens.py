"""The two phones: whose they are, what stands on their screens, what they may try to type."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlencode

from django.utils.functional import cached_property
from django.utils.module_loading import import_string

from taawon.accounts import queries as people
from taawon.catalogue.queries import Card, newest_cards
from taawon.conversations.queries import answered, dialogue_of
from taawon.cooperatives.queries import ShopOf, shops_of
from taawon.core import phone as phones
from taawon.core.errors import Refused
from taawon.core.languages import LANGUAGES, current
from taawon.messaging import queries
from taawon.messaging.queries import PhoneText
from taawon.orders import figures
from taawon.orders.states import State
from taawon.sms.language import lexicon

# The table of the settings that brings what is typed here.
GATEWAY: Final = "console"
COOPERATIVE, CUSTOMER = SIDES = ("cooperative", "customer")
SHOWN: Final = 30
MOST_LETTERS: Final = 480
_KINDS: Final = {COOPERATIVE: "member", CUSTOMER: "customer"}


@dataclass(frozen=True)
class Phone:
    """One of the two; `number` in E.164. `typed` and `error` are what was asked for in vain."""

    side: str
    number: str
    draft: str = ""
    typed: str = ""
    error: str = ""
    texts: list[PhoneText] = field(default_factory=list)

    @property
    def written(self) -> str:
        return _written(self.number)

    @property
    def choices(self) -> list[tuple[str, str, bool]]:
        """Whose it may be: (number as in the address, name and role, whether it is theirs)."""
        return [
            (_written(one.phone), f"{one.name} ({one.role})", one.phone == self.number)
            for one in logins()
        ]

    @property
    def is_of_a_login(self) -> bool:
        return any(one.phone == self.number for one in logins())

    @property
    def owner(self) -> str:
        return str(self._person.name) if self._person else ""

    @cached_property
    def shop(self) -> ShopOf | None:
        """What its owner sells for."""
        found = shops_of(self._person.pk) if self._person else []
        return next((one for one in found if one.state), None)

    @cached_property
    def product(self) -> Card | None:
        """One that can be bought from there."""
        cards = newest_cards(24, cooperative_id=self.shop.id) if self.shop else []
        return next((card for card in cards if card.available > 0), None)

    @cached_property
    def tries(self) -> list[str]:
        """Texts that mean something now, as the owner of the phone would write them."""
        if self.shop is None:
            return [self._word("HELP"), self._word("AGENT"), "STOP", "START"]
        waiting = figures.numbers(self.shop.id, State.PLACED)
        to_ship = figures.to_ship(self.shop.id)
        shipped = figures.numbers(self.shop.id, State.SHIPPED)
        # The newest order is the one that was just placed on this page.
        found = [f"{self._word('ACCEPT')} {waiting[-1]}"] if waiting else []
        found += [f"{self._word('SHIP')} {to_ship[-1]}"] if to_ship else []
        found += [f"{self._word('DELIVERED')} {shipped[-1]}"] if shipped else []
        found += [f"{self._word('STOCK')} {self.product.number} 12"] if self.product else []
        return [*found, self._word("SALES"), self._word("PRODUCTS"), self._word("HELP")]

    def news(self, since: int) -> int:
        """How many texts it received after the one with this id."""
        return sum(text.received and text.id > since for text in self.texts)

    @cached_property
    def _person(self) -> Any:
        return people.by_phone(self.number)

    @cached_property
    def _voice(self) -> str:
        """That of its owner, in which news reach them; a stranger's as they wrote last."""
        if self._person:
            return str(self._person.language)
        dialogue = dialogue_of(self.number)
        return (dialogue.voice if dialogue else "") or current()

    def _word(self, intent: str) -> str:
        words = lexicon.read(self._voice)["commandes"] if self._voice in lexicon.VOICES else {}
        first: str = (words.get(intent) or lexicon.read("fr")["commandes"][intent])[0]
        return first.upper()


@dataclass(frozen=True)
class Pair:
    """Both, and how they stand in the address.

    `since` is the last text that is no news; `silent` are texts that were read, and rightly got no
    answer: a stranger is told once how to join, and nobody hears the same thing over and over.
    """

    cooperative: Phone
    customer: Phone
    language: str
    since: int
    silent: frozenset[int]
    shown: str = COOPERATIVE

    @property
    def both(self) -> tuple[Phone, Phone]:
        return self.cooperative, self.customer

    @property
    def query(self) -> str:
        return self.address()

    @property
    def latest(self) -> tuple[Phone, PhoneText] | None:
        """The newest that is news, and on which phone."""
        received = [(one, text) for one in self.both for text in one.texts if text.received]
        newest = max(received, key=lambda pair: pair[1].id, default=None)
        return newest if newest and newest[1].id > self.since else None

    @property
    def state(self) -> str:
        """Another one when anything on the screens is another."""
        seen = [(text.id, text.received, text.state) for one in self.both for text in one.texts]
        return hashlib.sha256(repr(seen).encode()).hexdigest()[:12]

    def address(self, **more: str) -> str:
        chosen = {one.side: one.written for one in self.both}
        return urlencode({**chosen, "language": self.language, "shown": self.shown, **more})


def logins() -> list[Any]:
    """Members and customers of the demonstration, whose data stand on a floor above this one."""
    known = import_string("taawon.demo.logins.LOGINS")
    return [login for login in known if login.kind in _KINDS.values()]


def pair(asked: Mapping[str, str]) -> Pair:
    """The phones that an address names, with their texts; five queries."""
    language, shown, since = asked.get("language"), asked.get("shown"), asked.get("since", "")
    cooperative, customer = (_phone(side, asked) for side in SIDES)
    texts = [*cooperative.texts, *customer.texts]
    received = [text.id for text in texts if text.received]
    handled = {text.id for text in texts if text.is_handled}
    return Pair(
        cooperative=cooperative,
        customer=customer,
        language=language if language in LANGUAGES else current(),
        since=int(since) if since.isascii() and since.isdigit() else max(received, default=0),
        silent=frozenset(handled - answered(handled)),
        shown=shown if shown in SIDES else COOPERATIVE,
    )


def _phone(side: str, asked: Mapping[str, str]) -> Phone:
    number, typed, error = _usual(side), "", ""
    # What was typed beside the list wins; where it is wrong, the choice of the list stays.
    for given in (asked.get(side, "")[:40], asked.get(f"{side}_other", "")[:40]):
        if not given:
            continue
        try:
            number, typed, error = phones.mobile(given), "", ""
        except Refused as refusal:
            typed, error = given, str(refusal)
    return Phone(
        side=side,
        number=number,
        draft=asked.get(f"{side}_draft", "")[:MOST_LETTERS],
        typed=typed,
        error=error,
        texts=queries.screen(number, GATEWAY, SHOWN),
    )


def _usual(side: str) -> str:
    first: str = next(login.phone for login in logins() if login.kind == _KINDS[side])
    return first


def _written(number: str) -> str:
    """+212600010001 → 0600010001: as it stands in the address."""
    return phones.readable(number).replace(" ", "")
