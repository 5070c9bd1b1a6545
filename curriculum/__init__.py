"""The course that teaches to work across product, design, data science and ML engineering."""
