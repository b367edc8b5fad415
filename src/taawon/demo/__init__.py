"""A believable market for trying the product out, plainly marked; one seed, one world."""
