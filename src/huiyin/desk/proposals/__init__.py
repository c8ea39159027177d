"""拟办单 at the desk: draft, fill, send, sign, decide by a meeting or from paper. Start at views.py.

sheet.py builds what a page shows of a sheet, rows.py the fields of one row, forms.py everything else typed here."""
