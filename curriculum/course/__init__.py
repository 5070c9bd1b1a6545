"""What the course consists of, read from the lesson folders."""
