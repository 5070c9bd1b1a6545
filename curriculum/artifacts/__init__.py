"""What learners write: one model a kind, read from YAML that nobody has to trust."""
