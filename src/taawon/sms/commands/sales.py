"""VENTES, VENTES SEMAINE, VENTES MOIS"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from taawon.catalogue import workspace
from taawon.core.money import Money
from taawon.messaging.fitting import Name
from taawon.orders import figures
from taawon.sms import shop
from taawon.sms.turns import Reply, Turn

INTENTS = ("SALES",)
FOR_SHOP = True
_DAYS = {"week": 7, "month": 30}


def run(turn: Turn) -> Reply:
    period = turn.args.setdefault("period", "today")
    since = _since(period)
    sold = figures.sales(turn.cooperative_id, since)
    facts = {"orders": sold.orders, "sum": Money(sold.centimes)}
    one = "_one" if sold.orders == 1 else ""
    if period == "today":
        numbers = figures.to_ship(turn.cooperative_id)
        ship = f"{len(numbers)} ({shop.listed(numbers, turn)})" if numbers else "0"
        return Reply(f"sales_today{one}", {**facts, "ship": ship})
    return Reply(f"sales_{period}{one}", {**facts, "best": _best(turn, since)})


def _since(period: str) -> datetime:
    """Today begins at midnight in Casablanca, whatever the clock did that night."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return today if period == "today" else timezone.now() - timedelta(days=_DAYS[period])


def _best(turn: Turn, since: datetime) -> Name:
    best = figures.best(turn.cooperative_id, since)
    if best is None:
        return Name("-")
    name = shop.name_of(workspace.bare(best.product_id), turn)
    return Name(f"{name} ({best.packs})")
