"""JSON for other programs: reads, calls a service, answers."""
