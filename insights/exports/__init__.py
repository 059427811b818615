"""What insights gives out as files."""
