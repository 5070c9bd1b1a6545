"""What the course consists of, read from the lesson folders: catalogue, plans, fixtures, planted flaws."""
