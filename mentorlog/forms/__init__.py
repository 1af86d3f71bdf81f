"""The guided questions, as data and in order: what is asked, not how. And what the answers mean."""
