"""How good the judgement of prose is, measured on answers that were written for it."""
