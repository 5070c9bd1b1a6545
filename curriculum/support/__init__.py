"""The ground floor: files, dates, the terminal, rules, looks. It knows nothing of lessons."""
