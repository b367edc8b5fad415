"""Statistics and open data: figures of the register and of others, and files of the register."""
