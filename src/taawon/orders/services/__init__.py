"""What happens to baskets and orders. One module a process, one function a verb."""
