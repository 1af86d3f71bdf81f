"""The journal file: the only SQL of the program."""
