"""How likely two entries of the register are one cooperative, whatever the script of their names.

`keys` finds whom an entry is worth comparing with, `likeness` compares. Names in two scripts meet
in their sound: the consonants that a reader of Arabic and a reader of French both hear.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Final

from rapidfuzz import fuzz

from taawon.core.folding import folded
from taawon.core.languages import columns

# From here on a person should look.
LIKELY: Final = 70
# Names less alike than this say nothing.
_ALIKE: Final = 72
_NAME, _PROVINCE, _COMMUNE, _PHONE, _PRESIDENT = 60, 15, 10, 30, 15

# What every second name holds says nothing of whose it is.
_EMPTY = frozenset(
    folded(
        "coopérative coopératives coop cooperative féminine agricole artisanale société "
        "al el la le les l de du des d pour et the of and "
        "تعاونية التعاونية النسوية نسوية الفلاحية فلاحية الحرفية حرفية من و في"
    ).split()
)
_ARABIC: Final = dict(
    zip("بتثجحخدذرزسشصضطظغفقكلمن", "bttjhkddrzscsdtdkfkklmn", strict=True)
) | dict.fromkeys("هاءئؤعويآأإ", "")
_FIRST: Final = dict.fromkeys("اعءآأإ", "a") | {"و": "w", "ي": "y"}
_LATIN: Final = (
    (re.compile(r"^[ae](?:l(?=[^aeiouyl])|(ch|[dnrstz])(?=\1))"), ""),
    (re.compile(r"sh|sch"), "ch"),
    # Arabic writes the g of argan with a k.
    (re.compile(r"kh|gh|q|g(?![eiy])"), "k"),
    (re.compile(r"[ct](?=h)(?!ch)"), lambda match: "C" if match[0] == "c" else "t"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"dj|g"), "j"),
    (re.compile(r"c(?=[eiy])"), "s"),
    (re.compile(r"c"), "k"),
    (re.compile(r"C"), "c"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"p"), "b"),
    (re.compile(r"v"), "f"),
    (re.compile(r"^ou(?=[aeiou])"), "w"),
    (re.compile(r"^[aeiou]+"), "A"),
    (re.compile(r"3"), "A"),
    (re.compile(r"(?<=.)[aeiouywhA79]"), ""),
    (re.compile(r"A"), "a"),
    (re.compile(r"(.)\1+"), r"\1"),
)
_ARTICLE = re.compile(r"^[وبل]?ال(?=..)")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True)
class Entry:
    """What two entries are compared by. Places are codes, phones E.164."""

    names: tuple[str, ...]
    province: str = ""
    commune: str = ""
    phones: frozenset[str] = frozenset()
    president: str = ""

    @cached_property
    def _words(self) -> tuple[tuple[str, str], ...]:
        """Of each name: its own words, and their sounds, both in the order of the alphabet."""
        kept = [_telling(name) for name in self.names]
        return tuple(
            (" ".join(sorted(words)), " ".join(sorted(sound(word) for word in words)))
            for words in kept
            if words
        )

    @cached_property
    def _presides(self) -> str:
        return " ".join(sorted(sound(word) for word in folded(self.president).split()))

    @cached_property
    def _numbers(self) -> frozenset[str]:
        """ "Amal 2" is not "Amal 1"."""
        return frozenset(_DIGITS.findall(folded(" ".join(self.names))))


def entry(values: Mapping[str, Any]) -> Entry:
    """From what the register holds: a mapping with the names of `history.FIELDS`."""
    phones = (values.get("phone"), values.get("phone_on_record"))
    return Entry(
        names=tuple(name for column in columns("name") if (name := values.get(column))),
        province=values.get("province_id") or "",
        commune=values.get("commune_id") or "",
        phones=frozenset(phone for phone in phones if phone),
        president=values.get("president") or "",
    )


def keys(one: Entry) -> set[str]:
    """Two entries that may be one share a key: a sound of the name in a province, a phone, or the
    president in a province. Look candidates up by these instead of comparing all with all."""
    found = {f"phone:{phone}" for phone in one.phones}
    for _name, sounds in one._words:
        found |= {f"name:{one.province}:{word}" for word in sounds.split() if len(word) > 1}
        joined = sounds.replace(" ", "")
        found |= {f"name:{one.province}:^{joined[:3]}", f"name:{one.province}:{joined[-3:]}$"}
    if one._presides:
        found.add(f"president:{one.province}:{one._presides}")
    return found


def likeness(a: Entry, b: Entry) -> tuple[int, list[str]]:
    """0 … 100, and codes of what is alike: name, province, commune, phone, president.

    The same name in two provinces is two cooperatives, unless a phone says otherwise.
    """
    reasons: list[str] = []
    score = 0
    alike = _names_alike(a, b)
    if alike >= _ALIKE:
        reasons.append("name")
        score += round(_NAME * (alike - 50) / 50)
    score += _place(a, b, reasons)
    score += _shared(a.phones, b.phones, "phone", _PHONE, 5, reasons)
    score += _president(a, b, reasons)
    if a.province and b.province and a.province != b.province and "phone" not in reasons:
        score = min(score, LIKELY // 2)
    return max(0, min(score, 100)), reasons


def is_same_person(one: str, other: str) -> bool:
    """Whether two names of people sound alike, in any script and in any order of their words."""
    return _president(Entry((), president=one), Entry((), president=other), []) > 0


def _names_alike(a: Entry, b: Entry) -> float:
    best = max(
        (
            max(fuzz.ratio(mine, theirs), fuzz.ratio(my_sound, their_sound) - 4)
            for mine, my_sound in a._words
            for theirs, their_sound in b._words
        ),
        default=0.0,
    )
    return best if a._numbers == b._numbers else best * 0.7


def _place(a: Entry, b: Entry, reasons: list[str]) -> int:
    if not a.province or a.province != b.province:
        return 0
    reasons.append("province")
    if not (a.commune and b.commune):
        return _PROVINCE
    if a.commune != b.commune:
        return _PROVINCE - _COMMUNE
    reasons.append("commune")
    return _PROVINCE + _COMMUNE


def _shared(
    mine: frozenset[str], theirs: frozenset[str], code: str, more: int, less: int, to: list[str]
) -> int:
    if mine & theirs:
        to.append(code)
        return more
    return -less if mine and theirs else 0


def _president(a: Entry, b: Entry, reasons: list[str]) -> int:
    if not (a._presides and b._presides):
        return 0
    if fuzz.ratio(a._presides, b._presides) >= 85:
        reasons.append("president")
        return _PRESIDENT
    return -10


def _telling(name: str) -> list[str]:
    words = folded(name).split()
    return [word for word in words if word not in _EMPTY] or words


@lru_cache(maxsize=50_000)
def sound(word: str) -> str:
    """The consonants of a folded word, and "a" for a vowel that it begins with.

    >>> sound("najah"), sound(folded("النجاح")), sound("ennajah")
    ('nj', 'nj', 'nj')
    """
    return (
        _of_arabic(word) if any("\u0600" <= sign <= "\u06ff" for sign in word) else _of_latin(word)
    )


def _of_arabic(word: str) -> str:
    bare = _ARTICLE.sub("", word)
    heard = _FIRST.get(bare[:1], _ARABIC.get(bare[:1], bare[:1]))
    heard += "".join(_ARABIC.get(sign, sign) for sign in bare[1:])
    return re.sub(r"(.)\1+", r"\1", heard.replace("h", "")) or word


def _of_latin(word: str) -> str:
    heard = word
    for pattern, instead in _LATIN:
        heard = pattern.sub(instead, heard)
    return heard.lstrip("h") or word
