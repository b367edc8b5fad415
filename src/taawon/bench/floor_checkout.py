"""The rows that a checkout changes, in as few statements of plain SQL as they take."""

from __future__ import annotations

import json
import secrets
import uuid
from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django_tasks_db.models import DBTaskResult, get_date_max

from taawon.core.text import random_code

_ORDER = (
    "code number secret checkout_id cooperative_id state name phone language region_id town address"
    " note delivery payment items_centimes shipping_centimes total_centimes days_from days_to"
    " tracking carrier placed_at changed_at"
)
_LINE = "order_id product_id name number cover price_centimes quantity weight_grams"
_ENTRY = "name subject facts channel happened_at deliver_at"
_TASK = (
    "id status enqueued_at args_kwargs priority task_path worker_ids queue_name backend_name"
    " run_after return_value exception_class_path traceback"
)
_BASKET_LINES = """
SELECT l.product_id, l.quantity, p.cooperative_id, p.name_fr, p.number, p.cover, p.price_centimes,
       p.weight_grams, p.on_hand - p.reserved, s.state
FROM orders_basketline l
JOIN catalogue_product p ON p.id = l.product_id
JOIN cooperatives_shop s ON s.cooperative_id = p.cooperative_id
WHERE l.basket_id = %s ORDER BY p.cooperative_id, l.id"""
_NUMBER = """
INSERT INTO orders_ordercounter (cooperative_id, last) VALUES (%s, 1)
ON CONFLICT (cooperative_id) DO UPDATE SET last = orders_ordercounter.last + 1 RETURNING last"""
_TAKE = """
UPDATE catalogue_product SET reserved = reserved + %s, changed_at = %s
WHERE id = %s AND on_hand >= reserved + %s"""


@csrf_exempt
@transaction.atomic
def place(request: HttpRequest, token: str) -> HttpResponse:
    wish = json.loads(request.body)
    with connection.cursor() as cursor:
        return JsonResponse({"orders": _placed(cursor, token, wish)}, status=201)


def _placed(cursor: CursorWrapper, token: str, wish: dict[str, Any]) -> list[dict[str, Any]]:
    now = timezone.now()
    locked = " FOR NO KEY UPDATE" if connection.vendor == "postgresql" else ""
    cursor.execute(f"SELECT id FROM orders_basket WHERE token = %s{locked}", [token])
    (basket,) = cursor.fetchone()
    cursor.execute(_BASKET_LINES, [basket])
    lines = cursor.fetchall()
    names = "basket_id key fingerprint secret placed_at"
    values = [basket, secrets.token_hex(8), "0" * 64, secrets.token_urlsafe(18), now]
    [checkout] = _inserted(cursor, "orders_checkout", names, [values])
    orders = [_order(cursor, line, checkout, wish, now) for line in lines]
    keys = _inserted(cursor, "orders_order", _ORDER, orders)
    frozen = [
        [key, line[0], line[3], line[4], line[5], line[6], line[1], line[7]]
        for key, line in zip(keys, lines, strict=True)
    ]
    _inserted(cursor, "orders_orderline", _LINE, frozen)
    steps = [[key, "placed", now, "", "buyer"] for key in keys]
    _inserted(cursor, "orders_step", "order_id state at note by", steps)
    entries = [
        ["order-placed", f"orders.order:{key}", json.dumps({"order_id": key}), "api", now, now]
        for key in keys
    ]
    _inserted(cursor, "journal_entry", _ENTRY, entries)
    _inserted(cursor, DBTaskResult._meta.db_table, _TASK, [_task(now)])
    cursor.execute("DELETE FROM orders_basketline WHERE basket_id = %s", [basket])
    for line in sorted(lines):
        cursor.execute(_TAKE, [line[1], now, line[0], line[1]])
    return [dict(zip(("code", "total_centimes"), (row[0], row[17]), strict=True)) for row in orders]


def _order(
    cursor: CursorWrapper, line: Sequence[Any], checkout: int, wish: dict[str, Any], now: Any
) -> list[Any]:
    cursor.execute(_NUMBER, [line[2]])
    (number,) = cursor.fetchone()
    items = line[6] * line[1]
    return (
        [random_code(8), number, secrets.token_urlsafe(18), checkout, line[2], "placed"]
        + [wish["name"], wish["phone"], "fr", wish["region"], wish["town"], wish["address"]]
        + ["", "parcel", "cod", items, 3500, items + 3500, 3, 6, "", "", now, now]
    )


def _task(now: Any) -> list[Any]:
    key = uuid.uuid4()
    return (
        [key if connection.vendor == "postgresql" else key.hex, "READY", now]
        + ['{"args": [], "kwargs": {}}', 0, "taawon.journal.tasks.deliver_pending", "[]"]
        + ["default", "default", get_date_max(), None, "", ""]
    )


def _inserted(
    cursor: CursorWrapper, table: str, columns: str, found: Sequence[Sequence[Any]]
) -> list[int]:
    """All rows in one statement; their keys."""
    names = columns.split()
    quoted = ", ".join(map(connection.ops.quote_name, names))
    row = f"({', '.join(['%s'] * len(names))})"
    rows = ", ".join([row] * len(found))
    values = [value for each in found for value in each]
    cursor.execute(f"INSERT INTO {table} ({quoted}) VALUES {rows} RETURNING id", values)
    return [key for (key,) in cursor.fetchall()]
