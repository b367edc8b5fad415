"""What happens to reviews and questions. One module a process, one function a verb."""
