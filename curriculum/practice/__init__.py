"""Tools of the trade as far as lessons need them: pure functions, no widgets."""
