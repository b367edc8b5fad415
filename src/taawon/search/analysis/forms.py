"""Under which keys a document is found, and which a question asks for.

A document keeps its folded words as they are, and beside them keys: stems that differ from the
word, things of the thesaurus ("§honey"), and for names how they sound: "#" across scripts ("#l" of
a word in Latin letters or Tifinagh, "#a" in Arabic), "=" between spellings in Latin letters. "^" is
the first word of a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from taawon.search.analysis import arabic, latin, sounds, thesaurus
from taawon.search.analysis.folding import fold
from taawon.search.analysis.thesaurus import MOST_KEPT

# Where a longer text is parted, so that no phrase is read across its sentences.
LONG = 60
# Fewer digits are a size or a year, which may be left out; more are the number of something.
A_NUMBER = 5
SENTENCES_KEPT = 20_000
_END = re.compile(r"[.!?؟؛;:\n]+(?:\s|$)")


class Keys(NamedTuple):
    """What the index holds of a text, as lines of terms: its folded words in order; `every`, which
    is its keys and the stems of all its words, also of those that are their own; of a name its keys
    alone as well."""

    words: str
    every: str
    keys: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """One word or phrase of a question: the forms that answer it, the surest first."""

    words: tuple[str, ...]
    exact: tuple[str, ...] = ()
    stems: tuple[str, ...] = ()
    things: tuple[str, ...] = ()
    sounds: tuple[str, ...] = ()
    # What the word sounds like, for where nobody writes it so.
    heard: tuple[str, ...] = ()
    is_weak: bool = False


def of_name(texts: Iterable[str]) -> Keys:
    """A name in its languages; each text has a first word of its own."""
    words: list[str] = []
    keys: dict[str, None] = {}
    stems: dict[str, None] = {}
    for text in texts:
        found = fold(text)
        words += found
        _add(keys, stems, found)
        for word in found:
            keys.update(_sounds(word))
        keys.update(_first(found))
    line = " ".join(keys)
    return Keys(" ".join(words), f"{line} {' '.join(stems)}", line)


def of_texts(texts: Iterable[str]) -> Keys:
    """Several texts, sentence by sentence: shelves, places and what a shop says come again."""
    found: list[Keys] = []
    for text in texts:
        found += map(_often, _END.split(text) if len(text) >= LONG else (text,))
    return Keys(
        " ".join([one.words for one in found]),
        " ".join([one.every for one in found]),
    )


def sounds_of(texts: Iterable[str]) -> str:
    """How the words of proper names sound, as a line of terms."""
    return " ".join(filter(None, map(_sounding, texts)))


@lru_cache(maxsize=SENTENCES_KEPT)
def _sounding(text: str) -> str:
    keys: dict[str, None] = {}
    for word in fold(text):
        keys.update(_sounds(word))
    return " ".join(keys)


@lru_cache(maxsize=SENTENCES_KEPT)
def _often(text: str) -> Keys:
    words = fold(text)
    every: dict[str, None] = {}
    _add(every, every, words)
    return Keys(" ".join(words), " ".join(every))


def _add(keys: dict[str, None], stems: dict[str, None], words: Sequence[str]) -> None:
    said, begins = [], False
    for word in words:
        theirs, stem, is_empty, may_begin = _known(word)
        stems[stem] = None
        keys.update(theirs)
        if not is_empty:
            said.append(word)
            begins = begins or may_begin
    if begins:
        for _first, _length, codes in thesaurus.phrases_in(said):
            keys.update((f"§{code}", None) for code in codes)


def _first(words: Sequence[str]) -> Mapping[str, None]:
    """Stem and things of the first word that tells something of what bears the name."""
    return next(filter(None, map(_told, words)), {})


@lru_cache(maxsize=MOST_KEPT)
def _told(word: str) -> Mapping[str, None]:
    if thesaurus.is_empty(word) or word in thesaurus.weak_words():
        return {}
    return dict.fromkeys(f"^{key}" for key in (thesaurus.stems(word)[0], *_things(word)))


def _things(word: str) -> tuple[str, ...]:
    return tuple(f"§{code}" for code in thesaurus.codes_of(word))


@lru_cache(maxsize=MOST_KEPT)
def _known(word: str) -> tuple[Mapping[str, None], str, bool, bool]:
    """Keys and stem of a word, whether it says nothing, and whether a phrase may begin with it."""
    if word.isdecimal():
        return {}, word, False, False
    is_empty = thesaurus.is_empty(word)
    may_begin = not is_empty and thesaurus.begins(word)
    return dict.fromkeys(_plain(word)), thesaurus.stems(word)[0], is_empty, may_begin


def _plain(word: str) -> tuple[str, ...]:
    stems = [stem for stem in thesaurus.stems(word) if stem != word]
    bare = arabic.bare(word) if arabic.is_arabic(word) else word
    if bare != word:
        stems.append(bare)
    return (*dict.fromkeys(stems), *_things(word))


@lru_cache(maxsize=MOST_KEPT)
def _sounds(word: str) -> Mapping[str, None]:
    in_arabic = arabic.is_arabic(word)
    script = "a" if in_arabic else "l"
    keys = [f"#{script}{key}" for form in _bare_forms(word) if (key := sounds.across(form))]
    if not in_arabic:
        keys += [f"={key}" for form in _bare_forms(word) if (key := sounds.alike(form))]
    return dict.fromkeys(keys)


def _bare_forms(word: str) -> tuple[str, ...]:
    if arabic.is_arabic(word):
        return (arabic.bare(word),)
    if sounds.is_tifinagh(word):
        return (word,)
    return tuple(dict.fromkeys((word, latin.without_article(word))))


def of_question(text: str, most: int) -> tuple[Asked, ...]:
    """What somebody typed, phrase by phrase and word by word; words that say nothing left out."""
    typed = list(dict.fromkeys(fold(text)))
    words = thesaurus.meaning(typed)[:most]
    asked: list[Asked] = []
    taken = 0
    for first, length, codes in thesaurus.phrases_in(words):
        if first < taken:
            continue
        asked += [of_word(word) for word in words[taken:first]]
        asked.append(_phrase(words[first : first + length], codes))
        taken = first + length
    asked += [of_word(word) for word in words[taken:]]
    if len(words) < most and typed[-1:] != words[-1:] and len(typed[-1]) > 1:
        # "argan al": it may become "alimentaire", and may not.
        asked.append(replace(of_word(typed[-1]), is_weak=True))
    return tuple(asked)


def _phrase(words: Sequence[str], codes: tuple[str, ...]) -> Asked:
    return Asked(words=tuple(words), things=tuple(f"§{code}" for code in codes))


def of_word(word: str) -> Asked:
    in_arabic = arabic.is_arabic(word)
    exact, stems = [word], list(thesaurus.stems(word))
    if in_arabic:
        exact.append(arabic.bare(word))
    elif sounds.is_tifinagh(word):
        exact.append(sounds.latin_of_tifinagh(word))
    else:
        exact.append(latin.without_article(word))
    other = "#l" if in_arabic else "#a"
    forms = _bare_forms(word)
    heard = [f"{other}{key}" for form in forms if (key := sounds.across(form))]
    if not in_arabic:
        heard += [f"={key}" for form in forms if (key := sounds.alike(form))]
    exact = list(dict.fromkeys(filter(None, exact)))
    things = _things(word)
    if things:
        # How it is called elsewhere is known: by sound, dates (تمر) would be any fruit (ثمر).
        heard = [key for key in heard if key.startswith("=")]
    return Asked(
        words=(word,),
        exact=tuple(exact),
        stems=tuple(dict.fromkeys(stems)),
        things=things,
        sounds=tuple(dict.fromkeys(heard)),
        heard=tuple(f"§{code}" for code in _heard(word)),
        is_weak=word in thesaurus.weak_words() or word.isdecimal() and len(word) < A_NUMBER,
    )


def _heard(word: str) -> tuple[str, ...]:
    """3aasel → honey, though no line of the thesaurus spells it so."""
    known = thesaurus.load().sounding
    found = (known.get(sounds.across(form), ()) for form in _bare_forms(word))
    return next((codes for codes in found if codes), ())
