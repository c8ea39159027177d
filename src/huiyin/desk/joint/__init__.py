"""Organs outside: the lead unit's reply, our letter asking for an opinion, joint handling and 会签. Owns pages only;
what they do stands in matters.operations.{outside,opinion_requests,joint}. Start at sections.py."""
