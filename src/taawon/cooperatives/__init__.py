"""The directory: cooperatives, their shops, who belongs to them, who claims to."""
