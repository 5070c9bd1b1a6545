"""What a notebook imports: a lesson, what it shows, and desks for what one lesson has besides."""
