"""The national team's desk: reads a form, calls a service, shows a page."""
