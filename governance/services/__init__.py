"""What people ask for: one change each, atomic, with its audit entry."""
