"""Forms of journeys: what people send, cleaned into plain values."""
