"""What people ask, as they type it, and what they must find: the yardstick of the search."""
