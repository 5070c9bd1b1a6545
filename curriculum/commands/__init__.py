"""The command line: every command of `curriculum`, each imported when it is called."""
