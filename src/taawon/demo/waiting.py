"""What waits for the national team: claims to decide, products held back."""

from __future__ import annotations

from random import Random

from taawon.demo.rows import (
    ClaimRow,
    CooperativeRow,
    HoldRow,
    OrderRow,
    PersonRow,
    ProductRow,
    ShopRow,
)

# The regions of the agents of the demonstration, so that each finds one.
CLAIM_REGIONS = ("MA-05", "MA-09", "MA-03", "MA-01", "MA-09")
MESSAGES = {
    "fr": "Je préside la coopérative depuis deux ans ; voici le procès-verbal de l'assemblée.",
    "ar": "أنا رئيسة التعاونية منذ سنتين، وهذا محضر الجمع العام.",
}
REASONS = (
    ("La photo ne montre pas l'étiquette : merci d'en ajouter une où on la lit.", ""),
    (
        "Le poids annoncé ne correspond pas à celui de l'étiquette.",
        "Erreur corrigée : le pot pèse bien ce qui est écrit. Merci.",
    ),
)


def claims(
    rng: Random,
    cooperatives: list[CooperativeRow],
    shops: list[ShopRow],
    customers: list[PersonRow],
) -> list[ClaimRow]:
    selling = {shop.cooperative for shop in shops}
    rows = []
    # The last customers: those of the logins buy, and do not claim.
    for region, person in zip(CLAIM_REGIONS, reversed(customers), strict=False):
        among = [
            row
            for row in cooperatives
            if row.region == region and row.status == "active" and row.key not in selling
        ]
        rows.append(
            ClaimRow(
                cooperative=rng.choice(among).key,
                customer=person.key,
                message=MESSAGES[person.language],
                hours_ago=rng.randint(3, 120),
            )
        )
    return rows


def holds(
    rng: Random, products: list[ProductRow], orders: list[OrderRow], shown: set[int]
) -> list[HoldRow]:
    """Products of the logins' shops that nobody has ordered and no shelf shows."""
    ordered = {line.product for order in orders for line in order.lines}
    free = [
        row
        for row in products
        if row.state == "published" and row.key not in ordered and row.key not in shown
    ]
    chosen = rng.sample(free[:12], len(REASONS))
    return [
        HoldRow(row.key, reason, answer, rng.randint(20, 200))
        for row, (reason, answer) in zip(chosen, REASONS, strict=True)
    ]
