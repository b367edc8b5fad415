"""What happens to products. One module a process, one function a verb."""
