"""What happens to cooperatives. One module a process, one function a verb."""
