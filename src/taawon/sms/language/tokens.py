"""A text cut into words, numbers and phrases that the lexicon knows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from taawon.sms.language.fuzzy import Guess, guess
from taawon.sms.language.lexicon import Entry, Lexicon
from taawon.sms.language.normalise import normalise

_DATE: Final = r"(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2])(?:/(?:20)?\d\d)?(?![\d/])"
# A date, letters and digits together (9belt, p3), or a number with its decimals (85,50).
_PIECE: Final = re.compile(rf"(?<![\d/]){_DATE}|[^\W_]*\d[.,]\d{{1,2}}(?!\d)[^\W_]*|[^\W_]+")
_IS_DATE: Final = re.compile(_DATE)
# Mobiles and fixed lines of Morocco, however they are written.
_PHONE: Final = re.compile(r"(?:00212|212)?0?[5-8]\d{8}")
_NUMBER: Final = re.compile(r"\d+(?:[.,]\d{1,2})?")
_CLITICS: Final = ("وال", "بال", "فال", "لل", "ال", "و", "ف", "ب", "ل")
_NEGATED: Final = re.compile(r"(?:ma|m)(.{3,}?)(?:ch|sh|x)|(?:ما|م)(.{2,}?)ش")
_NEGATION: Final = re.compile(r"m[a-z0-9]{3,}(?:ch|sh|x)|(?:ما|مع)[\u0621-\u064a]{2,}ش")
_AFTER_A_NUMBER: Final = ("unit", "currency", "polite", "thanks")
_AGAIN: Final = re.compile(r"(.)\1+")
_NOT: Final = Entry("not", "", "")
_A_DATE: Final = Entry("date", "", "")
_A_PHONE: Final = Entry("phone", "", "")
# A letter before a number names what the number is: p3 is product 3, n47 is number 47.
_MARKS: Final = {"p": "product", "n": "order", "c": "order", "no": "order", "ref": "product"}


@dataclass(frozen=True, slots=True)
class Token:
    """A word as the lexicon knows it, or a number."""

    text: str
    entry: Entry | None = None
    number: Decimal | None = None
    # How far the word was from the one that it is taken for; several intents are a doubt.
    edits: int = 0
    doubt: tuple[str, ...] = ()

    @property
    def role(self) -> str:
        if self.number is not None:
            return "number"
        return self.entry.role if self.entry else "unknown"

    @property
    def value(self) -> str:
        return self.entry.value if self.entry else ""


def words_of(text: str) -> list[str]:
    """The pieces of a text, written in one way."""
    return _PIECE.findall(normalise(text))


def tokens_of(pieces: list[str], lexicon: Lexicon) -> list[Token]:
    found: list[Token] = []
    place = 0
    while place < len(pieces):
        if phrase := lexicon.phrase_at(pieces, place):
            length, entry = phrase
            found.append(Token(" ".join(pieces[place : place + length]), entry))
            place += length
        else:
            found += _one(pieces[place], lexicon)
            place += 1
    return found


def _one(piece: str, lexicon: Lexicon) -> Iterator[Token]:
    if _IS_DATE.fullmatch(piece):
        yield Token(piece, _A_DATE)
    elif _PHONE.fullmatch(piece):
        yield Token(piece, _A_PHONE)
    elif _NUMBER.fullmatch(piece):
        yield _number(piece)
    elif entry := _known(piece, lexicon):
        yield Token(piece, entry)
    elif parts := _apart(piece, lexicon):
        for part in parts:
            yield _number(part) if _NUMBER.fullmatch(part) else Token(part, _mark(part, lexicon))
    elif denied := _denied(piece, lexicon):
        yield from denied
    else:
        yield _guessed(piece, guess(piece, lexicon), lexicon)


def dates_as_numbers(tokens: Sequence[Token]) -> list[Token]:
    """ "stock 3/12" looks like a date and is none."""
    found: list[Token] = []
    for token in tokens:
        parts = token.text.split("/") if token.role == "date" else ()
        found += [_number(part) for part in parts] or [token]
    return found


def _number(piece: str) -> Token:
    return Token(piece, number=Decimal(piece[:12].replace(",", ".")))


def _known(piece: str, lexicon: Lexicon) -> Entry | None:
    """The word itself, or without what Arabic attaches to it."""
    if entry := lexicon.words.get(piece):
        return entry
    if stop := lexicon.stops.get((piece,)):
        return stop  # Never a guess: a stop that is not alone is no stop, and no other word.
    if "\u0621" <= piece[0] <= "\u064a":
        for clitic in _CLITICS:
            bare = piece.removeprefix(clitic)
            if bare != piece and len(bare) >= 3 and (entry := lexicon.words.get(bare)):
                return entry
    return None


def _apart(piece: str, lexicon: Lexicon) -> list[str] | None:
    """oui47 → oui, 47; 12kg → 12, kg; p3 → p, 3: where the letters are known."""
    for place in range(1, len(piece)):
        first, rest = piece[:place], piece[place:]
        if _NUMBER.fullmatch(rest) and (first in _MARKS or _known(first, lexicon)):
            return [first, rest]
        unit = _known(rest, lexicon) if _NUMBER.fullmatch(first) else None
        if unit and unit.role in _AFTER_A_NUMBER:
            return [first, rest]
    return None


def _mark(part: str, lexicon: Lexicon) -> Entry | None:
    return Entry(_MARKS[part], "", "") if part in _MARKS else _known(part, lexicon)


def _denied(piece: str, lexicon: Lexicon) -> list[Token]:
    """ma9beltch, ماقبلتش: a no, and the verb inside; mabghitch: a no, whatever is not wanted."""
    match = _NEGATED.fullmatch(piece)
    inner = match and (match[1] or match[2])
    verb = lexicon.words.get(inner) if inner else None
    if verb and verb.role == "verb":
        return [Token(piece, _NOT), Token(piece, verb)]
    return [Token(piece, _NOT)] if _NEGATION.fullmatch(piece) else []


def _guessed(piece: str, found: Guess | None, lexicon: Lexicon) -> Token:
    if found is None and (entry := lexicon.words.get(_AGAIN.sub(r"\1", piece))):
        return Token(piece, entry, edits=1)  # ouiii, نعمممم
    if found is None:
        return Token(piece)
    return Token(piece, lexicon.words[found.word], edits=found.edits, doubt=found.doubt)
