"""What happened in the house. One row is both the audit line and the message upwards.

A service records an event in its own transaction. After the commit the event is delivered
to whoever listens on a floor above, one delivery a listener. No room below learns who listened.
"""
