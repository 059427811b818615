"""Forms of orgs: what people send, cleaned into plain values."""
