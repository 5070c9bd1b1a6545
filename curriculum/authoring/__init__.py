"""What authors work with: lesson text to notebook, proofs of a lesson, a skeleton of a new one."""
