"""Puts the demonstration world into an empty database, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from taawon.core import memory
from taawon.core.actor import Actor
from taawon.demo import world as worlds
from taawon.demo.loading import bulk, files, ground, history, months, sellers, shelves, trading
from taawon.journal.events import Event
from taawon.journal.models import Entry
from taawon.journal.record import record


@dataclass(frozen=True, slots=True, kw_only=True)
class DemonstrationLoaded(Event):
    """What tells a database of the demonstration from any other."""

    name = "demonstration-loaded"
    seed: int
    cooperatives: int
    products: int

    @property
    def subject(self) -> str:
        return "demo.world"


class NotEmpty(Exception):
    """The database holds something already: nothing was changed."""


def is_seeded() -> bool:
    """Whether this database was filled by the demonstration."""
    return Entry.objects.filter(subject="demo.world", name=DemonstrationLoaded.name).exists()


def load(seed: int = worlds.SEED, *, small: bool = False) -> None:
    """The whole world, or a small one for trying things out. Raises NotEmpty; all or nothing.

    The index of words is built afterwards, by whoever asked.
    """
    world = worlds.build(seed, worlds.SMALL if small else worlds.FULL)
    files.put_pictures()
    clock = bulk.Clock()
    with transaction.atomic():
        if Entry.objects.exists():
            raise NotEmpty("The demonstration is loaded into an empty database only.")
        ground.load()
        sellers.load(world, clock)
        shelves.load(world, clock)
        trading.Trade(world, seed, clock).load()
        trading.load_baskets(world)
        trading.load_voices(world, clock)
        history.load(world, clock)
        months.load()
        event = DemonstrationLoaded(
            seed=seed, cooperatives=len(world.cooperatives), products=len(world.products)
        )
        record(event, by=Actor.system())
    memory.forget()
