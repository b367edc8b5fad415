"""Products: each kind, origin, harvest and pack size said in the words of its category."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

from taawon.demo.rows import CertificateRow, CooperativeRow, ProductRow, ShopRow
from taawon.demo.texts import goods, leaves, origin, sentences

FEWEST, MOST = 3, 13
TINTS = 2
BODY = "Certification Démo"
STATES, STATE_WEIGHTS = ("published", "draft", "paused"), (94, 3, 3)


def build(
    rng: Random, shops: list[ShopRow], home: dict[int, CooperativeRow], count: int
) -> list[ProductRow]:
    """`home` is the cooperative of each shop, by the shop's key."""
    rows: list[ProductRow] = []
    for shop, packs in zip(shops, _counts(rng, shops, count), strict=True):
        maker = Maker(rng, shop, home[shop.key].province)
        rows += maker.make(first_key=len(rows) + 1, count=packs)
    return rows


def _counts(rng: Random, shops: list[ShopRow], products: int) -> list[int]:
    """How many products each shop has: exactly so many in all."""
    counts = [rng.randint(FEWEST + 1, MOST - 2) for _ in shops]
    while (missing := products - sum(counts)) != 0:
        place = rng.randrange(len(counts))
        step = 1 if missing > 0 else -1
        if FEWEST <= counts[place] + step <= MOST:
            counts[place] += step
    return counts


class Maker:
    """Fills the shelves of one shop."""

    def __init__(self, rng: Random, shop: ShopRow, province: str) -> None:
        self.rng = rng
        self.shop = shop
        self.province = province
        # Dearer or cheaper than the neighbours, in all it sells.
        self.dear = rng.uniform(0.92, 1.12)
        self.organic = rng.random() < 0.08
        self.certified = rng.random() < 0.75
        self.families = 0

    def make(self, first_key: int, count: int) -> list[ProductRow]:
        packs: list[tuple[str, list[Any], list[Any], int, bool]] = []
        for shelf, wanted in zip(self.shop.categories, self._split(count), strict=True):
            packs += self._packs(shelf, wanted)
        return [self._row(first_key + place, place + 1, *pack) for place, pack in enumerate(packs)]

    def _split(self, count: int) -> list[int]:
        shelves = len(self.shop.categories)
        small = min(4, max(1, count // (shelves + 1)))
        return [count - small * (shelves - 1)] + [small] * (shelves - 1)

    def _packs(
        self, shelf: str, wanted: int
    ) -> Iterator[tuple[str, list[Any], list[Any], int, bool]]:
        """Kind and size of each product, pack sizes of one kind linked as a family."""
        texts = goods()[shelf]
        kinds = self.rng.sample(texts["kinds"], len(texts["kinds"]))
        sizes_of = {kind[0]: self.rng.sample(texts["sizes"], len(texts["sizes"])) for kind in kinds}
        taken: dict[str, int] = {}
        for turn in range(wanted):
            # Three kinds or more before the second size of one.
            kind = kinds[turn % max(3, min(len(kinds), (wanted + 1) // 2))]
            taken[kind[0]] = taken.get(kind[0], 0) + 1
        for kind in kinds:
            several = taken.get(kind[0], 0) > 1
            if several:
                self.families += 1
            for size in sizes_of[kind[0]][: taken.get(kind[0], 0)]:
                yield shelf, kind, size, self.families if several else 0, several

    def _row(
        self,
        key: int,
        number: int,
        shelf: str,
        kind: list[Any],
        size: list[Any],
        family: int,
        several: bool,
    ) -> ProductRow:
        rng = self.rng
        name_fr, name_ar, name_en = self._names(shelf, kind, size, several)
        description_fr, description_ar = self._descriptions(shelf)
        price = _rounded(size[2] * kind[3] / 100 * self.dear * rng.uniform(0.96, 1.04))
        return ProductRow(
            key=key,
            shop=self.shop.key,
            number=number,
            category=shelf,
            family=family,
            name_fr=name_fr,
            name_ar=name_ar,
            name_en=name_en,
            description_fr=description_fr,
            description_ar=description_ar,
            price_centimes=price * 100,
            content=size[0],
            unit=size[1],
            weight_grams=size[3],
            on_hand=self._on_hand(size[1]),
            low_stock=3,
            state="published"
            if number <= 2
            else rng.choices(("published", "draft", "paused"), (94, 3, 3))[0],
            # Long enough ago that orders can have been delivered since.
            published_hours_ago=rng.randint(4800, 9000),
            picture=f"{leaves()[shelf].drawing}-{rng.randint(1, TINTS)}",
            certificates=self._certificates(shelf, kind),
        )

    def _names(
        self, shelf: str, kind: list[Any], size: list[Any], several: bool
    ) -> tuple[str, str, str]:
        de_fr, ar, en = origin(shelf, self.province)
        fr_name, ar_name, en_name = kind[:3]
        chance = self.rng.random()
        if chance < 0.72:
            fr_name, ar_name, en_name = (
                f"{fr_name} {de_fr}",
                f"{ar_name} من {ar}",
                f"{en_name} from {en}",
            )
        if chance > 0.55:
            finish = self.rng.choice(goods()[shelf]["finish"])
            fr_name, ar_name, en_name = (
                f"{fr_name}, {finish[0]}",
                f"{ar_name}، {finish[1]}",
                f"{en_name}, {finish[2]}",
            )
        # A pack size is part of the name where one kind stands on the shelf in several.
        if several or len(size) > 4:
            label_fr, label_ar, label_en = size_label(size)
            fr_name, ar_name = f"{fr_name}, {label_fr}", f"{ar_name}، {label_ar}"
            en_name = f"{en_name}, {label_en}"
        return fr_name, ar_name, en_name if self.rng.random() < 0.85 else ""

    def _descriptions(self, shelf: str) -> tuple[str, str]:
        """Two to four sentences, the same in both languages."""
        rng = self.rng
        de_fr, ar, _en = origin(shelf, self.province)
        said = [rng.choice(goods()[shelf]["about"])]
        if rng.random() < 0.55:
            said.append(rng.choice(sentences()["place"][leaves()[shelf].parent]))
        if rng.random() < 0.8 or len(said) == 1:
            said.append(rng.choice(goods()[shelf]["use"]))
        if rng.random() < 0.4:
            said.append(rng.choice(sentences()["together"]["all"]))
        return (
            " ".join(pair[0].format(fr=de_fr, ar=ar) for pair in said),
            " ".join(pair[1].format(fr=de_fr, ar=ar) for pair in said),
        )

    def _on_hand(self, unit: str) -> int:
        chance = self.rng.random()
        if chance < 0.03:
            return 0
        if chance < 0.08:
            return self.rng.randint(1, 3)
        return self.rng.randint(6, 20) if unit == "piece" else self.rng.randint(12, 120)

    def _certificates(self, shelf: str, kind: list[Any]) -> tuple[CertificateRow, ...]:
        codes = [
            label[0]
            for label in goods()[shelf].get("labels", [])
            if self.certified
            and self.province.removeprefix("MA-") in label[1].split()
            and label[3] in kind[0]
        ]
        if self.organic and leaves()[shelf].parent != "artisanat":
            codes.append("bio")
        return tuple(
            CertificateRow(
                label=code,
                number=f"DEMO-{code.upper()}-{self.shop.key:04d}",
                body=BODY,
                expires_in_days=120 + self.shop.key * 7 % 700,
            )
            for code in codes
        )


def size_label(size: list[Any]) -> tuple[str, str, str]:
    """("500 g", "500 غ", "500 g"), or the words of the material ("120 × 180 cm")."""
    if len(size) > 4:
        return size[4], size[5], size[6]
    amount, unit = size[0], size[1]
    fr, ar = {"g": ("g", "غ"), "ml": ("ml", "مل")}[unit]
    if amount >= 1000:
        amount //= 1000
        fr, ar = {"g": ("kg", "كلغ"), "ml": ("L", "لتر")}[unit]
    return f"{amount} {fr}", f"{amount} {ar}", f"{amount} {fr}"


def _rounded(dirhams: float) -> int:
    """As on a market: whole dirhams, then fives, then tens."""
    step = 1 if dirhams < 100 else 5 if dirhams < 500 else 10
    return max(step, round(dirhams / step) * step)
