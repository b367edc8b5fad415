"""Taawon (تعاون): the platform on which Morocco's cooperatives sell, are found, learn and are supported."""
