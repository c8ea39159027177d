"""Approvals: a paper on its road of signatures, whatever the paper is.

Owns Approval, ApprovalStep and Decision: the chain as the rule book had it, who decided what over which text, paper
signatures recorded by a clerk, substitutes. Knows nothing of the subject; the subject's room owns the operation and
calls `decide` in its own transaction, and registers how its kind is shown (`registry.py`).
Start at rules.py (what may happen), then operations.py."""
