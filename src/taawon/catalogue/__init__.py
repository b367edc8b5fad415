"""What is for sale: products, prices, stock, pictures, labels. Knows no orders."""
