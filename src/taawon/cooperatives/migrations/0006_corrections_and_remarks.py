from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cooperatives", "0005_latin_addresses"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="importbatch",
            name="batch_state",
        ),
        migrations.AddField(
            model_name="importbatch",
            name="recalled_by",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="importrow",
            name="remarks",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name="revision",
            name="undone",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="revision",
            name="undone_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="revision",
            name="undone_by",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AlterField(
            model_name="importbatch",
            name="state",
            field=models.CharField(
                choices=[
                    ("uploaded", "uploaded"),
                    ("checking", "being checked"),
                    ("checked", "checked"),
                    ("applying", "being applied"),
                    ("applied", "applied"),
                    ("reverting", "being taken back"),
                    ("reverted", "taken back"),
                    ("discarded", "thrown away"),
                    ("failed", "failed"),
                ],
                default="uploaded",
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="importbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "uploaded",
                            "checking",
                            "checked",
                            "applying",
                            "applied",
                            "reverting",
                            "reverted",
                            "discarded",
                            "failed",
                        ],
                    )
                ),
                name="batch_state",
            ),
        ),
    ]
