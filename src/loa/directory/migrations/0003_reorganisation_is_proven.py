from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0002_sorting_names")]

    operations = [
        migrations.AddField(
            model_name="reorganisation", name="is_proven", field=models.BooleanField(default=True)
        ),
    ]
