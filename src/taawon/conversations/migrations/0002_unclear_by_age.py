from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("conversations", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="unclear",
            index=models.Index(fields=["heard_at"], name="unclear_by_age"),
        ),
    ]
