"""Names that people wrote for a town, in the reader's language."""

from __future__ import annotations

import unicodedata

from taawon.core.memory import remember
from taawon.places.queries import Named, communes, provinces


def name_of(written: str) -> str:
    """The town's name as the reader's language has it; the words as written if nobody knows them.

    A province goes before a commune of the same name: courts stand in the chief town.
    """
    found = _towns().get(_key(written))
    return found.name if found else written


@remember(seconds=600)
def _towns() -> dict[str, Named]:
    """{name in any language, folded: place}."""
    found: dict[str, Named] = {}
    for place in (*provinces().values(), *communes().values()):
        for _column, name in place.names:
            if name:
                found.setdefault(_key(name), place)
    return found


def _key(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(s for s in plain if not unicodedata.combining(s)).split())
