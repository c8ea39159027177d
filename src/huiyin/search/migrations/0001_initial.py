from django.db import migrations, models

from huiyin.search import sql


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(sql.CREATE_SQLITE)
    else:
        for statement in sql.CREATE_POSTGRESQL:
            schema_editor.execute(statement)


def drop(apps, schema_editor):
    schema_editor.execute(sql.DROP_SQLITE if schema_editor.connection.vendor == "sqlite" else sql.DROP_POSTGRESQL)


class Migration(migrations.Migration):

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=30)),
                ("key", models.BigIntegerField()),
                ("text", models.TextField(default="")),
                ("tokens", models.JSONField(default=list)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("kind", "key"), name="search_entry_once")],
            },
        ),
        migrations.RunPython(create, drop),
    ]
