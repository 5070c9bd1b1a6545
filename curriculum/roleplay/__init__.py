"""Conversations: the script, the pure engine, the transcript."""
