"""Papers of a matter as the office prints them: forms and registers for gongwen's writers (practice 26)."""
