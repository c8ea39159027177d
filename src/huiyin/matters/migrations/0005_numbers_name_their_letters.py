"""Numbers allotted before the register of numbers existed are given the letters that bear them."""

from typing import Any

from django.db import migrations

LABELS = {"reply": "答复函", "opinion": "会办意见", "note": "咨询答复", "second": "再行答复"}


def name(apps: Any, schema_editor: Any) -> None:
    Number = apps.get_model("numbering", "Number")  # noqa: N806
    numbered = apps.get_model("matters", "Reply").objects.exclude(number=None).select_related("matter")
    for reply in numbered.iterator(chunk_size=500):
        matter = reply.matter
        label = f"{LABELS[reply.kind]}：{matter.external_number or matter.number} {matter.title}"[:300]
        Number.objects.filter(pk=reply.number_id, subject_kind="").update(
            subject_kind="matters.reply", subject_key=str(reply.pk), subject_label=label
        )


class Migration(migrations.Migration):
    dependencies = [("matters", "0004_letters_voided"), ("numbering", "0002_what_a_number_was_given_to")]
    operations = [migrations.RunPython(name, migrations.RunPython.noop)]
