"""Suggestions: what deputies propose, criticise and ask, from the congress office's list to the filed answer.

Owns Suggestion, CaseInquiry facts and the 拟办 sheet (Proposal). Knows nothing of petitions.
Start at kind.py (how the engine sees a suggestion), then operations/."""
