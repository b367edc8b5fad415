"""E-mail addresses are proved by a code before they are used."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F, Value


def wait_for_a_code(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Nobody has proved an address yet: each waits for its code."""
    people = apps.get_model("accounts", "Person").objects.exclude(email="")
    people.update(email_unproved=F("email"), email=Value(""))


def believe_again(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    people = apps.get_model("accounts", "Person").objects
    people.filter(email="").exclude(email_unproved="").update(email=F("email_unproved"))


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.RemoveIndex(model_name="logincode", name="codes_of_a_phone"),
        migrations.RenameField(model_name="logincode", old_name="phone", new_name="to"),
        migrations.AlterField(
            model_name="logincode", name="to", field=models.CharField(max_length=254)
        ),
        migrations.AddIndex(
            model_name="logincode",
            index=models.Index(fields=["to", "created_at"], name="codes_of_a_phone"),
        ),
        migrations.AddField(
            model_name="person",
            name="email_unproved",
            field=models.EmailField(blank=True, default="", max_length=254),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="person",
            name="reach",
            field=models.CharField(
                choices=[("sms", "by text message"), ("email", "by e-mail")],
                default="sms",
                max_length=5,
            ),
        ),
        migrations.RunPython(wait_for_a_code, believe_again),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reach", "sms"),
                    models.Q(("reach", "email"), models.Q(("email", ""), _negated=True)),
                    _connector="OR",
                ),
                name="reach_needs_an_address",
            ),
        ),
    ]
