"""What journeys gives out as files."""
