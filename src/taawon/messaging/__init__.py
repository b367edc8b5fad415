"""Carries words to phones and mailboxes. Knows numbers and languages, never orders or courses."""
