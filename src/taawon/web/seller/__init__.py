"""The cooperative's workspace, made for a phone."""
