"""French and English words without plural and gender; Darija in Latin letters without its article.

Light on purpose: what ends alike is brought together, nothing is cut down to a root.
"""

from __future__ import annotations

import re

# Feminine and plural forms that no rule yields.
_IRREGULAR = {
    "blanche": "blanc",
    "blanches": "blanc",
    "seche": "sec",
    "seches": "sec",
    "fraiche": "frais",
    "fraiches": "frais",
    "douce": "doux",
    "douces": "doux",
    "rousse": "roux",
    "rousses": "roux",
    "yeux": "oeil",
    "oeufs": "oeuf",
    "women": "woman",
    "knives": "knife",
    "leaves": "leaf",
}
# Longest first: the ending, what stands for it, and how many letters the whole word has at least.
_ENDINGS = (
    ("ouses", "ou", 7),
    ("euses", "eu", 7),
    ("trices", "teur", 8),
    ("trice", "teur", 8),
    ("euse", "eu", 6),
    ("eaux", "eau", 6),
    ("aux", "al", 6),
    ("ies", "y", 6),
)
# l3oud, lward, el7out, al-3assal: the article before a consonant or one of the digits for ع ح ق خ;
# lilmantouj, litarbiat: "for" before it, as names of cooperatives have it.
_ARTICLE = re.compile(r"^(?:(?:li|[ae])?l(?=[bcdfghjkmnpqrstvwxz0-9])|li(?=[a-z0-9]{6}))")
# ennour, assalam, lissinaa: the article that has become the letter after it.
_DOUBLED = re.compile(r"^(?:li|[ae])(?:([dlnrstz])\1|(ch|sh)\2)")


def stem(word: str) -> str:
    """A folded word without plural and feminine endings; short words stay as they are.

    >>> [stem(word) for word in ("huiles", "marocaines", "traditionnelle", "the", "chevaux")]
    ['huil', 'marocain', 'traditionnel', 'the', 'cheval']
    """
    word = _IRREGULAR.get(word, word)
    if len(word) < 4 or not word.isalpha():
        return word
    for ending, other, least in _ENDINGS:
        if len(word) >= least and word.endswith(ending):
            return word[: -len(ending)] + other
    bare = word
    if bare[-1] in "sx" and not bare.endswith("ss") and len(bare) > 3:
        bare = bare[:-1]
    if bare.endswith("e") and len(bare) > 3:
        bare = bare[:-1]
    return bare[:-1] + _single(bare) if len(bare) > 3 else bare


def _single(word: str) -> str:
    """The last letter, or nothing where it only doubles the one before."""
    return "" if word[-1] == word[-2] else word[-1]


def without_article(word: str) -> str:
    """A word of Darija without l-, el-, al- or the letter that stands for it; the word if none.

    >>> [without_article(word) for word in ("l3oud", "ennour", "lissinaa", "lilas")]
    ['3oud', 'nour', 'sinaa', 'lilas']
    """
    if doubled := _DOUBLED.match(word):
        bare = word[doubled.end() - len(doubled[1] or doubled[2]) :]
    else:
        bare = _ARTICLE.sub("", word)
    return bare if len(bare) >= 3 else word
