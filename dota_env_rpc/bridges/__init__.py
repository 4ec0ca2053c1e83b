"""Sockets for clients of other systems: they take part in matches with their own protocols."""
