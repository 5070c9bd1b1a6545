"""Stands in for IPython in the browser: there is no shell, and what is displayed lands under its cell."""


def get_ipython() -> None:
    """The shell: there is none, which the course takes as word that nothing of it can be set up."""
