"""回音 Huiyin: every voice gets an answer, on time, on record.

The rooms of the house and who may look into whom stand in docs/architecture.md;
start at organisations (who acts), regulations (what must be done by when) and matters (what is being done)."""
