"""Consent by e-mail address too; what the erasing of old rows looks for; the balance of a line."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone

AGREED = models.Q(agreed_at__isnull=False, stopped_at__isnull=True)


def date_the_failures(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """A row that says nothing goes; of a failure without a day, the day is today."""
    known = apps.get_model("messaging", "Recipient").objects
    nothing = {"agreed_at": None, "stopped_at": None, "stopped_all_at": None}
    known.filter(**nothing, failures=0).delete()
    known.filter(failures__gt=0).update(failed_at=timezone.now())


class Migration(migrations.Migration):
    dependencies = [("messaging", "0003_lines_and_parts")]

    operations = [
        migrations.RemoveIndex(model_name="recipient", name="recipients_agreed"),
        migrations.RenameField(model_name="recipient", old_name="phone", new_name="to"),
        migrations.AlterField(
            model_name="recipient",
            name="to",
            field=models.CharField(max_length=254, unique=True),
        ),
        migrations.AddIndex(
            model_name="recipient",
            index=models.Index(fields=["to"], name="recipients_agreed", condition=AGREED),
        ),
        migrations.AddField(
            model_name="recipient", name="failed_at", field=models.DateTimeField(null=True)
        ),
        migrations.RunPython(date_the_failures, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="recipient",
            index=models.Index(
                fields=["failed_at"],
                name="recipients_failing",
                condition=models.Q(("failures__gt", 0)),
            ),
        ),
        migrations.AddField(
            model_name="line", name="balance_at", field=models.DateTimeField(null=True)
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                fields=["queued_at"],
                name="messages_to_blank",
                condition=models.Q(("to", ""), _negated=True),
            ),
        ),
        migrations.AddIndex(
            model_name="inboundtext",
            index=models.Index(fields=["received_at"], name="inbound_by_age"),
        ),
    ]
