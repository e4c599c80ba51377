from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_initial")]

    operations = [
        migrations.AlterModelOptions(
            name="agencygroup",
            options={
                "ordering": ["sort_name"],
                "verbose_name": "group of agencies",
                "verbose_name_plural": "groups of agencies",
            },
        ),
        migrations.AlterModelOptions(
            name="user",
            options={"ordering": ["sort_name", "pk"], "verbose_name": "user", "verbose_name_plural": "users"},
        ),
        migrations.AddField(
            model_name="agencygroup",
            name="sort_name",
            field=models.CharField(db_index=True, default="", editable=False, max_length=1000),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="user",
            name="sort_name",
            field=models.CharField(db_index=True, default="", editable=False, max_length=700),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="user",
            name="search_name",
            field=models.CharField(default="", editable=False, max_length=700),
            preserve_default=False,
        ),
    ]
