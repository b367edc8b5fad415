"""Entries with an Arabic name alone bear it in their address: it was "x". Old addresses lead on."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from taawon.core.text import slug

BATCH = 1000


def spell(apps: Any, schema_editor: Any) -> None:
    entries = apps.get_model("cooperatives", "Cooperative").objects
    last = 0
    while True:
        nameless = entries.filter(slug="x", pk__gt=last).order_by("pk")
        found = list(nameless.only("pk", "name_ar", "name_zgh")[:BATCH])
        if not found:
            return
        last = found[-1].pk
        for entry in found:
            entry.slug = slug(entry.name_ar or "", entry.name_zgh or "")
        entries.bulk_update(found, ["slug"])


class Migration(migrations.Migration):
    dependencies = [("cooperatives", "0004_claims_and_reports")]
    operations = [migrations.RunPython(spell, migrations.RunPython.noop)]
