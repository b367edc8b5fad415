"""Words in, ids out: the analysis of words, the index, and what keeps it fresh.

Knows documents, not products.
"""
