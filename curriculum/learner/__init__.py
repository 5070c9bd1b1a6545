"""What belongs to one learner: the workspace and what is kept in it."""
