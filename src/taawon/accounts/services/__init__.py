"""What happens to persons. One module a process, one function a verb."""
