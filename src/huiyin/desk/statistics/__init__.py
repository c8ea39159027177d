"""统计: figures of a year or a session, the records behind each, the report, the leadership's yearly meeting."""
