"""What customers say: reviews, questions, favourites; and the home page's shelves."""

from __future__ import annotations

from random import Random

from taawon.demo.rows import (
    FavouriteRow,
    OrderRow,
    PersonRow,
    ProductRow,
    QuestionRow,
    ReviewRow,
    SelectionRow,
)
from taawon.demo.texts import table

REVIEWS = 200
QUESTIONS = 40
FAVOURITES = 80
SHELF = 8
# Stars in a hundred: people mostly write when they are pleased.
STARS = {5: 62, 4: 26, 3: 8, 2: 4}
THANKS = {
    "fr": (
        "Merci beaucoup, à bientôt !",
        "Merci de votre confiance, toute l'équipe vous salue.",
        "Merci, votre message a été lu en assemblée.",
    ),
    "ar": ("شكرا جزيلا ومرحبا بكم دائما.", "بارك الله فيكم، سعداء برضاكم.", "شكرا على ثقتكم."),
}
SORRY = {
    "fr": "Merci de nous l'avoir dit, nous ferons mieux la prochaine fois.",
    "ar": "شكرا على الملاحظة، سنعمل على تحسين ذلك.",
}


def reviews(rng: Random, orders: list[OrderRow], people: list[PersonRow]) -> list[ReviewRow]:
    lines = [
        (order, place)
        for order in orders
        if order.state == "delivered"
        for place in range(len(order.lines))
    ]
    language_of = {row.key: row.language for row in people}
    chosen = sorted(rng.sample(lines, REVIEWS), key=lambda line: (line[0].key, line[1]))
    return [_review(rng, order, place, language_of[order.customer]) for order, place in chosen]


def _review(rng: Random, order: OrderRow, place: int, language: str) -> ReviewRow:
    stars = rng.choices(list(STARS), list(STARS.values()))[0]
    texts = [
        row["text"]
        for row in table("reviews")
        if row["stars"] == str(stars) and row["language"] == language
    ]
    answer = ""
    if stars <= 3 or rng.random() < 0.3:
        answer = rng.choice(THANKS[language]) if stars > 3 else SORRY[language]
    return ReviewRow(
        order=order.key,
        line=place,
        stars=stars,
        language=language,
        text=rng.choice(texts) if rng.random() < 0.9 else "",
        answer=answer,
        hours_ago=int(order.steps[-1].hours_ago * rng.uniform(0.3, 0.9)),
    )


def questions(
    rng: Random, products: list[ProductRow], customers: list[PersonRow]
) -> list[QuestionRow]:
    # The first shops are those of the logins: some questions wait for them.
    shown = [row for row in products if row.state == "published"]
    rows = []
    for place in range(QUESTIONS):
        text = rng.choice(table("questions"))
        asker = rng.choice([row for row in customers if row.language == text["language"]])
        product = rng.choice(shown[:40] if place % 3 == 0 else shown)
        rows.append(
            QuestionRow(
                product=product.key,
                customer=asker.key,
                language=text["language"],
                text=text["question"],
                answer=text["answer"],
                hours_ago=rng.randint(2, 3000),
            )
        )
    return rows


def favourites(
    rng: Random, products: list[ProductRow], customers: list[PersonRow]
) -> list[FavouriteRow]:
    shown = [row.key for row in products if row.state == "published"]
    pairs: dict[tuple[int, int], None] = {}
    while len(pairs) < FAVOURITES:
        pairs[rng.choice(customers[:20]).key, rng.choice(shown)] = None
    return [FavouriteRow(customer, product) for customer, product in pairs]


def selections(products: list[ProductRow]) -> list[SelectionRow]:
    return [
        SelectionRow(
            "Les saveurs de la saison",
            "نكهات الموسم",
            "Flavours of the season",
            _one_each(
                products,
                "miel safran dattes huile-d-olive amlou huile-d-argan-alimentaire fromage couscous",
            ),
        ),
        SelectionRow(
            "Faits à la main",
            "صنعت باليد",
            "Made by hand",
            _one_each(
                products, "tapis poterie vannerie bijoux cuir bois dinanderie tissage-et-broderie"
            ),
        ),
    ]


def _one_each(products: list[ProductRow], categories: str) -> tuple[int, ...]:
    """The first product of each category that can be bought, with a label where one has it."""
    found = []
    for category in categories.split():
        among = [
            row
            for row in products
            if row.category == category and row.state == "published" and row.on_hand > 5
        ]
        among.sort(key=lambda row: (not row.certificates, row.key))
        found.append(among[0].key)
    return tuple(found[:SHELF])
