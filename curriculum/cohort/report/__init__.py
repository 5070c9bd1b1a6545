"""What instructors see of a course: progress, criteria, mistakes, conversations, as one page and as CSV."""
