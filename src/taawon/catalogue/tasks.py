"""What time itself does to products."""

from __future__ import annotations

from taawon.catalogue.services import badges, certificates, food
from taawon.core.actor import Actor
from taawon.journal.clock import every

HOUR = 60 * 60
DAY = 24 * HOUR


@every(seconds=HOUR)
def drop_lapsed_badges() -> None:
    certificates.drop_lapsed(by=Actor.system())


@every(seconds=HOUR)
def pause_unauthorised_food() -> None:
    food.pause_unauthorised(by=Actor.system())


@every(seconds=DAY)
def put_badges_right() -> None:
    badges.repair()
