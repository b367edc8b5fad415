"""Taawon (تعاون): where Morocco's cooperatives sell, are found, learn and are supported."""
