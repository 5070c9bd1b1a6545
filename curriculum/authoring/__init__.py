"""What authors work with: lesson text to notebook, proofs of a lesson, the skeleton of a new one."""
