"""Arabic words without what is attached to them: the article, و ب ل ف ك before, endings after.

The letters are folded already (see `folding`): أ إ آ are ا, ة is ه, ى is ي.
"""

from __future__ import annotations

_ARTICLES = ("وبال", "وال", "بال", "فال", "كال", "ولل", "لل", "ال")
_ATTACHED = "وبلفك"
# The order of Larkey's "light10" stemmer, with the ending of adjectives.
_ENDINGS = ("هما", "ها", "ان", "ات", "ون", "ين", "يه", "يات", "ه", "ي")
SHORTEST = 3
# Olives (زيتون) and soap (صابون) are no plurals.
_PLURALS = frozenset(("ان", "ون", "ين"))


def is_arabic(word: str) -> bool:
    return "\u0620" <= word[0] <= "\u06ff"


def bare(word: str) -> str:
    """The word without article.

    >>> [bare(word) for word in ("العسل", "والعسل", "للنساء", "الو")]
    ['عسل', 'عسل', 'نساء', 'الو']
    """
    for article in _ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= SHORTEST - 1:
            kept = word[len(article) :]
            return kept if len(kept) >= SHORTEST or article == "ال" else word
    return word


def stem(word: str) -> str:
    """Without article, hamza at the end and one ending; never shorter than three letters.

    >>> [stem(word) for word in ("التعاونيات", "النسويه", "نساء", "زيت")]
    ['تعاون', 'نسو', 'نسا', 'زيت']
    """
    kept = bare(word).rstrip("ء") or word
    for _ in range(2):
        for ending in _ENDINGS:
            least = SHORTEST + (ending in _PLURALS)
            if kept.endswith(ending) and len(kept) - len(ending) >= least:
                kept = kept[: -len(ending)]
                break
        else:
            break
    return kept


def without_attached(word: str) -> str:
    """Without one of و ب ل ف ك before a word that is long enough to have it; the word if none.

    >>> [without_attached(word) for word in ("لنساء", "وزيتون", "لوز")]
    ['نساء', 'زيتون', 'لوز']
    """
    return word[1:] if len(word) >= 5 and word[0] in _ATTACHED else word
