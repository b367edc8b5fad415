"""Say it in the reader's language, and post it to where the reader can be reached."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise

from taawon.accounts.models import Person, Reach
from taawon.core.phone import takes_texts
from taawon.messaging import consent
from taawon.messaging import services as messaging
from taawon.messaging.fitting import WIDE_SEGMENTS, Name, fitted
from taawon.messaging.services import Via


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom to tell: phone (E.164) and e-mail, "" where there is none, and the language.

    `reach` is the way that they prefer.
    """

    phone: str
    email: str
    language: str
    reach: str = Reach.SMS

    @classmethod
    def person(cls, person: Person) -> Reader:
        return cls(
            phone=person.phone or "",
            email=person.email,
            language=person.language,
            reach=person.reach,
        )

    def way(self) -> tuple[str, Via] | None:
        """Where to write, and how: as they prefer, else the other way; None where nothing goes.

        What could not be reached lately and is left alone gives way to the other as well.
        """
        ways = []
        if self.phone and takes_texts(self.phone):
            ways.append((self.phone, Via.SMS))
        if self.email:
            ways.append((self.email, Via.EMAIL))
        ways.sort(key=lambda way: way[1] != self.reach)
        if len(ways) > 1 and consent.suppressed_until(ways[0][0]):
            ways.reverse()
        return ways[0] if ways else None


def tell(
    reader: Reader,
    words: str | Promise,
    *,
    subject: str | Promise,
    key: str,
    cooperative_id: int | None = None,
    letter: str | Promise = "",
    segments: int = 1,
    wide_segments: int = WIDE_SEGMENTS,
    **facts: Any,
) -> None:
    """Queue one message, by text or e-mail as the reader prefers; nothing where neither arrives.

    `subject` heads the e-mail; `letter` is what it says where the words of a text do not serve. A
    fact that can be called is asked for its words in the reader's language; one that is a Name
    gives way so that a text stays within its segments: `segments` in Latin letters, `wide_segments`
    in others. `cooperative_id` is whose order it is about: the cost of the text is counted for it.
    """
    way = reader.way()
    if way is None:
        return
    to, via = way
    with translation.override(reader.language):
        said = {
            name: fact(reader.language) if callable(fact) else fact for name, fact in facts.items()
        }
        pattern, heading = str(words), ""
        # Facts may be words that wait for a language.
        if via == Via.EMAIL:
            text, heading = (str(letter) or pattern) % said, str(subject) % said
        else:
            text = fitted(lambda facts: pattern % facts, said, segments, wide_segments)
    messaging.queue(
        to,
        text,
        key=key,
        via=via,
        subject=heading,
        language=reader.language,
        cooperative_id=cooperative_id,
    )


def link(*path: str, **query: str) -> Callable[[str], str]:
    """The address of a page in the reader's language: link("seller") → …/fr/seller/."""

    def in_language(language: str) -> str:
        address = "/".join((settings.SITE_URL, language, *path, ""))
        return f"{address}?{urlencode(query)}" if query else address

    return in_language


def short(text: str, most: int = 40) -> Name:
    """At most so many letters, and fewer where a text is long: a name or a reason gives way."""
    tidy = " ".join(text.split())
    return Name(tidy if len(tidy) <= most else tidy[: most - 3].rstrip() + "...")


def sentence(text: str, most: int = 60) -> Name:
    """Somebody's own words, with a full stop; a dash where they said nothing."""
    return Name(f"{short(text, most).rstrip('. ') or '—'}.")
