"""Promises of letters already issued: those answered as in progress are owed a second letter."""

from typing import Any

from django.db import migrations


def mark(apps: Any, schema_editor: Any) -> None:
    """As both local books in force have it; a closed day or a redo is read from the matter itself."""
    apps.get_model("matters", "Commitment").objects.filter(reply__outcome="in_progress").update(is_owed_a_letter=True)


class Migration(migrations.Migration):
    dependencies = [("matters", "0002_second_letters_links_consents")]
    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
