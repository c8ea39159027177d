"""Oversight: what congress and CPPCC bodies put to us beside suggestions: opinions of their deliberations and
inspections, matters they assign, acts of oversight.

Owns the facts of how such a matter reached us, the opinions it lists and what became of each. The road itself (routing,
letters, deadlines, files) is that of matters, the facts of its coming are a `Suggestion`'s. Start at rules.py, then
operations/register.py; why there is one table for five kinds stands in docs/decisions/0009."""
