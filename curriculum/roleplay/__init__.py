"""Conversations as data: the script, the pure engine, the transcript, the proof that a script is sound."""
