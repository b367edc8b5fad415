"""A row of a file becomes values of the register, and the problems of what cannot be understood."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, Final

from django.utils import timezone

from taawon.cooperatives import cells
from taawon.cooperatives.branches import fields as branches
from taawon.cooperatives.cells import Unreadable
from taawon.cooperatives.listed import Words, sector_words
from taawon.cooperatives.matching import FIELDS, data
from taawon.cooperatives.states import CooperativeStatus, RegistrationKind
from taawon.core.folding import folded
from taawon.core.text import clean
from taawon.places import queries as places
from taawon.places.resolve import Resolver, resolver

# How long each text may be: as long as its column.
LONGEST: Final = {
    "name": 200,
    "registration_number": 40,
    "court": 120,
    "address": 300,
    "purpose": 1000,
    "president": 120,
}
# What a new entry must have, and how the field is called where its column is missing.
NEEDED: Final = {"registration_number": "registration_number", "sector_id": "sector"}
_COURT: Final = tuple(
    map(
        folded,
        (
            *("tribunal de première instance", "tribunal de 1ère instance", "tribunal", "tpi"),
            *("المحكمة الابتدائية", "المحكمة"),
        ),
    )
)
_OF: Final = ("de la ", "de l ", "de ", "d ", "du ", "des ", "ب")

# What a form asks for beside the columns of a file.
ALSO: Final = ("name_zgh", "name_en", "purpose_fr", "purpose_ar", "public_phone")
_KEPT_FROM_RUNNING: Final = ("'=", "'+", "'-", "'@")
_FORMULAS: Final = ("=", "+", "-", "@")
_TEXTS: Final = frozenset(
    (*("name", "name_fr", "name_ar", "court", "address", "purpose", "president"), *ALSO)
) - {"public_phone"}

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Problem:
    """`field` as `matching.FIELDS` names it; `more` are codes or texts that help."""

    field: str
    code: str
    value: str = ""
    more: tuple[str, ...] = ()


@dataclass(slots=True)
class Read:
    """Values by the columns of the model, as a revision keeps them; only what the row says."""

    values: Values = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    # What is accepted, and somebody should look at.
    remarks: list[Problem] = field(default_factory=list)


class Reader:
    """Reads the rows of one file: `columns` is {field: column from 0}."""

    def __init__(self, columns: Mapping[str, int]) -> None:
        # In the order of the fields, whatever order the database keeps.
        self._columns = {name: columns[name] for name in (*FIELDS, *ALSO) if name in columns}
        self._places: Resolver = resolver()
        self._today = timezone.localdate()
        self._kind = Words(data()["kinds"], RegistrationKind.values)
        self._status = Words(data()["statuses"], CooperativeStatus.values)
        self._sector = Words(sector_words(), branches())
        self._listed = {
            "registration_kind": self._kind,
            "status": self._status,
            "sector": self._sector,
        }
        self._court = lru_cache(maxsize=2_000)(self._read_court)

    def read(self, row: Sequence[str]) -> Read:
        written = {
            name: _as_written(row[column])
            for name, column in self._columns.items()
            if column < len(row) and row[column]
        }
        read = Read()
        for name, text in written.items():
            if name in _PLAIN or name in self._OWN:
                self._one(name, text, read)
        self._find_place(written, read)
        _count_members(written, read)
        return read

    def _one(self, name: str, text: str, read: Read) -> None:
        try:
            column, value = self._OWN[name](self, text) if name in self._OWN else _PLAIN[name](text)
        except Unreadable as problem:
            read.problems.append(Problem(name, problem.code, text[:200]))
            return
        read.values[column] = value
        self._remark(name, text, str(value), read)

    def _remark(self, name: str, text: str, value: str, read: Read) -> None:
        if name in self._listed and not self._listed[name].has(text):
            read.remarks.append(Problem(name, "read-as", text[:200], (value,)))
        elif name == "court" and not self._places.is_town(value):
            read.remarks.append(Problem(name, "unknown-court", value))
        elif name in _TEXTS and text.startswith(_FORMULAS):
            read.remarks.append(Problem(name, "like-a-formula", text[:200]))

    def _find_place(self, written: Mapping[str, str], read: Read) -> None:
        said = [written.get(name, "") for name in ("region", "province", "commune")]
        if any(len(name) > 120 for name in said):
            read.problems.append(Problem("province", "too-long"))
            return
        found = self._places.find(*said)
        read.problems += [
            Problem(doubt.field, doubt.code, doubt.value[:200], doubt.candidates)
            for doubt in found.doubts
        ]
        read.remarks += [
            Problem(guess.field, guess.code, guess.value[:200], guess.candidates)
            for guess in found.guesses
        ]
        read.values |= {
            name: code
            for name, code in (("province_id", found.province), ("commune_id", found.commune))
            if code
        }

    def _read_day(self, text: str) -> tuple[str, str]:
        return "registered_on", cells.day(text, self._today).isoformat()

    def _read_kind(self, text: str) -> tuple[str, str]:
        return "registration_kind", self._kind.find(text, "unknown-kind")

    def _read_status(self, text: str) -> tuple[str, str]:
        return "status", self._status.find(text, "unknown-status")

    def _read_sector(self, text: str) -> tuple[str, str]:
        return "sector_id", self._sector.find(text, "unknown-sector")

    def _read_court(self, text: str) -> tuple[str, str]:
        """The town alone; in French, where it is called like a province."""
        town = _line("court", text)
        for words in _COURT:
            plain = folded(town)
            if plain.startswith(words) and len(plain) > len(words):
                kept = plain[len(words) :].strip()
                town = _without(kept, town)
                break
        code = self._places.town(town)
        name = dict(places.provinces()[code].names)["name_fr"] if code else ""
        return "court", name or town

    _OWN: Final[dict[str, Callable[[Any, str], tuple[str, Any]]]] = {
        "registered_on": _read_day,
        "registration_kind": _read_kind,
        "status": _read_status,
        "sector": _read_sector,
        "court": lambda self, text: self._court(text),
    }


def _as_written(text: str) -> str:
    """Without the apostrophe that keeps a spreadsheet from running a text (see web/exports.py)."""
    return text[1:] if text.startswith(_KEPT_FROM_RUNNING) else text


def _without(kept: str, town: str) -> str:
    """The words of the town that are left when "tribunal de" is taken away."""
    for word in _OF:
        if kept.startswith(word) and len(kept) > len(word) + 1:
            kept = kept[len(word) :]
            break
    count = len(kept.split())
    written = town.replace("'", " ").replace("’", " ").split()[-count:]
    last = " ".join(written)
    return last if folded(last) == kept else last.removeprefix("ب")


def _line(name: str, text: str) -> str:
    line = clean(text)
    if len(line) > LONGEST[name]:
        raise Unreadable("too-long")
    if not line:
        raise Unreadable("missing")
    return line


def in_its_script(name: str, text: str) -> tuple[str, str]:
    """name or purpose → its column in Arabic where most letters are Arabic, else in French."""
    line = _line(name, text)
    arabic = sum("\u0600" <= sign <= "\u06ff" for sign in line)
    latin = sum(sign.isalpha() and sign.isascii() for sign in line)
    return f"{name}_ar" if arabic > latin else f"{name}_fr", line


def _in(name: str, language: str) -> Callable[[str], tuple[str, Any]]:
    return lambda text: (f"{name}_{language}", _line(name, text))


def _number(text: str) -> tuple[str, str]:
    return "registration_number", _line("registration_number", cells.number(text))


_PLAIN: Final[dict[str, Callable[[str], tuple[str, Any]]]] = {
    "name": lambda text: in_its_script("name", text),
    **{f"name_{code}": _in("name", code) for code in ("fr", "ar", "zgh", "en")},
    "registration_number": _number,
    "address": lambda text: ("address", _line("address", text)),
    "purpose": lambda text: in_its_script("purpose", text),
    **{f"purpose_{code}": _in("purpose", code) for code in ("fr", "ar")},
    "capital": lambda text: ("capital_centimes", cells.centimes(text)),
    "women": lambda text: ("women", cells.whole(text)),
    "men": lambda text: ("men", cells.whole(text)),
    "is_womens": lambda text: ("is_womens", cells.yes_or_no(text)),
    "is_youth": lambda text: ("is_youth", cells.yes_or_no(text)),
    "president": lambda text: ("president", _line("president", text)),
    "phone": lambda text: ("phone_on_record", cells.phone(text[:200])),
    "public_phone": lambda text: ("phone", cells.phone(text[:200])),
}


def _count_members(written: Mapping[str, str], read: Read) -> None:
    """All, less the women, are men; three figures that contradict each other are a problem."""
    if "members" not in written:
        return
    try:
        members = cells.whole(written["members"])
    except Unreadable as problem:
        read.problems.append(Problem("members", problem.code, written["members"][:200]))
        return
    women, men = read.values.get("women"), read.values.get("men")
    if women is not None and men is not None:
        wrong = women + men != members
    else:
        known = women if women is not None else men
        wrong = known is not None and known > members
        if known is not None and not wrong:
            read.values["men" if men is None else "women"] = members - known
    if wrong:
        read.problems.append(Problem("members", "does-not-add-up", written["members"][:200]))


def lacking(values: Values) -> list[Problem]:
    """What a new entry needs and the row does not say."""
    found = [Problem(name, "missing") for column, name in NEEDED.items() if not values.get(column)]
    if not (values.get("name_fr") or values.get("name_ar")):
        found.insert(0, Problem("name", "missing"))
    if not values.get("province_id"):
        found.append(Problem("province", "missing"))
    return found


def latest(value: Any) -> date | None:
    """A day of `Values` back as a day."""
    return date.fromisoformat(value) if value else None
