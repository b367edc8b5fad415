"""From a text to a command. What is not plain is asked: a wrong deed costs more than a question."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from django.conf import settings

from taawon.core.text import without_accounts
from taawon.sms.language.arguments import Unclear, arguments, numbers_of, without_a_verb
from taawon.sms.language.lexicon import VOICES, Entry, Lexicon, standard
from taawon.sms.language.tokens import Token, tokens_of, words_of
from taawon.sms.language.understanding import CHANGING, NEVER, RISKY, Option, Understanding

# Asking for help or for a person says what about: other verbs do not disturb.
_LISTENS: Final = ("AGENT", "HELP")
_FOR_ORDERS: Final = ("ACCEPT", "SHIP", "DELIVERED")
# Without a number these mean "the only one" or "the last one": then nothing else may be said.
_BARE: Final = (*_FOR_ORDERS, "CANCEL", "OPEN")
_MORE: Final = ("unknown", "past")
_HEDGES: Final = ("not", "hedge", "date", "phone", "stop")
# Between a stop and the number that it is sent to.
_TOWARDS: Final = ("au", "a", "to", "at", "الي")
_QUESTION: Final = ("?", "؟", "？")
# A minus or a plus: more or less than before, which no command says.
_SIGNED: Final = re.compile(r"(?<!\w)[+\-−–]\s*\d|[%€$£]")
# l2 and I2 may be 12.
_LIKE_A_DIGIT: Final = re.compile(r"(?<!\w)[lI]\d+(?!\w)")
_DAYS: Final = {"lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"}
_BEFORE_A_DAY: Final = frozenset({"le", "les", "nhar", "nhr", "يوم", "نهار", *_DAYS})
# What they change is not asked back: nothing else may be said than is known.
_EXACT: Final = ("SHIP", "DELIVERED", "STOCK", "PRICE")
# Around a bare yes or a bare "sent".
_ARABIC: Final = {"راه", "راها", "هي", "هو"}
_SMALL: Final = frozenset({"la", "le", "l", "c", "est", "had", "hadi", "rah", "raha", *_ARABIC})


def understand(text: str, lexicon: Lexicon | None = None) -> Understanding:
    """What somebody means by a text; the same text always means the same."""
    known = lexicon or standard()
    pieces = words_of(text)
    if not pieces:
        return Understanding(None)
    tokens = _alone(tokens_of(pieces, known), known)
    voice = _voice(text, tokens)
    if stop := _stop(pieces, tokens, known):
        return Understanding(stop.value, voice=voice or stop.voice, confidence=1.0)
    numbers = tuple(int(token.number) for token in numbers_of(tokens) if token.number is not None)
    found = _meant(text, tokens)
    if isinstance(found, Option):
        confidence = 1.0 - 0.15 * sum(token.edits for token in tokens)
        return Understanding(found.intent, found.args, (), voice, numbers, max(confidence, 0.4))
    return Understanding(None, {}, tuple(found), voice, numbers, 0.3 if found else 0.0)


def _meant(text: str, tokens: Sequence[Token]) -> Option | Sequence[Option]:
    verbs = _said(tokens)
    intents = list(dict.fromkeys(token.value for token in verbs))
    if listens := _listens(tokens, intents):
        about = [intent for intent in intents if intent != listens]
        return Option(listens, {"topic": about[0]} if about and listens == "HELP" else {})
    before = _before_a_reason(tokens)
    if _never(text, before, intents):
        return Option(NEVER)
    if not numbers_of(tokens) and any(token.role == "stop" for token in tokens):
        return Option("HELP", {"topic": "STOP"})
    if not intents:
        return without_a_verb(tokens)
    doubts = [value for token in verbs for value in token.doubt if value]
    hedged = _is_hedged(text, before, intents[0])
    if len(intents) > 1 or doubts or hedged:
        return _options(text, tokens, [*intents, *doubts], hedged=hedged)
    try:
        meant = arguments(intents[0], tokens, text)
    except Unclear as unclear:
        return unclear.options
    return meant if _is_sure(meant, tokens) else [meant]


def _said(tokens: Sequence[Token]) -> list[Token]:
    """The verbs; a word that only resembles a call for help is none beside a plain verb."""
    verbs = [token for token in tokens if token.role == "verb"]
    if not any(token.edits == 0 and token.value not in _LISTENS for token in verbs):
        return verbs
    return [token for token in verbs if token.edits == 0 or token.value not in _LISTENS]


def _has(role: str, tokens: Sequence[Token]) -> bool:
    return any(token.role == role for token in tokens)


def _is_hedged(text: str, before: Sequence[Token], intent: str) -> bool:
    """Denied; or a question, a condition, a plan, an amount by which something changes."""
    if intent not in CHANGING:
        return _has("not", before)
    hedged = any(token.role in _HEDGES for token in before) or text.rstrip().endswith(_QUESTION)
    if intent in ("STOCK", "PRICE"):
        return hedged or _SIGNED.search(text) is not None
    return hedged or _LIKE_A_DIGIT.search(text) is not None or _counts(before)


def _counts(tokens: Sequence[Token]) -> bool:
    """ "le 15", "les 2", "2 kg", "2 mn": a day or a number of things, and no order."""
    pairs = list(zip(tokens, tokens[1:], strict=False))
    return any(
        (before.text in _BEFORE_A_DAY and after.role == "number")
        or (before.role == "number" and _is_thing(after))
        for before, after in pairs
    )


def _is_sure(meant: Option, tokens: Sequence[Token]) -> bool:
    """A guess does nothing that is risky, and nothing to an order that it does not name.

    Without a number, an unknown word may have been one ("quarante-sept"), and a yes with a
    thank-you may be nothing but polite.
    """
    named = "order" in meant.args
    guessed = any(token.edits and token.role == "verb" for token in tokens)
    if guessed and (meant.intent in RISKY or (meant.intent in _FOR_ORDERS and not named)):
        return False
    if meant.intent in _EXACT and _says_more(meant, tokens):
        return False
    if meant.intent == "DELIVERED" and not named:
        return False  # It is final, and what a customer says looks the same.
    if named or meant.intent not in _BARE:
        return True
    thanked = meant.intent == "ACCEPT" and _has("thanks", tokens)
    tracking = meant.args.get("tracking", "")
    more = ("unknown", "past", "order", "product") if meant.intent == "CANCEL" else _MORE
    around = meant.intent in _FOR_ORDERS  # "c'est parti", "le client accepte"
    said_more = [
        token
        for token in tokens
        if token.role in more or (around and token.role == "filler" and token.text not in _SMALL)
    ]
    unknown = any(token.text != tracking.lower() for token in said_more)
    return not (thanked or unknown or tracking.isdecimal())


def _says_more(meant: Option, tokens: Sequence[Token]) -> bool:
    """A word that nobody knows: it may say that something else was sent, or how much was added."""
    tracking = str(meant.args.get("tracking", "")).lower()
    other = "order" if meant.intent in ("STOCK", "PRICE") else "product"
    return any(token.role in ("unknown", other) and token.text != tracking for token in tokens)


def _is_thing(token: Token) -> bool:
    return token.role == "unit" or (token.role == "unknown" and token.text.isalpha())


def _never(text: str, before: Sequence[Token], intents: Sequence[str]) -> bool:
    """Bank details, refunds, another phone. A misspelt word is one where nothing else is said."""
    words = [token for token in before if token.role == "never"]
    if any(not token.edits for token in words):
        return True
    nothing_else = not intents and not numbers_of(before)
    return bool(words and nothing_else) or (
        "SHIP" not in intents and without_accounts(text) != text
    )


def _listens(tokens: Sequence[Token], intents: Sequence[str]) -> str | None:
    """A call for help; a guess of one is none beside a number or another verb."""
    wanted = next((intent for intent in _LISTENS if intent in intents), None)
    guessed = any(token.value == wanted and token.edits for token in tokens)
    return None if guessed and (len(intents) > 1 or numbers_of(tokens)) else wanted


def _options(
    text: str, tokens: Sequence[Token], intents: Sequence[str], *, hedged: bool
) -> list[Option]:
    """Each of the verbs with what belongs to it; a yes that is none may be a no."""
    wanted = list(dict.fromkeys(intents))
    if hedged and wanted == ["ACCEPT"]:
        wanted = ["ACCEPT", "REFUSE"]
    found: list[Option] = []
    for intent in wanted:
        try:
            options: Sequence[Option] = [arguments(intent, tokens, text)]
        except Unclear as unclear:
            options = unclear.options
        found += [option for option in options if option not in found]
    return found


def _before_a_reason(tokens: Sequence[Token]) -> Sequence[Token]:
    """A refusal may go on in any words: "non 47 nous ne vendons plus de miel".

    "Je refuse pas la 47" is none.
    """
    for place, token in enumerate(tokens):
        if token.role == "verb" and token.value == "REFUSE" and not token.edits:
            return (
                tokens[: place + 2]
                if _has("not", tokens[place + 1 : place + 2])
                else tokens[:place]
            )
    return tokens


def _stop(pieces: list[str], tokens: Sequence[Token], lexicon: Lexicon) -> Entry | None:
    """The words of a stop, and nothing else but a thank-you; never a guess."""
    polite = {
        word
        for token in tokens
        if token.role in ("polite", "thanks")
        for word in token.text.split()
    }
    rest = tuple(piece for piece in pieces if piece not in polite)
    return lexicon.stops.get(rest) or lexicon.stops.get(_before_our_number(rest))


def _before_our_number(pieces: tuple[str, ...]) -> tuple[str, ...]:
    """ "STOP au 2255", as every announcement says it."""
    if not pieces or pieces[-1] != settings.SHORT_CODE:
        return ()
    rest = pieces[:-1]
    return rest[:-1] if rest and rest[-1] in _TOWARDS else rest


def _alone(tokens: list[Token], lexicon: Lexicon) -> list[Token]:
    """ "la 47" is a no in Darija; "la commande 47" has an article."""
    place = next((n for n, token in enumerate(tokens) if token.text in lexicon.alone), None)
    if place is None:
        return tokens
    first, following = tokens[place], tokens[place + 1 : place + 2]
    if any(word.role == "order" and word.entry and word.entry.voice == "fr" for word in following):
        return tokens
    others = [token for token in tokens if token is not first]
    nothing_else = all(
        token.role in ("number", "polite", "thanks")
        or (token.role == "order" and token.entry and token.entry.voice == "ary")
        for token in others
    )
    in_darija = any(
        token.role == "verb" and token.entry and token.entry.voice == "ary" for token in others
    )
    if not nothing_else and not in_darija:
        return tokens
    meant = lexicon.alone[first.text]
    said = Token(first.text, Entry("verb", meant.value, meant.voice))
    return [said if token is first else token for token in tokens]


def _voice(text: str, tokens: Sequence[Token]) -> str:
    """Arabic and Tifinagh by their letters; Latin letters by most of the words that are known."""
    if any("\u0621" <= sign <= "\u06ff" and sign.isalpha() for sign in text):
        return "ar"
    if any("\u2d30" <= sign <= "\u2d67" for sign in text):
        return "zgh"
    heard: Counter[str] = Counter()
    for token in tokens:
        if token.entry and token.entry.voice:
            heard[token.entry.voice] += 2 if token.role == "verb" else 1
    return max(VOICES, key=lambda voice: heard[voice]) if heard else ""
