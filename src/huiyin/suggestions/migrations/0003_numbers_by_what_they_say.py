"""Row keys take numbers by what they say: leading zeros, which spreadsheets lose, and other spellings do not count."""

import re
import unicodedata

from django.db import migrations


def number_key(number):
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", number)).upper()
    plain = re.sub(r"[－—–‐]", "-", plain.removeprefix("第").removesuffix("号"))
    return re.sub(r"(?<!\d)0+(?=\d)", "", plain)


def rewrite(apps, schema_editor):
    matters = apps.get_model("matters", "Matter").objects
    rows = matters.exclude(row_key="").values_list("pk", "row_key", "procuratorate_id")
    for pk, key, office in rows.order_by("pk").iterator(chunk_size=2000):
        parts = key.split(":", 3)
        if len(parts) != 4:
            continue
        new = ":".join([*parts[:3], number_key(parts[3])])
        # Two records of one number, told apart by a zero, stay as they are: a person must look at them.
        if new != key and not matters.filter(procuratorate_id=office, row_key=new).exists():
            matters.filter(pk=pk).update(row_key=new)


class Migration(migrations.Migration):
    dependencies = [("suggestions", "0002_leadership_studies"), ("matters", "0001_initial")]
    operations = [migrations.RunPython(rewrite, migrations.RunPython.noop)]
