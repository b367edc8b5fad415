"""What belongs to a verb: which order, which product, how many, how much, since when."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any, Final

from taawon.core.text import clean
from taawon.sms.language.normalise import in_plain_digits, normalise
from taawon.sms.language.tokens import Token, dates_as_numbers
from taawon.sms.language.understanding import Option

MOST_NUMBER: Final = 999_999
PERIODS: Final = ("today", "week", "month")
# Between two numbers: "b9aw 12 f 3".
_OF: Final = {"f", "mn", "men", "dyal", "dial", "du", "pour", "of", "for", "ف", "في", "من", "ديال"}
_TRACKING: Final = re.compile(r"\b(?=[A-Za-z0-9]*\d)[A-Za-z]{0,4}\d{5,}[A-Za-z]{0,3}\b")


class Unclear(Exception):
    """It must be asked; `options` are what it may mean."""

    def __init__(self, *options: Option) -> None:
        self.options = options
        super().__init__()


def arguments(intent: str, tokens: Sequence[Token], text: str) -> Option:
    """The command with what belongs to it. Raises Unclear."""
    return Option(intent, _READERS.get(intent, _nothing)(tokens, text))


def numbers_of(tokens: Sequence[Token]) -> list[Token]:
    return [token for token in tokens if token.role == "number"]


def without_a_verb(tokens: Sequence[Token]) -> list[Option]:
    """A bare number is an order or a product; two of them are a stock or a price."""
    numbers = _amounts(tokens)
    languages = [token.value for token in tokens if token.role == "language"]
    if languages and not numbers:
        return [Option("LANGUAGE", {"language": languages[0]})]
    if any(token.role == "period" for token in tokens) and not numbers:
        return [Option("SALES", _sales(tokens, ""))]
    if len(numbers) == 1 and (order := _whole(numbers[0])) is not None:
        return [Option("ACCEPT", {"order": order}), Option("REFUSE", {"order": order})]
    if len(numbers) == 2 and _is_turned(tokens):
        numbers.reverse()
    if len(numbers) == 2 and (product := _whole(numbers[0])) is not None:
        return _two_numbers(product, numbers[1], _has_a_stop(tokens))
    return []


def _two_numbers(product: int, amount: Decimal, stopped: bool) -> list[Option]:
    packs = _whole(amount)
    stock = [Option("STOCK", {"product": product, "quantity": packs})] if packs is not None else []
    if amount > MOST_NUMBER:
        return []
    if stopped:  # "stop 3 12" is a stock that was typed in haste.
        return stock
    return [*stock, Option("PRICE", {"product": product, "price_centimes": _centimes(amount)})]


def _has_a_stop(tokens: Sequence[Token]) -> bool:
    return any(token.role == "stop" for token in tokens)


def _nothing(tokens: Sequence[Token], text: str) -> dict[str, Any]:
    if numbers_of(tokens):
        raise Unclear(*without_a_verb(tokens))
    return {}


def _products(tokens: Sequence[Token], text: str) -> dict[str, Any]:
    """From a number on: the list of a large shop is read in pieces."""
    numbers = [_whole(number) for number in _amounts(tokens)]
    if not numbers:
        return {}
    if len(numbers) > 1 or numbers[0] is None:
        raise Unclear(Option("PRODUCTS", {}))
    return {"product": numbers[0]}


def _cancel(tokens: Sequence[Token], text: str) -> dict[str, Any]:
    """ "annuler 47" takes back; "talab 47 rje3" may tell of a parcel that came back."""
    found = _order(tokens, "CANCEL")
    roles = [token.role for token in tokens if token.role in ("number", "verb")]
    if found and roles[0] == "number":
        raise Unclear(Option("CANCEL", found))
    return found


def _order(tokens: Sequence[Token], intent: str) -> dict[str, Any]:
    """One order, or none: then the only one that waits is meant."""
    named = _without_what_is_counted(tokens)
    numbers = [_whole(number) for number in _amounts(named)]
    whole = dict.fromkeys(number for number in numbers if number is not None)
    if len(numbers) > 1 or None in numbers or (whole and _marked_product(tokens) is not None):
        raise Unclear(*(Option(intent, {"order": number}) for number in whole))
    if not numbers and numbers_of(tokens):  # "ok 12 pots" names no order.
        raise Unclear(Option(intent))
    return {"order": next(iter(whole))} if whole else {}


def _without_what_is_counted(tokens: Sequence[Token]) -> list[Token]:
    """12 pots, 240 dh: no order has that number."""
    following = [*tokens[1:], None]
    return [
        token
        for token, after in zip(tokens, following, strict=True)
        if token.number is None or after is None or after.role not in ("unit", "currency")
    ]


def _refuse(tokens: Sequence[Token], text: str) -> dict[str, Any]:
    """What follows the number is the reason, in the sender's own words."""
    first = next((place for place, token in enumerate(tokens) if token.role == "number"), None)
    if first is None:
        return {}
    found = _order(tokens[: first + 1], "REFUSE")
    written = in_plain_digits(clean(text))
    after = re.search(rf"(?<!\w)\D{{0,3}}{tokens[first].text}(?!\w)", written)
    reason = written[after.end() :].strip(" .,:;،-") if after else ""
    if not any(token.role == "verb" for token in tokens[:first]):
        reason = _without_its_verb(reason, tokens[first:])
    return found | ({"reason": reason} if any(sign.isalpha() for sign in reason) else {})


def _without_its_verb(reason: str, tokens: Sequence[Token]) -> str:
    """ "47 non plus de miel": the verb stands behind the number, and is no reason."""
    verb = next((token.text for token in tokens if token.role == "verb"), "")
    words, length = reason.split(), len(verb.split())
    for place in range(len(words)):
        if normalise(" ".join(words[place : place + length])).strip(" .,:;!-") == verb:
            return " ".join(words[place + length :])
    return reason


def _ship(tokens: Sequence[Token], text: str) -> dict[str, Any]:
    """A long number, or one with letters, is what the carrier follows the parcel by."""
    phones = {token.text for token in tokens if token.role == "phone"}
    written = in_plain_digits(text)
    found = [match[0] for match in _TRACKING.finditer(written) if match[0] not in phones]
    tracking = next((one for one in found if not _may_be_an_order(one, tokens)), "")
    short = [token for token in tokens if token.text != tracking.casefold()]
    return _order(short, "SHIP") | ({"tracking": tracking.upper()} if tracking else {})


def _may_be_an_order(written: str, tokens: Sequence[Token]) -> bool:
    """The only number of a text, and no longer than those of orders."""
    return written.isdecimal() and int(written) <= MOST_NUMBER and len(numbers_of(tokens)) == 1


def _stock(tokens: Sequence[Token], text: str) -> dict[str, Any]:
    product, amount = _product_and_amount(tokens, "STOCK", "quantity")
    quantity = _whole(amount)
    if quantity is None:
        low = int(amount)
        raise Unclear(
            *(Option("STOCK", {"product": product, "quantity": n}) for n in (low, low + 1))
        )
    return {"product": product, "quantity": quantity}


def _price(tokens: Sequence[Token], text: str) -> dict[str, Any]:
    product, amount = _product_and_amount(tokens, "PRICE", "price_centimes")
    return {"product": product, "price_centimes": _centimes(amount)}


def _product_and_amount(tokens: Sequence[Token], intent: str, missing: str) -> tuple[int, Decimal]:
    """The product comes first, unless the text marks it: "12 p3"."""
    if len(numbers_of(tokens)) < 2:
        tokens = dates_as_numbers(tokens)
    numbers = _amounts(tokens)
    marked = _marked_product(tokens)
    if len(numbers) == 2 and marked is not None and numbers[1] == marked != numbers[0]:
        numbers.reverse()
    product = _whole(numbers[0]) if numbers else None
    if len(numbers) == 1 and product is not None:
        raise Unclear(Option(intent, {"product": product}))
    if len(numbers) != 2 or product is None or not 0 <= numbers[1] <= MOST_NUMBER:
        raise Unclear(Option("HELP", {"topic": intent}))
    if marked is None and _is_in_another_order(tokens):
        raise Unclear(*_either_way(numbers, intent, missing))
    return product, numbers[1]


def _is_in_another_order(tokens: Sequence[Token]) -> bool:
    """ "12 stock 3", "12 du 3": which of the two is the product?"""
    first = next(place for place, token in enumerate(tokens) if token.number is not None)
    verb = next(place for place, token in enumerate(tokens) if token.role == "verb")
    return first < verb or _is_turned(tokens)


def _is_turned(tokens: Sequence[Token]) -> bool:
    """ "12 pots 3", "12 du 3": the amount stands first."""
    places = [place for place, token in enumerate(tokens) if token.number is not None]
    between = tokens[places[0] + 1 : places[-1]]
    counted = bool(between) and between[0].role in ("unit", "currency")
    return counted or any(token.text in _OF for token in between)


def _either_way(numbers: Sequence[Decimal], intent: str, missing: str) -> Iterator[Option]:
    for product, amount in (numbers, numbers[::-1]):
        if missing == "price_centimes":
            fact: int | None = _centimes(amount)
        else:
            fact = _whole(amount)
        if (number := _whole(product)) is not None and fact is not None:
            yield Option(intent, {"product": number, missing: fact})


def _sales(tokens: Sequence[Token], text: str) -> dict[str, Any]:
    periods = list(dict.fromkeys(token.value for token in tokens if token.role == "period"))
    numbers = _amounts(tokens)
    # A word that nobody knows may have been another period; "hier" is one that is not told.
    lost = any(
        token.role in ("past", "date")
        or (not periods and (token.role == "unknown" or (token.role != "verb" and token.edits > 0)))
        for token in tokens
    )
    if lost or any(token.role == "period" and token.doubt for token in tokens):
        raise Unclear(*(Option("SALES", {"period": period}) for period in PERIODS))
    if len(periods) > 1 or numbers:
        raise Unclear(*(Option("SALES", {"period": period}) for period in periods or ["today"]))
    return {"period": periods[0] if periods else "today"}


def _language(tokens: Sequence[Token], text: str) -> dict[str, Any]:
    wanted = [token.value for token in tokens if token.role == "language"]
    if not wanted and any(token.role == "unknown" for token in tokens):
        raise Unclear(Option("LANGUAGE", {}))
    return {"language": wanted[0]} if len(set(wanted)) == 1 else {}


def _amounts(tokens: Sequence[Token]) -> list[Decimal]:
    """Numbers, "1 200 dh" and "85 dh 50" joined."""
    found: list[Decimal] = []
    for place, token in enumerate(tokens):
        before = tokens[place - 1] if place else None
        after = tokens[place + 1] if place + 1 < len(tokens) else None
        if token.number is None:
            continue
        if _is_centimes(found, before, token):
            found[-1] += token.number / 100
        elif _is_thousands(found, before, token, after):
            found[-1] = found[-1] * 1000 + token.number
        else:
            found.append(token.number)
    return found


def _is_centimes(found: list[Decimal], before: Token | None, token: Token) -> bool:
    return bool(found) and before is not None and before.role == "currency" and len(token.text) == 2


def _is_thousands(
    found: list[Decimal], before: Token | None, token: Token, after: Token | None
) -> bool:
    """Three digits after a short number and before the currency; the product stands before both."""
    joined = before is not None and before.role == "number" and len(before.text) <= 3
    money = after is not None and after.role == "currency"
    return len(found) > 1 and joined and money and len(token.text) == 3


def _marked_product(tokens: Sequence[Token]) -> Decimal | None:
    for before, token in zip(tokens, tokens[1:], strict=False):
        if before.role == "product" and token.number is not None:
            return token.number
    return None


def _whole(number: Decimal) -> int | None:
    return int(number) if number == int(number) and 0 <= number <= MOST_NUMBER else None


def _centimes(amount: Decimal) -> int:
    return int(amount * 100)


_READERS: Final[dict[str, Callable[[Sequence[Token], str], dict[str, Any]]]] = {
    "ACCEPT": lambda tokens, _text: _order(tokens, "ACCEPT"),
    "DELIVERED": lambda tokens, _text: _order(tokens, "DELIVERED"),
    "REFUSE": _refuse,
    "SHIP": _ship,
    "STOCK": _stock,
    "PRICE": _price,
    "SALES": _sales,
    "LANGUAGE": _language,
    "PRODUCTS": _products,
    "CANCEL": _cancel,
}
