"""Views of files: each shows what its file says and writes changes back; none decides anything."""
