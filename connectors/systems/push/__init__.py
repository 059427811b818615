"""The push kind: a system sends signed JSON to an address of this feed."""
