"""Approvals: a paper on its road of signatures, whatever the paper is.

Owns Approval, ApprovalStep and Decision: the chain as the rule book had it, who decided what over which text, paper
signatures recorded by a clerk, substitutes; Circulation: who is given a paper to read (圈阅). Knows nothing of the
subject; the subject's room owns the operation and calls `decide` in its own transaction, and registers how its kind is
shown and where it is after signing (`registry.py`). Messages go through the teller that `messaging` registers.
Start at rules.py (what may happen), then operations/: signing.py, undoing.py, circulating.py."""
