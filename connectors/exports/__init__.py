"""What connectors gives out as files."""
