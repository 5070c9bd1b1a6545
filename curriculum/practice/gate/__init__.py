"""Compliance as code: a release is a git repository, and a gate stops it by clause and reason or lets it pass."""
