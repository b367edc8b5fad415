"""A register as an office sends it: every way of writing, and three rows in a hundred are wrong.

`Register(600)` is the same every time. Its rows are numbered as a spreadsheet counts: 2, 3, …
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from random import Random

from taawon.places import reference

HEADINGS = {
    "registration_number": "N° d'immatriculation",
    "registration_kind": "Registre ou agrément",
    "court": "Tribunal de première instance",
    "name_fr": "Dénomination (fr)",
    "name_ar": "اسم التعاونية بالعربية",
    "registered_on": "Date d'immatriculation",
    "status": "Statut",
    "sector": "Secteur d'activité",
    "region": "Région",
    "province": "Province / Préfecture",
    "commune": "Commune",
    "address": "Adresse",
    "purpose": "Objet",
    "capital": "Capital (DH)",
    "women": "Femmes",
    "men": "Hommes",
    "members": "Total adhérents",
    "is_womens": "Féminine",
    "is_youth": "Jeunes",
    "president": "Président(e)",
    "phone": "Téléphone",
    "note": "Observations",
}
SYLLABLES = tuple(
    (latin + vowel, arabic + long)
    for latin, arabic in zip(
        ("b", "t", "d", "r", "z", "s", "f", "k", "l", "m", "n"), "بتدرزسفكلمن", strict=True
    )
    for vowel, long in (("a", "ا"), ("i", "ي"), ("ou", "و"))
)
MONTHS = "يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر".split()  # noqa: SIM905 - easier to read
MOIS = (
    *("janvier", "février", "mars", "avril", "mai", "juin", "juillet"),
    *("août", "septembre", "octobre", "novembre", "décembre"),
)
SECTORS = (
    ("agriculture", ("Agriculture", "الفلاحة", "AGRICOLE")),
    ("crafts", ("Artisanat", "الصناعة التقليدية", "artisanat")),
    ("argan", ("Argan", "أركان", "Huile d’argan")),
    ("housing", ("Habitat", "السكن", "habitation")),
)
ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
Row = dict[str, str]

# What is wrong, in which field, and how the dry run calls it.
DIRT: dict[str, tuple[str, str, str]] = {
    "day": ("registered_on", "32/13/2019", "not-a-day"),
    "future": ("registered_on", "01/01/2999", "future-day"),
    "province": ("province", "Atlantide", "unknown-place"),
    "commune": ("commune", "Casablanca-Nord-Est", "unknown-place"),
    "long": ("name_fr", "Coopérative " + "x" * 5_000, "too-long"),
    "number": ("registration_number", "", "missing"),
    "twice": ("registration_number", "", "twice"),
    "phone": ("phone", "voir le siège", "not-a-phone"),
    "members": ("members", "999", "does-not-add-up"),
    "sector": ("sector", "Astrologie", "unknown-sector"),
    "formula": ("capital", '=HYPERLINK("http://x";"y")', "not-a-number"),
    "thousand": ("women", "1.200", "ambiguous-number"),
    "womens": ("is_womens", "peut-être", "not-yes-or-no"),
    "status": ("status", "bof", "unknown-status"),
}


@dataclass
class Register:
    """`rows` are what the file says, `truth` the same without mistakes; `wrong` {row number: kind}.

    `before` stands on the register already: of every hundred rows one is there as it is, one with
    another number of women, one as a twin under another number.
    """

    size: int
    seed: int = 7
    rows: list[Row] = field(default_factory=list)
    truth: list[Row] = field(default_factory=list)
    wrong: dict[int, str] = field(default_factory=dict)
    before: list[Row] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rng = Random(self.seed)
        kinds = sorted(DIRT)
        self.counts = dict.fromkeys(("new", "changed", "same", "doubtful", "refused"), 0)
        for place in range(self.size):
            right = true_row(rng, place)
            row, kind = dict(right), ""
            if place % 33 == 32:
                kind = kinds[place // 33 % len(kinds)]
                soil(row, kind, self.rows[-1])
                self.wrong[place + 2] = kind
            self.rows.append(row)
            self.truth.append(right)
            self.counts["refused" if kind else self._stands(right, place)] += 1

    def _stands(self, right: Row, place: int) -> str:
        match place % 100:
            case 10:
                self.before.append(right)
                return "same"
            case 20:
                women = {"women": str(int(right["women"]) + 1), "members": ""}
                self.before.append(right | women)
                return "changed"
            case 30:
                other = {"registration_number": f"9{place:06d}", "president": "", "phone": ""}
                self.before.append(right | other)
                return "doubtful"
        return "new"

    def correct(self, headings: Sequence[str], lines: Iterable[Sequence[str]]) -> list[list[str]]:
        """The error file as a person gives it back: each of its rows with the right words."""
        number = len(HEADINGS)
        mended = [list(headings)]
        for line in lines:
            right = cells(self.truth[int(line[number]) - 2])
            mended.append([*right, *line[number:]])
        return mended


def cells(row: Row) -> list[str]:
    return [row.get(name, "") for name in HEADINGS]


def table(rows: Iterable[Row]) -> list[list[str]]:
    return [list(HEADINGS.values()), *map(cells, rows)]


def as_csv(lines: Iterable[Sequence[str]], encoding: str = "utf-8") -> io.BytesIO:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(lines)
    return io.BytesIO(text.getvalue().encode(encoding))


def soil(row: Row, kind: str, above: Row) -> None:
    name, text, _code = DIRT[kind]
    if kind == "twice":
        row |= {one: above[one] for one in ("registration_number", "registration_kind", "court")}
        row |= {one: above[one] for one in ("region", "province", "commune")}
    else:
        row[name] = text
    if kind == "thousand":
        row["members"] = ""


def true_row(rng: Random, place: int) -> Row:
    commune = rng.choice(_communes())
    province = _provinces()[commune.province_code]
    women, men = rng.randint(0, 40), rng.randint(5, 40)
    sector = rng.choice(SECTORS)[1]
    latin, arabic = _name(rng), _name(rng)
    registers = place % 3 != 0
    name_ar = f"تعاونية {latin[1]} {arabic[1]}"
    row = {
        "registration_number": f"{place:06d}/{rng.randint(2000, 2025)}",
        "registration_kind": rng.choice(("Registre", "السجل المحلي")) if registers else "Agrément",
        "court": _court(rng, province) if registers else "",
        "name_fr": f"Coopérative {latin[0].title()} {arabic[0].title()}",
        "name_ar": name_ar if place % 5 else "",
        "registered_on": _day(rng, date(1990, 1, 1) + timedelta(days=rng.randint(0, 12_000))),
        "status": rng.choice(("", "Active", "نشيطة", "Dissoute", "Radiée")),
        "sector": rng.choice(sector),
        "region": "",
        "province": _spelt(rng, province.name_fr, province.name_ar),
        "commune": _spelt(rng, commune.name_fr, commune.name_ar),
        "address": rng.choice(("", f"Douar {latin[0]}, n° {place}", "+ près de l’école")),
        "purpose": rng.choice(("", "Collecte et vente; miel", "تثمين المنتوجات المجالية")),
        "capital": _amount(rng, rng.randint(10, 900) * 100),
        "women": _digits(rng, str(women)),
        "men": _digits(rng, str(men)),
        "members": rng.choice(("", str(women + men))),
        "is_womens": rng.choice(("", "oui", "non", "نعم", "لا", "x", "1")),
        "is_youth": rng.choice(("", "Oui", "0")),
        "president": f"{arabic[0].title()} {latin[0].title()}",
        "phone": _phone(rng, place),
        "note": "" if place % 7 else '=cmd|"/c calc"!A1',
    }
    # Whoever reads the women as a number must be able to add one.
    return row | ({"women": str(women)} if place % 100 == 20 else {})


def _name(rng: Random) -> tuple[str, str]:
    """A word that sounds the same in both scripts."""
    parts = [rng.choice(SYLLABLES) for _ in range(4)]
    return "".join(latin for latin, _ in parts), "".join(arabic for _, arabic in parts)


def _court(rng: Random, province: reference.ProvinceRow) -> str:
    ways: tuple[Callable[[], str], ...] = (
        lambda: province.name_fr,
        lambda: province.name_fr.upper(),
        lambda: f"TPI {province.name_fr}",
        lambda: province.name_ar,
    )
    return rng.choice(ways)()


def _spelt(rng: Random, french: str, arabic: str) -> str:
    return rng.choice((french, french.upper(), arabic, french.replace("-", " "), f" {french} "))


def _day(rng: Random, day: date) -> str:
    serial = (day - date(1899, 12, 30)).days
    return rng.choice(
        (
            day.isoformat(),
            f"{day:%d/%m/%Y}",
            f"{day:%d-%m-%Y}",
            str(serial),
            f"{day.day} {MOIS[day.month - 1]} {day.year}",
            f"{day.day} {MONTHS[day.month - 1]} {day.year}",
            f"{day:%d/%m/%Y}".translate(ARABIC_DIGITS),
        )
    )


def _amount(rng: Random, dirhams: int) -> str:
    spaced = f"{dirhams:,}".replace(",", " ")
    return rng.choice(
        (str(dirhams), f"{spaced},00 DH", f"{dirhams}.00", f"{dirhams} درهم", f"{spaced} MAD")
    )


def _digits(rng: Random, text: str) -> str:
    return text.translate(ARABIC_DIGITS) if rng.random() < 0.2 else text


def _phone(rng: Random, place: int) -> str:
    tail = f"{place % 100_000_000:08d}"
    spaced = " ".join((tail[:2], tail[2:4], tail[4:6], tail[6:]))
    return rng.choice((f"06{tail}", f"+2126{tail}", f"6{tail}", f"06 {spaced}", f"002126{tail}"))


@cache
def _communes() -> tuple[reference.CommuneRow, ...]:
    """Those that a reader cannot mistake for another one of their province."""
    return reference.communes()


@cache
def _provinces() -> dict[str, reference.ProvinceRow]:
    return {row.code: row for row in reference.provinces()}
