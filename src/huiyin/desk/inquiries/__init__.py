"""案件咨询: questions about concrete cases on their own road, seen by few and never on the register."""
