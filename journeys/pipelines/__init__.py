"""Work on many records of journeys at once."""
