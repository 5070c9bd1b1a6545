"""Importing this imports what the first cells of a lesson need, so that they need not wait for it."""

import curriculum.notebook.lesson
import curriculum.pages.page
import curriculum.pages.tables
import curriculum.widgets.board
import curriculum.widgets.conversation
import curriculum.widgets.form
import curriculum.widgets.review  # noqa: F401
