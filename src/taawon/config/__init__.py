"""How the house is set up: one settings file, the environment, the addresses."""
