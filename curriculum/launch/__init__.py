"""Opening the course: JupyterLab’s settings, its server, what to do when something is missing."""
