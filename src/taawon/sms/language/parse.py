"""From a text to a command. What is not plain is asked: a wrong deed costs more than a question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from taawon.sms.language.arguments import Unclear, arguments, numbers_of, without_a_verb
from taawon.sms.language.lexicon import VOICES, Entry, Lexicon, standard
from taawon.sms.language.tokens import Token, tokens_of, words_of
from taawon.sms.language.understanding import RISKY, Option, Understanding

# Asking for help or for a person says what about: other verbs do not disturb.
_LISTENS: Final = ("AGENT", "HELP")
_FOR_ORDERS: Final = ("ACCEPT", "SHIP", "DELIVERED")


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
    verbs = [token for token in tokens if token.role == "verb"]
    intents = list(dict.fromkeys(token.value for token in verbs))
    if listens := _listens(tokens, intents):
        about = [intent for intent in intents if intent != listens]
        return Option(listens, {"topic": about[0]} if about and listens == "HELP" else {})
    if not intents:
        return without_a_verb(tokens)
    doubts = [value for token in verbs for value in token.doubt]
    denied = any(token.role == "not" for token in _before_a_reason(tokens))
    options = _options(text, tokens, [*intents, *doubts], denied)
    if len(intents) > 1 or doubts or denied:
        return options
    try:
        meant = arguments(intents[0], tokens, text)
    except Unclear as unclear:
        return unclear.options
    guessed = any(token.edits for token in verbs)
    return [meant] if guessed and _needs_to_be_sure(meant) else meant


def _needs_to_be_sure(meant: Option) -> bool:
    """A guess does nothing that is risky, and nothing to an order that it does not name."""
    return meant.intent in RISKY or (meant.intent in _FOR_ORDERS and "order" not in meant.args)


def _listens(tokens: Sequence[Token], intents: Sequence[str]) -> str | None:
    """A call for help; a guess of one is none beside a number or another verb."""
    wanted = next((intent for intent in _LISTENS if intent in intents), None)
    guessed = any(token.value == wanted and token.edits for token in tokens)
    return None if guessed and (len(intents) > 1 or numbers_of(tokens)) else wanted


def _options(
    text: str, tokens: Sequence[Token], intents: Sequence[str], denied: bool
) -> list[Option]:
    """Each of the verbs with what belongs to it; who denies a yes may mean a no."""
    wanted = list(dict.fromkeys(intents))
    if denied and wanted == ["ACCEPT"]:
        wanted = ["ACCEPT", "REFUSE"]
    found = []
    for intent in wanted:
        try:
            found.append(arguments(intent, tokens, text))
        except Unclear as unclear:
            found += unclear.options
    return found


def _before_a_reason(tokens: Sequence[Token]) -> Sequence[Token]:
    """A refusal may go on in any words: "non 47 nous ne vendons plus de miel"."""
    for place, token in enumerate(tokens):
        if token.role == "verb" and token.value == "REFUSE" and not token.edits:
            return tokens[:place]
    return tokens


def _stop(pieces: list[str], tokens: Sequence[Token], lexicon: Lexicon) -> Entry | None:
    """The words of a stop, and nothing else but a thank-you; never a guess."""
    polite = {word for token in tokens if token.role == "polite" for word in token.text.split()}
    rest = tuple(piece for piece in pieces if piece not in polite)
    return lexicon.stops.get(rest)


def _alone(tokens: list[Token], lexicon: Lexicon) -> list[Token]:
    """ "la 47" is a no in Darija; "la commande 47" has an article."""
    first = next((token for token in tokens if token.text in lexicon.alone), None)
    if first is None:
        return tokens
    others = [token for token in tokens if token is not first]
    nothing_else = all(
        token.role in ("number", "polite")
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
