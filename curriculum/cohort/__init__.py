"""A course for a group, on nbgrader’s folders and gradebook; learners’ code is not run."""
