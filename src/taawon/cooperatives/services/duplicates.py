"""Looks through the register for entries that are likely one; people decide.

One province after the other, for the same name in two provinces is two cooperatives; entries of two
provinces meet by a phone alone. Entries are compared that have something in common (likeness.keys).
A key that very many share says little: who meets by it alone is not compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from django.db import transaction
from django.db.models import QuerySet

from taawon.cooperatives import likeness, rules
from taawon.cooperatives.history import FIELDS
from taawon.cooperatives.models import Cooperative, Pair
from taawon.cooperatives.states import PairState
from taawon.core.actor import Actor, Channel
from taawon.core.errors import NotAllowed, NotFound
from taawon.places.models import Province

# Of a key that more entries share nothing is learnt.
MOST_OF_A_KEY = 30
Ids = tuple[int, int]
Entries = Mapping[int, likeness.Entry]


def scan(region_code: str | None = None, *, by: Actor) -> int:
    """Find likely pairs of a region, or of the whole register; how many are new.

    What somebody decided about is left alone. Raises NotFound, NotAllowed.
    """
    if by.channel != Channel.SYSTEM and not _may_scan(by, region_code):
        raise NotAllowed if rules.in_the_team(by) else NotFound
    provinces = Province.objects.order_by("code")
    if region_code is not None:
        provinces = provinces.filter(region_id=region_code)
    codes = list(provinces.values_list("code", flat=True))
    return sum(scan_province(code, by=by) for code in codes) + (
        scan_phones(by=by) if region_code is None else 0
    )


def scan_province(code: str, *, by: Actor) -> int:
    """Compare the entries of one province; how many pairs are new. Raises NotAllowed."""
    _insist_on_system(by, code)
    live = _live().filter(province_id=code)
    entries = _entries(live)
    within = Pair.objects.filter(first__province_id=code, second__province_id=code)
    return _write(_likely(entries, _meeting(entries)), within)


def scan_phones(*, by: Actor) -> int:
    """Compare entries of two provinces that share a phone; how many pairs are new."""
    by_phone: defaultdict[str, set[int]] = defaultdict(set)
    rows = _live().values_list("pk", "phone", "phone_on_record")
    for pk, *phones in rows.iterator(chunk_size=2_000):
        for phone in phones:
            if phone:
                by_phone[phone].add(pk)
    shared = [sorted(ids) for ids in by_phone.values() if 1 < len(ids) <= MOST_OF_A_KEY]
    wanted = {pk for ids in shared for pk in ids}
    entries = _entries(_live().filter(pk__in=wanted)) if wanted else {}
    apart = (ids for ids in _pairs(shared) if entries[ids[0]].province != entries[ids[1]].province)
    found = _likely(entries, apart)
    return _write(found, Pair.objects.none())


def _may_scan(by: Actor, region_code: str | None) -> bool:
    return rules.may_supervise_region(by, region_code or "")


def _insist_on_system(by: Actor, province_code: str) -> None:
    if by.channel == Channel.SYSTEM:
        return
    province = Province.objects.filter(pk=province_code).first()
    if province is None or not rules.may_supervise_region(by, province.region_id):
        raise NotAllowed


def _live() -> QuerySet[Cooperative]:
    return Cooperative.objects.filter(merged_into__isnull=True).order_by("pk")


def _entries(rows: QuerySet[Cooperative]) -> dict[int, likeness.Entry]:
    return {row["pk"]: likeness.entry(row) for row in rows.values("pk", *FIELDS)}


def _meeting(entries: Entries) -> Iterator[Ids]:
    sharing: defaultdict[str, list[int]] = defaultdict(list)
    for pk, one in entries.items():
        for key in likeness.keys(one):
            sharing[key].append(pk)
    return _pairs(ids for ids in sharing.values() if len(ids) <= MOST_OF_A_KEY)


def _pairs(groups: Iterable[list[int]]) -> Iterator[Ids]:
    """Each two of a group, the older first, once."""
    seen: set[Ids] = set()
    for group in groups:
        for ids in combinations(group, 2):
            if ids not in seen:
                seen.add(ids)
                yield ids


def _likely(entries: Entries, candidates: Iterable[Ids]) -> dict[Ids, Pair]:
    found: dict[Ids, Pair] = {}
    for ids in candidates:
        score, reasons = likeness.likeness(entries[ids[0]], entries[ids[1]])
        if score >= likeness.LIKELY:
            first, second = ids
            found[ids] = Pair(first_id=first, second_id=second, score=score, reasons=reasons)
    return found


@transaction.atomic
def _write(found: Mapping[Ids, Pair], before: QuerySet[Pair]) -> int:
    """Likely ones that were found before and are not alike any more go."""
    firsts = [first for first, _second in found]
    known = {
        (pair.first_id, pair.second_id): pair
        for rows in (before, Pair.objects.filter(first__in=firsts))
        for pair in rows
    }
    likely = {ids: pair for ids, pair in known.items() if pair.state == PairState.LIKELY}
    changed = []
    for ids, pair in likely.items():
        new = found.get(ids)
        if new and (new.score, new.reasons) != (pair.score, pair.reasons):
            pair.score, pair.reasons = new.score, new.reasons
            changed.append(pair)
    Pair.objects.bulk_update(changed, ["score", "reasons"], batch_size=500)
    stale = [pair.pk for pair in before if (pair.first_id, pair.second_id) not in found]
    Pair.objects.filter(pk__in=stale, state=PairState.LIKELY).delete()
    fresh = [pair for ids, pair in found.items() if ids not in known]
    Pair.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=500)
    return len(fresh)
