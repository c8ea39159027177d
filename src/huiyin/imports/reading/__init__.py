"""Reading a spreadsheet as it really comes: titles above the header, merged cells, blank rows, dates in any dress.

No Django here. Start at sheets.py (`read_sheets`), then headers.py (`find_header`)."""
