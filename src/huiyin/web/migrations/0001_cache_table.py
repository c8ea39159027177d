"""The table behind the database cache (settings CACHES), so that a migrated database is a whole one."""

from django.core.management import call_command
from django.db import migrations


def create(apps, schema_editor):
    """Does nothing where the table exists."""
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = []
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
