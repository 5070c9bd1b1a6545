"""A lesson taken by a team: what is dealt to whom, what is said and signed at the table, and what came of it."""
