"""The commands of `curriculum` that belong to no other package; each module is imported when it is called."""
