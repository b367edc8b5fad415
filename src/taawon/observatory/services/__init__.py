"""What changes the observatory: a snapshot is taken, a file is asked for and made."""
