"""Words in both languages, dates, tables and choices: what page, paper, kept file and commands share."""
