"""Statistics: indicators with a definition and a version, the records behind every figure, reports frozen when issued.

Owns Report and ReportSnapshot. Reads suggestions and what happened to them, never changes them: no operation of another
room is called here. Start at rules/indicators.py (what is counted), then queries/loading.py (the facts), then
operations/reports.py (drafting and issuing)."""
