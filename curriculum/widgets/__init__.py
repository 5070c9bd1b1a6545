"""Widgets: views of files. Each shows what its file says and writes changes back; none decides anything."""
