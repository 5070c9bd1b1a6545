"""The rooms of the code as a picture, derived from the imports."""
