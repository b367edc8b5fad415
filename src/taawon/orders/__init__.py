"""Baskets, orders and what becomes of them."""
