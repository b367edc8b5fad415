"""Persons: who they are, how they are reached, in which language, and how they prove it."""
