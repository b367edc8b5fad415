"""Whom one may be in the demonstration: shown on its own page, and when it starts."""

from __future__ import annotations

from dataclasses import dataclass

from taawon.core.phone import readable
from taawon.demo.texts import table


@dataclass(frozen=True, slots=True)
class Login:
    """A phone (E.164) to log in with, and whose it is, in French and Arabic.

    `kind` is administrator, editor, agent, member (of a cooperative with a shop) or customer.
    """

    kind: str
    role: str
    name: str
    phone: str

    def __str__(self) -> str:
        return f"{readable(self.phone)}  {self.name} ({self.role})"


LOGINS = [
    Login(
        kind=row["role"],
        role=row["says"],
        name=f"{row['name_fr']} · {row['name_ar']}",
        phone=row["phone"],
    )
    for row in table("logins")
]
