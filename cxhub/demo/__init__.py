"""Larch Home Energy, the example company: its records, its story, and how both are built through the services."""
