"""The command line: what was typed in, what is shown out. No rule lives here."""
