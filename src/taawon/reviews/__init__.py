"""What buyers say of products, what they ask, and what the cooperative answers."""
