"""Two phones on a page of the demonstration: what they type comes in as from any gateway."""
