"""Regions, provinces and communes, as HCP names and numbers them."""
