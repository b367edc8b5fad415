"""How fast the house is, measured on the real server against what the machine could do at best."""
