"""How long a text is, as the operator counts, and how a French one stays short."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime, time, timedelta
from typing import Final
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core import signing
from django.utils.crypto import salted_hmac

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENSION = frozenset("^{}\\[~]|€")  # Each of these takes two places.
_ONE_GSM, _PART_GSM = 160, 153
_ONE_WIDE, _PART_WIDE = 70, 67
_UNSUBSCRIBE: Final = "taawon.messaging.unsubscribe"
CASABLANCA: Final = ZoneInfo("Africa/Casablanca")
# Signs that are worth a plain one, when they alone would cost more than half of the room.
_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "…": "...", "–": "-", "—": "-"}
    | {"\u00a0": " ", "\u202f": " ", "œ": "oe", "Œ": "OE", "×": "x", "·": ".", "°": "o"}
)


def plain(text: str) -> str:
    """A text in Latin letters with GSM letters alone (ê → e, ç → c); any other as it is."""
    # French quotes keep a space inside, which plain ones have no use for.
    tight = re.sub("(?<=«)[\u00a0\u202f]|[\u00a0\u202f](?=»)", "", text)
    simple = "".join(
        sign if sign in _BASIC or sign in _EXTENSION else unicodedata.normalize("NFD", sign)[0]
        for sign in unicodedata.normalize("NFC", tight).translate(_PLAIN)
    )
    return simple if is_gsm(simple) else text


def segments(text: str) -> int:
    """How many texts the operator makes of it: 160 GSM letters each, or 70 in any other script.

    Several are 153 or 67 each, and no letter is cut in half (3GPP TS 23.040, 9.2.3.24.1).
    """
    return len(parts(text))


def parts(text: str) -> list[str]:
    """The segments of a text, in order; neither a two-place sign nor an emoji is cut in half."""
    width, one, several = (
        (_places, _ONE_GSM, _PART_GSM) if is_gsm(text) else (_units, _ONE_WIDE, _PART_WIDE)
    )
    if sum(map(width, text)) <= one:
        return [text]
    found, room = [""], several
    for sign in text:
        if width(sign) > room:
            found.append("")
            room = several
        found[-1] += sign
        room -= width(sign)
    return found


def room(text: str) -> tuple[int, int]:
    """How many places a text takes, and how many its segments have: (76, 160), (171, 306)."""
    width, one, several = (
        (_places, _ONE_GSM, _PART_GSM) if is_gsm(text) else (_units, _ONE_WIDE, _PART_WIDE)
    )
    count = segments(text)
    return sum(map(width, text)), one if count == 1 else count * several


def is_gsm(text: str) -> bool:
    """Whether every sign stands in the GSM 03.38 alphabet."""
    return all(sign in _BASIC or sign in _EXTENSION for sign in text)


def proof_of(key: str) -> str:
    """Stands in the address of a report, so that nobody else can write one."""
    return salted_hmac("taawon.messaging.reports", key, algorithm="sha256").hexdigest()[:24]


def letter_id(key: str) -> str:
    """What stands in the Message-ID of an e-mail: the same each time that it is sent."""
    return salted_hmac("taawon.messaging.letters", key, algorithm="sha256").hexdigest()[:32]


def unsubscribe_address(to: str, language: str) -> str:
    """The page that stops announcements to an e-mail address. What it bears is signed."""
    query = urlencode({"who": signing.dumps(to, salt=_UNSUBSCRIBE)})
    return f"{settings.SITE_URL}/{language}/unsubscribe/?{query}"


def address_in(signed: str) -> str | None:
    """Whom such a page is for; None where we did not sign it."""
    try:
        return str(signing.loads(signed, salt=_UNSUBSCRIBE))
    except signing.BadSignature:
        return None


def may_announce_at(moment: datetime) -> bool:
    """In the hours of the settings where the reader lives, whatever the clocks there do."""
    opens, closes = settings.CAMPAIGN_HOURS
    return bool(opens <= moment.astimezone(CASABLANCA).hour < closes)


def next_hours(moment: datetime) -> datetime:
    """When announcements may be sent: now, or when the hours of this or the next day begin."""
    if may_announce_at(moment):
        return moment
    opens, closes = settings.CAMPAIGN_HOURS
    here = moment.astimezone(CASABLANCA)
    day = here.date() + timedelta(days=here.hour >= closes)
    return datetime.combine(day, time(opens), CASABLANCA)


def _places(sign: str) -> int:
    return 1 + (sign in _EXTENSION)


def _units(sign: str) -> int:
    """UTF-16 units: an emoji takes two."""
    return 1 + (sign > "\uffff")
