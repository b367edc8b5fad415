"""Announcements by text to those who agreed: written, approved, sent at a pace, reported."""
