"""What commands look up in a shop: an order or a product by its number, in a few words."""

from __future__ import annotations

from taawon.catalogue.models import Product
from taawon.catalogue.workspace import by_number
from taawon.core.errors import NotFound
from taawon.core.languages import said_by
from taawon.messaging.fitting import Name
from taawon.orders import figures, queries
from taawon.orders.models import Order
from taawon.orders.states import State
from taawon.sms import says
from taawon.sms.turns import Reply, Turn

# In one segment; Arabic letters leave half of the room.
MOST_NUMBERS, MOST_NUMBERS_IN_ARABIC = 6, 3


class Answered(Exception):  # noqa: N818 - it is an answer, not an error
    """The command ends here, with this reply."""

    def __init__(self, reply: Reply) -> None:
        self.reply = reply
        super().__init__(reply.sentence)


def order_of(turn: Turn, *waiting: State) -> Order:
    """The order that the text names; without a name the only one that waits. Raises Answered."""
    if "order" not in turn.args:
        turn.args["order"] = _the_only_one(turn, waiting)
    number = turn.args["order"]
    try:
        return queries.for_shop(turn.cooperative_id, number)
    except NotFound:
        numbers = figures.numbers(turn.cooperative_id, *waiting)
        sentence = "no_order" if numbers else "no_order_at_all"
        facts = {"order": number, "numbers": listed(numbers, turn)}
        raise Answered(Reply(sentence, facts)) from None


def product_of(turn: Turn) -> Product:
    """Raises Answered."""
    found = by_number(turn.cooperative_id, turn.args["product"])
    if found is None:
        raise Answered(Reply("no_product", {"product": turn.args["product"]}))
    return found


def name_of(thing: object, turn: Turn) -> Name:
    return Name(said_by(thing, "name", turn.language))


def lines_of(order: Order, turn: Turn) -> Name:
    """2 miel de thym, 1 amlou: in the language of the cooperative, not of the customer."""
    lines = order.lines.select_related("product")
    return Name(", ".join(f"{line.quantity} {name_of(line.product, turn)}" for line in lines))


def wrong_moment(order: Order, turn: Turn) -> Reply:
    facts = {"order": order.number, "state": says.state(order.state, turn.voice)}
    return Reply("wrong_moment", facts)


def listed(numbers: list[int], turn: Turn) -> str:
    """47, 51, 52 +3: the first of them, and how many more there are."""
    most = MOST_NUMBERS_IN_ARABIC if turn.voice == "ar" else MOST_NUMBERS
    more = f" +{len(numbers) - most}" if len(numbers) > most else ""
    return says.listed([str(number) for number in numbers[:most]], turn.voice) + more


def _the_only_one(turn: Turn, waiting: tuple[State, ...]) -> int:
    numbers = figures.numbers(turn.cooperative_id, *waiting)
    if not numbers:
        raise Answered(Reply("nothing_waits"))
    if len(numbers) > 1:
        facts = {
            "numbers": listed(numbers, turn),
            "first": numbers[0],
            "verb": says.verb(turn.args.get("verb", "ACCEPT"), turn.voice),
        }
        raise Answered(Reply("which_order", facts))
    return numbers[0]
