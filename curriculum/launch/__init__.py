"""Opening the course: JupyterLab's settings, its server, and what to do when something is missing."""
