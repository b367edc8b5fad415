"""The plain rows of the world become rows of the database, room by room, from the ground up."""
