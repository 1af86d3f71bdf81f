"""Handing on: what an audience may see, as text in one of FORMATS. No database, no printing."""
