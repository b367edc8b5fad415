"""Pages that belong to no room: about, privacy, what machines read."""
