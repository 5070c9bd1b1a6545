"""What can be said of prose without understanding it: words, numbers, empty texts, copies."""
