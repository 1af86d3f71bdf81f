"""Verbs that cross several records: they decide which records change, and the journal writes them."""
