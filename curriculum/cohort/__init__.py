"""A course for a group: on nbgrader's folders and gradebook, graded fast and without running learners' code."""
