"""Files from elsewhere, read: what they hold comes out an entry or a record at a time. No database."""
