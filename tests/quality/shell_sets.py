"""Which texts that say nothing are found, and which honest answers are held: the bars of the shared check (G1)."""
