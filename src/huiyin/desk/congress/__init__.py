"""向常委会报告: the list, the draft, its countdown, signatures, number, what was sent to whom."""
