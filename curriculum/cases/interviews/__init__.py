"""What interview lessons have in common: the question bank and the contrast pairs."""
